"""Between our offsets and an editor's positions; the only place that knows UTF-16.

An editor counts lines from 0, and in each line code units from 0, of the encoding that was agreed on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from lsprotocol.types import Position, Range

from assistant.model import Span
from assistant.source import Lines

UNITS: dict[str, Callable[[str], int]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text) + sum(sign > "\uffff" for sign in text),
    "utf-32": len,
}
"""How many code units a text takes."""


class Positions:
    """The positions of one text in one encoding ("utf-8", "utf-16" or "utf-32")."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self.units = UNITS[encoding]
        self.plain = encoding == "utf-32" or text.isascii()

    @cached_property
    def lines(self) -> Lines:
        """The lines, as Ansible and we count them."""
        return Lines(self.text)

    def start(self, line: int) -> int:
        """Where a line (from 0) starts; a byte-order mark belongs to the first."""
        return self.lines.starts[line] if line else 0

    def at(self, offset: int) -> Position:
        """The position of a character."""
        line = max(bisect_right(self.lines.starts, offset) - 1, 0)
        start = self.start(line)
        return Position(line, offset - start if self.plain else self.units(self.text[start:offset]))

    def range(self, span: Span) -> Range:
        """The range of a span."""
        return Range(self.at(span.start), self.at(span.end))

    def offset(self, position: Position) -> int:
        """The character at a position; beyond the end of its line or of the text means that end."""
        if position.line >= len(self.lines.starts):
            return len(self.text)
        start, end = self.start(position.line), self.lines.content_end(position.line + 1)
        if self.plain:
            return min(start + position.character, end)
        units = 0
        for at in range(start, end):
            units += self.units(self.text[at])
            if units > position.character:
                return at
        return end

    def span(self, given: Range) -> Span:
        """The span of a range."""
        start = self.offset(given.start)
        return Span(start, max(start, self.offset(given.end)))
