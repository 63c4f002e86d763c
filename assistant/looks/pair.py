"""What a job's tasks are called, and what its launch says in so many words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.looks.launches import launching
from assistant.model import Task


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Names of the tasks and of what they register; "" for those that are not there."""
    launch, wait, job = launching(evidence), evidence.wait, evidence.job
    yield "register", job.register if job else ""
    yield "launch_task", _called(launch)
    yield "wait_task", _called(wait)
    yield "reader_task", _called(evidence.task) if evidence.task not in (launch, wait) else ""
    if job and job.cleanups:
        yield "cleanup_task", _called(job.cleanups[0])
    if wait is not None:
        yield "status_register", text_of(wait.get("register"))
    if launch is not None:
        yield "action", launch.action
        yield "poll", text_of(launch.own.get("poll", ABSENT))
        written = text_of(launch.own.get("async", ABSENT))
        yield "written", written
        variable = re.search(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}", written)
        yield "variable", variable[1] if variable else ""


def _called(task: Task | None) -> str:
    return "" if task is None else task.name or task.action
