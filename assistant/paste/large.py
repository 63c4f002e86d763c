"""A log too large to be held: sieved, cleaned in batches, parsed as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.model import Paste
from assistant.paste import whole
from assistant.paste.clean import clean
from assistant.paste.parse import Parser
from assistant.paste.rows import Row
from assistant.paste.sieve import sieve

LIMIT = 2_000_000
"""Characters up to which a paste is read as a whole."""
PIECE = 1 << 20
_BATCH = 20_000
_MAX_TREE = 32_000_000


class _Counter:
    """Counts the lines that pass."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self.pieces = pieces
        self.breaks = 0
        self.open = False

    def __iter__(self) -> Iterator[str]:
        for piece in self.pieces:
            piece = piece.replace("\r\n", "\n") if "\r" in piece else piece
            if piece:
                self.breaks += piece.count("\n")
                self.open = not piece.endswith("\n")
                yield piece


def read(pieces: Iterable[str]) -> Paste:
    """Read the pieces of a text; see `assistant.paste.read_file`."""
    counter = _Counter(pieces)
    source = iter(counter)
    first = next(source, "")
    rows = _tree(first, source) if _is_tree(first) else _batches(sieve(_again(first, source)))
    parser = Parser(rows)
    parser.run()
    return whole.finish(parser, counter.breaks + counter.open)


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _is_tree(first: str) -> bool:
    """True for the json callback, whose tree makes sense only as a whole."""
    return '"plays": [' in first[:65_536] and "TASK [" not in first[:65_536]


def _tree(first: str, rest: Iterator[str]) -> Iterator[Row]:
    parts, size = [first], len(first)
    for piece in rest:
        if size < _MAX_TREE:
            parts.append(piece)
            size += len(piece)
    lines = "".join(parts).split("\n")
    yield from clean([Row(number, number, line) for number, line in enumerate(lines, 1)])


def _batches(rows: Iterator[Row]) -> Iterator[Row]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= _BATCH:
            yield from clean(batch)
            batch = []
    yield from clean(batch)
