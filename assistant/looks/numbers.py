"""Numbers for the texts and the fixes: waits, limits, and what would do."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from assistant.looks import waits
from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.looks.launches import launching, seconds_meant
from assistant.looks.runtime import run_time

ASSUMED_DELAY = 5


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Retries, delay, wait and limit (seconds), and the numbers that would do, by hole name; "" for unknown."""
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
