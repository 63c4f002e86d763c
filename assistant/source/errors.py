"""The one error that reading YAML raises, and the words for what libyaml and PyYAML complain about."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assistant.source.lines import place

if TYPE_CHECKING:
    from collections.abc import Iterator


class SourceError(ValueError):
    """A text that cannot be read as YAML.

    `message` is one sentence, `line` and `column` count from 1 in the text as given, `hint` says
    how to mend it ("" when nothing sure can be said).
    """

    opened: int | None = None
    """Offset of the quote, bracket or key that is still open where the error shows, None when there is none."""

    def __init__(self, message: str, line: int, column: int, hint: str = "") -> None:
        super().__init__(message, line, column, hint)
        self.message = message
        self.line = line
        self.column = column
        self.hint = hint

    def __str__(self) -> str:
        said = f"line {self.line}, column {self.column}: {self.message}"
        return f"{said} {self.hint}" if self.hint else said


def error_at(text: str, offset: int, message: str, hint: str = "") -> SourceError:
    """The error for the character at `offset` of `text`."""
    line, column = place(text, offset)
    return SourceError(message, line, column, hint)


def translated(text: str, offset: int, context: str, problem: str) -> SourceError:
    """The error for what a loader reports as `context` and `problem` at `offset` of `text`.

    Both loaders' wordings lead to the same sentence (libyaml 0.2.5, PyYAML 6.0).
    """
    # PyYAML adds which token it found; the name of that token would mislead the search.
    said = f"{context}: {problem.partition(', but ')[0]}"
    if "cannot start any token" in said and text[offset : offset + 1] == "\t":
        return error_at(text, offset, "A tab stands where indentation is expected.", _SPACES)
    for pattern, message, hint in _sentences():
        if pattern.search(said):
            return error_at(text, offset, message, hint)
    return error_at(text, offset, f"This is not YAML ({problem or context}).")


_SPACES = "Use spaces instead of tabs."
_SENTENCES = (
    (r"tab character", "A tab stands where indentation is expected.", _SPACES),
    (
        r"cannot start any token",
        "A plain value cannot start with this character.",
        "Put the whole value in quotes.",
    ),
    (
        r"mapping values are not allowed",
        "A colon followed by a blank starts a value where none can stand.",
        "Put the text with the colon in quotes, or check the indentation of this line.",
    ),
    (
        r"sequence entries are not allowed|block sequence entries",
        "A list item cannot start here.",
        "Put the dash on a line of its own, indented like the other items.",
    ),
    (r"mapping keys are not allowed", "A key cannot start here.", "Put it on a line of its own."),
    (
        r"simple key",
        "A key must be followed by a colon on the same line.",
        "Check the indentation of this line and the one above, or add the colon.",
    ),
    (r"document indicator", "A document marker stands inside a quoted text.", "Close the quote."),
    (r"end of stream", "A quote is opened and never closed.", "Close the quote."),
    (
        r"escape|hexa?decimal",
        "Double quotes hold an escape that YAML does not know.",
        "Double the backslash, or use single quotes.",
    ),
    (
        r"block scalar",
        "The line that opens a block text holds something else than |, > and their signs.",
        "Move the text to the next line.",
    ),
    (r"undefined alias", "An alias (*name) has no anchor (&name) above it.", "Quote the value if no alias is meant."),
    (r"duplicate anchor", "The same anchor (&name) is set twice in one document.", "Rename one of them."),
    (r"an anchor|an alias", "The name after & or * holds a sign that is not allowed.", "Quote the value."),
    (r"undefined tag handle", "This tag is not declared.", "Quote the value if no tag is meant."),
    (r"scanning a (?:tag|%TAG)|parsing a (?:tag|%TAG)|tag uri", "This is no valid tag.", "Quote the value."),
    (
        r"directive|incompatible YAML|duplicate tag handle",
        "A line that starts with % is no directive that YAML knows.",
        "Quote the value.",
    ),
    (
        r"flow (?:mapping|sequence)|flow node",
        "A bracket or brace is opened and its list or mapping is not well formed.",
        'Check its commas and closing sign; a template needs quotes: "{{ name }}".',
    ),
    (r"unexpected ':'", "A colon cannot stand here inside brackets or braces.", "Put the value in quotes."),
    (
        r"parsing a block (?:collection|sequence)",
        "This line is neither the next list item nor the end of the list.",
        "Align its dash with the dashes above, or check the quotes of the line above.",
    ),
    (
        r"parsing a block mapping",
        "This line is neither the next key nor the end of the mapping.",
        "Align it with the keys above, or check the quotes of the line above.",
    ),
    (
        r"document start",
        "Text follows where the document has already ended.",
        "Check the indentation of this line, or put --- before it.",
    ),
    (r"block node", "A value was expected here.", "Check the indentation of this line."),
    (r"nesting|depth", "Lists and mappings are nested too deeply.", "Paste only the task that matters."),
)


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[re.Pattern[str], str, str]]:
    for pattern, message, hint in _SENTENCES:
        yield re.compile(pattern), message, hint
