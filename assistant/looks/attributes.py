"""Whose field it is that is missing: a register that was skipped or looped, facts, a group, a host, an item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import PAST, Evidence, missing_attribute, text_of
from assistant.model import Fact, Node, Ref, Seen, Span, Task

EXPRESSIONS = ("when", "until", "failed_when", "changed_when", "that", "var", "break_when")
"""What stands behind these keys is an expression without braces."""


def read_here(evidence: Evidence) -> tuple[tuple[str, Ref], ...]:
    """The variables that the failing task reads, each with its keyword or "args.name".

    Without the task, those of the line or condition that the paste quotes: since 2.19 the excerpt below the innermost
    "Origin:", before that the expression in "The conditional check '…' failed".
    """
    if evidence.file is not None and evidence.task is not None:
        from assistant.plays import reads

        return tuple(reads(evidence.task, evidence.file.text))
    text, bare = quoted(evidence)
    if not text:
        return ()
    from assistant.plays import references

    node = Node("scalar", "str", text, "plain", Span(0, len(text)))
    return tuple(("", ref) for ref in references(node, bare))


def quoted(evidence: Evidence) -> tuple[str, bool]:
    """The expression that the paste quotes, and whether it stands without braces."""
    failure = evidence.failure
    if failure is None:
        return "", False
    said = re.search(r"The conditional check '([^\n]{1,300}?)' failed\.", failure.message)
    if said:
        return said[1], True
    line = failure.origin.quoted if failure.origin else ""
    pair = re.match(r"\s*(?:- )?([\w.]{1,80}): *(\S[^\n]{0,500})", line)
    return (_scalar(pair[2].strip()), pair[1] in EXPRESSIONS) if pair else ("", False)


def _scalar(written: str) -> str:
    """What a YAML scalar on one line holds: without the quotes around it, but with those of the expression."""
    held = re.fullmatch(r"\"([^\"]*)\"|'((?:[^']|'')*)'", written)
    return written if held is None else held[1] if held[1] is not None else held[2].replace("''", "'")


def attribute_of(evidence: Evidence) -> Fact | None:
    """skipped register | looped register | register | facts | a fact | group | host | item | variable: what lacks it.

    A register counts as skipped only where the paste shows it, and as run only where it shows that; known only when
    all places of the task that read a field of that name agree.
    """
    field = missing_attribute(evidence)
    read = [(keyword, ref) for keyword, ref in read_here(evidence) if field and field in ref.path]
    found = [(ref, _kind(evidence, keyword, ref, field)) for keyword, ref in read]
    kinds = {kind for _, kind in found}
    if not found and field:
        return _of_each(evidence, field)
    if len(kinds) != 1 or "" in kinds:
        return None
    ref, kind = found[0]
    source = registering(evidence, ref.name)
    by = f", which “{source.name or source.action}” registered" if source else ""
    place = (ref.span, evidence.path) if evidence.file is not None else (None, "")
    return Fact("attribute_of", kind, f"the task reads {'.'.join((ref.name, *ref.path))}{by}", *place)


def _of_each(evidence: Evidence, field: str) -> Fact | None:
    """item: a filter asks each item of a list for the field, as in map(attribute='uid') and selectattr('uid', …)."""
    file, task = evidence.file, evidence.task
    text = file.text[task.span.start : task.span.end] if file and task else quoted(evidence)[0]
    asked = re.search(
        r"\b(?:map|sum|sort|unique|min|max|groupby|selectattr|rejectattr)\(\s{0,9}(?:attribute\s{0,9}=\s{0,9})?"
        rf"['\"](?:[\w.]{{1,80}}\.)?{re.escape(field)}(?:\.[\w.]{{1,80}})?['\"]",
        text,
    )
    if asked is None or re.search(r"\b(?:hostvars|ansible_facts|groups)\b", text):
        return None  # whose items they are, another look has to say
    return Fact("attribute_of", "item", f"each item of a list is asked for {field}: {asked[0]}", None, "")


def _kind(evidence: Evidence, keyword: str, ref: Ref, field: str) -> str:
    """What the variable is whose field is read; "" when that cannot be told."""
    first = ref.path[0] == field
    if ref.name in ("ansible_facts", "groups") and first:
        return {"ansible_facts": "facts", "groups": "group"}[ref.name]
    if ref.name == "hostvars":
        return "host" if ref.path[1:2] == (field,) else ""
    if ref.name.startswith("ansible_"):
        from assistant.looks.names import is_fact

        return "a fact" if is_fact(ref.name) else "variable"
    if evidence.task is not None and evidence.file is not None:
        return _in_file(evidence, evidence.task, keyword, ref)
    return "item" if ref.name == "item" else ""


def _in_file(evidence: Evidence, task: Task, keyword: str, ref: Ref) -> str:
    from assistant.plays import loop, loop_var

    if loop(task) is not None and loop_var(task) == ref.name:
        return "item"
    source, field = registering(evidence, ref.name), missing_attribute(evidence)
    first = ref.path[0] == field
    if source is None:
        return "variable" if evidence.file is not None and not _comes_in(evidence, ref.name) else ""
    if "async" in source.own or source.module == "async_status":
        return ""
    if source == task:  # these conditions see the result that has just come, of one item alone
        return "register" if keyword in ("until", "failed_when", "changed_when") else ""
    rows = shown(evidence, source)
    if rows and all(row.kind == "skipped" for row in rows):
        return "skipped register"
    if loop(source) is not None and first:
        return "looped register"
    return "register" if any(row.kind != "skipped" for row in rows) or not _may_skip(source) else ""


def _comes_in(evidence: Evidence, name: str) -> bool:
    """True where a task before it may be one of another file that registers the name."""
    assert evidence.file is not None and evidence.task is not None
    at = evidence.task.index
    return any(task.kind in ("include", "import") and task.index < at for task in evidence.file.tasks)


def _may_skip(task: Task) -> bool:
    return bool({"when", "tags"} & {*task.own, *task.inherited})


def registering(evidence: Evidence, name: str) -> Task | None:
    """The task that last registered the variable before the failing one, None where the file shows none."""
    from assistant.plays import registers

    if evidence.file is None or evidence.task is None:
        return None
    at = evidence.task.index
    found = [task for task in evidence.file.tasks if task.index <= at and registers(task) == name]
    return found[-1] if found else None


def shown(evidence: Evidence, task: Task) -> list[Seen]:
    """What the paste shows of a task, for the host that failed; a role's name may stand in front of the task's."""
    name = task.name or task.action
    rows = evidence.failure.seen if evidence.failure else ()
    return [row for row in rows if row.kind in PAST and (row.task == name or row.task.endswith(f" : {name}"))]


def skip_shown(evidence: Evidence) -> Fact | None:
    """right above | earlier | none | no: whether the paste shows, above the failed task, one skipped on its host.

    "none": all tasks of the play above it are shown, and none was skipped.
    """
    failure = evidence.failure
    if failure is None:
        return None
    rows = [row for row in failure.seen if row.kind in PAST and row.task != failure.task]
    skipped = [row for row in rows if row.kind == "skipped" and "(item=" not in row.text]
    if not skipped and 0 <= failure.tasks_before <= len({row.task for row in rows}):
        return Fact("skip_shown", "none", "all tasks above it are shown, and none was skipped")
    if not skipped:
        return Fact("skip_shown", "no", "the paste shows no skipped task above it")
    last = [row for row in rows if row.task == rows[-1].task]
    above = all(row.kind == "skipped" for row in last)
    row = skipped[-1]
    words = f"line {row.line}: {f'“{row.task}” ' if row.task else ''}was skipped"
    return Fact("skip_shown", "right above" if above else "earlier", words)


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The variable whose field is missing, the task that registered it, and a `when` that spares the failing task."""
    field = missing_attribute(evidence)
    refs = [ref for _, ref in read_here(evidence) if field and field in ref.path]
    if len({ref.name for ref in refs}) != 1:
        return
    ref = refs[0]
    yield "read_from", ref.name
    yield "whole_read", ".".join((ref.name, *ref.path))
    source = registering(evidence, ref.name)
    if source is None or evidence.task is None or source == evidence.task:
        return
    yield "registering_task", source.name or source.action
    yield "when_not_skipped", _guarded(evidence.task, ref.name)


def _guarded(task: Task, register: str) -> str:
    """The task's `when` with "x is not skipped" in front, "" where it is no single expression."""
    own = task.own.get("when")
    if own is None:
        return f"{register} is not skipped"
    text = text_of(own).strip()
    if not text or "{{" in text or "\n" in text or f"{register} is not skipped" in text:
        return ""
    return f"{register} is not skipped and {f'({text})' if re.search(r' or | if ', text) else text}"
