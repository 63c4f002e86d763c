"""What a command says of its own time: sleeps, and commands that take no time at all."""

from __future__ import annotations

import re

from assistant.looks.evidence import ABSENT, literal
from assistant.model import Record, Span, Task, Value

# Texts, not compiled patterns: a paste without its task comes by here and needs none of them.
DURATION = r"([0-9]{1,9}(?:\.[0-9]{1,9})?)([smhd]?)"
SLEEP = r"(?:sudo[ \t]{1,9})?(?:/usr)?(?:/bin/)?sleep[ \t]{1,9}" + DURATION
UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
QUOTED = r"""\\.|'[^']*'|"(?:[^"\\]|\\.)*\""""
"""Words in quotes are a command's arguments, whatever they say; so is what stands behind a backslash."""
SHELL = r"""(?:sudo[ \t]{1,9})?(?:/usr)?(?:/bin/)?(?:ba|da|z)?sh[ \t]{1,9}-[a-z]{0,3}c[ \t]{1,9}(?='|")"""
COMMENT = r"(?m)(?:^|(?<=\s))#.*"
BRANCHES = (
    r"\|\||(?<![&>])&(?![&>])|<<|\(\)|\b(?:if|while|until|for|case)\b"
    r"|(?:^|[;&\n])[ \t]*(?:!|\[|test\b|[ep]?grep\b|pidof\b)[^;&\n]{0,2000}&&"
)
"""What may skip, repeat or cut a sleep: then nothing is said."""
INSTANT = r"(?:/usr)?(?:/bin/)?(?:true|false|echo|printf|touch|uname|date|hostname|id|exit|:)(?![\w./-])[^|<`]*$|^$"
"""Commands that are done at once. A pipe, a substitution or a redirected input could make them wait."""
ENDLESS = (
    r"^\s*(?:sudo\s+)?(?:tail\s+(?:\S+\s+)?-[fF]\b|journalctl\s+(?:\S+\s+)?-f\b|sleep\s+inf(?:inity)?\b|watch\s|cat\s*$"
    r"|read\b|kubectl\s+logs\s+-f\b|docker\s+logs\s+-f\b)"
)
"""Commands that end only when they are ended."""


class RunTime(Record):
    """Seconds that a command takes at least, whether that is all it takes, where it says so, and whether it has
    something to do after its last sleep."""

    least: float
    exact: bool
    place: Span | None
    works: bool = True


def run_time(task: Task | None) -> RunTime | None:
    """The time that a task's command itself tells; None when it tells nothing."""
    if task is None or task.module not in ("command", "shell"):
        return None
    for name in ("cmd", "_raw_params", "argv"):
        value = task.args.get(name, ABSENT)
        text = _text(value, task)
        if text:
            place = value.node.span if value.node else None
            return _time(_parts(text) if task.module == "shell" else [text.strip()], place)
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


def _parts(text: str) -> list[str]:
    """The commands that a shell runs one after the other, quoted words blank; none when it need not run them all."""
    text = text.strip()
    inner = re.match(SHELL, text)
    if inner and re.fullmatch(QUOTED, text[inner.end() :]):
        text = text[inner.end() + 1 : -1]
    elif text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1]
    bare = re.sub(COMMENT, "", re.sub(QUOTED, "''", text))
    if re.search(BRANCHES, bare):
        return []
    parts = [part.strip() for part in re.split(r"&&|;|\n", bare)]
    last = next((at for at, part in enumerate(parts) if part.split()[:1] == ["exit"]), len(parts))
    return [part for part in parts[: last + 1] if part]


def _time(parts: list[str], place: Span | None) -> RunTime | None:
    told = [_seconds(part) for part in parts]
    sleeps = [seconds for seconds in told if seconds is not None]
    exact = bool(parts) and all(re.fullmatch(SLEEP, part) or re.match(INSTANT, part) for part in parts)
    if not exact and not sleeps:
        return None
    return RunTime(sum(sleeps), exact, place, not re.search(SLEEP, parts[-1]))


def _seconds(part: str) -> float | None:
    """Seconds that one command takes at least: a sleep, and a timeout around a sleep or what never ends."""
    limit, command = _within(part)
    slept = re.fullmatch(SLEEP, command)
    if slept:
        return min(_amount(slept[1], slept[2]), limit)
    return limit if limit < float("inf") and re.match(ENDLESS, command) else None


def _within(part: str) -> tuple[float, str]:
    """For `timeout -k 5 1m COMMAND`: its seconds and the command; for any other command no limit and itself."""
    words = part.split()
    if words[:1] != ["timeout"]:
        return float("inf"), part
    at = 1
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in ("-k", "-s", "--kill-after", "--signal") else 1
    limit = re.fullmatch(DURATION, words[at]) if at < len(words) else None
    seconds = _amount(limit[1], limit[2]) if limit else 0
    return seconds or float("inf"), " ".join(words[at + 1 :])  # a timeout of 0 is none (timeout(1))


def _amount(number: str, unit: str) -> float:
    return float(number) * UNITS[unit]
