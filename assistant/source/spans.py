"""Exact places: what loaders report as a node's end in, the end of its own text out."""

from __future__ import annotations

import re

_SIGN = re.compile(r"#[^\r\n]*|[-?:,{\[]")
_COMMENT = re.compile(r"[ \t]#")


def block_scalar_end(text: str, start: int, end: int) -> int:
    """Where a literal or folded scalar really ends: loaders run on over blank lines and the next indentation."""
    end = start + len(text[start:end].rstrip())
    if "\n" in text[start:end] or "\r" in text[start:end]:
        return end
    comment = _COMMENT.search(text, start, end)
    return start + len(text[start : comment.start()].rstrip()) if comment else end


def empty_place(text: str, before: int, at: int) -> int:
    """Where an unwritten value belongs: after the last sign between `before` (end of the node before) and `at`.

    Loaders put the missing value of `? key` at the token that follows, maybe many lines below.
    """
    if at == before or not text[at - 1].isspace():
        return at
    place = before
    for found in _SIGN.finditer(text, before, at):
        if found.group()[0] != "#":
            place = found.end()
    return place
