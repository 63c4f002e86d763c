"""What stands around a launch: where async is written, who keeps its id, and under which conditions it runs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.looks.evidence import ABSENT, Evidence, literal, text_of
from assistant.looks.waits import span
from assistant.model import Fact, Task, Value

PLACES = {"include": "on an include", "block": "on a block", "play": "on a play", "import": "on an import"}
OPEN = frozenset("set_fact add_host group_by set_stats include_vars meta raw script debug command shell".split())
"""Modules that take any option, or text in which a word may be anybody's; a command is looked at by `_options`."""


def async_stands(evidence: Evidence) -> Fact | None:
    """on a task | on an include | on a block | on a play | on an import | under the module: where async is written.

    Includes, blocks and plays refuse both async and poll; an import takes them and drops them (2.9 to 2.21).
    """
    task = evidence.task
    if task is None:
        return None
    keyword = next((key for key in ("async", "poll") if key in task.own), "")
    if not keyword:
        return _under_module(task)
    value = task.own[keyword]
    if task.kind == "import" and (keyword == "poll" or literal(value, int) == 0):
        return None  # nothing is lost
    reason = f"{keyword}: {text_of(value)} on {task.action or 'the ' + task.kind}"
    return Fact("async_stands", PLACES.get(task.kind, "on a task"), reason, span(value), task.path)


def _under_module(task: Task) -> Fact | None:
    from assistant.plays.keywords import BUILTIN, INCLUDES

    value = task.args.get("async")
    known = task.module in BUILTIN - OPEN - INCLUDES or (task.module in ("command", "shell") and "cmd" in task.args)
    if value is None or not known or task.kind != "task":
        return None
    reason = f"async: {text_of(value)} among the options of {task.action}"
    return Fact("async_stands", "under the module", reason, span(value), task.path)


def background(evidence: Evidence) -> Fact | None:
    """yes | no: whether the task that failed is one that starts a job."""
    task, failure = evidence.task, evidence.failure
    if failure and (failure.wrapped or "/async_wrapper.py'" in failure.message):
        return Fact("background", "yes", "async_wrapper.py was sent along, which only a task with async needs")
    if task is None:
        return None
    value = task.own.get("async", ABSENT)
    on = task.kind == "task" and value.state != "absent" and literal(value, int) != 0
    reason = f"async: {text_of(value)}" if on else "the task has no async"
    return Fact("background", "yes" if on else "no", reason, span(value) or task.action_span, task.path)


def before(evidence: Evidence, wait: Task) -> Sequence[Task]:
    """The tasks of the wait's play that stand before it."""
    return evidence.file.index.before(wait) if evidence.file else ()


def called(task: Task) -> str:
    """A task's name, or its action."""
    return task.name or task.action


def unshared(one: Task, other: Task) -> list[str]:
    """The conditions in force on the one task and not on the other."""
    from assistant.plays import conditions

    held = {node.text.strip() for node in conditions(other)}
    return [node.text.strip() for node in conditions(one) if node.text.strip() not in held]


def asks_about(evidence: Evidence, launch: Task, wait: Task, names: tuple[str, ...]) -> bool:
    """True when the wait's condition, its jid or a task between them looks at how the launch went."""
    from assistant.plays import conditions

    words = [node.text for node in conditions(wait)] + [text_of(wait.args.get("jid", ABSENT)).partition("|")[2]]
    for task in before(evidence, wait):
        if task.index > launch.index:
            words += [node.text for node in conditions(task)] if task.module in ("fail", "meta", "assert") else []
            words += [text_of(v) or " ".join(n.text for n in v.node.items) for v in _that(task) if v.node]
    return any(re.search(rf"\b{re.escape(name)}\b|\bdefault\b|\bomit\b", text) for text in words for name in names)


def _that(task: Task) -> list[Value]:
    return [task.args["that"]] if task.module == "assert" and "that" in task.args else []


def _ignores(task: Task) -> bool:
    return task.get("ignore_errors").state != "absent" or "failed_when" in task.own


def launch_condition(evidence: Evidence) -> Fact | None:
    """unguarded | guarded | none: whether the wait runs although a condition may have skipped the launch."""
    launch, wait = evidence.launch, evidence.wait
    if launch is None or wait is None or wait.index < launch.index or wait.play != launch.play:
        return None
    from assistant.plays import conditions, loop

    own = unshared(launch, wait)
    place = span(launch.get("when"))
    if not own or loop(launch) is not None:
        return Fact("launch_condition", "none", "nothing skips the launch alone", place, launch.path)
    if asks_about(evidence, launch, wait, (evidence.job.register if evidence.job else "", "skipped")):
        return Fact("launch_condition", "guarded", "the wait asks whether the launch ran", place, launch.path)
    if unshared(wait, launch) or _ignores(wait) or any(c.tag != "str" for c in conditions(launch)):
        return None  # the two may come to the same
    reason = f"the launch runs only when {own[0]}, the wait always"
    return Fact("launch_condition", "unguarded", reason, place, launch.path)


def launch_ignores(evidence: Evidence) -> Fact | None:
    """unguarded | guarded | no: whether the wait runs although the launch may have failed and been ignored."""
    launch, wait = evidence.launch, evidence.wait
    if launch is None or wait is None or wait.index < launch.index or wait.play != launch.play:
        return None
    value = launch.get("ignore_errors")
    if value.state == "unknown":
        return None
    if value.value not in (True, "true", "yes") or _ignores(wait):
        return Fact("launch_ignores", "no", "a launch that fails ends the play", span(value), launch.path)
    names = (evidence.job.register if evidence.job else "", "failed", "succeeded", "success")
    if asks_about(evidence, launch, wait, names) or unshared(wait, launch):
        return Fact("launch_ignores", "guarded", "the wait asks how the launch went", span(value), launch.path)
    reason = f"ignore_errors: {text_of(value)} on the launch, and the wait runs all the same"
    return Fact("launch_ignores", "unguarded", reason, span(value), launch.path)
