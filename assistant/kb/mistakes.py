"""Reading the YAML of the base with strings only, every value with its line, every mistake collected."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any


class Words(str):
    """A string of the base that knows the line it stands on."""

    line: int

    def __new__(cls, text: str, line: int) -> Words:
        """`line` from 1."""
        self = super().__new__(cls, text)
        self.line = line
        return self


class Mistakes:
    """Collects what is wrong, so that one run shows all of it."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.lacking: set[str] = set()
        """Those that a beginning has: something is not there yet, and nothing is wrong with the rest."""

    def add(self, path: str, line: int, text: str) -> None:
        """One mistake: where, and what to do."""
        self.found.append(f"{path}:{line}: {text}")

    def lacks(self, path: str, line: int, text: str) -> None:
        """Something that is still missing."""
        self.add(path, line, text)
        self.lacking.add(self.found[-1])

    def unknown(self, path: str, line: int, what: str, word: str, expected: Iterable[str]) -> None:
        """A word that is none of the expected ones."""
        self.add(path, line, f'unknown {what} "{word}"; expected one of {", ".join(sorted(expected))}')


def line_of(value: Any, otherwise: int = 1) -> int:
    """The line of a value read by `read_yaml`, or of the first thing in it."""
    if isinstance(value, Words):
        return value.line
    inside = list(value) if isinstance(value, dict | list) else []
    return line_of(inside[0], otherwise) if inside else otherwise


def read_yaml(text: str, path: str, mistakes: Mistakes, first_line: int = 1) -> Any:
    """The YAML as dicts, lists and `Words`; None (and a mistake) when it cannot be read.

    Strings only, so that `yes` stays a word and 1.10 keeps its nought. `first_line` is the line of the
    text's first line in its file.
    """
    import yaml

    try:
        node = _composed(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        mistakes.add(path, first_line + (mark.line if mark else 0), f"not readable as YAML: {error}".replace("\n", " "))
        return None
    return _plain(node, path, mistakes, first_line) if node is not None else {}


def _composed(text: str) -> Any:
    """The nodes of a text, by libyaml where PyYAML has it, which is ten times as quick; its errors say less."""
    import yaml

    with suppress(AttributeError, yaml.YAMLError):
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _plain(node: Any, path: str, mistakes: Mistakes, first: int) -> Any:
    line = node.start_mark.line + first
    if node.id == "scalar":
        return Words(node.value, line)
    if node.id == "sequence":
        return [_plain(item, path, mistakes, first) for item in node.value]
    pairs: dict[Any, Any] = {}
    for key, value in node.value:
        name = Words(key.value, key.start_mark.line + first)
        if name in pairs:
            mistakes.add(path, name.line, f'"{name}" stands twice; keep one')
        pairs[name] = _plain(value, path, mistakes, first)
    return pairs
