"""Limits that do not do what they look like: none at all, too short to begin with, or none of the job."""

from __future__ import annotations

import re

from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.looks.launches import launch_poll, launching
from assistant.looks.runtime import ENDLESS, run_time
from assistant.looks.waits import amount, job_against_limit, limit_seconds, span, tidy
from assistant.model import Fact, Task, Value

SOON = 5
"""Up to this limit the new timer (2.18.19, 2.19.12, 2.20.8, 2.21.2) has no steps of 5 s: it kills to the second."""
REBOOTS = (
    r"(?:^|[\s;&|/])(?:reboot|shutdown|poweroff|halt|init\s{1,3}[06]|systemctl\s{1,3}(?:reboot|poweroff))(?=[\s;&|]|$)"
)


def limit_sign(evidence: Evidence) -> Fact | None:
    """positive | negative | zero | zero yet waited for: what async comes to; zero switches it off."""
    launch = launch_in_question(evidence)
    if launch is None:
        return None
    value = launch.own.get("async", ABSENT)
    seconds = amount(value)
    if seconds is None:
        return None
    word = "positive" if seconds > 0 else "negative" if seconds < 0 else "zero"
    if word == "zero" and _is_waited_for(evidence, launch):
        word = "zero yet waited for"
    return Fact("limit_sign", word, f"async: {text_of(value)}", span(value), launch.path)


def launch_in_question(evidence: Evidence) -> Task | None:
    """The launch, one with async: 0 too, which is no launch: that whose register the wait reads its id from."""
    launch, task, file = launching(evidence), evidence.task, evidence.file
    if launch is not None or task is None or file is None or task.module != "async_status":
        return launch
    names = _id_names(task)
    earlier = [t for t in file.tasks if t.index < task.index and _register(t) in names and "async" in t.own]
    return earlier[-1] if earlier else None


def _is_waited_for(evidence: Evidence, launch: Task) -> bool:
    return bool(waiting_for(evidence, launch))


def waiting_for(evidence: Evidence, launch: Task | None) -> list[Task]:
    """The later looks of the play that read their id from what the task registers, though it may start no job."""
    name, file = _register(launch) if launch else "", evidence.file
    if launch is None or not name or file is None:
        return []
    tasks = file.index.mentioning(name)
    later = (t for t in tasks if t.index > launch.index and t.play == launch.play and t.module == "async_status")
    return [t for t in later if name in _id_names(t)]


def _id_names(status: Task) -> set[str]:
    """The variables that the jid of an async_status reads."""
    from assistant.plays import references

    return {ref.name for ref in references(status.args.get("jid", ABSENT))}


def _register(task: Task) -> str:
    from assistant.plays import registers

    return registers(task)


def limit_cut(evidence: Evidence) -> Fact | None:
    """before its work | no: whether a limit of a few seconds ends before the command has done what it is there for."""
    launch, limit = launching(evidence), limit_seconds(evidence)
    poll = launch_poll(evidence)
    if launch is None or limit is None or poll is None:
        return None
    if poll.value == "waits":  # then the controller counts as well, on every release
        return poll._replace(key="limit_cut", value="no")
    sleeps, time = job_against_limit(evidence), run_time(launch)
    if limit <= SOON and sleeps and sleeps.value == "within the grace":
        return sleeps._replace(key="limit_cut", value="before its work")
    if limit <= SOON and time and time.works and time.least == limit:
        reason = f"the command sleeps {tidy(limit)} s first, and then async: {tidy(limit)} is over"
        return Fact("limit_cut", "before its work", reason, time.place, launch.path)
    if limit <= 1 and re.search(REBOOTS, _command(launch)):
        value = launch.own.get("async", ABSENT)
        return Fact("limit_cut", "before its work", f"async: {tidy(limit)} for a reboot", span(value), launch.path)
    return Fact("limit_cut", "no", f"async: {tidy(limit)} is no such limit")


def limit_is_true(evidence: Evidence) -> Fact | None:
    """yes | no: whether async is true (yes, on) instead of a number of seconds."""
    launch = launching(evidence)
    value = launch.own.get("async", ABSENT) if launch else ABSENT
    if launch is not None and value.state != "unknown":
        word = "yes" if value.value is True else "no"
        return Fact("limit_is_true", word, f"async: {text_of(value)}", span(value), launch.path)
    told = evidence.match.holes.get("limit_told") if evidence.match else None
    if not told or told == "1":  # which is what true was turned into up to 2.17
        return None
    return Fact("limit_is_true", "no", f"the message says {told} s")


def _command(task: Task) -> str:
    """The command line as written, "" for other modules."""
    if task.module not in ("command", "shell", "raw"):
        return ""
    return next((text_of(task.args[n]) for n in ("cmd", "_raw_params") if n in task.args), "")


def keyword_timeout(evidence: Evidence) -> Fact | None:
    """below the limit | other: the task keyword timeout beside async; it is off before the job is waited for."""
    task, limit = evidence.task, limit_seconds(evidence)
    if task is None or "async" not in task.own:
        return None
    value: Value = task.own.get("timeout", ABSENT)
    seconds = amount(value)
    if value.state != "absent" and (seconds is None or limit is None):
        return None
    below = seconds is not None and limit is not None and 0 < seconds < limit
    reason = f"timeout: {text_of(value)} beside async: {tidy(limit)}" if limit and seconds else "no timeout to speak of"
    return Fact("keyword_timeout", "below the limit" if below else "other", reason, span(value), task.path)


def job_never_ends(evidence: Evidence) -> Fact | None:
    """yes | not seen: whether the command waits for ever by its nature (tail -f, sleep infinity)."""
    launch = launching(evidence)
    if launch is None:
        return None
    endless = re.search(ENDLESS, _command(launch))
    if endless is None:
        return Fact("job_never_ends", "not seen", f"nothing in {launch.action} says that it never ends")
    value = next((launch.args[n] for n in ("cmd", "_raw_params") if n in launch.args), ABSENT)
    return Fact("job_never_ends", "yes", f"“{endless[0].strip()}” does not end by itself", span(value), launch.path)
