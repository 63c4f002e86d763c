"""Lines that a terminal broke at its right margin, put together again."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise

from assistant.paste import shapes
from assistant.paste.rows import Row, headline_at

_USUAL = frozenset((*range(70, 81), 90, 100, 110, 120, 130, 132, 140, 150, 160, 170, 180, 190, 200, 210, 220, 240, 250))


@cache
def _fresh() -> re.Pattern[str]:
    """A line that nothing can run into: a key of YAML or JSON, a bracket, a list's dash, a prompt."""
    return re.compile(r"\s*(?:[\w.-]{1,60}:(?:\s|$)|\"[^\"]{1,80}\": |- |[}\]],?$|[$#] |Origin: |\d+ |\^|```)")


def unwrap(rows: list[Row], strip: Callable[[str], str] | None = None) -> list[Row]:
    """Join each line that fills the paste's width exactly with the next one; the same rows when nothing was wrapped.

    `strip` takes off a prefix that some lines carry: a line with it is no continuation.
    Believed when no line is longer and at least three fill the width, or fewer at a width that terminals have.
    """
    width = max((len(row.text) for row in rows), default=0)
    if width < 40:
        return rows
    full = [i for i in range(len(rows) - 1) if len(rows[i].text) == width and _runs_on(rows[i].text, rows[i + 1].text)]
    if strip is not None:
        full = [i for i in full if strip(rows[i + 1].text) == rows[i + 1].text]
    sure = len(full) >= 3
    if not full or not (sure or width in _USUAL):
        return rows
    if not sure and strip is None:
        outputs = any(headline_at(row.text) == 0 for row in rows)
        full = [i for i in full if not _begins(rows[i].text, rows[i + 1].text, outputs)]
        if _soft(rows, width, outputs):
            return rows
    return _joined(rows, frozenset(full))


def _runs_on(text: str, after: str) -> bool:
    if not after.strip() or text.endswith("***") or after.startswith(("Origin: ", "<<< ", "The error appears to ")):
        return False
    return not shapes.starts_anew(after)


def _soft(rows: list[Row], width: int, outputs: bool) -> bool:
    """True when a mailer broke lines between words: shorter lines run on too, and the next word had no room."""
    for row, after in pairwise(rows):
        word = after.text.split(" ", 1)[0]
        no_room = width - 20 <= len(row.text) < width <= len(row.text) + len(word)
        runs_on = no_room and not row.text.endswith((" ", "}")) and _runs_on(row.text, after.text)
        if runs_on and not _begins(row.text, after.text, outputs):
            return True
    return False


def _begins(text: str, after: str, outputs: bool) -> bool:
    """True for a line that begins something of its own.

    Below a headline nothing of a result stands at the margin, so a line there is the rest of a broken one.
    """
    margin = after[:2].strip() != "" and after[:1] not in "}]"  # what a result nests is indented by 2 at least
    if margin and (outputs or text[:1] in " \t") and not after.startswith(("```", "$ ", "# ")):
        return False
    return _fresh().match(after) is not None


def _joined(rows: list[Row], full: frozenset[int]) -> list[Row]:
    out: list[Row] = []
    parts: list[str] = []
    first = 0
    for i, row in enumerate(rows):
        first = first or row.first
        parts.append(row.text)
        if i not in full:
            out.append(Row(first, row.last, "".join(parts)))
            parts, first = [], 0
    return out
