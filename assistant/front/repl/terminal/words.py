"""What the terminal needs to know of words."""

from __future__ import annotations


def is_command(line: str) -> bool:
    """Whether a line is a command of the conversation."""
    from assistant.front.repl.commands import parse

    return parse(line) is not None


def last_word(before: str) -> str:
    """The word that a completion of `before` takes the place of."""
    return before.rpartition(" ")[2]
