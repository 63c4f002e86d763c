"""Parsing: text in, PyYAML's events out, with offsets that count from the start of the text as given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from assistant.source.errors import error_at, translated
from assistant.source.lines import BOM

MAX_SIZE = 10_000_000
# What libyaml (src/reader.c) refuses to read; the same set in PyYAML's reader.
FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What can be open at the end of a text that was cut off.
_OPEN = re.compile("quoted scalar|flow|simple key")


def events(text: str, pure: bool = False) -> Iterator[tuple[Any, int, int]]:
    """PyYAML's events of `text`, each with the offsets of its start and end.

    Uses libyaml where PyYAML was built with it, unless `pure` asks for the Python parser. Raises
    SourceError for text that is too large, holds control characters or is not YAML.
    """
    _refuse(text)
    from yaml.error import MarkedYAMLError

    parser = _parser(pure)(text)
    # Both parsers take a leading mark off before they start to count.
    shift = 1 if text.startswith(BOM) else 0
    end = shift
    try:
        while (event := parser.get_event()) is not None:
            end = event.end_mark.index + shift
            yield event, event.start_mark.index + shift, end
    except UnicodeDecodeError:
        raise translated(text, end, "while parsing a tag", "") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        index = mark.index + shift if mark else 0
        failure = translated(text, index, error.context or "", error.problem or "")
        if error.context_mark and _OPEN.search(error.context or ""):
            failure.opened = error.context_mark.index + shift
        raise failure from None
    finally:
        parser.dispose()


def _refuse(text: str) -> None:
    if len(text) > MAX_SIZE:
        raise error_at(text, 0, f"The text is larger than {MAX_SIZE:,} characters.", "Give only the part that failed.")
    bad = FORBIDDEN.search(text)
    if bad:
        name = f"U+{ord(bad.group()):04X}"
        raise error_at(text, bad.start(), f"The character {name} cannot stand in YAML.", "Delete it.")


def _is_pure(pure: bool) -> bool:
    return pure or not has_libyaml()


@cache
def has_libyaml() -> bool:
    """True when PyYAML was built with libyaml here."""
    try:
        from yaml import _yaml  # noqa: F401
    except ImportError:
        return False
    return True


def _parser(pure: bool) -> Any:
    if _is_pure(pure):
        from assistant.source.pure import PureParser

        return PureParser
    from yaml._yaml import CParser

    return CParser
