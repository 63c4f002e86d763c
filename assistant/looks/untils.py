"""What an until says: whether it can ever become true, and on which task it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import Evidence, text_of
from assistant.looks.waits import span
from assistant.model import Fact, Ref, Task, Value

TEXTS = frozenset("stdout stderr stdout_lines stderr_lines rc cmd msg ansible_job_id results_file start end".split())
"""Fields of a result that are texts, lists or numbers; finished and started are booleans since 2.19."""
FILTERS = frozenset("string int float length count trim first last join lower upper".split())
"""Filters that give no boolean."""
WORDS = ("==", "!=", "<", ">", "<=", ">=", "in", "is", "not", "and", "or", "if")
"""What makes a boolean of an expression, or more of it than can be told here."""


def _until(evidence: Evidence) -> tuple[Task, Value] | None:
    """The task in question with its until: the one that failed or is looked at."""
    task = evidence.task
    if task is None or "until" not in task.own or text_of(task.own["until"]) == "":
        return None
    return task, task.own["until"]


def until_form(evidence: Evidence) -> Fact | None:
    """boolean | not boolean | in braces | compared with text | unclear: how the task's until is written."""
    found = _until(evidence)
    if found is None:
        return None
    task, until = found
    return Fact("until_form", _form(text_of(until).strip(), register_of(task)), _says(until), span(until), task.path)


def _says(until: Value) -> str:
    return f"until: {text_of(until)}"


def register_of(task: Task) -> str:
    """The name under which a task keeps its result, "" without one."""
    from assistant.plays import registers

    return registers(task)


def _form(text: str, own: str) -> str:
    from assistant.plays import jinja

    if jinja.is_template(text):
        return "in braces" if inner(text) else "unclear"
    run = [token.text for token in jinja.tokens(text)]
    if "or" not in run and "if" not in run and _compared(text, own):
        return "compared with text"
    if any(word in run for word in WORDS):
        return "boolean"
    if "(" in run or "[" in run:
        return "unclear"
    if "|" in run:
        return "not boolean" if run[-1] in FILTERS else "boolean" if run[-1] == "bool" else "unclear"
    return "not boolean" if len(run) == 3 and run[0] == own and run[2] in TEXTS else "unclear"


def _compared(text: str, own: str) -> bool:
    """True for `own.finished == '1'`: finished is a number or a boolean, and neither is ever equal to a text."""
    path = rf"{re.escape(own)}(?:\.finished|\[['\"]finished['\"]\])"
    quoted = r"(?:'[^']*'|\"[^\"]*\")"
    return bool(own) and bool(re.search(rf"\b{path}\s*==\s*{quoted}|{quoted}\s*==\s*{path}(?!\s*[|.])", text))


def inner(text: str) -> str:
    """What stands between the braces of an expression that is one template whole, "" otherwise."""
    match = re.fullmatch(r"\{\{-?(.*?)-?\}\}", text.strip(), re.S)
    return match[1].strip() if match and "{{" not in match[1] and "}}" not in match[1] else ""


def in_loop(evidence: Evidence) -> Fact | None:
    """yes | no: whether the result that failed is one item of a loop; those name their variable (ansible_loop_var)."""
    if evidence.failure is None or not evidence.result:
        return None
    inside = "loop item" in evidence.failure.layers or "ansible_loop_var" in evidence.result
    words = "the result belongs to an item of a loop" if inside else "the result belongs to no item of a loop"
    return Fact("in_loop", "yes" if inside else "no", words)


def until_names(evidence: Evidence) -> Fact | None:
    """another | its own: whether the until asks a register that is not this task's for `finished`."""
    found = _until(evidence)
    if found is None:
        return None
    task, until = found
    name = other_name(task, until)
    return Fact("until_names", "another" if name else "its own", _says(until), span(until), task.path)


def other_name(task: Task, until: Value) -> str:
    """The one variable an until asks for `finished` in place of the task's register, "" when it is sound or unclear.

    A variable of the play may hold the condition itself; the loop's own variable is another fault.
    """
    from assistant.plays import loop_var, references
    from assistant.plays.queries import vars_in_force

    names = {ref.name for ref in references(until, bare=True)}
    if len(names) != 1 or names & {register_of(task), loop_var(task), *vars_in_force(task)}:
        return ""
    name = names.pop()
    return name if re.search(rf"\b{re.escape(name)}(\.finished\b|\s+is\s+(not\s+)?finished\b)", text_of(until)) else ""


def condition_in(evidence: Evidence) -> Fact | None:
    """until | failed_when | changed_when | when | elsewhere: which condition of the task the message is about."""
    failure, task = evidence.failure, evidence.task
    message = failure.message if failure else ""
    told = re.search(r"(?:An|A) '(until|failed_when|changed_when|when)' expression failed", message)
    if told is None and failure and failure.origin:  # since 2.19 the line is quoted, since 2.21 the message says it
        told = re.match(r"\s*(?:- )?(until|failed_when|changed_when|when): *\S.{0,100}", failure.origin.quoted)
    if told:
        return Fact("condition_in", told[1], told[0].strip())
    place = failure.origin if failure else None
    if place and place.under in ("until", "failed_when", "changed_when", "when"):
        return Fact("condition_in", place.under, f"{place.under}: {place.quoted.strip()[:100]}")
    if place and (place.under == "that" or re.match(r"\s*that: *\S", place.quoted)):
        return Fact("condition_in", "elsewhere", place.quoted.strip()[:100])
    for keyword in ("failed_when", "changed_when"):  # since 2.12 the error is kept beside the result
        if message and message in str(evidence.result.get(f"{keyword}_result")):
            return Fact("condition_in", keyword, f"{keyword}_result holds the error")
    if failure is None or task is None or evidence.file is None:
        return None
    said = re.search(r"The conditional check '([^\n]{1,300}?)' failed\.", message)  # up to 2.18 it is quoted
    undefined = re.search(r"'([A-Za-z_]\w{0,100})' is undefined", message)
    for keyword, value in _conditions(task):
        quoted = said is not None and said[1].strip() in _texts(value)
        reads = undefined is not None and any(ref.name == undefined[1] for ref in refs(value))
        if quoted or (said is None and (reads or _points_at(evidence, value))):
            return Fact("condition_in", keyword, f"{keyword}: {text_of(value)}", span(value), evidence.path)
    if said is None and undefined is None and task.module != "assert":
        return None
    return Fact("condition_in", "elsewhere", "no condition of the task has those words")


def until_of_job(evidence: Evidence) -> Fact | None:
    """yes | no: whether the until that cannot be evaluated waits for a job; any task may be retried.

    Without the task, the line that the paste quotes may tell (2.19+: only a job is asked for `finished`), and so does
    a play that begins with the failure: no job was started before.
    """
    from assistant.looks.launches import role

    part, failure = role(evidence), evidence.failure
    if part is not None:
        return part._replace(key="until_of_job", value="yes" if part.value in ("wait", "cleanup") else "no")
    quoted = failure.origin.quoted.strip() if failure and failure.origin else ""
    if re.search(r"\bfinished\b|\bansible_job_id\b", quoted):
        return Fact("until_of_job", "yes", quoted[:100])
    if failure and failure.tasks_before == 0:
        return Fact("until_of_job", "no", "no task above it could have started a job")
    return None


def _texts(value: Value) -> list[str]:
    """The condition as written, or each of a list."""
    nodes = (value.node.items or (value.node,)) if value.node else ()
    return [node.text.strip() for node in nodes]


def _points_at(evidence: Evidence, value: Value) -> bool:
    """Whether the innermost place that Ansible names (2.19+), below the message or in it, lies in the value."""
    from assistant.source import place

    failure = evidence.failure
    if failure is None or value.node is None or evidence.file is None:
        return False
    said = re.search(r" at '[^'\n]{1,300}:(\d{1,9}):\d{1,9}'", failure.message)
    line = failure.origin.line if failure.origin else int(said[1]) if said else 0
    first, last = (place(evidence.file.text, at)[0] for at in (value.node.span.start, value.node.span.end))
    return first <= line <= last


def _conditions(task: Task) -> Iterator[tuple[str, Value]]:
    """The conditions in force on a task, in the order in which Ansible evaluates them."""
    for keyword in ("when", "failed_when", "changed_when", "until"):
        value = task.get(keyword)
        if value.node is not None:
            yield keyword, value


def refs(value: Value) -> tuple[Ref, ...]:
    """The variables that a condition reads."""
    from assistant.plays import references

    return references(value, bare=True)


def launch_until(evidence: Evidence) -> Fact | None:
    """starts it again | other: what an until does on the launch itself, when nobody but it could wait there."""
    found = _until(evidence)
    if found is None or "async" not in found[0].own:
        return None
    task, until = found
    name = re.escape(register_of(task))
    asks = bool(name) and re.search(rf"\b{name}(\.finished\b|\s+is\s+finished\b|\.(rc|stdout)\b)", text_of(until))
    value = "starts it again" if asks else "other"
    return Fact("launch_until", value, f"{_says(until)} on the launch", span(until), task.path)


WAITING, LAUNCHING = ("until", "retries", "delay"), ("async", "poll")


def under_module(evidence: Evidence) -> Fact | None:
    """wait keywords | launch keywords | other: keywords of a task that its module got as options."""
    message, task = evidence.failure.message if evidence.failure else "", evidence.task
    told = re.search(
        r"(?:Unsupported parameters for \([^)\n]{1,200}\) module|Invalid options for [\w.]{1,200}): ([\w, ]{1,200})",
        message,
    )
    if told:
        words = {word.strip() for word in told[1].split(",")}
        return Fact("under_module", _misplaced(words), told[0])
    if task is None or evidence.failure is not None or "." in task.module:
        return None
    words = set(task.args) if task.module == "async_status" else set(task.args) & {"async"}
    placed = [task.args[word] for word in (*WAITING, *LAUNCHING) if word in words]
    place = span(placed[0]) if placed else None
    listed = ", ".join(word for word in task.args if word in words)
    return Fact("under_module", _misplaced(words), f"options of {task.action}: {listed}", place, task.path)


def _misplaced(words: set[str]) -> str:
    return "wait keywords" if words & {*WAITING} else "launch keywords" if words & {*LAUNCHING} else "other"


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """What the texts and fixes of these causes need to know of the task and its until."""
    task, found = evidence.task, _until(evidence)
    if task is None or found is None:
        return
    from assistant.plays import loop_var

    name = other_name(task, found[1])
    yield "loop_var", loop_var(task)
    yield "until_variable", name
    yield "register_missing", name if name and not register_of(task) else ""
    yield "until_inner", inner(text_of(found[1]))
