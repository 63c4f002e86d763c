"""Who reads what a job left in a variable: results that are used before there are any."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import EXPRESSIONS, Evidence, missing_attribute, text_of
from assistant.looks.launches import launch_poll, launching
from assistant.model import Fact, Ref, Task

OF_THE_JOB = frozenset("rc stdout stdout_lines stderr stderr_lines cmd delta start end".split())
"""Fields of a finished command that the result of a launch lacks on every release; since 2.12 async_status gives
empty stdout and stderr while the job runs, so of a status read too early only the others are missing."""
WHILE_RUNNING = OF_THE_JOB - {"stdout", "stdout_lines", "stderr", "stderr_lines"}


def _reads(task: Task, text: str) -> Iterator[Ref]:
    """The variables a task reads without a default and without asking whether they are defined."""
    from assistant.plays import references

    refs = [*references(task.node)]
    for key in EXPRESSIONS:
        refs += references(task.own[key], bare=True) if key in task.own else ()
    if task.module in ("assert", "debug"):
        refs += [ref for key in ("that", "var") if key in task.args for ref in references(task.args[key], bare=True)]
    for ref in refs:
        if not re.match(r"\s*(\|\s*default|is\s+(not\s+)?defined)", text[ref.span.end : ref.span.end + 40]):
            yield ref


def _register(task: Task) -> str:
    from assistant.plays import registers

    return registers(task)


def first_read(evidence: Evidence, source: Task, fields: frozenset[str]) -> tuple[Task, Ref] | None:
    """The first later task of the play that reads one of `fields` of what `source` registered; None when there is
    none, or when the variable is registered anew before."""
    name = _register(source)
    if evidence.file is None or not name:
        return None
    for task in evidence.file.index.mentioning(name):
        if task.index <= source.index or task.play != source.play or task.kind not in ("task", "include", "import"):
            continue
        if re.search(rf"\b{re.escape(name)}\b", _condition(task)):
            return None  # it asks about the result before it reads it
        for ref in _reads(task, evidence.file.text):
            if ref.name == name and ref.path and ref.path[0] in fields:
                return task, ref
        if _register(task) == name:
            return None
    return None


def _condition(task: Task) -> str:
    """The task's `when` as text, lists joined."""
    node = task.get("when").node
    return "" if node is None else node.text or " ".join(item.text for item in node.items)


def launch_result_read(evidence: Evidence) -> Fact | None:
    """yes | no: whether a later task reads rc, stdout, … from the result of a launch that nobody waited for."""
    launch, poll = launching(evidence), launch_poll(evidence)
    if launch is None or poll is None or poll.value != "collects later":
        return None
    read = first_read(evidence, launch, OF_THE_JOB)
    if read is None:
        return Fact(
            "launch_result_read",
            "no",
            "nothing reads the launch's result as the job's",
            launch.action_span,
            launch.path,
        )
    return Fact("launch_result_read", "yes", _says(read, "a launch holds no such field"), read[1].span, launch.path)


def status_result_read(evidence: Evidence) -> Fact | None:
    """too early | no: whether a later task reads the job's result from an async_status that looked once."""
    wait = evidence.wait
    if wait is None or wait.get("until").state != "absent":
        return None
    if text_of(wait.args["mode"]) == "cleanup" if "mode" in wait.args else False:
        return None
    read = first_read(evidence, wait, WHILE_RUNNING)
    if read is None or _waited_before(evidence, wait):
        return Fact("status_result_read", "no", "nothing reads the job's result from it", wait.action_span, wait.path)
    return Fact("status_result_read", "too early", _says(read, "the job may still run"), read[1].span, wait.path)


def _waited_before(evidence: Evidence, wait: Task) -> bool:
    """True when another async_status with an until saw the job's end first."""
    others = evidence.job.waits if evidence.job else ()
    return any(other.index < wait.index and other.get("until").state != "absent" for other in others)


def _says(read: tuple[Task, Ref], why: str) -> str:
    task, ref = read
    return f"“{task.name or task.action}” reads {ref.name}.{'.'.join(ref.path)}; {why}"


def result_read(evidence: Evidence) -> Fact | None:
    """a launch | a status read once | the task itself | another task: who registered what lacks the field."""
    attribute = missing_attribute(evidence)
    if not attribute or evidence.file is None or evidence.task is None:
        return None
    for ref in _reads(evidence.task, evidence.file.text):
        if attribute in ref.path and ref.name == _register(evidence.task):
            return Fact("result_read", "the task itself", f"it reads its own {ref.name}", ref.span, evidence.path)
        if attribute in ref.path and ref.name == "ansible_failed_result":  # in a rescue: what the failed task printed
            return Fact("result_read", "another task", f"it reads {ref.name}", ref.span, evidence.path)
        source = _source(evidence, ref) if attribute in ref.path else None
        if source is not None:
            return _kind_of(source, ref, evidence.task)
    return None


def _source(evidence: Evidence, ref: Ref) -> Task | None:
    """The task that last registered the variable before the failed one read it, an item of its results too."""
    tasks = evidence.file.tasks if evidence.file else ()
    ref = _looped_over(evidence.task, ref) if evidence.task else ref
    at = evidence.task.index if evidence.task else 0
    found = [task for task in tasks if task.index < at and _register(task) == ref.name]
    return found[-1] if found else None


def _looped_over(task: Task, ref: Ref) -> Ref:
    """`x.results` in place of the loop's own variable, where the task loops over the results of x."""
    from assistant.plays import loop, loop_var, references

    value = loop(task)
    if value is None or ref.name != loop_var(task):
        return ref
    return next((one for one in references(value) if one.path[:1] == ("results",)), ref)


def _kind_of(source: Task, ref: Ref, reader: Task) -> Fact:
    from assistant.plays import number

    kind, why = "another task", "is not an asynchronous task"
    poll = source.own.get("poll")
    if "async" in source.own and poll is not None and (number(poll) or 0) <= 0 and poll.known:
        kind, why = "a launch", "only started the job"
    elif source.module == "async_status" and source.get("until").state == "absent":
        kind, why = "a status read once", "looked once, without until"
    reason = _says((reader, ref), f"“{source.name or source.action}” {why}")
    return Fact("result_read", kind, reason, ref.span, reader.path)
