"""Proof on a terminal: lines of a file with the place marked, diffs, words of the paste."""

from __future__ import annotations

from rich.text import Text

from assistant.front.forms.clean import shown
from assistant.front.forms.marks import Marked, marked
from assistant.front.terminal.sheet import Sheet
from assistant.model import Span

DIFF = {"+": "green", "-": "red", "@": "cyan"}


def lines(sheet: Sheet, path: str, text: str, span: Span, indent: int) -> None:
    """The lines of the file `path` with contents `text` that `span` touches, under their place."""
    from assistant.source import place

    line, column = place(text, span.start)
    sheet.raw(Text(f"{shown(path)}:{line}:{column}", "dim"), indent)
    for each in marked(text, span):
        cut = _window(each, sheet.width - indent - 10, sheet.signs.cut)
        number = f"{each.number:5} {sheet.signs.bar} "
        sheet.raw(Text(number, "dim").append(cut.before).append(cut.mark, "bold red").append(cut.after), indent)
        under = cut.under()
        bare = under.lstrip()
        gap = under[: len(under) - len(bare)]
        sheet.raw(Text(f"{'':5} {sheet.signs.bar} ", "dim").append(gap).append(bare, "bold red"), indent)


def diff(sheet: Sheet, text: str, indent: int) -> None:
    """A unified diff; its signs say what colour says again."""
    for line in shown(text).splitlines():
        style = "bold" if line.startswith(("+++", "---")) else DIFF.get(line[:1], "")
        sheet.raw(Text(line, style), indent)


def message(sheet: Sheet, text: str, indent: int, most: int = 12) -> None:
    """The words of a failure, each line wrapped, at most `most` lines of it."""
    given = [line for line in text.strip().split("\n") if line.strip()]
    for line in given[:most]:
        sheet.put(Text(line.rstrip()), indent, f"{sheet.signs.bar} ", "red")
    if len(given) > most:
        sheet.put(Text(f"({len(given) - most} more lines)", "dim"), indent)


def _window(line: Marked, room: int, cut: str) -> Marked:
    """A line too long for `room` columns is cut around its mark."""
    before, mark, after = line.before, line.mark, line.after
    if len(line.line) <= room:
        return line
    mark = mark if len(mark) <= room else mark[: room - len(cut)] + cut
    left = room - len(mark)
    ahead = max(left - len(after), left // 2)
    if len(before) > ahead:
        before = cut + before[len(before) - max(ahead - len(cut), 0) :]
    if len(after) > left - len(before):
        after = after[: max(left - len(before) - len(cut), 0)] + cut
    return Marked(line.number, before, mark, after)
