"""What is pasted or read from files: taken in, held together with what was there, and answered."""

from __future__ import annotations

from assistant.front.repl.answer import FEW, answered, counted, receipt
from assistant.front.repl.documents import as_it_is_now, with_code
from assistant.front.repl.leading import checked
from assistant.front.repl.session import Session, Told, line
from assistant.front.repl.state import PASTED, State, settled
from assistant.front.sorting import Document, Sorted, sort
from assistant.front.wrong import Wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.model import Paste

END = "END"


def given(session: Session, state: State, text: str) -> Told | None:
    """The answer to a paste; None when it is neither Ansible's output nor tasks."""
    found = sort(text, session.base, PASTED)
    if found.paste is None and not found.documents:
        return _unreadable(session, text, found.problem)
    return taken(session, state, found, text, "")


def _unreadable(session: Session, text: str, problem: str) -> Told | None:
    if not problem:
        return None
    return line(session, f"{counted(_lines(text), 'line')} that look like tasks, but cannot be read as YAML: {problem}")


def taken(session: Session, state: State, found: Sorted, text: str, name: str) -> Told:
    """The answer to a sorted text; `name` is the file it came from, "" for a paste."""
    if found.paste is None:
        new, notes = _with_code(session, state, found)
    elif state.finding and not found.paste.failures:
        return _good(session, found, text, name)
    else:
        new, notes = _printed(session, state, found, text, name)
    page = session.page(new)
    for said in (_receipt(found, text, name), *notes):
        page.say(said)
    if new.finding is None and found.paste is None:
        checked(session, new, page)
        page.blank()
        page.say("Now paste what Ansible printed when it failed: the two are held together.")
    elif found.paste is not None or new.documents[-1].path in _told_by(new):
        new = answered(session, new, page, head=found.paste is not None)
    else:
        new = new._replace(step=state.step, cause=state.cause, menu=state.menu)
    return Told(page.text(), new._replace(label=_label(found, text, name)), undoable=True)


def _good(session: Session, found: Sorted, text: str, name: str) -> Told:
    """Output without a failure, while one is talked about: likely the run after the fix."""
    assert found.paste is not None
    page = session.page()
    page.say(_receipt(found, text, name))
    page.say("Nothing in this output stopped the play. If it is the run after the fix, it worked.")
    for note in found.paste.notes[:FEW]:
        page.say(f"Also: {note}", 2, "dim")
    page.say("The failure before is kept.")
    return Told(page.text())


def _receipt(found: Sorted, text: str, name: str) -> str:
    from assistant.front.forms.clean import shown
    from assistant.redact import text as redacted

    secrets = max(redacted(text)[1], found.paste.secrets if found.paste else 0)
    lines = _lines(text) or (found.paste.lines if found.paste else 0)
    said = receipt(lines, found.paste, found.documents, secrets)
    return f"{shown(name)}: {said}" if name else said


def _lines(text: str) -> int:
    return text.count("\n") + (text[-1:] not in ("", "\n"))


def _label(found: Sorted, text: str, name: str) -> str:
    if name:
        return f"reading {name}"
    lines = counted(_lines(text), "line")
    return f"the pasted {'output' if found.paste else 'tasks'} of {lines}"


def _printed(session: Session, state: State, found: Sorted, text: str, name: str) -> tuple[State, list[str]]:
    """The state after output of Ansible came, a new failure or more of the one before; and what to say of it."""
    assert found.paste is not None
    documents, said, notes = state.documents, state.said, []
    if state.finding and not _same(state, found.paste):
        rest = ", and the task pasted for it" if any(document.pasted for document in documents) else ""
        notes.append(f"A new failure. The one before{rest}: put aside (back brings it back).")
        documents, said = tuple(document for document in documents if not document.pasted), ()
    elif state.finding:
        notes.append("The same task again: this output takes the place of the one before.")
    documents = tuple(as_it_is_now(document) for document in documents)
    for document in found.documents:
        documents = with_code(documents, document)
    new = State(text=text, name=name, paste=found.paste, documents=documents, said=said)
    new = settled(session.base, session.release, new)
    used = [document for document in documents if document.path in _told_by(new)]
    if used and not found.documents:
        notes.append(f"Held against {_names(used)}.")
    return new, notes


def _told_by(state: State) -> set[str]:
    """The documents that tell anything of a failure; where no cause fits, the one with its task does."""
    findings = state.diagnosis.findings if state.diagnosis else ()
    tasks = {finding.path for finding in findings if finding.span is not None}
    return tasks | {fact.path for finding in findings for fact in finding.facts if fact.span is not None}


def _same(state: State, now: Paste) -> bool:
    """Whether a task fails that failed before: then it is more of the same, not a new failure."""
    before = {failure.task for failure in state.paste.failures} if state.paste else set()
    return bool(before & {failure.task for failure in now.failures} - {""})


def _names(documents: Sequence[Document]) -> str:
    from assistant.front.forms.clean import shown

    return " and ".join("the pasted task" if d.pasted else shown(d.path) for d in documents)


def _with_code(session: Session, state: State, found: Sorted) -> tuple[State, list[str]]:
    """The state after tasks alone came, and what to say of it."""
    code = with_code(state.documents, found.documents[0])
    # When the failed task stands in several documents, none of them tells anything: then the newest one counts.
    for documents in (code, code[-1:]):
        new = settled(session.base, session.release, state._replace(documents=documents), state.chosen)
        if new.finding is None:
            return new, []
        if code[-1].path in _told_by(new):
            return new, ["Held against the failure."]
    new = settled(session.base, session.release, state._replace(documents=code), state.chosen)
    assert new.finding is not None
    task = new.finding.failure.task
    missing = f"the task that failed, {task}," if task else "the task that failed"
    return new, [f"I cannot tell where {missing} is in it, so it says nothing of this failure."]


def do_paste(session: Session, state: State, argument: str) -> Told:
    """The command: lines are gathered from now on, up to the one that ends them."""
    end = argument.removeprefix("<<").strip() or END
    if not end.isprintable():
        raise Wrong("a paste ends with a plain word, as in: paste <<END")
    return Told(f"Paste now; a line with only {end} ends it.\n", state._replace(gathering=end, gathered=""))


def do_edit(session: Session, state: State, argument: str) -> Told:
    """The command: the paste, cleaned, for an editor."""
    from assistant.front.forms.clean import shown

    return Told("", edit=shown(state.text))
