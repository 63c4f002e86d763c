"""Pasted snippets: text with broken outer indentation in, nodes with places in that same text out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.model import Node
from assistant.source.errors import SourceError
from assistant.source.lines import place
from assistant.source.nodes import load
from assistant.source.view import View, reindented, without_fence, without_marks, without_odd_spaces

# A snippet that somebody pastes is small; trying many views of a large file would take seconds.
_MAX_SNIPPET = 200_000
_MAX_CUTS = 40


class Reading(NamedTuple):
    """What could be read of a snippet."""

    nodes: tuple[Node, ...]
    """Root nodes with places in the text as given."""
    dropped: int
    """How many characters at the end had to be left out."""


def load_loose(text: str) -> tuple[Node, ...]:
    """The root nodes of a pasted snippet, with spans in `text` as given.

    Reads what `load` reads, and beyond that: a Markdown fence or `> ` around the snippet, no-break
    spaces where blanks belong, a first line that lost its indentation, an end that was cut off in
    the middle (the last lines are left out until the rest reads, never more). Raises SourceError, for the
    text as given, when none of that helps or nothing but a scalar would be left.
    """
    return read_loose(text).nodes


def read_loose(text: str) -> Reading:
    """As `load_loose`, and tells how much was left out."""
    try:
        nodes = load(text)
    except SourceError as error:
        reading = _first(text) if len(text) <= _MAX_SNIPPET else None
        if reading is None:
            raise error from None
        return reading
    if any(node.kind != "scalar" for node in nodes):
        return Reading(nodes, 0)
    return (_first(text) if len(text) <= _MAX_SNIPPET else None) or Reading(nodes, 0)


def _first(text: str) -> Reading | None:
    views = list(_views(text))
    for attempt in (_whole, _cut):
        for view in views:
            nodes, kept = attempt(view)
            if any(node.kind != "scalar" for node in nodes):
                return Reading(_placed(view, nodes), len(text) - kept if attempt is _cut else 0)
    return None


def _views(text: str) -> Iterator[View]:
    """The ways to look at a snippet, the most faithful first."""
    view = View.of(text)
    yield view
    for step in (without_fence, without_marks, without_odd_spaces):
        changed = step(view)
        if changed != view:
            view = changed
            yield view
    yield from reindented(view)


def _whole(view: View) -> tuple[tuple[Node, ...], int]:
    try:
        return load(view.text), 0
    except SourceError:
        return (), 0


def _cut(view: View) -> tuple[tuple[Node, ...], int]:
    """The nodes of as many lines as can be read when the end of `view` is broken, and where they end.

    A text that was cut off fails at its last line or end; one that fails earlier has a fault of its own.
    """
    kept = view.text.rstrip()
    for _ in range(_MAX_CUTS):
        try:
            return load(kept), view.original(len(kept))
        except SourceError as error:
            if error.line < place(kept, len(kept))[0]:
                return (), 0
            at = error.opened if error.opened is not None else len(kept)
        kept = kept[: kept.rfind("\n", 0, min(at + 1, len(kept))) + 1].rstrip()
    return (), 0


def _placed(view: View, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """`nodes` with their spans moved from the view to the text as given."""
    known: dict[int, Node] = {}
    moved = view.mapper()

    def placed(node: Node) -> Node:
        if id(node) not in known:
            known[id(node)] = node._replace(
                span=moved(node.span),
                pairs=tuple((placed(key), placed(value)) for key, value in node.pairs),
                items=tuple(placed(item) for item in node.items),
            )
        return known[id(node)]

    return tuple(placed(node) for node in nodes)
