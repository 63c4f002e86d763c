"""Lines of a file with the place that matters marked beneath, for messages that point at code."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from assistant.front.forms.clean import shown
from assistant.model import Span

if TYPE_CHECKING:
    from assistant.source import Lines

MOST_LINES = 4
"""A longer span is marked on its first lines only: the reader needs the place, not the whole block."""


class Marked(NamedTuple):
    """One line of a file, its number from 1, cut in three: before the mark, the mark, after it."""

    number: int
    before: str
    mark: str
    after: str

    @property
    def line(self) -> str:
        """The whole line, tabs as they are."""
        return self.before + self.mark + self.after

    def under(self, sign: str = "^") -> str:
        """What stands beneath the line so that `sign` is repeated below the mark."""
        lead = "".join("\t" if char == "\t" else " " * cells(char) for char in self.before)
        return lead + sign * max(1, sum(map(cells, self.mark)))


def cells(char: str) -> int:
    """Columns that one character takes on a terminal: 0 (combining), 1, or 2 (wide)."""
    if char < "\u0300":
        return 1
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def marked(text: str, span: Span) -> list[Marked]:
    """The lines of `text` that `span` touches, at most four, ready to be shown (no secrets, no controls)."""
    from assistant.source import Lines

    lines = Lines(text)
    first = lines.place(span.start)[0]
    last = min(lines.place(max(span.start, span.end - 1))[0], first + MOST_LINES - 1)
    found = [_cut(number, _line(lines, number), span, lines.starts[number - 1]) for number in range(first, last + 1)]
    return [line for line in found if line.line.strip()] or found[:1]


def _line(lines: Lines, number: int) -> str:
    return lines.text[lines.starts[number - 1] : lines.content_end(number)]


def _cut(number: int, line: str, span: Span, offset: int) -> Marked:
    """Cuts the line that starts at `offset`; where taking out a secret moved the mark, all of it is marked."""
    clean = shown(line)
    start, end = span.start - offset, span.end - offset
    if clean[: max(end, 0)] != line[: max(end, 0)]:
        start, end = 0, len(clean)
    indent = len(clean) - len(clean.lstrip())
    start = min(max(start, indent), len(clean))
    end = min(max(end, start), len(clean))
    return Marked(number, clean[:start], clean[start:end], clean[end:])
