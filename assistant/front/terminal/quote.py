"""Proof on a terminal: lines of a file with the place marked, diffs, words of the paste."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from assistant.front.forms.clean import shown
from assistant.front.forms.marks import Marked, marked
from assistant.front.terminal.sheet import Sheet
from assistant.model import Span

GUTTER = len("12345 | ")
DIFF = {"+": "green", "-": "red", "@": "cyan"}
SIGNS = {"+": "added", "-": "removed"}


def places(sheet: Sheet, path: str, text: str, spans: Iterable[Span], indent: int) -> None:
    """The lines of the file `path` with contents `text` that any of `spans` touches, each once, marked beneath."""
    found: dict[int, list[Marked]] = {}
    for span in sorted(set(spans)):
        for line in marked(text, span):
            found.setdefault(line.number, []).append(line)
    sheet.raw(Text(shown(path), "bold"), indent)
    for number in sorted(found):
        _line(sheet, found[number], indent)


def _line(sheet: Sheet, marks: Sequence[Marked], indent: int) -> None:
    """One line of code with everything that is marked on it; of a line that has to be cut, the first mark."""
    if sheet.spoken:
        sheet.put(_said(marks), indent)
        return
    room = sheet.width - indent - GUTTER
    first = _window(marks[0], room, sheet.signs.cut)
    marks = marks if first == marks[0] else [first]
    code = Text(first.line)
    for mark in marks:
        code.stylize("bold red", len(mark.before), len(mark.before) + len(mark.mark))
    sheet.raw(Text().append(f"{first.number:5} {sheet.signs.bar} ", "dim").append_text(code), indent)
    sheet.raw(Text().append(f"{'':5} {sheet.signs.bar} ", "dim").append(_under(marks), "bold red"), indent)


def _said(marks: Sequence[Marked]) -> str:
    """A marked line in words."""
    line, named = marks[0].line.strip(), [mark.mark for mark in marks if mark.mark.strip()]
    here = "" if line in named or not named else f" (there: {', '.join(named)})"
    return f"Line {marks[0].number}: {line}{here}"


def _under(marks: Sequence[Marked]) -> str:
    """What stands beneath a line with several marks."""
    rows = [mark.under() for mark in marks]
    longest = max(rows, key=len)
    return "".join("^" if any(row[at : at + 1] == "^" for row in rows) else longest[at] for at in range(len(longest)))


def diff(sheet: Sheet, text: str, indent: int) -> None:
    """A unified diff; its signs say what colour says again, and read aloud there are words for them."""
    for line in text.splitlines():
        if sheet.spoken:
            sheet.put(_change_said(line), indent)
            continue
        style = "bold" if line.startswith(("+++", "---")) else DIFF.get(line[:1], "")
        sheet.raw(Text(line, style), indent)


def _change_said(line: str) -> str:
    """A line of a unified diff in words."""
    if line.startswith(("--- ", "+++ ")):
        return f"{'before' if line[0] == '-' else 'after'}: {line[4:]}"
    if line.startswith("@@"):
        return f"at line {line.partition('-')[2].partition(',')[0].partition(' ')[0]}:"
    return f"{SIGNS.get(line[:1], 'as it was')}: {line[1:].strip()}"


def message(sheet: Sheet, text: str, indent: int, most: int = 12) -> None:
    """The words of a failure, each line wrapped, at most `most` lines of it."""
    given = [line for line in text.strip().split("\n") if line.strip()]
    for at, line in enumerate(given[:most]):
        lead = f"{sheet.signs.bar} " if not sheet.spoken else "Message: " if at == 0 else ""
        sheet.put(Text(line.rstrip()), indent, lead, "red")
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
