"""What the play itself says must stop it: fail, assert, failed_when, and what stops all hosts for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import Evidence, text_of
from assistant.looks.names import play_of
from assistant.model import Fact, Task

FAIL = re.compile(r"(?:.* : )?(?:ansible\.(?:builtin|legacy)\.)?fail")


def stop_of_play(evidence: Evidence) -> Fact | None:
    """fail | other: whether the failed task is one of the module `fail`; a task without a name is called by it."""
    failure, task = evidence.failure, evidence.task
    if task is not None and task.module:
        return Fact("stop_of_play", "fail" if task.module == "fail" else "other", f"it is a task of {task.action}")
    if failure is None:
        return None
    if failure.module:
        return Fact("stop_of_play", "fail" if failure.module == "fail" else "other", f"module {failure.module}")
    if FAIL.fullmatch(failure.task):
        return Fact("stop_of_play", "fail", f"TASK [{failure.task}]")
    if set(failure.result) - {"msg", "changed", "failed", "item", "ansible_loop_var", "_ansible_no_log"}:
        return Fact("stop_of_play", "other", "its result holds more than a message")
    return None


def said_by_action(evidence: Evidence) -> Fact | None:
    """yes | no: whether the message is an action's own, as those of `fail` are (2.19+: "Action failed: …")."""
    chain = evidence.failure.chain if evidence.failure else ()
    if not chain:
        return None
    by_action = chain[0].startswith("Task failed: Action failed: ")
    return Fact("said_by_action", "yes" if by_action else "no", chain[0][:120])


def ends_for_all(evidence: Evidence) -> Fact | None:
    """any_errors_fatal | max_fail_percentage | no: what on the task, its block or its play ends the play for all hosts.

    A percentage above 0 counts only where other hosts were left out; what the paste tells of that is `hosts_left_out`.
    """
    task, file = evidence.task, evidence.file
    if task is None or file is None:
        return None
    play = play_of(file, task)
    blocks = [file.tasks[index] for index, _ in task.within]
    for one in (task, *reversed(blocks), *((play,) if play else ())):
        value = one.own.get("any_errors_fatal")
        if value and value.known:
            if value.value is not True:
                break
            span = value.node.span if value.node else None
            return Fact("ends_for_all", "any_errors_fatal", "any_errors_fatal: true", span, file.path)
    most = play.own.get("max_fail_percentage") if play else None
    if most and most.node:
        if most.known and str(most.value) not in ("0", "0.0") and not _left_out(evidence):
            return None
        words = f"max_fail_percentage: {text_of(most)}"
        return Fact("ends_for_all", "max_fail_percentage", words, most.node.span, file.path)
    return Fact("ends_for_all", "no", "neither any_errors_fatal nor max_fail_percentage is set") if play else None


def _left_out(evidence: Evidence) -> bool:
    return evidence.hints.get("hosts_left_out") == "yes"


def hosts_left_out(evidence: Evidence) -> Fact | None:
    """yes: "NO MORE HOSTS LEFT" though the recap counts hosts on which nothing had failed."""
    if evidence.failure is None or not _left_out(evidence):
        return None
    return Fact("hosts_left_out", "yes", evidence.hints.get("hosts_left_out because", ""))


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The assertion that failed, the condition that let the task fail, and what ended the play for all."""
    result, task = evidence.result, evidence.task
    assertion = result.get("assertion")
    yield "assertion", str(assertion) if isinstance(assertion, str | bool) else ""
    if task is not None:
        yield "failed_when", _one_line(task, "failed_when")
        yield "when_of_task", _one_line(task, "when")
    fact = ends_for_all(evidence)
    if fact and fact.value != "no":
        yield "ended_by", fact.because


def _one_line(task: Task, keyword: str) -> str:
    """A condition as written, those of a list joined by "and"."""
    value = task.own.get(keyword)
    if value is None or value.node is None:
        return ""
    return " and ".join(" ".join(node.text.split()) for node in value.node.items or (value.node,))
