"""Numbered lines, one at a time, with a look ahead; the parser never holds the whole paste."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator


class Cursor:
    """Walks over (number, line) pairs."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._source: Iterator[tuple[int, str]] = iter(lines)
        self._ahead: deque[tuple[int, str]] = deque()
        self.number = 0
        """Number of the line taken last, from 1; 0 before the first."""

    def peek(self, distance: int = 0) -> str | None:
        """The line that many steps ahead, None past the end."""
        while len(self._ahead) <= distance:
            pair = next(self._source, None)
            if pair is None:
                return None
            self._ahead.append(pair)
        return self._ahead[distance][1]

    def take(self) -> str:
        """The next line; the caller has peeked that there is one."""
        if self.peek() is None:
            return ""
        self.number, line = self._ahead.popleft()
        return line

    def next_said(self, limit: int = 40) -> tuple[int, str] | None:
        """Distance and text of the next line that is not blank, at most `limit` lines ahead."""
        for distance in range(limit):
            line = self.peek(distance)
            if line is None:
                return None
            if line.strip():
                return distance, line
        return None
