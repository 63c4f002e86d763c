"""What conditions say: a failed_when or a test that cannot do what it is there for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import EXPRESSIONS, Evidence, text_of
from assistant.looks.readers import OF_THE_JOB, WHILE_RUNNING
from assistant.looks.untils import condition_in, refs, register_of
from assistant.looks.waits import amount, span
from assistant.model import Fact, Ref, Span, Task, Value


def failed_when_reads(evidence: Evidence) -> Fact | None:
    """what is not there yet | what is there: whether failed_when needs fields that a job has only when it is done."""
    task = evidence.task
    value = task.own.get("failed_when") if task else None
    if task is None or value is None or value.node is None:
        return None
    ref = early_read(task)
    if ref is None:
        return Fact("failed_when_reads", "what is there", f"failed_when: {text_of(value)}", span(value), task.path)
    reason = f"failed_when reads {ref.name}.{'.'.join(ref.path)}, which a running job does not have"
    return Fact("failed_when_reads", "what is not there yet", reason, span(value), task.path)


def early_read(task: Task) -> Ref | None:
    """The first field in failed_when that the task's result lacks while the job runs, read without any guard."""
    value, own = task.own.get("failed_when"), register_of(task)
    if value is None or value.node is None or not own:
        return None
    fields = WHILE_RUNNING if task.module == "async_status" else OF_THE_JOB if _only_starts(task) else frozenset()
    text = text_of(value) or " ".join(item.text for item in value.node.items)
    if re.search(rf"\bdefined\b|\bfinished\b|\bdefault\b|\b{re.escape(own)}\.get\b|\bd\(", text):
        return None
    return next((ref for ref in refs(value) if ref.name == own and ref.path and ref.path[0] in fields), None)


def _only_starts(task: Task) -> bool:
    """True for a launch that Ansible does not wait for."""
    poll = amount(task.own["poll"]) if "poll" in task.own else None
    return "async" in task.own and poll is not None and poll <= 0


def guarded(task: Task) -> str:
    """The failed_when with a default for every field read too early, "" when that cannot be written for certain."""
    value = task.own.get("failed_when")
    ref = early_read(task)
    if value is None or ref is None or not text_of(value):
        return ""
    old = f"{ref.name}.{ref.path[0]}"
    instead = "0" if ref.path[0] == "rc" else "''"
    return re.sub(rf"(?<![\w.(]){re.escape(old)}(?![\w.\[(])", f"({old} | default({instead}))", text_of(value))


def failure_hidden(evidence: Evidence) -> Fact | None:
    """by failed_when | by ignore_errors | no: whether a wait passes although the job failed, and nobody looks later."""
    task, file = evidence.task, evidence.file
    if task is None or file is None or evidence.wait != task or task.own.get("until") is None:
        return None
    from assistant.plays import readers

    place = hiding(task)
    register = register_of(task)
    if place is None or (register and any(True for _ in readers(file, register, task))):
        return Fact("failure_hidden", "no", "a failed job fails the wait, or is looked at later", None, task.path)
    keyword, value = place
    reason = f"{keyword}: {text_of(value)}, and no later task reads {register or 'the result'}"
    return Fact("failure_hidden", f"by {keyword}", reason, span(value), task.path)


def hiding(task: Task) -> tuple[str, Value] | None:
    """The keyword that lets a failed job pass: ignore_errors, or a failed_when that only asks whether it is over."""
    ignoring, value = task.own.get("ignore_errors"), task.own.get("failed_when")
    if ignoring is not None and ignoring.value in (True, "true", "yes"):
        return "ignore_errors", ignoring
    if value is None or value.node is None:
        return None
    if value.value in (False, "false", "no"):
        return "failed_when", value
    read, own = refs(value), register_of(task)
    over = [ref for ref in read if ref.name == own and (ref.path or ("",))[0] in ("finished", "started")]
    tested = re.fullmatch(rf"(not\s+)?{re.escape(own)}\s+is\s+(not\s+)?(finished|started)", text_of(value).strip())
    return ("failed_when", value) if read and (len(over) == len(read) or (own and tested)) else None


def finished_of(evidence: Evidence) -> Fact | None:
    """a job | no job: whose result the task tests with `is finished`."""
    task, file = evidence.task, evidence.file
    if task is None or file is None:
        return None
    for value in _expressions(task):
        for match in re.finditer(r"\b([A-Za-z_]\w{0,100})\s+is\s+(?:not\s+)?finished\b", text_of(value)):
            makers = [other for other in file.index.mentioning(match[1]) if register_of(other) == match[1]]
            if makers and all(_runs_in_front(other) for other in makers):
                reason = f"“{makers[-1].name or makers[-1].action}” registers {match[1]} and has no async"
                return Fact("finished_of", "no job", reason, span(value), task.path)
    return Fact("finished_of", "a job", "every result it tests may be a job's")


def _runs_in_front(task: Task) -> bool:
    return task.kind == "task" and "async" not in task.own and task.module != "async_status"


def _expressions(task: Task) -> Iterator[Value]:
    """The conditions written on a task itself, `that` of an assert too."""
    for key in EXPRESSIONS:
        if key in task.own:
            yield from _each(task.own[key])
    if task.module == "assert" and "that" in task.args:
        yield from _each(task.args["that"])


def _each(value: Value) -> Iterator[Value]:
    """The value, or each item of a list of conditions."""
    nodes = value.node.items if value.node else ()
    yield from (Value("unknown", None, node) for node in nodes) if nodes else (value,)


OF_RESULTS = frozenset(
    "rc stdout stdout_lines stderr stderr_lines failed changed skipped msg status json content stat results".split()
)
"""Fields by which one knows that a name is meant for a task's result."""
OWN = ("until", "failed_when", "changed_when")
"""The conditions that are asked behind the module: those that read the task's own result."""


def result_named(evidence: Evidence) -> Fact | None:
    """yes | maybe | no: whether a condition reads the task's own result under a name that nobody registers.

    Only names read as results are; what another task sets, or is a slip of a name that is set, is another matter.
    "maybe": without the task, or where tasks that nobody sees may have been meant to register it.
    """
    from assistant.looks.names import near_name, undefined_in

    name, task, file = undefined_in(evidence), evidence.task, evidence.file
    if not name or not _read_as_result(evidence, name):
        return Fact("result_named", "no", f"{name} is not read as a result") if name else None
    where = condition_in(evidence)
    if where is None or where.value not in OWN:
        return where and Fact("result_named", "no", f"it is read in {where.value}")
    if task is None or file is None:
        return Fact("result_named", "maybe", f"{where.value} reads {name} as the result of its task")
    own, read = register_of(task), {ref.name for ref in refs(task.get(where.value))}
    if own in read or any(_makes(other, name) for other in file.tasks) or near_name(evidence, name, file, task):
        return Fact("result_named", "no", f"{name} is meant for another result, or a name like it is set")
    reason = f"{where.value} reads {name}, and the task " + (f"registers {own}" if own else "has no register")
    alone = not any(_unseen(other) or register_of(other) in read for other in file.tasks)
    return Fact("result_named", "yes" if alone else "maybe", reason, where.span, where.path)


def _unseen(task: Task) -> bool:
    """True for what brings in tasks of another file."""
    return task.kind in ("include", "import") or "roles" in task.own


def _makes(task: Task, name: str) -> bool:
    return register_of(task) == name or (task.module == "set_fact" and name in task.args)


def _read_as_result(evidence: Evidence, name: str) -> bool:
    """True for `name.rc` and `name is failed`, in the task or in the line that the paste quotes."""
    from assistant.looks.attributes import quoted, read_here

    if any(ref.name == name and ref.path and ref.path[0] in OF_RESULTS for _, ref in read_here(evidence)):
        return True
    tested = rf"\b{re.escape(name)}\s+is\s+(?:not\s+)?(?:failed|failure|success|succeeded|successful|changed|skipped)\b"
    values = [text_of(value) for value in _expressions(evidence.task)] if evidence.task else [quoted(evidence)[0]]
    return any(re.search(tested, text) for text in values)


TIME_OUTS = ("did not complete within the requested time", "unparsable results", "Timeout exceeded")
"""What a job over its limit says: poll above 0 up to 2.20, poll above 0 in 2.21, the watcher since 2.12."""


def time_out_text(evidence: Evidence) -> Fact | None:
    """one text | several | none: whether a condition looks for one of the texts of a time-out."""
    task = evidence.task
    if task is None:
        return None
    places = [value for value in _expressions(task) if any(text in text_of(value) for text in TIME_OUTS[:2])]
    if not places:
        return Fact("time_out_text", "none", "no condition names the text of a time-out")
    held = {text for value in _expressions(task) for text in TIME_OUTS if text in text_of(value)}
    return Fact(
        "time_out_text",
        "one text" if len(held) == 1 else "several",
        f"it looks for “{next(iter(sorted(held)))}”",
        _place(places[0]),
        task.path,
    )


def _place(value: Value) -> Span | None:
    return value.node.span if value.node else None


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """What the texts and fixes of these causes need to know of the task's failed_when."""
    if evidence.task is not None and "failed_when" in evidence.task.own:
        ref = early_read(evidence.task)
        yield "early_field", ref.path[0] if ref else ""
        yield "failed_when_guarded", guarded(evidence.task)
    if evidence.task is not None and evidence.match and "variable" in evidence.match.holes:
        from assistant.looks.names import undefined_in

        own = register_of(evidence.task)
        yield "own_register", own
        yield "register_to_add", "" if own else undefined_in(evidence)
