"""Jinja cut into tokens: a text in; its expressions and statements with offsets out. Nothing is run.

Every cut is one pass over the text; a quote or a brace that is never closed reaches to the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""\s+
    | "(?:[^"\\]|\\.?)*(?:"|\Z)
    | '(?:[^'\\]|\\.?)*(?:'|\Z)
    | [^\W\d]\w*
    | \d[\w.]*
    | ==|!=|<=|>=|//|\*\*|-?\}\}|-?%\}
    | .""",
    re.VERBOSE | re.DOTALL,
)
_OPENER = re.compile(r"\{[{%#]")
_ENDRAW = re.compile(r"\{%-?\s*endraw")


class Token(NamedTuple):
    """A name, number, string or sign; `start` and `end` count characters in the text that was cut."""

    kind: str
    """"name", "number", "string" or "sign"."""
    text: str
    start: int
    end: int


class Piece(NamedTuple):
    """A part of a template: plain "text", an "expression" {{ }} or a "statement" {% %}; comments are left out."""

    kind: str
    start: int
    end: int
    tokens: tuple[Token, ...] = ()
    closed: bool = True


def is_template(text: str) -> bool:
    """Whether Ansible would hand the text to Jinja."""
    return "{{" in text or "{%" in text or "{#" in text


def tokens(text: str, start: int = 0) -> tuple[Token, ...]:
    """All tokens of an expression without braces, blanks left out."""
    return tuple(_cut(text, start))


def pieces(text: str) -> Iterator[Piece]:
    """The parts of a template in order, plain text between them included."""
    at = 0
    while opener := _OPENER.search(text, at):
        if opener.start() > at:
            yield Piece("text", at, opener.start())
        sign = opener.group()
        if sign == "{#":
            at = _after(text, "#}", opener.end())
            continue
        piece = _inside(text, opener.start(), sign)
        yield piece
        at = piece.end
        if sign == "{%" and [token.text for token in piece.tokens] == ["raw"]:
            end = _ENDRAW.search(text, at)
            at = end.start() if end else len(text)
    if at < len(text):
        yield Piece("text", at, len(text))


def _inside(text: str, start: int, sign: str) -> Piece:
    """The piece that opens at `start`; `}}` closes it only where no brace of a dictionary is open, as in Jinja."""
    closer = "}}" if sign == "{{" else "%}"
    kind = "expression" if sign == "{{" else "statement"
    found: list[Token] = []
    depth = 0
    for token in _cut(text, start + 2):
        if token.kind == "sign" and token.text.endswith(closer) and (depth == 0 or closer == "%}"):
            return Piece(kind, start, token.end, tuple(found))
        if token.text in ("}}", "-}}"):
            depth = max(depth - 2, 0)
        elif token.text == "{":
            depth += 1
        elif token.text == "}":
            depth = max(depth - 1, 0)
        found.append(token)
    return Piece(kind, start, len(text), tuple(found), False)


def _cut(text: str, at: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, at):
        word = match.group()
        first = word[0]
        if first.isspace():
            continue
        if first in "\"'":
            kind = "string"
        elif first.isdigit():
            kind = "number"
        elif first == "_" or first.isalpha():
            kind = "name"
        else:
            kind = "sign"
        yield Token(kind, word, match.start(), match.end())


def _after(text: str, closer: str, start: int) -> int:
    end = text.find(closer, start)
    return len(text) if end < 0 else end + len(closer)


def unquoted(token: Token) -> str:
    """The text of a string token without its quotes; escapes of quotes and backslashes are undone."""
    inner = token.text[1:-1] if token.text[-1:] == token.text[0] and len(token.text) > 1 else token.text[1:]
    return re.sub(r"\\(.)", r"\1", inner, flags=re.DOTALL) if "\\" in inner else inner
