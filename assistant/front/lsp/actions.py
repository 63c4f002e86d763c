"""What can be done about a finding: change the code, change all of the file, ignore it with a reason, read about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    Command,
    Diagnostic,
    OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from assistant.check import mend
from assistant.front.forms.clean import shown
from assistant.front.forms.values import diff
from assistant.front.lsp.documents import Document, Understood
from assistant.front.lsp.failures import Failed, edits
from assistant.front.lsp.findings import text_edits
from assistant.model import Edit, Fault, Node, Span
from assistant.source import shared_ends

if TYPE_CHECKING:
    from assistant.kb import Base

EXPLAIN = "ansible-why.explain"
"""The command that shows the page of a cause; its argument is the cause's id."""
FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.ansible-why"
READ_FIRST = {"safe": "", "review": " (read it first)"}
"""What is offered as a change, and what is said with it: an illustration ("show") is none."""
WIDEST = 60


def actions(document: Document, span: Span, given: Sequence[Diagnostic], base: Base) -> Iterator[CodeAction]:
    """The actions for the faults that `span` touches, the changes first; `given` are those the editor has there."""
    known = document.current
    if known is None:
        return
    touched = [fault for fault in known.faults if fault.span.start <= span.end and span.start <= fault.span.end]
    touched = touched or [fault for fault in known.faults if _same_lines(document, fault.span, span)]
    for fault in touched:
        if fault.edits and fault.trust in READ_FIRST:
            yield _change(fault, document, given, sole=len(touched) == 1)
    for fault in touched:
        ignore = ignoring(fault, known)
        if ignore:
            title = f"Ignore {_short(fault.cause)} here, with a reason"
            yield _action(
                title, CodeActionKind.QuickFix, document, text_edits([ignore], document.positions), fault, given
            )
    for fault in touched:
        title = f"Explain: {base.entries[fault.cause].title}"
        command = Command(title, EXPLAIN, arguments=[fault.cause])
        yield CodeAction(title, CodeActionKind.QuickFix, _of(fault, given), command=command)


def of_failures(
    document: Document, span: Span, failures: Sequence[Failed], given: Sequence[Diagnostic]
) -> Iterator[CodeAction]:
    """The actions for what failed in a run where `span` is: the change, and the page."""
    for failure in failures:
        place = failure.place(document.text)
        if place is None or not (place.start <= span.end and span.start <= place.end) or not failure.finding.causes:
            continue
        cause = failure.finding.causes[0]
        about = [each for each in given if each.code == cause.id] or None
        changes = edits(failure, document.text)
        if changes:
            made = _workspace(document, text_edits(changes, document.positions))
            steps = [step for step in cause.steps if step.edits]
            title = _titled(steps[0].diff) + READ_FIRST.get(steps[0].trust, "")
            yield CodeAction(title, CodeActionKind.QuickFix, about, edit=made)
        title = f"Explain: {cause.title}"
        yield CodeAction(title, CodeActionKind.QuickFix, about, command=Command(title, EXPLAIN, arguments=[cause.id]))


def fix_all(document: Document, base: Base) -> CodeAction | None:
    """The action that makes every safe change of the file, as `ansible-why check --fix` does; None without any."""
    known = document.current
    if known is None or not any(fault.edits and fault.trust == "safe" for fault in known.faults):
        return None
    mended = mend(document.path, document.text, base)
    if mended.text == document.text:
        return None
    head, tail = shared_ends(document.text, mended.text)
    span = Span(head, len(document.text) - tail)
    change = Edit(document.path, span, mended.text[head : len(mended.text) - tail])
    title = f"Make all safe changes of ansible-why ({len(mended.made)})"
    return _action(title, FIX_ALL, document, text_edits([change], document.positions))


def ignoring(fault: Fault, known: Understood) -> Edit | None:
    """The comment that silences a fault, at the end of its line or of its task's first; None where none can stand."""
    task = known.task_around(fault.span.start)
    for at in (fault.span.start, *([task.span.start] if task else ())):
        end = known.positions.lines.content_end(known.positions.at(at).line + 1)
        if task is None or not _inside_scalar(task.node, end):
            words = f"  # ansible-why: ignore[{_short(fault.cause)}] reason: "
            return Edit(known.file.path, Span(end, end), words)
    return None


def _change(fault: Fault, document: Document, given: Sequence[Diagnostic], sole: bool) -> CodeAction:
    title = _titled(diff(fault, document.text)) + READ_FIRST[fault.trust]
    action = _action(
        title, CodeActionKind.QuickFix, document, text_edits(fault.edits, document.positions), fault, given
    )
    action.is_preferred = fault.trust == "safe" and sole
    return action


def _titled(diff: str) -> str:
    """What a change does, from its diff: "Write retries: 30"."""
    lines = [line for line in diff.splitlines() if not line.startswith(("+++", "---"))]
    added = [line[1:].strip() for line in lines if line.startswith("+") and line[1:].strip()]
    gone = [line[1:].strip() for line in lines if line.startswith("-") and line[1:].strip()]
    verb, words = ("Write", [w for w in added if w not in gone] or added) if added else ("Remove", gone)
    said = shown(f"{verb} {', '.join(words)}")
    return said if len(said) <= WIDEST else said[: WIDEST - 1] + "…"


def _action(
    title: str,
    kind: CodeActionKind | str,
    document: Document,
    changes: Sequence[TextEdit],
    fault: Fault | None = None,
    given: Sequence[Diagnostic] = (),
) -> CodeAction:
    return CodeAction(title, kind, _of(fault, given), edit=_workspace(document, changes))


def _workspace(document: Document, changes: Sequence[TextEdit]) -> WorkspaceEdit:
    """Changes bound to the version they were made for, where the editor knows such."""
    if not document.client.versioned:
        return WorkspaceEdit(changes={document.uri: list(changes)})
    versioned = OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
    return WorkspaceEdit(document_changes=[TextDocumentEdit(versioned, list(changes))])


def _of(fault: Fault | None, given: Sequence[Diagnostic]) -> list[Diagnostic] | None:
    """The editor's findings that an action is about."""
    return [each for each in given if fault and each.code == fault.cause] or None


def _same_lines(document: Document, one: Span, other: Span) -> bool:
    first, last = document.positions.at(other.start).line, document.positions.at(other.end).line
    return first <= document.positions.at(one.start).line <= last


def _short(cause: str) -> str:
    return cause.rpartition("/")[2]


def _inside_scalar(node: Node, offset: int) -> bool:
    """Whether a text of more than one line covers the place, where a comment would be part of it."""
    if not node.span.start <= offset <= node.span.end:
        return False
    if node.kind == "scalar":
        return node.span.start < offset < node.span.end
    parts = (*node.items, *(part for pair in node.pairs for part in pair))
    return any(_inside_scalar(part, offset) for part in parts)
