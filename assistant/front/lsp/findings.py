"""Findings as an editor shows them: place, words, page, what else to look at, and the changes that would mend them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    Location,
    TextEdit,
)

from assistant.front.forms.clean import cleaned
from assistant.front.lsp.documents import Document, Understood
from assistant.front.lsp.positions import Positions
from assistant.looks.places import SAID_BY, written_on
from assistant.model import Confidence, Edit, Fault, Span

if TYPE_CHECKING:
    from assistant.kb import Base

SOURCE = "ansible-why"
SEVERITIES: dict[Confidence, DiagnosticSeverity] = {
    "certain": DiagnosticSeverity.Error,
    "likely": DiagnosticSeverity.Warning,
    "possible": DiagnosticSeverity.Information,
}
UNREADABLE = "yaml"
"""The code of what is not YAML, where the same words come as from `ansible-why check`."""


def diagnostics(document: Document, base: Base) -> list[Diagnostic]:
    """All that is to be shown of an open text."""
    known = document.understood
    found = [_diagnostic(*each, document, known, base) for each in document.faults()] if known else []
    return [*found, *_unreadable(document)]


def text_edits(edits: Iterable[Edit], positions: Positions) -> list[TextEdit]:
    """Changes as the editor makes them; insertions at one place become one, for not all editors keep their order."""
    joined: dict[Span, str] = {}
    for edit in sorted(edits, key=lambda edit: edit.span):
        joined[edit.span] = joined.get(edit.span, "") + edit.text
    return [TextEdit(positions.range(span), text) for span, text in joined.items()]


def _diagnostic(fault: Fault, span: Span, document: Document, known: Understood, base: Base) -> Diagnostic:
    shown = cleaned(fault)
    moved = known.text != document.text
    return Diagnostic(
        range=document.positions.range(span),
        message=shown.message,
        severity=SEVERITIES[fault.confidence],
        code=fault.cause,
        code_description=CodeDescription(base.entries[fault.cause].url),
        source=SOURCE,
        related_information=None if moved else list(_related(shown, document, known)) or None,
        data=None if moved else data(fault.cause, fault.trust, fault.edits, document.positions),
    )


def data(cause: str, trust: str, edits: Iterable[Edit], positions: Positions) -> dict[str, Any]:
    """What a code action needs, as JSON: editors hand it back with the finding."""
    return {"cause": cause, "trust": trust, "edits": [_value(edit) for edit in text_edits(edits, positions)]}


def _value(edit: TextEdit) -> dict[str, Any]:
    ends = {"start": edit.range.start, "end": edit.range.end}
    places = {name: {"line": end.line, "character": end.character} for name, end in ends.items()}
    return {"range": places, "newText": edit.new_text}


def _related(fault: Fault, document: Document, known: Understood) -> Iterator[DiagnosticRelatedInformation]:
    """The reasons that stand elsewhere, then the launch, where its id is kept, and what it says of its user or host."""
    seen = {fault.span}
    reasons = [(fact.span, fact.because) for fact in fault.because if fact.key != "role"]  # which task it is, one sees
    for span, words in [*reasons, *_of_job(fault, known)]:
        if span is not None and span not in seen:
            seen.add(span)
            yield DiagnosticRelatedInformation(Location(document.uri, document.positions.range(span)), words)


def _of_job(fault: Fault, known: Understood) -> Iterator[tuple[Span, str]]:
    task = known.task_around(fault.span.start)
    for job in known.file.index.jobs_of(task) if task else ():
        if job.launch and job.launch is not task:
            yield job.launch.action_span, f"“{job.launch.name or job.launch.action}” starts the job"
            register = job.launch.own.get("register")
            if register and register.node:
                yield register.node.span, f"its id is kept in {job.register}"
            for fact in fault.because:
                yield from ((place, fact.because) for place in written_on(job.launch, fact.key))
        elif any(fact.key in SAID_BY for fact in fault.because):
            yield from ((wait.action_span, f"“{wait.name or wait.action}” waits for it") for wait in job.waits)


def _unreadable(document: Document) -> Iterator[Diagnostic]:
    problem = document.problem
    if problem is None:
        return
    start = document.positions.lines.offset(problem.line, problem.column)
    end = max(start, document.positions.lines.content_end(problem.line))
    words = f"{problem.message} {problem.hint}".strip()
    yield Diagnostic(
        document.positions.range(Span(start, end)), words, DiagnosticSeverity.Error, code=UNREADABLE, source=SOURCE
    )
