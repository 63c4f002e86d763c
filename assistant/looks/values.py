"""What the holes of an entry are filled with: names and numbers of the reader's own tasks and paste."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from assistant.looks import (
    commands,
    conditions,
    directories,
    ids,
    loops,
    places,
    polls,
    readers,
    registers,
    untils,
    waits,
)
from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.looks.launches import launching, seconds_meant
from assistant.looks.runtime import run_time
from assistant.model import Task

ASSUMED_DELAY = 5


def values(evidence: Evidence) -> dict[str, str]:
    """All that is known, by hole name; unknown ones are left out."""
    pairs = (
        *_of_failure(evidence),
        *_of_tasks(evidence),
        *_of_numbers(evidence),
        *_of_places(evidence),
        *untils.holes(evidence),
        *conditions.holes(evidence),
        *polls.holes(evidence),
    )
    return {name: value for name, value in pairs if value}


def _of_failure(evidence: Evidence) -> Iterator[tuple[str, str]]:
    failure, result = evidence.failure, evidence.result
    if failure is None:
        return
    yield "host", failure.host
    yield "task", failure.task
    yield "module", failure.module
    yield "message", failure.message.split("\n", 1)[0]
    yield "job_message", failure.message.strip()
    yield "attribute", readers.missing_attribute(evidence)
    for hole, key in (
        ("jid", "ansible_job_id"),
        ("attempts", "attempts"),
        ("rc", "rc"),
        ("results_file", "results_file"),
    ):
        yield hole, str(result[key]) if isinstance(result.get(key), str | int) else ""
    command = result.get("cmd", "")
    yield "command", " ".join(map(str, command)) if isinstance(command, list) else str(command)
    if evidence.match:
        yield from ((name, _unquoted(value)) for name, value in evidence.match.holes.items())


def _unquoted(text: str) -> str:
    """Without the quotes around it, if it has them on both sides."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else text


def _of_tasks(evidence: Evidence) -> Iterator[tuple[str, str]]:
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


def _of_numbers(evidence: Evidence) -> Iterator[tuple[str, str]]:
    retries, delay = waits.numbers(evidence)
    waiting, limit = waits.wait_seconds(evidence), waits.limit_seconds(evidence)
    for name, number in (("retries", retries), ("delay", delay), ("wait_seconds", waiting), ("limit_seconds", limit)):
        yield name, "" if number is None else waits.tidy(number)
    launch = launching(evidence)
    time = run_time(launch)
    yield "visible_seconds", waits.tidy(time.least) if time and time.least else ""
    meant = seconds_meant(text_of(launch.own.get("async", ABSENT))) if launch else None
    if meant is None and evidence.match:
        meant = seconds_meant(evidence.match.holes.get("written") or "")
    yield "seconds_meant", str(meant) if meant else ""
    yield from _needed(evidence, limit, delay)


def _needed(evidence: Evidence, limit: float | None, delay: float | None) -> Iterator[tuple[str, str]]:
    """Numbers that would do: a limit well above the run time, and a wait that covers the limit."""
    step = delay if delay and delay > 0 else ASSUMED_DELAY
    yield "delay_needed", waits.tidy(step)
    if limit is None:
        return
    yield "retries_needed", str(math.ceil(limit / step))
    needed = limit_needed(evidence, limit)
    yield "limit_needed", str(needed)
    yield "retries_for_limit_needed", str(math.ceil(needed / step))


def limit_needed(evidence: Evidence, limit: float) -> int:
    """Seconds for `async`: twice what the job is known to take, else twice the old limit, rounded up to a minute.

    The time is known from the answer `job_seconds`, or from a sleep in the command.
    """
    told = evidence.answers.get("job_seconds", "")
    time = run_time(launching(evidence))
    known = float(told) if re.fullmatch(r"\d{1,9}(\.\d{1,3})?", told) else time.least if time else 0
    return math.ceil(max(known * 2, limit * 2) / 60) * 60


def _of_places(evidence: Evidence) -> Iterator[tuple[str, str]]:
    yield from zip(("launch_host", "wait_host"), places.host_names(evidence), strict=True)
    yield from zip(("launch_user", "wait_user"), places.user_names(evidence), strict=True)
    yield "launch_results_file", places.made_file(evidence)
    yield from registers.holes(evidence)
    yield from loops.holes(evidence)
    yield from directories.places_to_set(evidence)
    yield "launch_jid", ids.given_id(evidence)
    yield "command_in_front", commands.in_front(evidence)
    yield "wrong_id_option", ids.wrong_id_option(evidence)
