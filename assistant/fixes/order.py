"""The order of tasks: one put behind another."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.fixes.subjects import CannotFixError, Subjects
from assistant.model import Edit, Span, Task
from assistant.plays import registers
from assistant.source import line_span, newline


def move_task(subjects: Subjects, task: str, after: str) -> list[Edit]:
    """Puts one task behind another of the same list, with the comment above it and the blank line before it.

    Given up when a task in between reads what the moved one registers.
    """
    moved, anchor = subjects.tasks.get(task), subjects.tasks.get(after)
    if moved is None or anchor is None or moved.index > anchor.index:
        return []
    if _is_read_between(subjects, moved, anchor):
        raise CannotFixError("a task in between reads its result")
    text = subjects.text
    if _dash(text, moved) is None or _dash(text, moved) != _dash(text, anchor):
        return []  # not written as items of one list
    cut = _item_lines(text, moved)
    end = line_span(text, anchor.span).end
    block = text[cut.start : cut.end]
    mark = newline(text)
    if not text[:end].endswith(("\n", "\r")):
        block = mark + block.rstrip("\r\n")
    return [Edit(subjects.path, cut, ""), Edit(subjects.path, Span(end, end), block)]


def drop_task(subjects: Subjects, task: str) -> list[Edit]:
    """Takes a task away, with the comment above it and the blank line before it.

    Raises CannotFixError where it is not an item of a block list, the only one, or its result is read behind it.
    """
    gone = subjects.tasks.get(task)
    if gone is None:
        return []
    text, name = subjects.text, registers(gone)
    if _dash(text, gone) is None or _is_alone(text, gone):
        raise CannotFixError("no task would be left in that list")
    if name and re.search(rf"\b{re.escape(name)}\b", text[gone.span.end :]):
        raise CannotFixError("a later task reads its result")
    return [Edit(subjects.path, _item_lines(text, gone), "")]


def _is_alone(text: str, task: Task) -> bool:
    """True when no other line begins with the same dash."""
    dash = re.escape(_dash(text, task) or "")
    return len(re.findall(rf"^{dash}\S", text, re.M)) < 2


def _is_read_between(subjects: Subjects, moved: Task, anchor: Task) -> bool:
    """True when the name that `moved` registers stands in the text between the two tasks, or in the second one."""
    name = registers(moved)
    return (
        bool(name) and re.search(rf"\b{re.escape(name)}\b", subjects.text[moved.span.end : anchor.span.end]) is not None
    )


def _dash(text: str, task: Task) -> str | None:
    """What stands before a list item's first key ("    - "), None when it is not written as a block list item."""
    start = line_span(text, Span(task.span.start, task.span.start)).start
    before = text[start : task.span.start]
    return before if re.fullmatch(r"[ \t]*-[ \t]+", before) else None


def _item_lines(text: str, task: Task) -> Span:
    """The lines of a list item with the comments right above it, and the blank lines before (or else behind) it."""
    item = line_span(text, task.span)
    start = _upwards(text, item.start, lambda line: line.startswith("#"))
    above = _upwards(text, start, lambda line: not line)
    if above < start:
        return Span(above, item.end)
    behind = re.compile(r"(?:[ \t]*\r?\n)*").match(text, item.end)
    return Span(start, behind.end() if behind else item.end)


def _upwards(text: str, start: int, wanted: Callable[[str], bool]) -> int:
    """Where the run of wanted lines begins that ends at `start` (the start of a line)."""
    while start > 0:
        line = text.rfind("\n", 0, start - 1) + 1
        if not wanted(text[line:start].strip()):
            break
        start = line
    return start
