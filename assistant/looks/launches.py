"""What the launching task says: its limit, its poll, its action, its check mode."""

from __future__ import annotations

import re

from assistant.looks.evidence import ABSENT, Evidence, literal, text_of
from assistant.looks.waits import amount, span, tidy
from assistant.model import Fact, Task, Value

REFUSING = frozenset(
    "add_host assemble assert async_status copy debug fail fetch gather_facts group_by include_vars pause raw reboot "
    "script set_fact set_stats template unarchive validate_argument_spec wait_for_connection "
    "ansible.posix.synchronize ansible.posix.patch synchronize patch win_reboot ansible.windows.win_reboot".split()
)
"""Actions that run on the controller and refuse async (run on 2.9, 2.12, 2.16 to 2.19, 2.21; reboot refuses since 2.17
and gave no job id before)."""
DURATION = re.compile(r"^\s*(\d{1,9})\s*(s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?|hrs?|d|days?)\s*$")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
POLL = 15
"""Ansible's default poll interval (config/base.yml, DEFAULT_POLL_INTERVAL)."""


def launching(evidence: Evidence) -> Task | None:
    """The launch in question: the job's, or the task looked at when it has async of its own."""
    task = evidence.task
    return evidence.launch or (task if task is not None and task.kind == "task" and "async" in task.own else None)


def role(evidence: Evidence) -> Fact | None:
    """launch | wait | cleanup | other: what the task is to its job."""
    task, job = evidence.task, evidence.job
    if task is None:
        return None
    value = "other"
    if task.kind == "task" and "async" in task.own:
        value = "launch"
    elif job and task in job.cleanups:
        value = "cleanup"
    elif task.module == "async_status":
        value = "wait"
    return Fact("role", value, f"{task.action or task.kind}", task.action_span, task.path)


def launch_poll(evidence: Evidence) -> Fact | None:
    """waits | collects later: whether Ansible itself polls the job (poll above 0, or none, which is 15)."""
    launch = launching(evidence)
    if launch is None:
        return None
    value = launch.get("poll")
    poll, limit = amount(value, POLL), amount(launch.own.get("async", ABSENT))
    if poll is None:
        return None
    if limit is not None and limit < 0:  # the countdown of the looks is over before it begins
        return Fact("launch_poll", "collects later", f"async: {tidy(limit)} is never looked at", launch.action_span)
    reason = (
        f"poll: {tidy(poll)} on the launch"
        if value.state != "absent"
        else f"the launch has no poll, which means poll: {POLL}"
    )
    return Fact(
        "launch_poll", "waits" if poll > 0 else "collects later", reason, span(value) or launch.action_span, launch.path
    )


def limit_written(evidence: Evidence) -> Fact | None:
    """number | duration | empty | text | fraction | true | templated: how the launch's async is written."""
    launch = launching(evidence)
    if launch is None:
        return None
    value = launch.own.get("async", ABSENT)
    kind = _kind(value)
    return Fact("limit_written", kind, f"async: {text_of(value)}".rstrip(), span(value), launch.path) if kind else None


def _kind(value: Value) -> str:
    if value.state == "unknown":
        return "templated"
    held = value.value
    if value.state == "absent":
        return ""
    if isinstance(held, bool):
        return "true" if held else "number"
    if isinstance(held, float):
        return "number" if held.is_integer() else "fraction"
    text = str(held or "").strip()
    if isinstance(held, int) or re.fullmatch(r"[+-]?\d{1,18}", text):
        return "number"
    return "empty" if not text else "duration" if DURATION.match(text) else "text"


def seconds_meant(text: str) -> int | None:
    """ "10m" to 600, "1 hour" to 3600; None for what is no length of time."""
    match = DURATION.match(text.strip("'\""))
    return int(match[1]) * SECONDS[match[2][0]] if match else None


def action_takes_async(evidence: Evidence) -> Fact | None:
    """yes | no: whether the launch's action can run in the background. Unknown for actions we know nothing of."""
    launch = launching(evidence)
    if launch is None or launch.kind != "task" or not launch.module:
        return None
    if literal(launch.own.get("async", ABSENT), int) == 0:
        return None
    if launch.module in REFUSING:
        return Fact(
            "action_takes_async", "no", f"{launch.action} runs on the controller", launch.action_span, launch.path
        )
    return (
        Fact("action_takes_async", "yes", f"{launch.action} is a module", launch.action_span)
        if "." not in launch.module
        else None
    )


def check_mode_forced(evidence: Evidence) -> Fact | None:
    """yes | no: whether the launch itself asks for check mode."""
    launch = launching(evidence)
    value = launch.get("check_mode") if launch else ABSENT
    if launch is None or value.state == "unknown":
        return None
    forced = value.known and value.value in (True, "true", "yes")
    return Fact(
        "check_mode_forced", "yes" if forced else "no", f"check_mode: {text_of(value)}", span(value), launch.path
    )
