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
    """Every example; pastes belong to the `before` that follows them, those without one stand alone."""
    for id, examples in FOLDER.examples.items():
        pastes: list[str] = []
        before = ""
        line = 0
        for example in examples:
            line = line or example.line
            if example.kind == "paste":
                if before:
                    yield Case(id, line, tuple(pastes), before, "")
                    pastes, before, line = [], "", example.line
                pastes.append(example.text)
            elif example.kind == "before":
                before = example.text
            elif example.kind == "after":
                yield Case(id, line, tuple(pastes), before, example.text)
                pastes, before, line = [], "", 0
        if pastes or before:
            yield Case(id, line, tuple(pastes), before, "")


def unlikes() -> Iterator[Unlike]:
    """Every look-alike."""
    for id, examples in FOLDER.examples.items():
        for example in examples:
            if example.kind.startswith("unlike"):
                yield Unlike(id, example.line, example.about or "none", example.text, example.kind == "unlike-code")
