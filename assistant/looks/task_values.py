"""What the tasks of a job tell for the texts and the fixes: names, places, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks import (
    commands,
    conditions,
    directories,
    ids,
    loops,
    mends,
    packages,
    places,
    polls,
    programs,
    registers,
    targets,
    untils,
)
from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.looks.launches import launching
from assistant.looks.numbers import of_numbers
from assistant.model import Task


def of_tasks(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """All that the tasks tell, by hole name; "" for what they do not."""
    yield from _names(evidence)
    yield from of_numbers(evidence)
    yield from _places(evidence)
    for room in (registers, loops, untils, conditions, polls, mends, programs, targets, packages):
        yield from room.holes(evidence)


def _names(evidence: Evidence) -> Iterator[tuple[str, str]]:
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


def _places(evidence: Evidence) -> Iterator[tuple[str, str]]:
    yield from zip(("launch_host", "wait_host"), places.host_names(evidence), strict=True)
    yield from zip(("launch_user", "wait_user"), places.user_names(evidence), strict=True)
    yield "launch_results_file", places.made_file(evidence)
    yield from directories.places_to_set(evidence)
    yield "launch_jid", ids.given_id(evidence)
    yield "command_in_front", commands.in_front(evidence)
    yield "wrong_id_option", ids.wrong_id_option(evidence)
