"""The lines of community.general's unixy callback: `  web1 failed | msg: could not find job`."""

from __future__ import annotations

import re
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@cache
def _failed() -> re.Pattern[str]:
    return re.compile(
        r"(?P<host>\S{1,200})(?: -> \S{1,200})? (?P<word>failed|unreachable)(?: \| item: (?P<item>[^|]{0,500}))?"
        r"(?: \| (?P<name>msg|error|stdout|stderr): |(?P<json>: )(?=\{))(?P<rest>.*)"
    )


def failed(line: str) -> re.Match[str] | None:
    """A host that failed: `host`, `word`, `item`, and the texts in `rest`."""
    return _failed().match(line) if " failed" in line[:450] or " unreachable" in line[:450] else None


def texts(name: str, rest: str) -> dict[str, Any]:
    """The result behind the bars: msg, stdout and stderr, in this order, each only when it holds something."""
    out: dict[str, Any] = {}
    for after in ("stdout", "stderr", ""):
        head, bar, tail = rest.partition(f" | {after}: ") if after and after != name else (rest, "", "")
        if bar or not after:
            out["msg" if name == "error" else name] = head.rstrip()
            name, rest = after, tail
    return {key: value for key, value in out.items() if key}


def play(line: str) -> bool:
    """`- Deploy on hosts: web -` and `- Play recap -`."""
    return line.startswith("- ") and line.rstrip().endswith(" -") and (" on hosts: " in line or "Play recap" in line)
