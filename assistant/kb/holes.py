"""Holes in an entry's text, filled in one pass: `{name}` and `{name|words when it is not known}`.

`fill` puts values in as they are, for edits and plain sentences; `markdown` keeps them words and code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from assistant.markup import code, plain


@cache
def _hole() -> re.Pattern[str]:
    # The guards on both sides leave {{ jinja }} alone; a hole with words may end a mapping, `{name: {task|NAME}}`.
    # A filled value is never looked at again.
    return re.compile(r"(?<!\{)\{([a-z_]+)(?:\|([^{}|]*)\}|\}(?!\}))")


def names(text: str) -> tuple[tuple[str, bool], ...]:
    """The holes of a text: (name, whether it has words to fall back on)."""
    return tuple((m[1], m[2] is not None) for m in _hole().finditer(text))


def fill(text: str, values: Mapping[str, str], edit: str = "{edit}", put: Callable[[str], str] = str) -> str:
    """The text with its holes filled; one without value and without words is left as it is.

    `edit` takes the place of `{edit}`, the mark of the step that carries the change; a value goes through `put`.
    """

    def one(match: re.Match[str]) -> str:
        if match[1] == "edit":
            return edit
        if match[1] in values:
            return put(values[match[1]])
        return match[2] if match[2] is not None else match[0]

    return _hole().sub(one, text)


@cache
def _piece() -> re.Pattern[str]:
    """A block of code, a span of code, or a hole in the words between them."""
    return re.compile(
        r"(?ms:^(?P<margin>[ \t]*)(?P<fence>`{3,})(?P<lines>[^\n]*\n.*?)^[ \t]*(?P=fence)[ \t]*$)"
        r"|(?s:(?P<ticks>`+)(?P<span>.+?)(?<!`)(?P=ticks)(?!`))|" + _hole().pattern
    )


def markdown(text: str, values: Mapping[str, str], edit: str = "{edit}") -> str:
    """Markdown with its holes filled: whatever a value holds, a reader of Markdown shows just that.

    Words to fall back on are the base's own and stay the Markdown that they are.
    """

    def one(match: re.Match[str]) -> str:
        if not _hole().search(match[0]):
            return match[0]
        if match["lines"] is not None:
            return _block(match["margin"], match["fence"], fill(match["lines"], values, put=_one_line))
        if match["span"] is not None:
            return code(fill(match["span"], values))
        return fill(match[0], values, edit, plain)

    return _piece().sub(one, text)


def _one_line(text: str) -> str:
    return " ".join(line for line in text.splitlines() if line.strip())


def _block(margin: str, fence: str, lines: str) -> str:
    """A block of code, its fence longer than what stands at the start of its lines."""
    while any(line.lstrip().startswith(fence) for line in lines.splitlines()[1:]):
        fence += "`"
    return f"{margin}{fence}{lines}{margin}{fence}"


def complete(text: str, values: Mapping[str, str]) -> bool:
    """True when every hole of the text has a value or words to fall back on."""
    return all(has_words or name in values or name == "edit" for name, has_words in names(text))
