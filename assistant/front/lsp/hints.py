"""Small words in the text itself: how long a wait lasts, and what of the job's time that is."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import InlayHint

from assistant.budget import Budget, budget
from assistant.front.lsp.documents import Understood
from assistant.looks.waits import tidy
from assistant.model import Span, Task


def hints(known: Understood, span: Span) -> Iterator[InlayHint]:
    """The hints for the tasks that `span` touches."""
    for job in known.file.jobs:
        for task in (job.launch, *job.waits):
            if task and task.span.start <= span.end and span.start <= task.span.end:
                yield from _of(task, budget(known.file, task), known)


def _of(task: Task, found: Budget, known: Understood) -> Iterator[InlayHint]:
    keyword = "async" if task is found.launch else "retries" if "retries" in task.own else "until"
    value = task.own.get(keyword)
    words = _of_launch(found) if keyword == "async" else _of_wait(found)
    if value and value.node and words:
        end = value.node.span.end
        yield InlayHint(known.positions.at(end), words, padding_left=True)


def _of_wait(found: Budget) -> str:
    if found.waiting is None:
        return ""
    return f"= {tidy(found.waiting)} s" + (f" of {found.limit_words}" if found.limit else "")


def _of_launch(found: Budget) -> str:
    if found.poll:
        return f"s, looked at every {tidy(found.poll)} s"
    if found.waiting is not None:
        return f"s, waited for {tidy(found.waiting)} s"
    return "s" if found.limit else ""
