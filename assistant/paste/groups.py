"""Failures alike, folded into one; and the lines that are evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from assistant.model import Failure, Seen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_HOSTS = 2_000
_VOLATILE = frozenset(("invocation", "warnings", "deprecations", "exception", "stderr_lines", "stdout_lines", "diff"))


class Entry:
    """A line worth remembering; a failure's kind is "failed" until it is known to be ignored."""

    __slots__ = ("clean", "host", "kind", "line", "ran_on", "result", "task", "text")

    def __init__(
        self, kind: str, host: str, task: str, result: Mapping[str, Any], text: str, line: int, ran_on: str = ""
    ) -> None:
        self.kind, self.host, self.task, self.result, self.text, self.line = kind, host, task, result, text, line
        self.ran_on = ran_on
        self.clean: Seen | None = None


class Group:
    """Failures alike: the first of them, what was seen before it, where it happened in earnest, where it did not."""

    def __init__(self, failure: Failure, seen: list[Entry]) -> None:
        self.failure = failure
        self.seen = seen
        self.hosts: dict[str, None] = {}
        self.count = 0
        self.spared = ""
        """"ignored" or "rescued", where that happened first to one of them."""
        self.spared_hosts: dict[str, None] = {}
        self.spared_count = 0
        self.whole = False
        """The recap counts no task on its host that the paste does not show."""

    def settle(self, host: str, count: int) -> None:
        """Count a hit that stopped something."""
        self.count += count
        if len(self.hosts) < MAX_HOSTS:
            self.hosts.setdefault(host)

    def spare(self, host: str, count: int, how: str) -> None:
        """Count a hit that was ignored or rescued."""
        self.spared = self.spared or how
        self.spared_count += count
        if len(self.spared_hosts) < MAX_HOSTS:
            self.spared_hosts.setdefault(host)


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(r"\d+")


def _plain(text: str, host: str) -> str:
    text = text[:2000].replace(host, "") if host else text[:2000]
    return _digits().sub("0", text)


def likeness(failure: Failure) -> tuple[Any, ...]:
    """Two failures with the same likeness are one failure that happened twice."""
    result = failure.result
    stderr = result.get("stderr")
    last = stderr.strip().rpartition("\n")[2] if isinstance(stderr, str) else ""
    return (
        failure.task, failure.kind, failure.layers, _plain(failure.message, failure.host), str(result.get("rc")),
        bool(result.get("finished")), _plain(last, failure.host), frozenset(result) - _VOLATILE, failure.truncated,
    )  # fmt: skip
