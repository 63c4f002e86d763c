"""The examples of entries, put together as an entry means them: code, its mended form, and the pastes it gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assistant.kb.entry import Example


class Case(NamedTuple):
    """One example of an entry: its pastes and the code they came from, before and after its edit ("" without)."""

    id: str
    line: int
    pastes: tuple[str, ...]
    before: str
    after: str
    labels: tuple[str, ...] = ()
    """What printed each paste: "ansible-core 2.19.14"."""
    caption: str = ""
    """What the entry says above it, Markdown."""


class Unlike(NamedTuple):
    """A look-alike: what must not lead to `id`, but to `instead` ("none": to nothing). `code`: YAML for check."""

    id: str
    line: int
    instead: str
    text: str
    code: bool
    caption: str = ""


def cases(id: str, examples: Iterable[Example]) -> Iterator[Case]:
    """Every example of one entry: a `before`, its `after`, and the pastes behind it; pastes before any `before`
    stand alone."""
    held = Case(id, 0, (), "", "")
    for example in examples:
        if example.kind == "before":
            if held.pastes or held.before:
                yield held
            held = Case(id, example.line, (), example.text, "", (), example.caption)
        elif example.kind == "after":
            held = held._replace(after=example.text)
        elif example.kind == "paste":
            held = held._replace(
                pastes=(*held.pastes, example.text),
                labels=(*held.labels, example.about),
                line=held.line or example.line,
                caption=held.caption or (example.caption if not held.pastes else ""),
            )
    if held.pastes or held.before:
        yield held


def unlikes(id: str, examples: Iterable[Example]) -> Iterator[Unlike]:
    """Every look-alike of one entry."""
    for one in examples:
        if one.kind.startswith("unlike"):
            yield Unlike(id, one.line, one.about or "none", one.text, one.kind == "unlike-code", one.caption)
