"""Edits: a text and edits in, the new text or its unified diff out; nothing outside the edits' spans changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from assistant.model import Edit, Span
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


def mended(text: str, edits: Iterable[Edit], piece: Span | None = None) -> str | None:
    """`text` with `edits` made, or None when they overlap, change nothing, or the result cannot be read.

    A text that only `load_loose` could read must still be readable so, with no more left out than before.
    `piece`: whole lines around all edits that hold items of one list, in a text that can be read: then it is
    enough that these still read, which spares reading all of a long file for each small change.
    """
    edits = list(edits)
    try:
        after = apply(text, edits)
    except ValueError:
        return None
    if after == text:
        return None
    if piece:
        left = len(text) - piece.end
        before, inside = text[piece.start : piece.end], after[piece.start : len(after) - left]
        known = _known_to_read if len(inside) < _SMALL else _reads_alone
        if inside.endswith("\n" if left else "") and known(before, inside):
            return after
    return after if _still_reads(text, after) else None


_ANCHOR = re.compile(r"(?m)(?:^|[\s\[{,:])[&*][\w-]|^(?:---|\.\.\.|%)")
"""What ties a piece of YAML to the rest of its file, roughly: anchors, aliases, directives, ends of documents."""


def _reads_alone(before: str, after: str) -> bool:
    """Whether a list of the same depth came of a piece, with nothing in it that the rest of the file could miss."""
    lead = before[: before.find("-") + 2]
    if not after.startswith(lead) or lead.strip() != "-" or _ANCHOR.search(before) or _ANCHOR.search(after):
        return False
    try:
        roots = load(after)
    except SourceError:
        return False
    return len(roots) == 1 and roots[0].kind == "list" and roots[0].style == "block"


_SMALL = 4_000
"""Characters up to which it is kept whether a piece reads: an editor asks the same of most pieces at each change."""


@lru_cache(maxsize=512)
def _known_to_read(before: str, after: str) -> bool:
    return _reads_alone(before, after)


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

    start, tail = _equal_ends(before, after)
    name, skipped = path.lstrip("/"), before.count("\n", 0, start)
    old, new = before[start : len(before) - tail], after[start : len(after) - tail]
    made = difflib.unified_diff(_LINE.findall(old), _LINE.findall(new), f"a/{name}", f"b/{name}")
    return "".join(_closed(_HUNK.sub(lambda found: _moved(found, skipped), line)) for line in made)


_HUNK = re.compile(r"^@@ -(\d+)(,\d+)? \+(\d+)(,\d+)? @@")
_CONTEXT = 3
"""Lines shown around a change."""


def _moved(found: re.Match[str], by: int) -> str:
    """The head of a hunk, its line numbers counted from the start of the whole text."""
    return f"@@ -{int(found[1]) + by}{found[2] or ''} +{int(found[3]) + by}{found[4] or ''} @@"


def _equal_ends(before: str, after: str) -> tuple[int, int]:
    """How many characters at the start and at the end are whole lines that both share, but for what is shown.

    difflib compares all lines, which takes longer than everything else about a small change in a long file.
    """
    if any("\r" in text and "\r" in text.replace("\r\n", "") for text in (before, after)):
        return 0, 0
    start, tail = shared_ends(before, after)
    for _ in range(_CONTEXT + 1):
        start = before.rfind("\n", 0, max(start - 1, 0)) + 1
    at = len(before) - tail
    for _ in range(_CONTEXT + 1):
        at = before.find("\n", at) + 1 or len(before)
    return start, len(before) - at


def shared_ends(before: str, after: str) -> tuple[int, int]:
    """How many characters two texts share at their start and, of the rest, at their end."""
    most = min(len(before), len(after))
    start = _shared(most, lambda count: before[:count] == after[:count])
    return start, _shared(most - start, lambda count: before[len(before) - count :] == after[len(after) - count :])


def _shared(most: int, equal: Callable[[int], bool]) -> int:
    """The largest count up to `most` for which `equal` holds; it holds for all below."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        low, most = (middle, most) if equal(middle) else (low, middle - 1)
    return low


def _closed(line: str) -> str:
    return line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
