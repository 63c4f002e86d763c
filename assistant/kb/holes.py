"""Holes in an entry's text, filled in one pass: `{name}` and `{name|words when it is not known}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache


@cache
def _hole() -> re.Pattern[str]:
    # The guards on both sides leave {{ jinja }} alone; a filled value is never looked at again.
    return re.compile(r"(?<!\{)\{([a-z_]+)(?:\|([^{}|]*))?\}(?!\})")


def names(text: str) -> tuple[tuple[str, bool], ...]:
    """The holes of a text: (name, whether it has words to fall back on)."""
    return tuple((m[1], m[2] is not None) for m in _hole().finditer(text))


def fill(text: str, values: Mapping[str, str], edit: str = "{edit}") -> str:
    """The text with its holes filled; one without value and without words is left as it is.

    `edit` takes the place of `{edit}`, the mark of the step that carries the change.
    """

    def one(match: re.Match[str]) -> str:
        if match[1] == "edit":
            return edit
        return values.get(match[1], match[2] if match[2] is not None else match[0])

    return _hole().sub(one, text)


def complete(text: str, values: Mapping[str, str]) -> bool:
    """True when every hole of the text has a value or words to fall back on."""
    return all(has_words or name in values or name == "edit" for name, has_words in names(text))
