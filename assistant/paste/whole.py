"""A paste that is small enough to be looked at as a whole."""

from __future__ import annotations

from collections.abc import Callable

from assistant.model import Paste
from assistant.paste import bare
from assistant.paste.clean import clean
from assistant.paste.parse import Parser
from assistant.paste.rows import Row


def read(text: str, known: Callable[[str], bool], ignored: bool) -> Paste:
    """Read a text without a byte order mark; see `assistant.paste.read`."""
    if "\r" in text:
        text = text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")
    lines = text.split("\n")
    rows = clean([Row(number, number, line) for number, line in enumerate(lines, 1)])
    parser = Parser(rows)
    parser.run()
    if not parser.marks and not parser.into.groups:
        bare.read(parser, rows, known)
    return finish(parser, len(lines) - (lines[-1] == "" and len(lines) > 1), ignored)


def finish(parser: Parser, lines: int, ignored: bool) -> Paste:
    """The answer of a parser that has read everything; `ignored`: see `assistant.paste.read`."""
    failures, spared = parser.into.finish(ignored)
    notes, hints = tuple(parser.into.notes), parser.hints.clean()
    secrets = parser.into.tidy.secrets
    if failures:
        return Paste("failures", failures, notes, hints, lines, secrets, spared)
    return Paste("no-failure" if parser.marks else "not-ansible", (), notes, hints, lines, secrets, spared)
