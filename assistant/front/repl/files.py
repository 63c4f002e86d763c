"""Files named by their path: logs and code."""

from __future__ import annotations

import os

from assistant.front.repl.evidence import taken
from assistant.front.repl.session import Session, Told
from assistant.front.repl.sorting import Sorted, sort
from assistant.front.repl.state import PASTED, Document, State
from assistant.front.wrong import Wrong

HELD = 5_000_000
"""Bytes; of a larger log only what failed is held, and `view` points to its file."""
CODE = 10_000_000
"""Characters of a playbook that is read; larger ones do not exist."""


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
