"""What was read, gathered into failures: folded, ignored and rescued ones told apart, evidence attached."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from functools import cache
from typing import Any

from assistant import redact
from assistant.model import Failure, Origin, Seen
from assistant.paste import errors, peel

MAX_SEEN = 40
MAX_HOSTS = 2_000
MAX_GROUPS = 500
MAX_NOTES = 200
_VOLATILE = frozenset(("invocation", "warnings", "deprecations", "exception", "stderr_lines", "stdout_lines", "diff"))


class Entry:
    """A line worth remembering; a failure's kind is "failed" until it is known to be ignored."""

    __slots__ = ("clean", "host", "kind", "line", "result", "task", "text")

    def __init__(self, kind: str, host: str, task: str, result: Mapping[str, Any], text: str, line: int) -> None:
        self.kind, self.host, self.task, self.result, self.text, self.line = kind, host, task, result, text, line
        self.clean: Seen | None = None


class Group:
    """Failures alike: the first of them, what was seen before it, and where it happened in earnest."""

    def __init__(self, failure: Failure, seen: list[Entry]) -> None:
        self.failure = failure
        self.seen = seen
        self.hosts: dict[str, None] = {}
        self.count = 0

    def settle(self, host: str, count: int) -> None:
        """Count a hit that stopped something."""
        self.count += count
        if len(self.hosts) < MAX_HOSTS:
            self.hosts.setdefault(host)


class Collector:
    """Takes what the parser reads, in order; `finish` gives failures and notes."""

    def __init__(self) -> None:
        self.groups: dict[Any, Group] = {}
        self.notes: list[str] = []
        self.secrets = 0
        self._seen: dict[str, deque[Entry]] = {}
        self._task_hits: list[tuple[Group, str, Entry, int]] = []
        self._run_hits: list[tuple[int, Group, str, Entry, int]] = []
        self._ignorings = 0
        self._task_number = 0
        self._last_host: str | None = None
        self._ignored_hosts: set[str] = set()

    def note(self, text: str) -> None:
        """Remember a sentence for the reader, within reason."""
        if len(self.notes) < MAX_NOTES:
            self.notes.append(text)

    def saw(self, entry: Entry) -> None:
        """Remember a line as evidence for what fails later."""
        if entry.host not in self._seen and len(self._seen) >= MAX_HOSTS:
            del self._seen[next(iter(self._seen))]
        self._seen.setdefault(entry.host, deque(maxlen=MAX_SEEN)).append(entry)
        if entry.kind in ("ok", "launch", "skipped"):
            self._last_host = entry.host

    def _evidence(self, host: str) -> list[Entry]:
        mine = list(self._seen.get(host, ()))
        if host:
            mine += self._seen.get("", ())
            mine.sort(key=lambda entry: entry.line)
        return mine[-MAX_SEEN:]

    def failed(self, base: Failure, item: bool, polled: bool, text: str) -> None:
        """Take a failure whose `outer` is the result as printed; it is peeled, folded and kept for the recap."""
        entry = Entry("failed", base.host, base.task, base.outer, text, base.lines[0])
        for peeled in peel.peel(base.outer, item, polled):
            said = peel.message(peeled.result) or (base.message if not peel.message(base.outer) else "")
            origin = base.origin or errors.appears(str(peeled.result.get("msg", "")))
            kind = "unreachable" if peeled.result.get("unreachable") else base.kind
            whole = base._replace(
                message=said, result=peeled.result, outer=peeled.outer, layers=peeled.layers, kind=kind,
                origin=origin, task_origin=base.task_origin or origin,
            )  # fmt: skip
            self._keep(whole, entry)
        self.saw(entry)
        self._last_host = base.host

    def _keep(self, failure: Failure, entry: Entry) -> None:
        key = _likeness(failure)
        group = self.groups.get(key)
        if group is None:
            if len(self.groups) >= MAX_GROUPS:
                return
            group = self.groups[key] = Group(failure, self._evidence(failure.host))
        self._task_hits.append((group, failure.host, entry, 1))
        if len(self._task_hits) > 10_000:
            self.end_task()

    def ignoring(self) -> None:
        """`...ignoring` was printed: the host that failed last in this task goes on."""
        self._ignorings += 1
        if self._last_host is not None:
            self._ignored_hosts.add(self._last_host)

    def end_task(self) -> None:
        """A new task begins: what failed in the last one and was not ignored waits for the recap."""
        hosts = {host for _, host, _, _ in self._task_hits}
        everybody = self._ignorings >= len(hosts) > 0
        ignored = []
        for group, host, entry, count in self._task_hits:
            if everybody or host in self._ignored_hosts:
                ignored.append(entry)
            else:
                self._run_hits.append((self._task_number, group, host, entry, count))
        self._spare(ignored, "ignored")
        self._task_hits = []
        self._ignored_hosts = set()
        self._ignorings = 0
        self._task_number += 1
        self._last_host = None
        if len(self._run_hits) > 20_000:
            self._settle({})

    def recap(self, counts: Mapping[str, tuple[int, int, int]]) -> None:
        """The PLAY RECAP: host to (failed + unreachable, rescued, ignored). Settles what failed in this run.

        The last tasks that failed on a host are those that count; what failed before them was rescued.
        """
        self.end_task()
        self._settle(counts)

    def _settle(self, counts: Mapping[str, tuple[int, int, int]]) -> None:
        tasks: dict[str, list[int]] = {}
        for number, _, host, _, _ in self._run_hits:
            if number not in tasks.setdefault(host, []):
                tasks[host].append(number)
        spared: dict[tuple[int, str], list[Entry]] = {}
        for number, group, host, entry, count in self._run_hits:
            stopped, rescued, ignored = counts.get(host, (-1, 0, 0))
            most = len(tasks[host]) - stopped if stopped >= 0 and (rescued or ignored or not stopped) else 0
            if number in tasks[host][: max(most, 0)]:
                spared.setdefault((number, "rescued" if rescued else "ignored"), []).append(entry)
            else:
                group.settle(host, count)
        for (_, how), entries in spared.items():
            self._spare(entries, how)
        self._run_hits = []

    def _spare(self, entries: list[Entry], how: str) -> None:
        """These failures of one task stopped nothing: one note, and evidence for what fails later."""
        lines = sorted({entry.line for entry in entries if entry.kind != "ignored"})
        for entry in entries:
            entry.kind = "ignored"
        if lines:
            more = f" ({len(lines)} times, the last on line {lines[-1]})" if len(lines) > 1 else ""
            self.note(f"line {lines[0]}: failed and was {how}{more}")

    def finish(self) -> tuple[Failure, ...]:
        """All failures that stopped something, in the order of the paste, clean of secrets."""
        self.end_task()
        self._settle({})
        return tuple(self._clean(group) for group in self.groups.values() if group.count)

    def _clean(self, group: Group) -> Failure:
        failure = group.failure
        bare = not failure.outer  # else the message was counted in the result
        outer = self.value(failure.outer)
        hosts = tuple(self.line(host) for host in group.hosts if host)
        return failure._replace(
            host=hosts[0] if hosts else "", hosts=hosts, count=group.count,
            task=self.line(failure.task), module=self.line(failure.module),
            message=self.text(failure.message, count=bare),
            chain=tuple(self.text(part, count=bare) for part in failure.chain), outer=outer,
            result=outer if failure.result is failure.outer else self.value(failure.result, count=False),
            origin=self._place(failure.origin), task_origin=self._place(failure.task_origin),
            seen=tuple(self._seen_of(entry) for entry in group.seen if entry.kind != "failed"),
        )  # fmt: skip

    def _place(self, origin: Origin | None) -> Origin | None:
        return origin and origin._replace(path=self.line(origin.path))

    def _seen_of(self, entry: Entry) -> Seen:
        """An entry is evidence for several failures; it is cleaned once."""
        if entry.clean is None:
            entry.clean = Seen(
                entry.kind, self.line(entry.host), self.line(entry.task), self.value(entry.result, count=False),
                self.line(entry.text), entry.line,
            )  # fmt: skip
        return entry.clean

    def text(self, text: str, count: bool = True) -> str:
        """A text without control characters and secrets."""
        clean, n = redact.text(redact.controls(text))
        self.secrets += n if count else 0
        return clean

    def line(self, text: str) -> str:
        """The same for what is no place of secrets in itself, so that none is counted twice."""
        return self.text(text, count=False)

    def value(self, value: Mapping[str, Any], count: bool = True) -> dict[str, Any]:
        """A result without control characters and secrets."""
        clean, n = redact.value(_calm(value))
        self.secrets += n if count else 0
        return dict(clean)


def _calm(value: Any) -> Any:
    if isinstance(value, str):
        return redact.controls(value)
    if isinstance(value, Mapping):
        return {redact.controls(str(key)): _calm(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_calm(inner) for inner in value]
    return value


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(r"\d+")


def _plain(text: str, host: str) -> str:
    text = text[:2000].replace(host, "") if host else text[:2000]
    return _digits().sub("0", text)


def _likeness(failure: Failure) -> tuple[Any, ...]:
    """Two failures with the same likeness are one failure that happened twice."""
    result = failure.result
    stderr = result.get("stderr")
    last = stderr.strip().rpartition("\n")[2] if isinstance(stderr, str) else ""
    return (
        failure.task, failure.kind, failure.layers, _plain(failure.message, failure.host), str(result.get("rc")),
        bool(result.get("finished")), _plain(last, failure.host), frozenset(result) - _VOLATILE, failure.truncated,
    )  # fmt: skip
