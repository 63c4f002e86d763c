"""Clean numbered lines in, a collector full of failures out: what each line of a callback's output means."""

from __future__ import annotations

from assistant.model import Failure, Origin
from assistant.paste import body, errors, modules, nowhere, shapes, tree, unixy
from assistant.paste.groups import Entry
from assistant.paste.rows import headline_at
from assistant.paste.state import State


class Parser(State):
    """Reads one paste, line by line."""

    def run(self) -> None:
        """Read to the end."""
        while (line := self.cursor.peek()) is not None:
            self._line(line, line.lstrip())
        self.still_tried()
        self.end_task()
        for block in self.spare:
            self.block_alone(block)
        self.bare_failures()
        nowhere.read(self)
        self.into.end_task()
        self._only_counted()

    def _only_counted(self) -> None:
        """A recap alone: it counts failures that the paste does not show."""
        if self.into.groups:
            return
        for host in self.unshown[:100]:
            self.into.note(f"the recap counts a failure on {host} which this paste does not show")
            lines = (1, max(self.cursor.last, 1))
            self.into.failed(Failure(host=host, truncated=True, lines=lines), False, False, "")

    # --- one line -----------------------------------------------------------------------------

    def _line(self, raw: str, line: str) -> None:
        if not line:
            self.cursor.take()
        elif errors.is_start(line):
            self.note_block(errors.block(self.cursor))
        elif nowhere.is_block(line):
            nowhere.note(self, errors.block(self.cursor))
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
            counts, done = self._recap()
            self.into.recap(counts, done)
            self.hints.recap({host: stopped for host, (stopped, _, _) in counts.items()})
            self.unshown += [host for host, (stopped, _, _) in counts.items() if stopped > 0]
        elif kind in ("task", "play"):
            self.began = True
            self.end_task()
            (self.begin_task if kind == "task" else self.begin_play)()
            self.task = name if kind == "task" else ""
            self.module = modules.from_name(self.task)

    def _recap(self) -> tuple[dict[str, tuple[int, int, int]], dict[str, int]]:
        counts: dict[str, tuple[int, int, int]] = {}
        done: dict[str, int] = {}
        while (found := self.cursor.next_said(4)) is not None:
            text = found[1].lstrip()
            if text.startswith(("skipped=", "rescued=", "ignored=")) and counts:  # a line that a terminal broke
                host, (stopped, _, _) = counts.popitem()
                counts[host] = (stopped, *shapes.spared(text))
            elif (row := shapes.recap(text)) is not None:
                counts[row["host"]] = (int(row["failed"]) + int(row["unreachable"]), *shapes.spared(text))
                done[row["host"]] = int(row["ok"])
            else:
                break
            for _ in range(found[0] + 1):
                self.cursor.take()
        self.ran |= bool(counts)
        return counts, done

    # --- results ------------------------------------------------------------------------------

    def _result(self, line: str) -> bool:
        found = shapes.result(line)
        if found is not None and (found["bang"] or "=>" in line or found["word"] in ("ok", "changed", "skipping")):
            self._default(line, found.end(), found["word"], found["host"], found["bang"] or "")
            return True
        found = shapes.adhoc(line)
        if found is not None and (found["json"] or found["tail"] or line.rstrip().endswith("SKIPPED")):
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
            if again is not None and again["host"] == host and again["json"] and again["state"] == state == "FAILED":
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
        elif not (self._unixy(line) or self._cut(line)):
            self.cursor.take()
            self._detail(line)

    def _detail(self, line: str) -> None:
        """What -v and more print, and warnings."""
        if line.startswith("task path: "):
            path, _, number = line[11:].strip().rpartition(":")
            self.task_path = Origin(path, int(number)) if number.isdigit() else None
            self.marks += 1
        elif line.startswith("Using module file ") and not self.module:
            self.module = line.strip().rpartition("/")[2].removesuffix(".py")
        elif line.startswith(("[WARNING]: ", "[DEPRECATION WARNING]: ")):
            nowhere.warning(self, line)
        elif line.startswith("skipping: no hosts matched"):
            self.unmatched += 1
        elif line.startswith("playbook: "):  # --syntax-check and --list-tasks: no host was wanted
            self.began = True
        elif "/async_wrapper.py" in line:
            self.wrapped = True
        elif raised := shapes.raised(line):
            self.raised = raised
        elif action := shapes.action(line):
            self.module = self.module or action
        elif "ansible" in line and (" --check" in line or " -C " in line):
            self.hints.set("check_mode", "yes", line)
        elif release := shapes.release(line):
            self.marks += 1
            self.hints.set("release", release, line)

    def _cut(self, line: str) -> bool:
        """A headline inside a line of prose, or one that lost its beginning: `[web1]: FAILED! => {`."""
        at = headline_at(line)
        if at > 0 and not any(char in line[:at] for char in "\"'{"):
            self.cursor.put(line[at:])
            return True
        found = shapes.beheaded(line)
        if found is None or line.startswith("{}", found.end()):  # no result is empty: a text about such lines
            return False
        self.cursor.take()
        first = self.cursor.number
        result, partial = body.after_arrow(self.cursor, line, line[found.end() :])
        self.failed(found["host"] or "", result, partial, first, line, False, found["word"] == "UNREACHABLE")
        return True

    def _unixy(self, line: str) -> bool:
        if unixy.play(line):
            self.cursor.take()
            self.hints.set("callback", "unixy", line)
            self._banner(line, "recap" if "Play recap" in line else "play", "")
            return True
        found = unixy.failed(line)
        if found is None:
            if self.hints.found.get("callback") == "unixy" and line.rstrip().endswith("..."):
                self.cursor.take()
                self._banner(line, "task", line.rstrip()[:-3])
                return True
            return False
        self.cursor.take()
        first = self.cursor.number
        result, partial = unixy.texts(found["name"] or "", found["rest"]), False
        if found["json"]:
            result, partial = body.after_arrow(self.cursor, line, found["rest"])
        lost = found["word"] == "unreachable"
        self.failed(found["host"], result, partial, first, line, found["item"] is not None, lost)
        return True

    def _braces(self, line: str) -> None:
        """A JSON text of its own: the json callback's tree, or a result that lost its head."""
        self.cursor.take()
        first_line = self.cursor.number
        result, partial = body.after_arrow(self.cursor, line, line)
        tree.read(self, result, partial, first_line, self.cursor.last)
