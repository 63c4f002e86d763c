"""A log too large to be held: sieved, cleaned in batches, parsed as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.model import Paste
from assistant.paste import whole
from assistant.paste.clean import clean
from assistant.paste.parse import Parser
from assistant.paste.rows import Row
from assistant.paste.sieve import Sieve

LIMIT, MAX_LINES = 2_000_000, 40_000
"""Characters and line ends up to which a paste is read as a whole."""
PIECE = 1 << 20
_BATCH = 20_000
_MAX_TREE = 32_000_000


def read(pieces: Iterable[str], ignored: bool = False) -> Paste:
    """Read the pieces of a text; see `assistant.paste.read_file`."""
    source = _unix(pieces)
    first = next(source, "")
    if _is_tree(first):
        lines = _tree(first, source).split("\n")
        parser = Parser(clean([Row(number, number, line) for number, line in enumerate(lines, 1)]))
        parser.run()
        return whole.finish(parser, len(lines), ignored)
    sieve = Sieve(_again(first, source))
    parser = Parser(_batches(iter(sieve)))
    parser.run()
    return whole.finish(parser, sieve.lines, ignored)


def _unix(pieces: Iterable[str]) -> Iterator[str]:
    """The same text without carriage returns before line feeds, wherever the pieces were cut."""
    held = ""
    for piece in pieces:
        if held or "\r" in piece:
            piece = held + piece
            held = "\r" if piece.endswith("\r") else ""
            piece = piece.removesuffix("\r").replace("\r\n", "\n")
        if piece:
            yield piece


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _is_tree(first: str) -> bool:
    """True for the json callback, whose tree makes sense only as a whole."""
    return '"plays": [' in first[:65_536] and "TASK [" not in first[:65_536]


def _tree(first: str, rest: Iterator[str]) -> str:
    parts, size = [first], len(first)
    for piece in rest:
        if size < _MAX_TREE:
            parts.append(piece[: _MAX_TREE - size])
            size += len(piece)
    return "".join(parts)


def _batches(rows: Iterator[Row]) -> Iterator[Row]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= _BATCH:
            yield from clean(batch)
            batch = []
    yield from clean(batch)
