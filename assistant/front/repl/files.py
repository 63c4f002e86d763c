"""Files named by their path: logs and code."""

from __future__ import annotations

import os

from assistant.front.repl.evidence import taken
from assistant.front.repl.session import Session, Told
from assistant.front.repl.state import PASTED, State
from assistant.front.sorting import Document, Sorted, sort
from assistant.front.wrong import Wrong
from assistant.model import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from assistant.model import Paste

HELD = 5_000_000
"""Bytes; of a larger log only what failed is held, and `view` points to its file."""
CODE = 10_000_000
"""Characters of a playbook that is read; larger ones do not exist."""


class Read(Record):
    """A file, sorted."""

    path: str
    text: str
    """"" for one that is too long to be held."""
    found: Sorted


def files(session: Session, state: State, paths: Sequence[str]) -> Told:
    """The answer to files that were named; code among them is held against the output among them at once.

    Raises Wrong when one cannot be read.
    """
    given = sorted((_read(session, path) for path in paths), key=lambda each: each.found.paste is not None)
    printed = any(each.found.paste for each in given)
    said = []
    for each in given:
        told = taken(session, state, each.found, each.text, each.path)
        state = told.state or state
        if each.found.paste or not printed:
            said.append(told.text)
    return Told("\n".join(said), state, undoable=True)


def _read(session: Session, path: str) -> Read:
    from assistant.front.reading import paste_stream

    with paste_stream(path) as stream:
        if os.path.getsize(path) > HELD:
            return Read(path, "", Sorted(_log(session, stream), ()))
        text = stream.read().decode("utf-8", "replace")
    found = sort(text, session.base, path, CODE)
    if found.paste is None and not found.documents:
        raise Wrong(f"{path}: {found.problem or 'neither output of Ansible nor tasks are in it'}")
    return Read(path, text, found._replace(documents=tuple(_of_file(found, path) for _ in found.documents)))


def _log(session: Session, stream: BinaryIO) -> Paste:
    """A log that is too large to be held."""
    from assistant.paste import read_file

    return read_file(stream, known=session.base.known)


def _of_file(found: Sorted, path: str) -> Document:
    """The code in a file: the whole of it, unless it stands between output."""
    from assistant.front.reading import document

    if found.paste is not None:
        return found.documents[0]._replace(path=PASTED)
    # Its places must count every character, byte-order mark and line ends too: it may be changed.
    return found.documents[0]._replace(text=document(path), pasted=False)


def do_read(session: Session, state: State, argument: str) -> Told:
    """The command: a file named by its path."""
    if not argument:
        raise Wrong("read wants a path, as in: read build.log")
    return files(session, state, [existing(argument)])


def existing(given: str, typed: bool = True) -> str:
    """The path of a file, as typed (quotes, ~) or as it is; raises Wrong with a near name when it is not there."""
    path = typed_path(given) if typed else given
    if os.path.isdir(path):
        raise Wrong(f"{path}: a folder, where a file is wanted")
    if not os.path.exists(path):
        raise Wrong(f"{path}: no such file{_near(path)}")
    if typed and not os.path.isfile(path):
        raise Wrong(f"{path}: a device or a pipe, where a file is wanted")
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
