"""A new task, written behind or before another one of the same list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.fixes.subjects import CannotFixError, Subjects
from assistant.model import Edit, Span
from assistant.source import line_span, newline


def insert_task(subjects: Subjects, lines: Sequence[str], after: str = "", before: str = "") -> list[Edit]:
    """Puts a task behind the task `after`, or before the task `before` and the comment above it, a blank line between.

    `lines` is the task without its dash; empty ones are left out. Raises CannotFixError where the list is not
    written as a block of items, or shares a line with another text.
    """
    anchor = subjects.tasks.get(after or before)
    if anchor is None:
        return []
    text = subjects.text
    start = line_span(text, Span(anchor.span.start, anchor.span.start)).start
    head = re.fullmatch(r"([ \t]*)-([ \t]+)", text[start : anchor.span.start])
    if head is None:
        raise CannotFixError("the tasks are not written as items of a block list")
    mark = newline(text)
    inner = " " * (len(head[0]))
    first, *rest = (line for line in lines if line)
    block = "".join(f"{line}{mark}" for line in (f"{head[0]}{first}", *(f"{inner}{line}" for line in rest)))
    if before:
        at = _with_comment(text, start)
        return [Edit(subjects.path, Span(at, at), block + mark)]
    end = line_span(text, anchor.span).end
    ended = text[:end].endswith(("\n", "\r"))
    block = mark + block
    return [Edit(subjects.path, Span(end, end), block if ended else mark + block.removesuffix(mark))]


def _with_comment(text: str, start: int) -> int:
    """Where the comment right above a line begins; the line itself without one."""
    while start > 0:
        line = text.rfind("\n", 0, start - 1) + 1
        if not text[line:start].lstrip().startswith("#"):
            break
        start = line
    return start
