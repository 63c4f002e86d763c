"""Edits: a text and edits in, the new text or its unified diff out; nothing outside the edits' spans changes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.model import Edit
from assistant.source.errors import SourceError
from assistant.source.loose import read_loose
from assistant.source.nodes import load

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all `edits` made; insertions at one place keep the order given.

    Raises ValueError when edits overlap or lie outside the text.
    """
    ordered = sorted(edits, key=lambda edit: edit.span)
    pieces, at = [], 0
    for edit in ordered:
        start, end = edit.span
        if start < at or end < start or end > len(text):
            raise ValueError(f"the edit of {start} to {end} overlaps another or lies outside the text")
        pieces += [text[at:start], edit.text]
        at = end
    return "".join([*pieces, text[at:]])


def mended(text: str, edits: Iterable[Edit]) -> str | None:
    """`text` with `edits` made, or None when they overlap, change nothing, or the result cannot be read.

    A text that only `load_loose` could read must still be readable so, with no more left out than before.
    """
    try:
        after = apply(text, edits)
    except ValueError:
        return None
    return after if after != text and _still_reads(text, after) else None


def _still_reads(before: str, after: str) -> bool:
    if _reads(after):
        return True
    if _reads(before):
        return False
    try:
        return read_loose(after).dropped <= read_loose(before).dropped
    except SourceError:
        return False


def _reads(text: str) -> bool:
    try:
        load(text)
    except SourceError:
        return False
    return True


def diff(path: str, before: str, after: str) -> str:
    """Unified diff from `before` to `after` as git writes it ("" when they are equal); CRLF is kept."""
    if before == after:
        return ""
    import difflib

    name = path.lstrip("/")
    made = difflib.unified_diff(_LINE.findall(before), _LINE.findall(after), f"a/{name}", f"b/{name}")
    return "".join(_closed(line) for line in made)


def _closed(line: str) -> str:
    return line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
