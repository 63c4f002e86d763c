"""What the waiting task says: its until, how long it waits, and how that compares with the job."""

from __future__ import annotations

from assistant.looks.evidence import ABSENT, Evidence, literal, text_of
from assistant.looks.runtime import run_time
from assistant.model import Fact, Span, Task, Value

RETRIES, DELAY = 3, 5
"""Ansible's defaults with `until` (playbook/task.py, all releases since 2.9)."""
LOOK_SECONDS = 0.5
"""The least that one async_status takes; measured 0.5 to 3 s on 2.9 to 2.21, so a wait is that much longer."""


def span(value: Value) -> Span | None:
    """Where a value is written."""
    return value.node.span if value.node else None


def amount(value: Value, default: float | None = None) -> float | None:
    """A number of a keyword; `default` when it is absent, None when it is not known."""
    if value.state == "absent":
        return default
    if value.known and type(value.value) in (int, float):
        return float(value.value)
    from assistant.plays import number

    read = number(value)
    return None if read is None or isinstance(value.value, bool) else float(read)


def tidy(seconds: float) -> str:
    """A number without needless nought: 30, 2.5."""
    return f"{seconds:g}" if seconds != int(seconds) else str(int(seconds))


def numbers(evidence: Evidence) -> tuple[float | None, float | None]:
    """Retries and delay of the wait, in tries and seconds; None for what is not known.

    The retries of a failed wait are also in its result: `attempts` holds `retries` when an until runs out,
    on every release (executor/task_executor.py).
    """
    wait = evidence.wait
    attempts = evidence.result.get("attempts")
    told = float(attempts) if isinstance(attempts, int) and not _ended(evidence) else None
    if wait is None or wait.get("until").state == "absent":
        return told, None
    retries = amount(wait.get("retries"), RETRIES)
    return (retries if retries is not None else told), amount(wait.get("delay"), DELAY)


def _ended(evidence: Evidence) -> bool:
    """True when the last look said that the job was over: then `attempts` is the number of looks."""
    return evidence.result.get("finished") in (True, 1)


def wait_seconds(evidence: Evidence) -> float | None:
    """retries × delay: the sleeps of an until that runs out (no sleep after the last try)."""
    retries, delay = numbers(evidence)
    return None if retries is None or delay is None else max(retries, 0) * max(delay, 0)


def limit_seconds(evidence: Evidence) -> float | None:
    """The launch's `async`, in seconds, when it is a positive number; a message that names it counts too."""
    launch = evidence.launch or (evidence.task if evidence.task and "async" in evidence.task.own else None)
    limit = amount(launch.get("async")) if launch else None
    if limit is None and evidence.match and evidence.match.holes.get("limit_told"):
        limit = float(evidence.match.holes["limit_told"])
    return limit if limit and limit > 0 else None


def _switch(evidence: Evidence, key: str) -> Fact | None:
    """The answer "no number" for `async: true`, which is no limit that a time could be held against."""
    launch = evidence.launch or evidence.task
    value = launch.own.get("async", ABSENT) if launch else ABSENT
    if value.value is not True:
        return None
    return Fact(key, "no number", f"async: {text_of(value)} is no number of seconds", span(value), evidence.path)


def until_reads(evidence: Evidence) -> Fact | None:
    """own result | launch result | loop item | other variable | nothing: what the wait's until looks at."""
    wait = evidence.wait
    if wait is None:
        return None
    from assistant.plays import references, registers

    until = wait.get("until")
    if until.state == "absent":
        return Fact("until_reads", "nothing", "the wait has no until", wait.action_span, wait.path)
    names = {ref.name for ref in references(until, bare=True)}
    own, launch = registers(wait), evidence.job.register if evidence.job else ""
    value = (
        "own result" if own in names and own else "launch result" if launch and launch in names else "other variable"
    )
    if value == "other variable" and _loop_name(wait) in names:
        value = "loop item"
    return Fact("until_reads", value, f"until: {text_of(until)}", span(until), wait.path)


def _loop_name(task: Task) -> str:
    """The name of the loop's variable: `item`, or what loop_control says."""
    control = literal(task.get("loop_control"), dict) or {}
    return str(control.get("loop_var", "item"))


def wait_numbers(evidence: Evidence) -> Fact | None:
    """default | written: whether the wait's until has retries or delay of its own.

    Without the task the attempts may tell: the default is 3 of them.
    """
    wait, (tries, _) = evidence.wait, numbers(evidence)
    if wait is None and tries is not None and tries != RETRIES:
        reason = f"{tidy(tries)} attempts, where the default is {RETRIES}"
        return Fact("wait_numbers", "written", reason)
    if wait is None or wait.get("until").state == "absent":
        return None
    written = [key for key in ("retries", "delay") if wait.get(key).state != "absent"]
    if written:
        return Fact("wait_numbers", "written", f"{', '.join(written)} given", span(wait.get(written[0])), wait.path)
    reason = f"until without retries and delay: {RETRIES} × {DELAY} s = {RETRIES * DELAY} s"
    return Fact("wait_numbers", "default", reason, span(wait.get("until")), wait.path)


def wait_against_limit(evidence: Evidence) -> Fact | None:
    """shorter | enough | no number: the time the wait gives against the time the job may run; enough too when the job
    is seen to need less."""
    retries, delay = numbers(evidence)
    waits, limit = wait_seconds(evidence), limit_seconds(evidence)
    switch = _switch(evidence, "wait_against_limit")
    if switch and _would_be_seen(evidence):
        return switch._replace(
            value="shorter", because=f"{switch.because}, and since 2.12 a job that was ended says so"
        )
    if switch or waits is None or limit is None or retries is None or delay is None:
        return switch
    ends = job_against_wait(evidence)
    if ends and ends.value == "shorter":
        return ends._replace(key="wait_against_limit", value="enough")
    enough = waits + (retries + 1) * LOOK_SECONDS >= limit
    sign = "≥" if waits >= limit else "≈" if enough else "<"
    reason = f"{tidy(retries)} × {tidy(delay)} s = {tidy(waits)} s of waiting {sign} async: {tidy(limit)}"
    place = _numbers_place(evidence.wait)
    return Fact("wait_against_limit", "enough" if enough else "shorter", reason, place, evidence.path)


def _would_be_seen(evidence: Evidence) -> bool:
    """True where a job that was ended at its limit would not look as if it still ran."""
    told = limit_seen_by_status(evidence)
    return told is not None and told.value == "yes"


def _numbers_place(wait: Task | None) -> Span | None:
    if wait is None:
        return None
    values = [wait.own.get(key, ABSENT) for key in ("retries", "delay", "until")]
    return next((value.node.span for value in values if value.node), None)


def job_against_wait(evidence: Evidence) -> Fact | None:
    """longer | shorter: what the command's own sleeps say of its time, against the time that the wait gives."""
    waits = wait_seconds(evidence)
    retries, _ = numbers(evidence)
    time = run_time(evidence.launch)
    if waits is None or retries is None or time is None:
        return None
    if time.least > waits + (retries + 1) * LOOK_SECONDS:
        reason = f"the command sleeps {tidy(time.least)} s, the wait ends after {tidy(waits)} s"
        return Fact("job_against_wait", "longer", reason, time.place, evidence.path)
    if time.exact and time.least <= waits:
        reason = f"the command ends after {tidy(time.least)} s, within the {tidy(waits)} s of the wait"
        return Fact("job_against_wait", "shorter", reason, time.place, evidence.path)
    return None


def job_against_limit(evidence: Evidence) -> Fact | None:
    """longer | within the grace | shorter | no number: what the command's own sleeps say of its time, and its limit.

    Up to 2.18.18, 2.19.11, 2.20.7 and 2.21.1 the watcher rounds the limit up to a multiple of 5 s and adds
    nearly 5 s (modules/async_wrapper.py), so a job a little too long still ends well there.
    """
    launch = evidence.launch or evidence.task
    switch = _switch(evidence, "job_against_limit")
    limit, time = limit_seconds(evidence), run_time(launch)
    if switch or limit is None or time is None:
        return switch
    if time.least > limit:
        grace = -(-limit // 5) * 5 + 4
        value = "longer" if time.least > grace else "within the grace"
        reason = f"the command sleeps {tidy(time.least)} s, but async: {tidy(limit)}"
        return Fact("job_against_limit", value, reason, time.place, evidence.path)
    if time.exact:
        reason = f"the command ends after {tidy(time.least)} s, within async: {tidy(limit)}"
        return Fact("job_against_limit", "shorter", reason, time.place, evidence.path)
    return None


def limit_seen_by_status(evidence: Evidence) -> Fact | None:
    """yes | no: whether async_status of this release tells that the limit was reached.

    Up to 2.11 the watcher kills without writing, so the job looks as if it ran for ever; 2.12 writes
    "Timeout exceeded" (modules/async_wrapper.py).
    """
    from assistant.looks.releases import at_least, at_most

    if at_most(evidence, (2, 11)):
        return Fact(
            "limit_seen_by_status",
            "no",
            f"up to 2.11 a killed job looks as if it still ran; {evidence.hints.get('at_most because', '')}".rstrip(
                "; "
            ),
        )
    if at_least(evidence, (2, 12)):
        return Fact("limit_seen_by_status", "yes", 'since 2.12 a killed job says "Timeout exceeded"')
    return None
