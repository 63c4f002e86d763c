"""The base's own examples, as cases: what each entry says of itself, for the tests that hold it to that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.kb import examples
from assistant.kb.compile import Folder
from assistant.kb.examples import Case, Unlike

HOME = Path(__file__).resolve().parent.parent / "kb"
FOLDER = Folder(str(HOME))


def cases() -> Iterator[Case]:
    """Every example of every entry."""
    for id, found in FOLDER.examples.items():
        yield from examples.cases(id, found)


def unlikes() -> Iterator[Unlike]:
    """Every look-alike."""
    for id, found in FOLDER.examples.items():
        yield from examples.unlikes(id, found)


__all__ = ["FOLDER", "HOME", "Case", "Unlike", "cases", "unlikes"]
