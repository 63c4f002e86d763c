"""Rows in which line ends got lost on the way, a forum's or a chat's doing: in; a row for each line again, out."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from assistant.paste.rows import ADHOC, Row

_PLAIN = (
    r"(?:PLAY|TASK|RUNNING HANDLER|HANDLER) \[[^*\n]{0,300}\] \*{3}|PLAY RECAP \*{3}|fatal: \[|FAILED - RETRYING: |"
    r"ASYNC (?:POLL|OK|FAILED) on |\[(?:ERROR|WARNING|DEPRECATION WARNING)\]: |ERROR! |\.\.\.ignoring|"
    r"An exception occurred during task execution|task path: /"
)
_WORDS = r"(?:failed|ok|changed|skipping|unreachable): \[|included: /"
"""How lines of Ansible's begin, these with words that may end a longer one."""
_GAP = r"[ ]{0,30}"
_ADHOC = r"[^\s|>={}]{1,100}" + ADHOC


@cache
def _run_on() -> re.Pattern[str]:
    return re.compile(rf"(?<=\*\*\*){_GAP}(?={_PLAIN}|{_WORDS})|(?<=\}}){_GAP}(?={_ADHOC})")


@cache
def _ends() -> re.Pattern[str]:
    """Where a line ends in a row that holds several. Behind "\\n" or a quote none does: that is a text in a text."""
    own, recap = r'(?<!\\n)(?<!")', r"[\w.-]{1,100} {1,60}: ok=\d"
    return re.compile(
        rf"(?<=\*\*\*){_GAP}(?=[^*\s\\])|{own}{_GAP}(?={_PLAIN}|Origin: \S{{1,500}}:\d|<<< caused by >>>)"
        rf"|(?<![A-Za-z_\\]){_GAP}(?={_WORDS})|(?<=[ *\d])(?={recap})|(?<=<<< caused by >>>)|(?<=\}}){_GAP}(?={_ADHOC})"
    )


def relined(lines: list[Row]) -> list[Row]:
    """The rows, those of which one says by itself that it holds several lines taken apart.

    That is a banner whose stars are followed by the next line, "TASK [Deploy] *****fatal: [web1]: FAILED! => {…}", or
    a result of an ad hoc run behind another.
    """
    if not any(_is_run_on(row.text) for row in lines):
        return lines
    out = []
    for row in lines:
        parts = _parts(row.text) if _is_run_on(row.text) else [row.text]
        out += [Row(row.first, row.last, part) for part in parts]
    return out


def _is_run_on(text: str) -> bool:
    likely = ("***" in text and not text.endswith("*")) or (" | " in text and "}" in text)
    return likely and _run_on().search(text) is not None


def _parts(text: str) -> list[str]:
    cuts = [0, *(found.start() for found in _ends().finditer(text)), len(text)]
    pieces = [text[start:end] for start, end in pairwise(cuts)]
    return [piece for piece in (pieces[0], *(piece.lstrip(" ") for piece in pieces[1:])) if piece]
