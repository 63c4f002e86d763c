"""What was read, gathered into failures: folded, ignored and rescued ones told apart, evidence attached."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from assistant.model import Failure
from assistant.paste import errors, peel
from assistant.paste.groups import MAX_HOSTS, Entry, Group, likeness
from assistant.paste.tidy import Tidy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_SEEN = 40
MAX_GROUPS = 500
MAX_NOTES = 200
LOOP_ENDS = ("One or more items failed", "All items completed")
"""What the end of a loop says of itself where its items were shown before it (executor/task_executor.py)."""

Hit = tuple[Group, str, Entry, int]
"""A failure that is like others, its host, its line, and how many it stands for."""


class Collector:
    """Takes what the parser reads, in order; `finish` gives failures and notes."""

    def __init__(self) -> None:
        self.groups: dict[Any, Group] = {}
        self.notes: list[str] = []
        self.tidy = Tidy()
        self._seen: dict[str, deque[Entry]] = {}
        self._task_hits: list[Hit] = []
        self._run_hits: list[tuple[int, Group, str, Entry, int]] = []
        self._latest: list[Group] = []
        self._full = False
        self._spared = True
        """Something was ignored since room was last looked for."""
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
        self._last_host = base.host
        if self._told_by_items(base):
            return
        entry = Entry("failed", base.host, base.task, base.outer, text, base.lines[0])
        self._latest = []
        for peeled in peel.peel(base.outer, item, polled):
            said = peel.message(peeled.result) or (base.message if not peel.message(base.outer) else "")
            origin = base.origin or errors.appears(str(peel.words(peeled.result)))
            kind = "unreachable" if peeled.result.get("unreachable") else base.kind
            whole = base._replace(
                message=said, result=peeled.result, outer=peeled.outer, layers=peeled.layers, kind=kind,
                origin=origin, task_origin=base.task_origin or origin,
            )  # fmt: skip
            self._keep(whole, entry)
        self.saw(entry)

    def _told_by_items(self, end: Failure) -> bool:
        """Whether this is the end of a loop whose items failed before it: it adds nothing to what they said."""
        if end.outer.get("msg") not in LOOP_ENDS or "results" in end.outer:
            return False
        return any("loop item" in group.failure.layers for group, host, _, _ in self._task_hits if host == end.host)

    def _keep(self, failure: Failure, entry: Entry) -> None:
        key = likeness(failure)
        group = self.groups.get(key)
        if group is None:
            if len(self.groups) >= MAX_GROUPS and not self._make_room():
                return
            group = self.groups[key] = Group(failure, self._evidence(failure.host))
        self._task_hits.append((group, failure.host, entry, 1))
        self._latest.append(group)
        if len(self._task_hits) > 10_000:
            self.end_task()

    def again(self, host: str, line: int, text: str) -> None:
        """The failure taken last happened once more, in every word."""
        if self._latest:
            first = self._latest[0].failure
            entry = Entry("failed", host, first.task, first.outer, text, line)
            self._task_hits += [(group, host, entry, 1) for group in self._latest]
            self.saw(entry)
        self._last_host = host
        if len(self._task_hits) > 10_000:
            self.end_task()

    def _make_room(self) -> bool:
        """Forget failures that turned out to be ignored; False when all that are kept stopped something."""
        if not self._spared:
            return False
        self._spared = False
        waiting = {id(hit[0]) for hit in self._task_hits} | {id(hit[1]) for hit in self._run_hits}
        idle = [key for key, group in self.groups.items() if not group.count and id(group) not in waiting]
        for key in idle:
            del self.groups[key]
        if not idle and not self._full:
            self._full = True
            self.notes.append(f"more than {MAX_GROUPS} different failures: the rest is left out")
        return bool(idle)

    def ignoring(self) -> None:
        """`...ignoring` was printed: the host that failed last in this task goes on."""
        self._ignorings += 1
        if self._last_host is not None:
            self._ignored_hosts.add(self._last_host)

    def end_task(self) -> None:
        """A new task begins: what failed in the last one and was not ignored waits for the recap."""
        hosts = {host for _, host, _, _ in self._task_hits}
        everybody = self._ignorings >= len(hosts) > 0
        ignored: list[Hit] = []
        for group, host, entry, count in self._task_hits:
            if everybody or host in self._ignored_hosts:
                ignored.append((group, host, entry, count))
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

    def recap(self, counts: Mapping[str, tuple[int, int, int]], done: Mapping[str, int]) -> None:
        """The PLAY RECAP: host to (failed + unreachable, rescued, ignored), and to how many tasks did well there.

        Settles what failed in this run. The last tasks that failed on a host are those that count; what failed
        before them was rescued. A host that did more tasks than the paste shows had some of them cut out.
        """
        self.end_task()
        for _, group, host, _, _ in self._run_hits:
            group.whole |= host == group.failure.host and 0 <= done.get(host, -1) <= group.failure.tasks_before
        self._settle(counts)

    def _settle(self, counts: Mapping[str, tuple[int, int, int]]) -> None:
        tasks: dict[str, dict[int, int]] = {}  # host to the tasks that failed there, each with its rank
        for number, _, host, _, _ in self._run_hits:
            ranks = tasks.setdefault(host, {})
            ranks.setdefault(number, len(ranks))
        spared: dict[tuple[int, str], list[Hit]] = {}
        for number, group, host, entry, count in self._run_hits:
            stopped, rescued, ignored = counts.get(host, (-1, 0, 0))
            most = len(tasks[host]) - stopped if stopped >= 0 and (rescued or ignored or not stopped) else 0
            if tasks[host][number] < most:
                spared.setdefault((number, "rescued" if rescued else "ignored"), []).append((group, host, entry, count))
            else:
                group.settle(host, count)
        for (_, how), hits in spared.items():
            self._spare(hits, how)
        self._run_hits = []

    def _spare(self, hits: list[Hit], how: str) -> None:
        """These failures of one task stopped nothing: one note, and evidence for what fails later."""
        lines = sorted({entry.line for _, _, entry, _ in hits if entry.kind != "ignored"})
        for group, host, entry, count in hits:
            entry.kind = "ignored"
            group.spare(host, count, how)
            self._spared = True
        if lines:
            more = f" ({len(lines)} times, the last on line {lines[-1]})" if len(lines) > 1 else ""
            self.note(f"line {lines[0]}: failed and was {how}{more}")

    def finish(self, ignored: bool) -> tuple[tuple[Failure, ...], int]:
        """All failures that stopped something, in the order of the paste, clean of secrets; with `ignored` those
        too that were ignored or rescued. And how many of that kind there are."""
        self.end_task()
        self._settle({})
        groups = list(self.groups.values())
        spared = sum(bool(group.spared and not group.count) for group in groups)
        return tuple(self.tidy.failure(g) for g in groups if g.count or (ignored and g.spared)), spared
