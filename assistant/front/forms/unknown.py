"""What can be said of a failure that no cause fits: its own words whole, where it stands, what its module says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress

from assistant.front.forms.clean import shown
from assistant.front.forms.moduledoc import Option, at_fault
from assistant.model import Failure, Finding, Record, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TELLING = ("rc", "cmd", "stderr", "stdout", "module_stderr", "module_stdout", "exception")
"""Fields of a result that say more than its message does."""
HEAD, TAIL, LAST = 10, 4, 5
"""Lines of a message that are kept, of its beginning and its end; lines of what a program printed."""
WIDEST = 1_000
"""Characters of a line."""


class Told(Record):
    """The failure's message by lines, its other telling fields, its place in words, documented options at fault."""

    message: tuple[str, ...]
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    place: str
    options: tuple[Option, ...]


def told(finding: Finding) -> Told:
    """All that can be said without a cause. Reads the module's documentation where Ansible is installed."""
    failure = finding.failure
    said = unwrapped(failure.message)
    options = at_fault(finding.action or failure.module, said, finding.options)
    return Told(shortened(said), tuple(_fields(failure, said)), _place(failure), options)


def unwrapped(message: str) -> str:
    """A message with real line ends: JSON is opened, and where lines are only escaped they become lines."""
    text = message.strip()
    if text[:1] in ("{", '"') and len(text) < 1_000_000:
        with suppress(ValueError, RecursionError):
            text = _opened(json.loads(text))
    # A single \n may be the name of a folder on Windows; nobody writes two of them and no line end.
    if "\n" not in text and text.count("\\n") > 1 and not text.count(":\\"):
        text = text.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\t", "\t").replace('\\"', '"')
    return text if text == message.strip() else shown(text)  # what was escaped may have hidden a secret


def shortened(text: str) -> tuple[str, ...]:
    """The lines of a text; of a long one its beginning and its end, and between them how much is left out."""
    lines = [_cut(line.rstrip()) for line in text.split("\n") if line.strip()]
    left = len(lines) - HEAD - TAIL
    if left <= 1:
        return tuple(lines)
    return (*lines[:HEAD], f"({left} lines left out here)", *lines[-TAIL:])


def marked_place(finding: Finding, texts: Mapping[str, str]) -> tuple[str, Span] | None:
    """The line that Ansible names, or else the failed task, in one of the files that were given."""
    origin = finding.failure.origin or finding.failure.task_origin
    for path, text in texts.items():
        lines = text.split("\n")
        if origin and origin.path.rpartition("/")[2] == path.rpartition("/")[2] and 0 < origin.line <= len(lines):
            start = sum(len(line) + 1 for line in lines[: origin.line - 1]) + max(origin.column - 1, 0)
            end = sum(len(line) + 1 for line in lines[: origin.line]) - 1
            return path, Span(min(start, end), end)
    return (finding.path, finding.span) if finding.span and finding.path in texts else None


def documented(option: Option) -> str:
    """A sentence or two of a module's documentation, and what may be written."""
    choices = f" It may be: {', '.join(option.choices)}." if option.choices else ""
    return f"{option.says}{choices}"


def _opened(value: Any) -> str:
    if isinstance(value, dict):
        inner = value.get("msg") or value.get("message")
        return str(inner) if isinstance(inner, str) else "\n".join(f"{key}: {one}" for key, one in value.items())
    return value if isinstance(value, str) else json.dumps(value)


def _cut(line: str) -> str:
    half = WIDEST // 2
    left = len(line) - WIDEST
    return line if left <= 0 else f"{line[:half]} ({left} characters left out here) {line[-half:]}"


def _fields(failure: Failure, said: str) -> list[tuple[str, tuple[str, ...]]]:
    """What the result holds besides its message, as far as it says something new; of outputs the last lines."""
    found = []
    for name in TELLING:
        value = failure.result.get(name, failure.outer.get(name))
        if value in (None, "", [], {}):
            continue
        text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
        lines = tuple(_cut(line.rstrip()) for line in unwrapped(text).split("\n") if line.strip())
        if lines and "\n".join(lines) not in said:
            found.append((name, lines[-LAST:]))
    return found


def _place(failure: Failure) -> str:
    place = failure.origin or failure.task_origin
    return f"{place.path}:{place.line}" + (f":{place.column}" if place.column else "") if place else ""
