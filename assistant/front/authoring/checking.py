"""A `kb/` folder in; its mistakes, what its examples do not keep, and how much was tried, out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from assistant import kb
from assistant.front.authoring.proof import Proof
from assistant.front.authoring.skeleton import left_to_write
from assistant.kb import BaseError, examples
from assistant.kb.beside import private, refuse, with_folders
from assistant.kb.compile import Folder, compiled
from assistant.kb.packed import joined
from assistant.model import Record


class Checked(Record):
    """What is wrong (`path:line: what`), and how many entries, pastes, edits and look-alikes there are."""

    wrong: tuple[str, ...]
    counts: tuple[int, int, int, int]
    tried: bool
    """Whether the examples could be tried: a base with mistakes is none."""


def checked(folder: str, beside: Sequence[str] = ()) -> Checked:
    """The folder held to its rules and to its own examples, laid beside our base and the folders `beside`.

    Raises BaseError when there is no base in it, or when it has a family that exists already.
    """
    ours = os.path.realpath(folder) == os.path.realpath(kb.SOURCE)
    under = None if ours else with_folders(kb.compiled_bytes(), beside)
    read = private(folder, under) if under else Folder(folder)
    if under:
        refuse(read, under, {})
    wrong = [*read.mistakes.found, *left_to_write(read)]
    try:
        data = compiled(read)
    except BaseError:
        return Checked(tuple(wrong), _counts(read), False)
    base = kb.Base(joined([under, data]) if under else data)
    return Checked((*wrong, *_unkept(read, Proof(base))), _counts(read), True)


def _unkept(read: Folder, proof: Proof) -> Iterator[str]:
    """What examples do not keep, by their places."""
    for id, found in read.examples.items():
        for case in examples.cases(id, found):
            yield from (f"{read.place(id)}:{case.line}: {each}" for each in proof.entry(case))
        for other in examples.unlikes(id, found):
            yield from (f"{read.place(id)}:{other.line}: look-alike: {each}" for each in proof.unlike(other))


def _counts(read: Folder) -> tuple[int, int, int, int]:
    all = [one for found in read.examples.values() for one in found]
    kinds = ("paste", "after", "unlike")
    pastes, edits, unlikes = (sum(one.kind.startswith(kind) for one in all) for kind in kinds)
    return len(read.entries), pastes, edits, unlikes
