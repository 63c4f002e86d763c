"""A connection that fails: whether the host answered before, what the login was tried with, what is waited for."""

from __future__ import annotations

from assistant.looks.evidence import ABSENT, Evidence, literal
from assistant.model import Fact

PASSWORDS = ("password", "keyboard-interactive")
"""The ways in which a server takes a password, as ssh names them in "Permission denied (…)"."""


def answered_before(evidence: Evidence) -> Fact | None:
    """yes | no | not shown: whether the host that cannot be reached has answered earlier in the play.

    "ok" alone is no proof: debug, set_fact and their like never leave the controller. Facts and changes are. Where the
    paste does not show how the play began, nothing before the failure is no proof either, unless it is of its first
    task: that the host was never there.
    """
    failure = evidence.failure
    if failure is None:
        return None
    for row in failure.seen:
        here = row.ran_on == failure.ran_on or not (row.ran_on and failure.ran_on)
        reached = row.kind == "launch" or "changed: [" in row.text or row.task == "Gathering Facts"
        if here and reached and row.kind in ("ok", "launch"):
            return Fact("answered_before", "yes", f"line {row.line}: {row.text[:80]}")
    if failure.tasks_before == 0:
        return Fact("answered_before", "no", "the failed task is the first of the play")
    if failure.headless and failure.task != "Gathering Facts":
        return Fact("answered_before", "not shown", "the paste does not show how the play began")
    return None


def password_given(evidence: Evidence) -> Fact | None:
    """yes | no: whether the login that was denied was tried with a password.

    Up to 2.18 a wrong one goes through sshpass, whose message is another (plugins/connection/ssh.py); since 2.19
    SSH_ASKPASS gives it to ssh, which says the same as for a key. A server that takes no passwords never saw one.
    """
    failure, holes = evidence.failure, evidence.match.holes if evidence.match else {}
    if failure is None or not holes.get("methods"):
        return None
    if not any(way in holes["methods"] for way in PASSWORDS):
        return Fact("password_given", "no", f"the server takes no passwords ({holes['methods'].strip('().')})")
    if str(evidence.result.get("msg", "")).startswith("Failed to connect to the host"):
        return Fact("password_given", "no", "up to 2.18 a password that is denied has a message of its own")
    return None


def waits_for(evidence: Evidence) -> Fact | None:
    """port | port gone | file | file gone | text | connection | other: what the failed task waits for."""
    task = evidence.task
    if task is None or task.kind != "task":
        return None
    if task.module == "wait_for_connection":
        return Fact("waits_for", "connection", "the task is wait_for_connection", task.span, task.path)
    if task.module != "wait_for":
        return Fact("waits_for", "other", f"the task is {task.action}", task.span, task.path)
    state = task.args.get("state", ABSENT)
    gone = literal(state, str) in ("absent", "stopped", "drained")
    if "search_regex" in task.args and not gone:
        return Fact("waits_for", "text", "search_regex", task.span, task.path)
    if state.state == "unknown":
        return None
    for argument, word in (("path", "file"), ("port", "port")):
        if argument in task.args:
            because = f"{argument}, state {literal(state, str) or 'started'}"
            return Fact("waits_for", f"{word} gone" if gone else word, because, task.span, task.path)
    return Fact("waits_for", "port gone" if gone else "other", "neither path nor port", task.span, task.path)
