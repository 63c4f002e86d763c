"""Findings of `check` as GitHub Actions workflow commands, which become annotations on the changed lines."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.front.forms.values import placed
from assistant.model import Fault


def commands(found: Iterable[tuple[Fault, str]]) -> str:
    """One `::warning …::message` line per fault; each fault comes with the text of its file."""
    return "".join(_command(*pair) + "\n" for pair in found)


def _command(fault: Fault, text: str) -> str:
    value = placed(fault, text)
    properties = {
        "file": fault.path,
        "line": value["line"],
        "col": value["column"],
        "endLine": value["end_line"],
        "title": f"ansible-why {fault.cause}",
    }
    # GitHub takes columns only for a span on a single line; with endColumn a longer one is refused.
    if value["line"] == value["end_line"]:
        properties["endColumn"] = value["end_column"]
    listed = ",".join(f"{name}={_property(str(given))}" for name, given in properties.items())
    return f"::warning {listed}::{_data(f'{fault.message} ({fault.confidence})')}"


def _data(text: str) -> str:
    """Escapes a message as the runner's toolkit does (`escapeData` in actions/toolkit)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escapes the value of a property (`escapeProperty` in actions/toolkit)."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
