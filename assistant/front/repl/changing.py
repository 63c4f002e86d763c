"""Files: the fix applied and taken back, the report written. Nothing is written that was not agreed to."""

from __future__ import annotations

import os

from assistant.front.repl.files import existing, typed_path
from assistant.front.repl.leading import NOTHING, cause_of
from assistant.front.repl.session import Session, Told, line
from assistant.front.repl.state import PASTED, Change, State, settled
from assistant.front.sorting import Document
from assistant.front.wrong import Wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.model import Step


def do_apply(session: Session, state: State, argument: str) -> Told:
    """Shows what would change in a file, and waits for a yes."""
    from assistant.front.forms.clean import shown
    from assistant.front.forms.words import TRUST

    cause = cause_of(state)
    path = existing(argument) if argument else _only_file(state)
    if any(change.path == path and change.after == _now(path) for change in session.changes):
        raise Wrong(f"{path}: the change is made already; undo takes it back")
    document, new = _with_file(session, state, path)
    at, step = _change_in(cause.id, new, path)
    new = new._replace(cause=at, step=state.step)
    if step.trust == "show":
        raise Wrong("this change is only an illustration; make it by hand, as steps says")
    page = session.page()
    page.diff(step.diff)
    page.blank()
    if (sure := cause_of(new).confidence) != "certain":
        page.say(f"The cause is only {sure}, not certain.")
    page.say(f"This change: {TRUST[step.trust]}.")
    page.say(f"Write it to {shown(path)}? yes or no")
    from assistant.source import apply

    read = document not in state.documents
    change = Change(path, document.text, apply(document.text, step.edits))
    label = f"reading {path}" if read else state.label
    return Told(page.text(), new._replace(pending=change, label=label), undoable=read)


def _only_file(state: State) -> str:
    """The file that the fix changes, when it was read from one."""
    change = next((s for s in cause_of(state).steps if s.diff), None)
    path = change.edits[0].path if change else ""
    if path and path != PASTED:
        return path
    failure = state.finding.failure if state.finding else None
    place = failure and (failure.task_origin or failure.origin)
    if place and os.path.isfile(place.path):
        return place.path
    example = os.path.basename(place.path) if place and place.path else "playbook.yml"
    raise Wrong(f"to which file? name it, as in: apply {example}")


def _with_file(session: Session, state: State, path: str) -> tuple[Document, State]:
    """The file as it is now in the place of pasted code, and the state diagnosed with it."""
    from assistant.front.reading import document as text_of

    document = Document(path, text_of(path), False, 0, "tasks")
    kept = tuple(each for each in state.documents if not each.pasted and each.path != path)
    return document, settled(session.base, session.release, state._replace(documents=(*kept, document)), state.chosen)


def _change_in(cause: str, state: State, path: str) -> tuple[int, Step]:
    """The number of `cause` and the change of that file which mends it; raises Wrong with the reason for none."""
    causes = state.finding.causes if state.finding else ()
    at = next((number for number, each in enumerate(causes) if each.id == cause), None)
    if at is None:
        first = causes[0].title if causes else "none that is known"
        raise Wrong(f"{path} does not show this cause, or no longer; with it the likeliest is: {first}")
    for step in causes[at].steps:
        if step.edits and step.edits[0].path == path:
            return at, step
    raise Wrong(f"{path}: nothing in it can be changed for certain; steps says what to do by hand")


def confirmed(session: Session, state: State, yes: bool) -> Told:
    """What was asked about is written, or not."""
    change = state.pending
    assert change is not None
    if not yes:
        return Told("Nothing was written.\n", state._replace(pending=None))
    _write(change)
    session.changes.append(change)
    from assistant.front.forms.clean import shown

    page = session.page()
    page.say(f"Written: {shown(change.path)}. undo puts it back as it was.")
    if change.path.endswith((".yml", ".yaml")):
        page.say("Run the play again and paste what it prints, or type next.", style="dim")
    return Told(page.text(), state._replace(pending=None))


def _write(change: Change) -> None:
    """Makes a change; raises Wrong when the file is not as it was when the change was shown, or cannot be written."""
    from assistant.front.saving import create, replace

    try:
        if change.before is None:
            create(change.path, change.after)
            return
        if _now(change.path) != change.before:
            raise Wrong(f"{change.path} has changed since it was shown; nothing was written. Try again")
        replace(change.path, change.after)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Wrong(f"{change.path}: cannot be written ({why}); nothing was changed") from None


def _now(path: str) -> str | None:
    """The whole text of a file, None when it is gone or no text."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return None


def do_undo(session: Session, state: State, argument: str) -> Told:
    """The last change of a file is taken back; refused when the file was changed since."""
    from assistant.front.forms.clean import shown

    if not session.changes:
        return line(session, "No file was changed in this session. (back undoes a paste or an answer.)")
    change = session.changes[-1]
    if _now(change.path) != change.after:
        raise Wrong(f"{change.path} has been changed since; undo would lose that, so nothing was touched")
    if change.before is None:
        os.unlink(change.path)
        said = f"Removed: {shown(change.path)}, which was not there before."
    else:
        _write(Change(change.path, change.after, change.before))
        said = f"Put back as it was: {shown(change.path)}."
    session.changes.pop()
    return line(session, said)


def do_save(session: Session, state: State, argument: str) -> Told:
    """A report is written; asks first where a file is there already."""
    from assistant.front.forms.clean import shown
    from assistant.front.repl.report import report

    if state.diagnosis is None:
        raise Wrong(NOTHING)
    if not argument:
        raise Wrong("save wants a name, as in: save report.md")
    path = typed_path(argument)
    if os.path.isdir(path):
        raise Wrong(f"{path}: a folder, where a file is wanted")
    change = Change(path, _now(path), report(state))
    if not os.path.lexists(path):
        _write(change)
        session.changes.append(change)
        return line(session, f"Written: {shown(path)}, secrets taken out.")
    if change.before is None:
        raise Wrong(f"{path}: is there already and is no text; choose another name")
    page = session.page()
    page.say(f"{shown(path)} is there already. Overwrite it? yes or no")
    return Told(page.text(), state._replace(pending=change))
