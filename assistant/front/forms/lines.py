"""Findings of `check` as people read them: place, message, the source line and a caret beneath."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.front.forms.clean import shown
from assistant.front.forms.marks import marked
from assistant.front.forms.values import diff, placed
from assistant.model import Fault

Paint = Callable[[str, str], str]
"""From the name of a style and a text to the text in that style."""

CODES = {"cause": "1;35", "place": "1", "mark": "1;31", "added": "32", "removed": "31", "hunk": "36"}


def plain(style: str, text: str) -> str:
    """No colour at all: a `Paint`."""
    return text


def coloured(style: str, text: str) -> str:
    """The terminal's own sixteen colours: a `Paint`. By hand, since rich would double the time of a check."""
    return f"\x1b[{CODES[style]}m{text}\x1b[0m" if text else text


def report(found: Iterable[tuple[Fault, str]], paint: Paint = plain, diffs: bool = False, marks: bool = True) -> str:
    """All faults, each with the text of its file; with `diffs` also what would mend them.

    Without `marks` there is no line of the file with a caret beneath, which would be noise when it is read aloud.
    """
    return "".join(_fault(fault, text, paint, diffs, marks) for fault, text in found)


def summary(found: int, fixed: int, files: int, unread: int) -> str:
    """One line that says what was done; the numbers are of findings left, findings fixed, files read and not read."""
    parts = [_counted(found, "finding") if found else "nothing found", f"in {_counted(files, 'file')}"]
    line = " ".join(parts)
    line += f", {fixed} fixed" if fixed else ""
    return line + (f", {_counted(unread, 'file')} not read" if unread else "")


def _fault(fault: Fault, text: str, paint: Paint, diffs: bool, marks: bool) -> str:
    value = placed(fault, text)
    place = paint("place", f"{shown(fault.path)}:{value['line']}:{value['column']}:")
    lines = [f"{place} {paint('cause', fault.cause)}: {fault.message} ({fault.confidence})"]
    for line in marked(text, fault.span)[:1] if marks else ():
        gutter = f"{line.number:5} | "
        lines += [gutter + line.line, " " * (len(gutter) - 2) + "| " + _caret(line.under(), paint)]
    if diffs and fault.edits:
        lines += ["", *(_diff_line(each, paint) for each in diff(fault, text).splitlines()), ""]
    return "\n".join(lines) + "\n"


def _caret(under: str, paint: Paint) -> str:
    bare = under.lstrip()
    return under[: len(under) - len(bare)] + paint("mark", bare)


def _diff_line(line: str, paint: Paint) -> str:
    styles = {"+": "added", "-": "removed", "@": "hunk"}
    style = styles.get(line[:1])
    return paint(style, line) if style else line


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
