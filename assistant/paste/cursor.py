"""Numbered lines, one at a time, with a look ahead; the parser never holds the whole paste."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from assistant.paste.rows import Row


class Cursor:
    """Walks over rows."""

    def __init__(self, lines: Iterable[Row]) -> None:
        self._source: Iterator[Row] = iter(lines)
        self._ahead: deque[Row] = deque()
        self.number = 0
        """Number of the line taken last, from 1; 0 before the first."""
        self.last = 0
        """The same, or where that line ends if a terminal had broken it."""

    def peek(self, distance: int = 0) -> str | None:
        """The line that many steps ahead, None past the end."""
        while len(self._ahead) <= distance:
            row = next(self._source, None)
            if row is None:
                return None
            self._ahead.append(row)
        return self._ahead[distance].text

    def take(self) -> str:
        """The next line; the caller has peeked that there is one."""
        if self.peek() is None:
            return ""
        row = self._ahead.popleft()
        self.number, self.last = row.first, row.last
        return row.text

    def next_said(self, limit: int = 40) -> tuple[int, str] | None:
        """Distance and text of the next line that is not blank, at most `limit` lines ahead."""
        for distance in range(limit):
            line = self.peek(distance)
            if line is None:
                return None
            if line.strip():
                return distance, line
        return None

    def put(self, line: str) -> None:
        """Let the next line read so, its place unchanged."""
        if self.peek() is not None:
            row = self._ahead[0]
            self._ahead[0] = Row(row.first, row.last, line)
