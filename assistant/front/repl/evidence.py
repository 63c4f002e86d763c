"""What is pasted or read from files: taken in, held together with what was there, and answered."""

from __future__ import annotations

import os

from assistant.front.repl.answer import FEW, answered, counted, receipt
from assistant.front.repl.leading import checked
from assistant.front.repl.session import Session, Told, line
from assistant.front.repl.sorting import Sorted, joined, sort
from assistant.front.repl.state import PASTED, Document, State, settled
from assistant.front.wrong import Wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.model import Paste

END = "END"
HELD = 5_000_000
"""Bytes; of a larger log only what failed is held, and `view` points to its file."""
CODE = 10_000_000
"""Bytes of a playbook that is read; larger ones do not exist."""


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
    if new.paste is None:
        checked(session, new, page)
        page.say("Now paste what Ansible printed when it failed: the two are held together.")
    else:
        new = answered(session, new, page, head=found.paste is not None)
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
        rest = " and the task pasted for it" if any(document.pasted for document in documents) else ""
        notes.append(f"A new failure: the one before{rest} is put aside (back brings it back).")
        documents, said = tuple(document for document in documents if not document.pasted), ()
    elif state.finding:
        notes.append("The same task again: this output takes the place of the one before.")
    documents = tuple(_again(document) for document in documents)
    for document in found.documents:
        documents = _with(documents, document)
    if documents and not found.documents:
        notes.append(f"Held against {_names(documents)}.")
    new = State(text=text, name=name, paste=found.paste, documents=documents, said=said)
    return settled(session.base, session.release, new), notes


def _same(state: State, now: Paste) -> bool:
    """Whether a task fails that failed before: then it is more of the same, not a new failure."""
    before = {failure.task for failure in state.paste.failures} if state.paste else set()
    return bool(before & {failure.task for failure in now.failures} - {""})


def _again(document: Document) -> Document:
    """A document of a file as the file is now; as it was, when it cannot be read any more."""
    if document.pasted:
        return document
    from assistant.front.reading import document as text_of

    try:
        return document._replace(text=text_of(document.path))
    except Wrong:
        return document


def _names(documents: tuple[Document, ...]) -> str:
    from assistant.front.forms.clean import shown

    return " and ".join("the pasted task" if d.pasted else shown(d.path) for d in documents)


def _with_code(session: Session, state: State, found: Sorted) -> tuple[State, list[str]]:
    """The state after tasks alone came, and what to say of it."""
    new = state._replace(documents=_with(state.documents, found.documents[0]))
    new = settled(session.base, session.release, new, state.chosen)
    return new, ["Held against the failure."] if new.finding else []


def _with(documents: tuple[Document, ...], new: Document) -> tuple[Document, ...]:
    """Documents and a new one: a file takes its own place, pasted code that of pasted code with the same tasks.

    Other pasted code is kept with it as one text, since a launch and its wait are often pasted one after the other.
    """
    if not new.pasted:
        return (*(d for d in documents if d.path != new.path), new)
    kept = [d for d in documents if d.pasted and not _tasks(d) & _tasks(new)]
    return (*(d for d in documents if not d.pasted), joined([*kept, new]))


def _tasks(document: Document) -> set[str]:
    from assistant.plays import read

    return {task.name or task.module for task in read(document.path, document.text).tasks if task.kind != "play"}


def files(session: Session, state: State, paths: list[str]) -> Told:
    """The answer to files that were named; raises Wrong when one cannot be read."""
    told = Told("")
    for path in paths:
        told = _joined(told, _file(session, told.state or state, path))
    return told


def _joined(first: Told, second: Told) -> Told:
    """Two answers as one."""
    state = second.state or first.state
    return Told(first.text + second.text, state, undoable=first.undoable or second.undoable)


def _file(session: Session, state: State, path: str) -> Told:
    if os.path.getsize(path) > HELD:
        return _log(session, state, path)
    from assistant.front.reading import paste_stream

    with paste_stream(path) as stream:
        text = stream.read().decode("utf-8", "replace")
    found = sort(text, session.base, path, CODE)
    if found.paste is None and not found.documents:
        raise Wrong(f"{path}: {found.problem or 'neither output of Ansible nor tasks are in it'}")
    if found.documents:
        found = found._replace(documents=(_of_file(found, path),))
    return taken(session, state, found, text, path)


def _of_file(found: Sorted, path: str) -> Document:
    """The code in a file: the whole of it, unless it stands between output."""
    from assistant.front.reading import document

    if found.paste is not None:
        return found.documents[0]._replace(path=PASTED)
    # Its places must count every character, byte-order mark and line ends too: it may be changed.
    return found.documents[0]._replace(text=document(path), pasted=False)


def _log(session: Session, state: State, path: str) -> Told:
    """A log that is too large to be held."""
    from assistant.front.reading import paste_stream
    from assistant.paste import read_file

    with paste_stream(path) as stream:
        paste = read_file(stream, known=session.base.known)
    return taken(session, state, Sorted(paste, ()), "", path)


def do_read(session: Session, state: State, argument: str) -> Told:
    """The command: a file named by its path."""
    if not argument:
        raise Wrong("read wants a path, as in: read build.log")
    return files(session, state, [existing(argument)])


def existing(given: str) -> str:
    """The path of a file as typed, quotes and ~ opened; raises Wrong with a near name when it is not there."""
    path = typed_path(given)
    if os.path.isdir(path):
        raise Wrong(f"{path}: a folder, where a file is wanted")
    if not os.path.exists(path):
        raise Wrong(f"{path}: no such file{_near(path)}")
    return path


def typed_path(given: str) -> str:
    """A path as it was typed or dragged into the terminal: quotes, backslashes and ~ opened."""
    import shlex

    try:
        words = shlex.split(given)
    except ValueError:
        words = [given]
    return os.path.expanduser(words[0] if len(words) == 1 else given)


def _near(path: str) -> str:
    from assistant.front.wrong import meant

    folder = os.path.dirname(path)
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return ""
    return meant(path, [os.path.join(folder, name) for name in names])


def do_paste(session: Session, state: State, argument: str) -> Told:
    """The command: lines are gathered from now on, up to the one that ends them."""
    end = argument.removeprefix("<<").strip() or END
    return Told(f"Paste now; a line with only {end} ends it.\n", state._replace(gathering=end, gathered=""))


def do_edit(session: Session, state: State, argument: str) -> Told:
    """The command: the paste, cleaned, for an editor."""
    from assistant.front.forms.clean import shown

    return Told("", edit=shown(state.text))
