"""Clean numbered lines in, a collector full of failures out: what each line of a callback's output means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.model import Failure, Origin
from assistant.paste import body, errors, hints, modules, peel, shapes, tree
from assistant.paste.collect import Collector, Entry
from assistant.paste.cursor import Cursor
from assistant.paste.rows import Row


class Parser:
    """Reads one paste. `marks` counts lines that only Ansible prints."""

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
        self.headed = False
        """True once a result came under a headline, or a recap."""
        self.bare: list[tuple[Mapping[str, Any], bool, int, int]] = []
        """Results that stand by themselves and are not sound: value, partial, first and last line."""

    def run(self) -> None:
        """Read to the end."""
        while (line := self.cursor.peek()) is not None:
            self._line(line, line.lstrip())
        self.end_task()
        for block in self.spare:
            self._block_alone(block)
        self._bare()
        self.into.end_task()

    def _bare(self) -> None:
        """Results without a headline are failures when nothing else is there; beside a whole run they are evidence."""
        self.task = self.module = ""
        for value, partial, first, last in self.bare[:100]:
            if self.headed or self.into.groups:
                self.into.note(f"line {first}: a result that belongs to no task of this output says that it failed")
                continue
            failure = self._failure("", value, partial, (first, last), bool(value.get("unreachable")))
            self.into.failed(failure, False, False, "")

    # --- one line -----------------------------------------------------------------------------

    def _line(self, raw: str, line: str) -> None:
        if not line:
            self.cursor.take()
        elif errors.is_start(line):
            self._error()
        elif (banner := shapes.banner(line)) is not None:
            self.cursor.take()
            self._banner(line, *banner)
        elif not self._result(line) and not self._progress(line):
            self._other(line)

    def _banner(self, line: str, kind: str, name: str) -> None:
        self.marks += 1
        self.hints.banner(line)
        if kind == "recap":
            self.headed = True
            self.end_task()
            self.into.recap(self._recap())
        elif kind in ("task", "play"):
            self.end_task()
            self.task = name if kind == "task" else ""
            self.module = modules.from_name(self.task)

    def _recap(self) -> dict[str, tuple[int, int, int]]:
        counts = {}
        while (found := self.cursor.next_said(4)) is not None:
            row = shapes.recap(found[1].lstrip())
            if row is None:
                break
            for _ in range(found[0] + 1):
                self.cursor.take()
            stopped = int(row["failed"]) + int(row["unreachable"])
            counts[row["host"]] = (stopped, int(row["rescued"] or 0), int(row["ignored"] or 0))
        return counts

    def end_task(self) -> None:
        if self.block is not None and not self.used:
            self.spare.append(self.block)
            self.spare[:-50] = []
        self._came_good("")
        self.into.end_task()
        self.block, self.used, self.task_path, self.module = None, False, None, ""
        self.retries, self.polled = {}, set()

    # --- results ------------------------------------------------------------------------------

    def _result(self, line: str) -> bool:
        found = shapes.result(line)
        if found is not None:
            self._default(line, found.end(), found["word"], found["host"], found["bang"] or "")
            return True
        found = shapes.adhoc(line)
        if found is not None and (found["json"] or found["tail"] or found.end() == len(line.rstrip())):
            self._adhoc(line, found.end(), found["host"], found["state"], found["rc"], found["tail"] or "")
            return True
        return False

    def _default(self, line: str, end: int, word: str, host: str, bang: str) -> None:
        rest = line[end:].lstrip()
        rest = rest[3:] if rest.startswith("=> ") else rest[2:] if rest == "=>" else rest
        item = rest.startswith("(item=")
        if item:
            label, arrow, rest = rest.partition(") => ")
            arrow = arrow or (") =>" if label.endswith(") =>") else "")
        said = bool(rest.strip()) or line.rstrip().endswith("=>")
        self.cursor.take()
        first = self.cursor.number
        if word in ("fatal", "failed", "unreachable") and (said or bang):
            result, partial = body.after_arrow(self.cursor, line, rest)
            self.failed(host, result, partial, first, line, item, bang == "UNREACHABLE" or word == "unreachable")
        elif word in ("fatal", "failed", "unreachable"):
            self.failed(host, {}, True, first, line, item, bang == "UNREACHABLE")
        else:
            result = body.after_arrow(self.cursor, line, rest)[0] if said and not rest.startswith("(item=") else {}
            self.sound("skipped" if word == "skipping" else "ok", host, result, line, first)

    def _adhoc(self, line: str, end: int, host: str, state: str, rc: str | None, tail: str) -> None:
        self.cursor.take()
        first = self.cursor.number
        rest = line[end:]
        if "| (std" in tail:
            self.hints.set("callback", "oneline", line)
            result, partial = body.oneline(rest, tail, rc), False
            again = shapes.adhoc(self.cursor.peek() or "")
            if again is not None and again["host"] == host and again["json"]:
                return  # the same result follows as JSON
        elif tail == " >>":
            result, partial = body.plain(self.cursor, rc), False
        elif tail == ": ":  # oneline's word for a host out of reach
            result, partial = {"msg": rest.strip(), "unreachable": True}, False
        else:
            result, partial = body.after_arrow(self.cursor, line, rest)
        kind = shapes.STATES[state]
        if kind in ("failed", "unreachable"):
            self.failed(host, result, partial, first, line, False, kind == "unreachable")
            self.end_task()
        else:
            self.sound(kind if kind == "skipped" else "ok", host, result, line, first)

    def sound(self, kind: str, host: str, result: Mapping[str, Any], line: str, number: int) -> None:
        self.marks += 1
        self._came_good(host)
        self.hints.result(result, line)
        launches = [result, *tree.items(result)] if result else []
        for launch in launches:
            if "ansible_job_id" in launch and not launch.get("finished"):
                self.into.saw(Entry("launch", host, self.task, launch, line, number))
                kind = ""
        if kind:
            self.into.saw(Entry(kind, host, self.task, result, line, number))

    def failed(
        self, host: str, result: Mapping[str, Any], partial: bool, first: int, line: str, item: bool, lost: bool
    ) -> None:
        """A result under a headline that says that it failed (`lost`: that the host is out of reach)."""
        self.marks += 1
        self.headed = True
        failure = self._failure(host, result, partial, (first, self.cursor.last), lost)
        self.into.failed(failure, item, host in self.polled, line)

    def _failure(
        self, host: str, result: Mapping[str, Any], partial: bool, lines: tuple[int, int], lost: bool
    ) -> Failure:
        self.hints.result(result, "")
        block = self._block_for(result)
        chain, origins = (block.chain, block.origins) if block else ((), ())
        named = [place for place in origins if place is not None]
        if block is not None and not self.used:
            self.used = True
            lines = (block.first, lines[1])
        return Failure(
            host=host, task=self.task, module=self.module or modules.from_result(result, chain),
            message=errors.stripped(chain[0]) if chain and not peel.message(result) else "", outer=result,
            kind="unreachable" if lost else "failed", origin=named[-1] if named else None,
            task_origin=named[0] if named else self.task_path, chain=chain, truncated=partial,
            lines=lines, retries=self._retries(host),
        )  # fmt: skip

    def _retries(self, host: str) -> tuple[int, ...]:
        mine = [pair for name in {host, ""} for pair in self.retries.get(name, ())]
        for name in (host, ""):
            self.retries.pop(name, None)
        return tuple(left for _, left in sorted(mine))

    def _came_good(self, host: str) -> None:
        """A host that was retried and then did well; without a host: the task is over, nothing of it failed."""
        for name in [host] if host else list(self.retries):
            if rows := self.retries.pop(name, []):
                self.into.note(f"a retried task came good (line {rows[-1][0]})")

    # --- errors outside of results ------------------------------------------------------------

    def _error(self) -> None:
        if self.block is not None and not self.used:
            self.spare.append(self.block)
        self.block, self.used = errors.block(self.cursor), False
        self.marks += 1
        self.hints.error(self.block.text, self.block.new and any(self.block.origins))

    def _block_for(self, result: Mapping[str, Any]) -> errors.Block | None:
        if self.block is None or not self.block.chain or not self.block.chain[0].startswith("Task failed"):
            return None
        said = peel.message(result)
        return self.block if not self.used or not said or said in self.block.text else None

    def _block_alone(self, block: errors.Block) -> None:
        """No result belongs to it: Ansible refused to start, or only the block was pasted."""
        if not block.chain:
            return
        named = [place for place in block.origins if place is not None]
        failed = block.chain[0].startswith("Task failed")
        failure = Failure(
            message=errors.stripped(block.chain[0]), kind="failed" if failed else "parse", chain=block.chain,
            module=modules.from_result({}, block.chain) if failed else "",
            origin=named[-1] if named else None, task_origin=named[0] if named else None, lines=(block.first, block.last),
        )  # fmt: skip
        self.into.failed(failure, False, False, block.text.partition("\n")[0])

    # --- everything else ----------------------------------------------------------------------

    def _progress(self, line: str) -> bool:
        if found := shapes.retry(line):
            self._retry(line, found["host"] or "", found["task"], int(found["left"]), found["rest"])
        elif found := shapes.polling(line):
            self.cursor.take()
            self.marks += 1
            self.polled.add(found["host"])
            self.into.saw(Entry("poll", found["host"], self.task, {}, line, self.cursor.number))
        elif line.startswith(("...ignoring", "…ignoring")):
            self.cursor.take()
            self.marks += 1
            self.into.ignoring()
        else:
            return False
        return True

    def _retry(self, line: str, host: str, task: str, left: int, rest: str) -> None:
        self.cursor.take()
        self.marks += 1
        number = self.cursor.number
        self.task = self.task or task
        self.hints.retry(line, bool(host))
        at = rest.find("Result was: ")
        result = body.after_arrow(self.cursor, line, rest[at + 12 :])[0] if at >= 0 else {}
        self.hints.result(result, line)
        self.retries.setdefault(host, []).append((number, left))
        self.into.saw(Entry("retry", host, self.task, result, line, number))

    def _other(self, line: str) -> None:
        if line.startswith("{"):
            self._braces(line)
            return
        self.cursor.take()
        if line.startswith("task path: "):
            path, _, number = line[11:].strip().rpartition(":")
            self.task_path = Origin(path, int(number)) if number.isdigit() else None
            self.marks += 1
        elif line.startswith("Using module file ") and not self.module:
            self.module = line.strip().rpartition("/")[2].removesuffix(".py")
        elif line.startswith(("[WARNING]: ", "[DEPRECATION WARNING]: ")):
            self._warning(line)
        elif release := shapes.release(line):
            self.marks += 1
            self.hints.set("release", release, line)

    def _warning(self, line: str) -> None:
        number = self.cursor.number
        rows = [line]
        while (
            (more := self.cursor.peek())
            and more.strip()
            and more[0] != "{"
            and not shapes.starts_anew(more)
            and len(rows) < 8
        ):
            rows.append(self.cursor.take().strip())
        self.marks += 1
        self.into.saw(Entry("warning", "", self.task, {}, " ".join(rows), number))

    def _braces(self, line: str) -> None:
        """A JSON text of its own: the json callback's tree, or a result that lost its head."""
        self.cursor.take()
        first_line = self.cursor.number
        result, partial = body.after_arrow(self.cursor, line, line)
        tree.read(self, result, partial, first_line, self.cursor.last)
