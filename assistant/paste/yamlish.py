"""The YAML that Ansible's callbacks print as results, read without PyYAML: the quick path must not pay for it.

Covers what a dumped mapping can hold: nested maps and lists, plain, quoted and block scalars, flow
containers on one line. Indentation may be by any number; what cannot be read is left out, never an error.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.paste import lenient

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MAX_DEPTH = 60


@cache
def _entry() -> re.Pattern[str]:
    return re.compile(
        r"(?P<key>\"[^\"]{1,200}\"|'[^']{1,200}'|[^\s#'\"\[\]{}:,][^:]{0,200}?):(?:[ \t]+(?P<value>.*))?$"
    )


class _Lines:
    """The lines of one result, as (indent, text without it)."""

    def __init__(self, lines: list[str]) -> None:
        self.rows = [(len(line) - len(line.lstrip()), line.strip()) for line in lines]
        self.raw = lines
        self.at = 0

    def skip_blank(self) -> None:
        while self.at < len(self.rows) and not self.rows[self.at][1]:
            self.at += 1

    @property
    def row(self) -> tuple[int, str] | None:
        self.skip_blank()
        return self.rows[self.at] if self.at < len(self.rows) else None


def read(lines: list[str]) -> tuple[dict[str, Any] | None, bool]:
    """The mapping that these lines spell, and whether a line was left out; (None, True) when it is none."""
    source = _Lines(lines)
    row = source.row
    if row is None or not _entry().match(row[1]):
        return None, True
    bad: list[int] = []
    result = _mapping(source, row[0], 0, bad)
    while source.row is not None:
        bad.append(source.at)
        source.at += 1
        row = source.row
        if row is not None and _entry().match(row[1]):
            result |= {k: v for k, v in _mapping(source, row[0], 0, bad).items() if k not in result}
    return result or None, bool(bad)


def _mapping(source: _Lines, indent: int, depth: int, bad: list[int]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    while (row := source.row) is not None and row[0] == indent:
        found = _entry().match(row[1])
        if found is None or row[1].startswith("- ") or row[1] == "-":
            break
        source.at += 1
        key = found.group("key")
        key = key[1:-1] if key[0] in "\"'" else key
        out[key] = _value(source, (found.group("value") or "").strip(), indent, depth, bad)
    return out


def _value(source: _Lines, text: str, indent: int, depth: int, bad: list[int]) -> Any:
    if not text:
        return _nested(source, indent, depth, bad)
    if text[0] in "|>" and len(text) <= 4:
        return _block(source, text, indent)
    if text[0] in "\"'":
        return _quoted(source, text, indent)
    if text[0] in "{[":
        return _flow(text)
    return scalar(_folded(source, text, indent))


def _nested(source: _Lines, indent: int, depth: int, bad: list[int]) -> Any:
    row = source.row
    if row is None or depth > _MAX_DEPTH:
        return None
    if row[1].startswith("- ") or row[1] == "-":
        return _sequence(source, row[0], depth + 1, bad) if row[0] >= indent else None
    return _mapping(source, row[0], depth + 1, bad) if row[0] > indent else None


def _sequence(source: _Lines, indent: int, depth: int, bad: list[int]) -> list[Any]:
    out: list[Any] = []
    while (row := source.row) is not None and row[0] == indent and (row[1].startswith("- ") or row[1] == "-"):
        text = row[1][1:].strip()
        inner = indent + len(row[1]) - len(row[1][1:].lstrip()) if text else indent + 2
        if text and text[0] not in "\"'{[|>" and _entry().match(text):
            source.rows[source.at] = (inner, text)
            out.append(_mapping(source, inner, depth + 1, bad) if depth < _MAX_DEPTH else None)
            continue
        source.at += 1
        out.append(_value(source, text, indent, depth, bad))
    return out


def _block(source: _Lines, style: str, indent: int) -> str:
    rows: list[str] = []
    start = source.at
    while source.at < len(source.rows) and (source.rows[source.at][0] > indent or not source.rows[source.at][1]):
        source.at += 1
    margin = min((r[0] for r in source.rows[start : source.at] if r[1]), default=0)
    rows = [raw[margin:].rstrip("\n") for raw in source.raw[start : source.at]]
    while rows and not rows[-1].strip():
        rows.pop()
    joined = "\n".join(rows) if style[0] == "|" else _fold(rows)
    return joined if "-" in style else joined + "\n"


def _fold(rows: list[str]) -> str:
    return " ".join(row.strip() for row in rows).strip()


def _folded(source: _Lines, text: str, indent: int) -> str:
    """A plain scalar that goes on in deeper lines."""
    parts = [text]
    while (row := source.row) is not None and row[0] > indent:
        parts.append(row[1])
        source.at += 1
    return " ".join(parts)


def _quoted(source: _Lines, text: str, indent: int) -> str:
    quote = text[0]
    parts = [text]
    while not _closed(parts[-1], quote, first=len(parts) == 1) and source.at < len(source.rows):
        blank = 0
        while source.at < len(source.rows) and not source.rows[source.at][1]:
            blank += 1
            source.at += 1
        if source.at >= len(source.rows) or source.rows[source.at][0] <= indent:
            break
        parts.append("\n" * blank + source.rows[source.at][1])
        source.at += 1
    return _unquote(parts, quote)


def _closed(part: str, quote: str, first: bool) -> bool:
    body = part[1:] if first else part
    if quote == "'":
        return body.endswith("'") and (len(body) - len(body.rstrip("'"))) % 2 == 1
    stem = body[:-1]
    return body.endswith('"') and (len(stem) - len(stem.rstrip("\\"))) % 2 == 0


def _unquote(parts: list[str], quote: str) -> str:
    text = parts[0]
    for part in parts[1:]:
        if quote == '"' and text.endswith("\\"):
            text = text[:-1] + (part.lstrip("\n")[1:] if part.lstrip("\n").startswith("\\ ") else part.lstrip("\n"))
        else:
            text += part if part.startswith("\n") else " " + part
    body = text[1:-1] if len(text) > 1 and text.endswith(quote) else text[1:]
    return body.replace("''", "'") if quote == "'" else lenient.unescape(body)


def _flow(text: str) -> Any:
    value = lenient.read('{"v": ' + text + "}")[0]
    return value.get("v", text) if value else text


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"[-+]?\d{1,18}(\.\d{1,18})?$")


def scalar(text: str) -> Any:
    """A plain scalar by YAML's rules as Ansible dumps them: true/false/null, numbers, else the text."""
    low = text.lower()
    if low in ("true", "false"):
        return low == "true"
    if low in ("null", "~", ""):
        return None
    if _number().match(text):
        return float(text) if "." in text else int(text)
    return text
