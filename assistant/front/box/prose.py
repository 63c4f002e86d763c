"""The Markdown of the base as trees of plain lists, from which a page builds elements.

A node is a text, or a list: the element's name, for "a" its address, then its children. Names are those in `NAMES`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAMES = frozenset("p ul ol li code pre strong em a blockquote br hr h4".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
MAX_DEPTH = 20
"""Markdown of the base nests 3 deep; what is pasted into its holes must not build towers of elements."""


@lru_cache(512)
def tree(text: str, addresses: str) -> list[Any]:
    """The nodes of a text, kept: do not change them. Links stay only where their address stands in `addresses`, the
    text as the base has it: a link that came with a value of the paste is shown as words.

    Who asks again, changed a word or answered a question, and most texts are the same: reading Markdown is slow.
    """
    building = _Building(addresses)
    for token in _reader().parse(text):
        building.take(token)
    return building.root


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_DEPTH}).disable("image")


class _Building:
    """Elements under construction, outermost first."""

    def __init__(self, addresses: str) -> None:
        self.root: list[Any] = []
        self.open: list[list[Any]] = [self.root]
        self.addresses = addresses

    def take(self, token: Token) -> None:
        """Adds one token; those of a paragraph come as children, flat."""
        if token.type == "inline":
            self._all(token.children or ())
        elif token.nesting == 1 and not token.hidden:
            self._begin(token)
        elif token.nesting == -1 and not token.hidden:
            self.open.pop()
        elif token.nesting == 0:
            self.open[-1].append(_leaf(token))

    def _all(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            self.take(token)

    def _begin(self, token: Token) -> None:
        node: list[Any] = ["h4" if token.tag in HEADINGS else token.tag]
        if token.tag == "a":
            address = str(token.attrs.get("href", ""))
            node = ["a", address] if f"]({address})" in self.addresses else ["em"]
        assert node[0] in NAMES
        if len(self.open) > MAX_DEPTH:
            node = self.open[-1]  # what is deeper stays flat
        else:
            self.open[-1].append(node)
        self.open.append(node)


def _leaf(token: Token) -> Any:
    if token.type in ("fence", "code_block"):
        return ["pre", token.content]
    if token.type == "code_inline":
        return ["code", token.content]
    if token.type == "softbreak":
        return " "
    return [token.tag] if token.type in ("hardbreak", "hr") else token.content
