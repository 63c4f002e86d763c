"""What a launch's poll says: whether Ansible waits, how often it looks, and what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.looks.launches import POLL, launching
from assistant.looks.waits import amount, limit_seconds, span, tidy
from assistant.model import Fact

BACKGROUND = (
    r"(?i)\bin (?:the )?background\b|\bfire[- ]and[- ]forget\b|\bwithout waiting\b|\bdetached\b"
    r"|\b(?:don'?t|do not) wait\b"
)


def poll_written(evidence: Evidence) -> Fact | None:
    """negative | zero | positive | default: the launch's poll."""
    task = evidence.task
    if task is None or "async" not in task.own:
        return None
    value = task.own.get("poll", ABSENT)
    if value.state == "absent":
        return Fact("poll_written", "default", f"no poll, which means poll: {POLL}", task.action_span, task.path)
    poll = amount(value)
    if poll is None:
        return None
    word = "negative" if poll < 0 else "positive" if poll > 0 else "zero"
    return Fact("poll_written", word, f"poll: {text_of(value)}", span(value), task.path)


def poll_against_limit(evidence: Evidence) -> Fact | None:
    """longer | within: the time between two looks against the time the job may run; only what is above 0 counts."""
    launch, limit = launching(evidence), limit_seconds(evidence)
    value = launch.get("poll") if launch else ABSENT
    poll = amount(value, POLL)
    if launch is None or limit is None or poll is None or poll <= 0:
        return None
    word = "longer" if poll > limit else "within"
    default = " (the default)" if value.state == "absent" else ""
    reason = f"poll: {tidy(poll)}{default} {'>' if poll > limit else '≤'} async: {tidy(limit)}"
    place = span(value) or span(launch.own.get("async", ABSENT))
    return Fact("poll_against_limit", word, reason, place, launch.path)


def poll_alone(evidence: Evidence) -> Fact | None:
    """yes | no: whether a task has poll but no async, without which it does nothing."""
    task = evidence.task
    if task is None or task.kind != "task":
        return None
    value = task.own.get("poll", ABSENT)
    alone = value.state != "absent" and "async" not in task.own
    return Fact("poll_alone", "yes" if alone else "no", f"poll: {text_of(value)}", span(value), task.path)


def background_meant(evidence: Evidence) -> Fact | None:
    """yes | no: whether the launch's name says that nobody should wait for it."""
    task = evidence.task
    if task is None or "async" not in task.own:
        return None
    match = re.search(BACKGROUND, task.name)
    collected = evidence.job is not None and bool(evidence.job.waits)
    reason = f"its name says “{match[0]}”" if match else "its name does not say so"
    value = "yes" if match and not collected else "no"
    return Fact("background_meant", value, reason, span(task.own.get("async", ABSENT)), task.path)


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Seconds between two looks as they are, and as they would do: a fifth of the limit, at least 1."""
    launch, limit = launching(evidence), limit_seconds(evidence)
    poll = amount(launch.get("poll"), POLL) if launch else None
    if poll is not None:
        yield "poll_seconds", tidy(poll)
    if limit is not None:
        yield "poll_needed", str(max(1, int(limit // 5)))
