"""A diagnosis and the findings of `check` as JSON values, exactly as the schemas in `assistant/schema` say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.about import SCHEMA_VERSION
from assistant.front.forms.clean import cleaned, shown
from assistant.model import Cause, Diagnosis, Edit, Fact, Fault, Finding, Origin, Question, Record, Span, Step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERDICTS = ("causes", "unknown", "no-failure", "not-ansible")
"""All verdicts; that of several pastes is the first of these that one of them has."""


class Report(Record):
    """The diagnosis of one paste and the name of the file it came from ("-": standard input)."""

    name: str
    diagnosis: Diagnosis


def report(name: str, diagnosis: Diagnosis) -> Report:
    """A report without anything in it that must not be shown, for a diagnosis that has seen task files."""
    return Report(name, cleaned(diagnosis))


def verdict(reports: Iterable[Report]) -> str:
    """The verdict over all pastes together."""
    given = {report.diagnosis.verdict for report in reports}
    return next((name for name in VERDICTS if name in given), "not-ansible")


def diagnosis(reports: Sequence[Report], texts: Mapping[str, str]) -> dict[str, Any]:
    """What `diagnose --format json` prints; `texts` are the task files by path, for lines and columns."""
    several = len(reports) > 1
    return {
        "version": SCHEMA_VERSION,
        "verdict": verdict(reports),
        "notes": [f"{r.name}: {note}" if several else note for r in reports for note in r.diagnosis.notes],
        "failures": [_failure(r.name, finding, texts) for r in reports for finding in r.diagnosis.findings],
    }


def faults(found: Iterable[tuple[Fault, str]], fixed: Iterable[tuple[Fault, str]] = ()) -> dict[str, Any]:
    """What `check --format json` prints; each fault comes with the text of its file."""
    return {
        "version": SCHEMA_VERSION,
        "findings": [fault(*pair) for pair in found],
        "fixed": [fault(*pair) for pair in fixed],
    }


def fault(fault: Fault, text: str) -> dict[str, Any]:
    """One finding of `check`; `text` is that of its file as it was checked."""
    return {**placed(fault, text), "diff": diff(fault, text)}


def placed(fault: Fault, text: str) -> dict[str, Any]:
    """The same without the diff, which takes longer than all the rest."""
    (line, column), (end_line, end_column) = ends(fault.span, text)
    return {
        "path": fault.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "cause": fault.cause,
        "message": fault.message,
        "confidence": fault.confidence,
        "trust": fault.trust,
        "because": [fact.because for fact in fault.because],
        "edits": [edit(each, text) for each in fault.edits],
    }


def diff(fault: Fault, text: str) -> str:
    """What the edits of a fault change, as a unified diff without secrets; "" without edits. `text` as above."""
    from assistant.source import apply
    from assistant.source import diff as between

    return shown(between(fault.path, text, apply(text, fault.edits))) if fault.edits else ""


def edit(edit: Edit, text: str) -> dict[str, Any]:
    """An edit with lines and columns from 1, the end being the first place after it."""
    start, end = ends(edit.span, text)
    return {"path": edit.path, "start": start, "end": end, "text": edit.text}


def _failure(name: str, finding: Finding, texts: Mapping[str, str]) -> dict[str, Any]:
    failure = finding.failure
    return {
        "file": name,
        "host": failure.host,
        "hosts": list(failure.hosts),
        "task": failure.task,
        "module": failure.module,
        "kind": failure.kind,
        "message": failure.message,
        "lines": list(failure.lines),
        "count": failure.count,
        "layers": list(failure.layers),
        "origin": _origin(failure.origin),
        "truncated": failure.truncated,
        "spared": failure.spared,
        "within": failure.within,
        "causes": [_cause(cause, texts) for cause in finding.causes],
        "question": _question(finding.question),
    }


def _origin(origin: Origin | None) -> dict[str, Any] | None:
    return None if origin is None else {"path": origin.path, "line": origin.line, "column": origin.column}


def _cause(cause: Cause, texts: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": cause.id,
        "title": cause.title,
        "confidence": cause.confidence,
        "because": [fact.because for fact in cause.because],
        "marks": [_mark(fact, texts[fact.path]) for fact in cause.because if fact.span and fact.path in texts],
        "what": cause.what,
        "why": cause.why,
        "picture": [{"label": bar.label, "seconds": bar.seconds, "text": bar.text} for bar in cause.picture],
        "steps": [_step(step, texts) for step in cause.steps],
        "check": cause.check,
        "prevent": cause.prevent,
        "releases": cause.releases,
        "proved": cause.proved,
        "see": list(cause.see),
        "url": cause.url,
    }


def _mark(fact: Fact, text: str) -> dict[str, Any]:
    start, end = ends(fact.span or Span(0, 0), text)
    return {"path": fact.path, "start": start, "end": end, "text": fact.because}


def _step(step: Step, texts: Mapping[str, str]) -> dict[str, Any]:
    edits = [edit(each, texts[each.path]) for each in step.edits]
    return {"text": step.text, "trust": step.trust, "edits": edits, "diff": step.diff}


def _question(question: Question | None) -> dict[str, Any] | None:
    if question is None:
        return None
    return {
        "key": question.key,
        "text": question.text,
        "answers": list(question.answers),
        "paste": question.paste,
    }


def ends(span: Span, text: str) -> tuple[list[int], list[int]]:
    """Line and column, from 1, of where a span begins and of the first place after it."""
    # source reads YAML and is slow to import: a paste alone never comes here.
    from assistant.source import place

    return list(place(text, span.start)), list(place(text, span.end))
