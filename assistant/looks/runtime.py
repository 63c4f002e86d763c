"""What a command says of its own time: sleeps, and commands that take no time at all."""

from __future__ import annotations

import re

from assistant.looks.evidence import ABSENT, literal
from assistant.model import Record, Span, Task, Value

SLEEP = re.compile(r"\bsleep[ \t]{1,9}([0-9]{1,9}(?:\.[0-9]{1,9})?)([smhd]?)(?![\w.{])")
UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
BRANCHES = re.compile(r"\|\||(?<!&)&(?!&)|\bif\b|\bwhile\b|\buntil\b|\btimeout\b|\bfor\b|\bcase\b")
"""What may skip, repeat or cut a sleep: then nothing is said."""
INSTANT = re.compile(r"(?:/usr)?(?:/bin/)?(?:true|false|echo|printf|touch|uname|date|exit|hostname|id|:)\b[^|<`]*$|^$")
"""Commands that are done at once. A pipe, a substitution or a redirected input could make them wait."""


class RunTime(Record):
    """Seconds that a command takes at least, whether that is all it takes, and where it says so."""

    least: float
    exact: bool
    place: Span | None


def run_time(task: Task | None) -> RunTime | None:
    """The time that a task's command itself tells; None when it tells nothing."""
    if task is None or task.module not in ("command", "shell"):
        return None
    for name in ("cmd", "_raw_params", "argv"):
        value = task.args.get(name, ABSENT)
        text = _text(value, task)
        if text:
            return _time(text, value.node.span if value.node else None)
    return None


def _text(value: Value, task: Task) -> str:
    if value.known:
        return " ".join(map(str, value.value)) if isinstance(value.value, list) else str(value.value or "")
    written = value.node.text if value.node else ""
    return _with_items(written, task) if "item" in written else ""


def _with_items(written: str, task: Task) -> str:
    """The command of the longest item, when the loop is a list of numbers and only `item` is filled in."""
    items = literal(task.get("loop"), list) or literal(task.get("with_items"), list) or []
    numbers = [item for item in items if isinstance(item, int | float)]
    if not numbers or len(numbers) != len(items):
        return ""
    filled = re.sub(r"\{\{\s{0,9}item\s{0,9}\}\}", str(max(numbers)), written)
    return "" if "{{" in filled or "{%" in filled else filled


def _time(text: str, place: Span | None) -> RunTime | None:
    if BRANCHES.search(text):
        return None
    parts = [part.strip() for part in re.split(r"&&|;|\n", text)]
    sleeps = [float(m[1]) * UNITS[m[2]] for part in parts if (m := SLEEP.fullmatch(part))]
    exact = all(SLEEP.fullmatch(part) or INSTANT.match(part) for part in parts)
    if exact:
        return RunTime(sum(sleeps), True, place)
    return RunTime(max(sleeps), False, place) if sleeps else None
