"""Results read however they were mangled: JSON, a Python repr, cut off, with pieces elided. Never an exception.

`json` reads what is sound; this reader takes the rest token by token without recursion, so that neither
depth nor length can hurt it.
"""

from __future__ import annotations

import json
import re
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_DEPTH = 100
"""Results nest 5 or 6 deep in life; `json.loads` would end in a RecursionError at about 1,000."""

_WORDS: dict[str, Any] = {
    "true": True, "True": True, "false": False, "False": False, "null": None, "None": None,
}  # fmt: skip


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(
        r"""(?P<s>"(?>[^"\\]+|\\.)*+(?P<e>"?)|'(?>[^'\\]+|\\.)*+(?P<f>'?))|(?P<p>[{}\[\](),:])|(?P<w>[^\s{}\[\](),:"']++)""",
        re.S,
    )


@cache
def _brackets() -> re.Pattern[str]:
    return re.compile(r'"(?>[^"\\]+|\\.)*+"?|[{\[]|[}\]]', re.S)


def depth(text: str) -> int:
    """How deep a JSON text nests."""
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return 0
    level = deepest = 0
    for found in _brackets().finditer(text):
        char = found.group()[0]
        if char in "{[":
            level += 1
            deepest = max(deepest, level)
        elif char in "}]":
            level -= 1
    return deepest


def read(text: str) -> tuple[dict[str, Any] | None, bool]:
    """A result as a mapping, and whether it was read only in part; (None, True) when nothing can be read.

    Nesting beyond 100 is refused: (None, True).
    """
    if depth(text) > MAX_DEPTH:
        return None, True
    try:
        value = json.loads(text, strict=False)
        return (value, False) if isinstance(value, dict) else (None, True)
    except (ValueError, RecursionError):
        return _salvage(text)


def strict(text: str) -> Any:
    """The JSON value of a whole text, or None when it is not sound JSON or nests too deep."""
    if depth(text) > MAX_DEPTH:
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


class _Builder:
    """Containers under construction; what is malformed is left out and marks the whole as partial."""

    def __init__(self) -> None:
        self.root: dict[str, Any] | None = None
        self.stack: list[tuple[Any, str]] = []
        self.key: str | None = None
        self.want_value = False
        self.partial = False

    def open(self, char: str) -> bool:
        new: Any = {} if char == "{" else []
        if not self.stack:
            if char != "{":
                return False
            self.root = new
        else:
            self.put(new)
        self.stack.append((new, char))
        self.key, self.want_value = None, char != "{"
        return len(self.stack) <= MAX_DEPTH

    def close(self) -> None:
        self.stack.pop()
        self.key, self.want_value = None, bool(self.stack) and self.stack[-1][1] != "{"

    def put(self, value: Any) -> None:
        if not self.stack:
            return
        holder, char = self.stack[-1]
        if char != "{":
            holder.append(value)
        elif self.key is not None and self.want_value:
            holder[self.key] = value
            self.key, self.want_value = None, False
        else:
            self.partial = True

    def name(self, text: str) -> None:
        """A text where a mapping's key may stand."""
        if self.key is not None or self.want_value:
            self.partial = True
        self.key = text


def _salvage(text: str) -> tuple[dict[str, Any] | None, bool]:
    build = _Builder()
    at = 0
    for found in _tokens().finditer(text):
        at = found.end()
        kind = found.lastgroup
        if kind == "p":
            if not _punctuation(build, found.group()):
                return None, True
            if build.root is not None and not build.stack:
                break
        elif kind in ("s", "e", "f"):
            _string(build, found)
        else:
            _word(build, found.group("w"))
    done = build.root is not None and not build.stack
    return build.root or None, build.partial or not done or not build.root or bool(text[at:].strip())


def _punctuation(build: _Builder, char: str) -> bool:
    if char in "{[(":
        return build.open(char)
    if char in "}])":
        if build.stack:
            build.close()
    elif char == ":":
        build.want_value = build.key is not None or build.want_value
    elif build.stack and build.stack[-1][1] == "{":
        build.key, build.want_value = None, False
    return True


def _string(build: _Builder, found: re.Match[str]) -> None:
    raw = found.group("s")
    closed = bool(found.group("e") or found.group("f"))
    text = unescape(raw[1:-1] if closed else raw[1:])
    in_map = bool(build.stack) and build.stack[-1][1] == "{"
    if in_map and not build.want_value:
        build.name(text)
    else:
        build.put(text)
    build.partial = build.partial or not closed


def _word(build: _Builder, word: str) -> None:
    in_map = bool(build.stack) and build.stack[-1][1] == "{"
    if word in ("u", "b", "AnsibleUnsafeText", "AnsibleUnicode"):
        return
    if in_map and not build.want_value:
        build.partial = True
        return
    if word in _WORDS:
        build.put(_WORDS[word])
        return
    try:
        build.put(int(word) if len(word) < 30 and word.lstrip("-").isdigit() else float(word))
    except ValueError:
        build.partial = True


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "a": "\a", "v": "\v"}


def unescape(raw: str) -> str:
    """A text with its backslash escapes (JSON's and Python's) resolved."""
    if "\\" not in raw:
        return raw
    return _escape().sub(_unescape_one, raw)


@cache
def _escape() -> re.Pattern[str]:
    return re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)


def _unescape_one(found: re.Match[str]) -> str:
    code = found.group(1)
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _ESCAPES.get(code, code)
