"""A diagnosis in a few lines, for editors that have a line or a list to show it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.front.forms.values import edit as edit_value
from assistant.front.forms.words import headline, nothing_named
from assistant.model import Cause, Diagnosis, Failure, Finding, Origin


def text(diagnosis: Diagnosis) -> str:
    """For people: of each failure the surest cause, why, what to do, and its page."""
    return "".join(f"{line}\n" for finding in diagnosis.findings for line in _said(finding)) or (
        nothing_named(diagnosis.verdict) + "\n"
    )


def gnu(diagnosis: Diagnosis, kind: str = "") -> str:
    """`path:line:column: words`, as compilers write: Vim's quickfix list and Emacs' compilation buffer read it.

    `kind` ("warning") stands before the words where the reader wants one. Without a place there are only words.
    """
    return "".join(f"{_placed(finding, kind)}\n" for finding in diagnosis.findings) or (
        nothing_named(diagnosis.verdict) + "\n"
    )


def value(diagnosis: Diagnosis, texts: Mapping[str, str]) -> dict[str, Any]:
    """For programs: the verdict, and of each failure the surest cause; `texts` are the task files by path."""
    return {"verdict": diagnosis.verdict, "answers": [_value(finding, texts) for finding in diagnosis.findings]}


def _said(finding: Finding) -> Iterator[str]:
    if not finding.causes:
        yield f"{headline(finding.failure)}: {nothing_named('unknown')}"
        return
    cause = finding.causes[0]
    yield f"{cause.title} ({cause.confidence})"
    yield from (f"  because {fact.because}" for fact in cause.because[:3])
    step = _step(cause)
    yield from ([f"  fix: {step}"] if step else [])
    yield f"  {cause.url}"


def _placed(finding: Finding, kind: str) -> str:
    place = _place(finding.failure)
    where = f"{place.path}:{place.line}:{place.column or 1}: {kind}{': ' if kind else ''}" if place else ""
    if not finding.causes:
        return f"{where}{headline(finding.failure)}: {nothing_named('unknown')}"
    cause = finding.causes[0]
    return f"{where}{cause.title} [{cause.id}] {cause.url}"


def _value(finding: Finding, texts: Mapping[str, str]) -> dict[str, Any]:
    place = _place(finding.failure)
    said: dict[str, Any] = {
        "failure": headline(finding.failure),
        "path": place.path if place else "",
        "line": place.line if place else 0,
        "column": place.column if place else 0,
    }
    if finding.causes:
        cause = finding.causes[0]
        edits = [edit_value(edit, texts[edit.path]) for step in cause.steps for edit in step.edits]
        said |= {"cause": cause.id, "title": cause.title, "confidence": cause.confidence, "url": cause.url}
        said |= {"fix": _step(cause), "edits": edits}
    return said


def _place(failure: Failure) -> Origin | None:
    return failure.origin or failure.task_origin


def _step(cause: Cause) -> str:
    """The step with the change, else the first, in one line."""
    steps = [step for step in cause.steps if step.edits] or list(cause.steps)
    return " ".join(steps[0].text.split()) if steps else ""
