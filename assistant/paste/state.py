"""Where the reader stands: the task, what was retried, an error that waits for its result; what each result means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.model import Failure, Origin
from assistant.paste import errors, hints, modules, peel, shapes
from assistant.paste.collect import Collector
from assistant.paste.cursor import Cursor
from assistant.paste.groups import Entry
from assistant.paste.rows import Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class State:
    """Shared by all that read one paste. `marks` counts lines that only Ansible prints."""

    def __init__(self, lines: Iterable[Row]) -> None:
        self.cursor = Cursor(lines)
        self.into = Collector()
        self.hints = hints.Hints()
        self.marks = 0
        self.task = ""
        self.task_path: Origin | None = None
        self.module = ""
        self.polled: set[str] = set()
        self.retries: dict[str, list[tuple[int, int]]] = {}
        self.block: errors.Block | None = None
        self.spare: list[errors.Block] = []
        self.used = False
        self.raised = ""
        """What Python raised, as the lines above a result tell (up to 2.18)."""
        self.unshown: list[str] = []
        """Hosts that a recap counts as failed."""
        self.before: tuple[Any, ...] | None = None
        """What failed last, as long as nothing else was known of it: repeated lines are quick to fold."""
        self.headed = False
        """True once a result came under a headline, or a recap."""
        self.wrapped = False
        """The lines of the task (-vvv) name async_wrapper.py."""
        self.tasks = 0
        """Tasks that began so far."""
        self.whole: bool | None = None
        """True when the paste begins with a play, so that nothing of that play is missing above; None before either."""
        self.began = False
        """True once a play or a task began."""
        self.ran, self.went_well = False, 0
        """True once a host did anything, well or not, and the last line on which one did well."""
        self.midway: dict[int, str] = {}
        """Errors above which the run had begun: the task they stand under, by their first lines."""
        self.unmatched = 0
        """Plays that say that they found no host."""
        self.nowhere: list[errors.Block] = []
        """Warnings about an inventory that could not be read or holds no such host."""
        self.bare: list[tuple[Mapping[str, Any], bool, int, int]] = []
        """Results that stand by themselves and are not sound: value, partial, first and last line."""

    def end_task(self) -> None:
        """Forget what holds for one task only."""
        if self.block is not None and not self.used:
            self.spare.append(self.block)
            self.spare[:-50] = []
        self._came_good("")
        self.into.end_task()
        self.block, self.used, self.task_path, self.module, self.raised = None, False, None, "", ""
        self.wrapped = False
        self.retries, self.polled = {}, set()

    def begin_play(self) -> None:
        """A play begins; the first one, when nothing was seen before it, is where the run begins."""
        self.hints.play()
        if self.whole is None:
            self.whole = True

    def begin_task(self) -> None:
        """A task begins; one that no play stands above shows that the paste begins in the middle."""
        self.tasks += 1
        self.whole = bool(self.whole)

    def sound(self, kind: str, host: str, result: Mapping[str, Any], line: str, number: int, ran_on: str = "") -> None:
        """A result that did not fail: "ok" or "skipped", a launch among them."""
        self.marks += 1
        self.ran = True
        self.went_well = number
        self.whole = bool(self.whole)
        self._came_good(host)
        self.hints.well.add(host)
        self.hints.result(result, line)
        launches = [result, *peel.items(result)] if result else []
        for launch in launches:
            if "ansible_job_id" in launch and not launch.get("finished"):
                self.into.saw(Entry("launch", host, self.task, launch, line, number, ran_on))
                kind = ""
        if kind:
            self.into.saw(Entry(kind, host, self.task, result, line, number, ran_on))

    def failed(
        self, host: str, result: Mapping[str, Any], partial: bool, first: int, line: str, item: bool, lost: bool,
        ran_on: str = "",
    ) -> None:  # fmt: skip
        """A result under a headline that says that it failed (`lost`: that the host is out of reach)."""
        self.marks += 1
        self.ran = True
        self.headed = True
        plain = self.block is None and not self.retries and not self.raised
        if plain and (host, self.task, partial, item, lost, result) == self.before:
            self.into.again(host, first, line)
            self._ignored(result)
            return
        self.before = (host, self.task, partial, item, lost, result) if plain else None
        failure = self._failure(host, result, partial, (first, self.cursor.last), lost)
        headless = not self.whole and line.startswith(("fatal: ", "failed: "))  # a line of an ad hoc run has no play
        failure = failure._replace(ran_on=ran_on or shapes.ran_on(line), headless=headless)
        self.into.failed(failure, item, host in self.polled, line)
        self._ignored(result)

    def _ignored(self, result: Mapping[str, Any]) -> None:
        """A result that went wrong and is skipped: all that 2.9 prints of ignore_unreachable (strategy/__init__.py)."""
        if result.get("unreachable") and "skip_reason" in result:
            self.into.ignoring()

    def _failure(
        self, host: str, result: Mapping[str, Any], partial: bool, lines: tuple[int, int], lost: bool
    ) -> Failure:
        self.hints.result(result, "")
        block = self._block_for(result)
        chain, origins = (block.chain, block.origins) if block else ((self.raised,) if self.raised else (), ())
        self.raised = ""
        named = [place for place in origins if place is not None]
        if block is not None and not self.used:
            self.used = True
            lines = (block.first, lines[1])
        return Failure(
            host=host, task=self.task, module=self.module or modules.from_result(result, chain),
            message=errors.stripped(chain[0]) if chain and not peel.message(result) else "", outer=result,
            kind="unreachable" if lost else "failed", origin=named[-1] if named else None,
            task_origin=named[0] if named else self.task_path, chain=chain, truncated=partial,
            lines=lines, retries=self._retries(host), wrapped=self.wrapped,
            tasks_before=self.tasks - 1 if self.whole and self.tasks else -1,
        )  # fmt: skip

    def _retries(self, host: str) -> tuple[int, ...]:
        mine = [pair for name in {host, ""} for pair in self.retries.get(name, ())]
        for name in (host, ""):
            self.retries.pop(name, None)
        return tuple(left for _, left in sorted(mine, key=lambda row: row[0]))

    def _came_good(self, host: str) -> None:
        """A host that was retried and then did well; without a host: the task is over, nothing of it failed."""
        for name in [host] if host else list(self.retries):
            if rows := self.retries.pop(name, []):
                self.into.note(f"a retried task came good (line {rows[-1][0]})")

    def still_tried(self) -> None:
        """The paste ends here: of what was tried again last, nobody can say how it ended.

        2.9 does not name the host in such a line: there any result below it may be the one.
        """
        for host in list(self.retries):
            last = self.retries[host][-1][0]
            if host or last > self.went_well:
                self.into.note(f"a task was being tried again where the paste ends (line {last})")
                del self.retries[host]

    # --- errors outside of results ------------------------------------------------------------

    def note_block(self, block: errors.Block) -> None:
        """An error that may belong to the next result; one that still waits belongs to none."""
        if self.block is not None and not self.used:
            self.spare.append(self.block)
        self.block, self.used = block, False
        if self.tasks or self.ran or self.retries:
            self.midway[block.first] = self.task
        self.marks += 1
        self.hints.error(block.text, block.new and any(block.origins))

    def _block_for(self, result: Mapping[str, Any]) -> errors.Block | None:
        if self.block is None or not self.block.chain:
            return None
        said = peel.message(result)
        if not self.block.chain[0].startswith("Task failed") and not (said and self.block.chain[0].startswith(said)):
            return None
        return self.block if not self.used or not said or said in self.block.text else None

    def block_alone(self, block: errors.Block) -> None:
        """No result belongs to it: Ansible refused to start, or only the block was pasted."""
        if not block.chain:
            return
        named = [place for place in block.origins if place is not None]
        failed = block.chain[0].startswith("Task failed")
        failure = Failure(
            task=self.midway.get(block.first, "") if failed else "",
            message=errors.stripped(block.chain[0]), kind="failed" if failed else "parse", chain=block.chain,
            module=modules.from_result({}, block.chain) if failed else "",
            origin=named[-1] if named else None, task_origin=named[0] if named else None,
            lines=(block.first, block.last), begun=block.first in self.midway,
        )  # fmt: skip
        self.into.failed(failure, False, False, block.text.partition("\n")[0])

    def bare_failures(self) -> None:
        """Results without a headline are failures when nothing else is there; beside a whole run they are evidence."""
        self.task = self.module = ""
        for value, partial, first, last in self.bare[:100]:
            if self.headed or self.into.groups:
                self.into.note(f"line {first}: a result that belongs to no task of this output says that it failed")
                continue
            failure = self._failure("", value, partial, (first, last), bool(value.get("unreachable")))
            self.into.failed(failure, False, False, "")
        self.bare = []
