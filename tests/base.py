"""The base's own examples, as cases: what each entry says of itself, for the tests that hold it to that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from assistant.kb.compile import Folder

HOME = Path(__file__).resolve().parent.parent / "kb"


class Case(NamedTuple):
    """One example of an entry: its pastes and the code they came from, before and after its edit ("" without)."""

    id: str
    line: int
    pastes: tuple[str, ...]
    before: str
    after: str


class Unlike(NamedTuple):
    """A look-alike: what must not lead to `id`, but to `instead` ("none": to nothing). `code`: YAML for check."""

    id: str
    line: int
    instead: str
    text: str
    code: bool


FOLDER = Folder(str(HOME))


def cases() -> Iterator[Case]:
    """Every example: a `before`, its `after`, and the pastes behind it; pastes before any `before` stand alone."""
    for id, examples in FOLDER.examples.items():
        held = Case(id, 0, (), "", "")
        for example in examples:
            if example.kind == "before":
                if held.pastes or held.before:
                    yield held
                held = Case(id, example.line, (), example.text, "")
            elif example.kind == "after":
                held = held._replace(after=example.text)
            elif example.kind == "paste":
                held = held._replace(pastes=(*held.pastes, example.text), line=held.line or example.line)
        if held.pastes or held.before:
            yield held


def unlikes() -> Iterator[Unlike]:
    """Every look-alike."""
    for id, examples in FOLDER.examples.items():
        for example in examples:
            if example.kind.startswith("unlike"):
                yield Unlike(id, example.line, example.about or "none", example.text, example.kind == "unlike-code")
