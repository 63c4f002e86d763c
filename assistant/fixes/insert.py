"""A new task, written behind another one of the same list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.fixes.subjects import CannotFixError, Subjects
from assistant.model import Edit, Span
from assistant.source import line_span, newline


def insert_task(subjects: Subjects, after: str, lines: Sequence[str]) -> list[Edit]:
    """Puts a task behind the task `after`, a blank line between them; `lines` is the task without its dash.

    Raises CannotFixError where the list is not written as a block of items, or shares a line with another text.
    """
    anchor = subjects.tasks.get(after)
    if anchor is None:
        return []
    text = subjects.text
    start = line_span(text, Span(anchor.span.start, anchor.span.start)).start
    head = re.fullmatch(r"([ \t]*)-([ \t]+)", text[start : anchor.span.start])
    if head is None:
        raise CannotFixError("the tasks are not written as items of a block list")
    end = line_span(text, anchor.span).end
    mark = newline(text)
    inner = " " * (len(head[0]))
    written = [f"{head[0]}{lines[0]}", *(f"{inner}{line}" for line in lines[1:])]
    ended = text[:end].endswith(("\n", "\r"))
    block = mark + "".join(f"{line}{mark}" for line in written)
    return [Edit(subjects.path, Span(end, end), block if ended else mark + block.removesuffix(mark))]
