"""Arguments written as one text (`copy: src=a dest=b`): a text in, its words with their places out."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from assistant.plays.keywords import COMMAND_OPTIONS


class Word(NamedTuple):
    """One argument: `name` is "_raw_params" for the rest of the text; `start` and `end` are offsets in it."""

    name: str
    text: str
    start: int
    end: int


def split(text: str) -> list[tuple[int, int]] | None:
    """Where the words of `text` stand: cut at blanks and line ends outside quotes and Jinja.

    Follows split_args of ansible-core's parsing/splitter.py (the same rules from 2.9 to 2.19: a tab
    does not cut); a backslash that continues a line is left inside free text. None when a quote or brace is left open.
    """
    found: list[tuple[int, int]] = []
    quote = ""
    depth = 0
    start = 0
    for sign in _signs().finditer(text):
        mark = sign.group()
        if mark in ("{{", "{%", "{#"):
            depth += not quote
        elif mark in ("}}", "%}", "#}"):
            depth = max(depth - (not quote), 0)
        elif mark in "\"'":
            if text[sign.start() - 1 : sign.start()] != "\\":
                quote = "" if quote == mark else quote or mark
        elif not quote and not depth:
            if sign.start() > start:
                found.append((start, sign.start()))
            start = sign.end()
    if quote or depth:
        return None
    return [*found, (start, len(text))] if len(text) > start else found


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(r"\{[{%#]|[}%#]\}|[\"' \n]")


def words(text: str, command: bool) -> list[Word]:
    """The arguments that `text` holds; `command`: it is a command line, of which only creates, chdir … are taken out.

    Text whose quotes do not match, which Ansible refuses, is one word "_raw_params".
    """
    places = split(text)
    if places is None:
        return [Word("_raw_params", text, 0, len(text))]
    named: list[Word] = []
    rest: list[tuple[int, int]] = []
    for start, end in places:
        at = _equals(text, start, end)
        name = text[start:at]
        if at < end and (not command or name in COMMAND_OPTIONS):
            named.append(_unquoted(name, text[at + 1 : end], at + 1, end))
        elif text[start:end] != "\\":
            rest.append((start, end))
    if rest:
        start, end = rest[0][0], rest[-1][1]
        kept = text[start:end] if _together(rest, named) else " ".join(text[a:b] for a, b in rest)
        named.insert(0, Word("_raw_params", kept.replace("\\=", "="), start, end))
    return named


def _equals(text: str, start: int, end: int) -> int:
    """Where the sign that ends a name stands: not first, not after a backslash; `end` without one."""
    at = text.find("=", start + 1, end)
    while at > 0 and text[at - 1] == "\\":
        at = text.find("=", at + 1, end)
    return at if at > 0 else end


def _together(rest: list[tuple[int, int]], named: list[Word]) -> bool:
    return not any(rest[0][0] < word.start < rest[-1][1] for word in named)


def _unquoted(name: str, value: str, start: int, end: int) -> Word:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" and value[-2] != "\\":
        return Word(name, value[1:-1], start + 1, end - 1)
    return Word(name, value, start, end)
