"""Where a job id comes from: a status task in, the launches it can belong to out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from assistant.model import Node, Ref, Task
from assistant.plays.references import references
from assistant.plays.tasks import conditions, is_launch, is_status, is_task, loop, loop_var, registers
from assistant.plays.values import entries

_HOPS = 200
_BRANCHES = 40
"""How many exclusive tasks may share a register; a bound, so that long files of conditional tasks stay quick."""


class Origins:
    """The names that the tasks of one file set while they run, and who sets them."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = tasks
        self.keepers: dict[str, list[Task]] = {}
        self.setters: dict[str, list[tuple[Task, Node]]] = {}
        for task in tasks:
            if is_task(task) and registers(task):
                self.keepers.setdefault(registers(task), []).append(task)
            if task.module == "set_fact":
                for name, value in task.args.items():
                    if value.node:
                        self.setters.setdefault(name, []).append((task, value.node))

    def launches(self, status: Task) -> list[Task]:
        """The launches whose job `status` can look at, in order; [] when the file does not show any."""
        search = _Search(self)
        jid = status.args.get("jid")
        if jid and jid.node:
            search.follow(jid.node, status)
        return sorted(search.found.values(), key=lambda task: task.index)

    def orphan_key(self, status: Task) -> str:
        """What tells apart ids whose launch is not in the file: the name they are read from, else their text."""
        jid = status.args.get("jid")
        if not jid or not jid.node:
            return f"no jid {status.index}"
        for ref in _refs(jid.node):
            if ref.name != loop_var(status):
                return ref.name
            over = loop(status)
            for outer in _refs(over) if over else ():
                return outer.name
        return f"text {jid.node.text}"


class _Search:
    """One search: follows references back, each place once."""

    def __init__(self, origins: Origins) -> None:
        self.origins = origins
        self.found: dict[int, Task] = {}
        self.seen: set[tuple[str, bool, int]] = set()

    def follow(self, node: Node, task: Task) -> None:
        """Follows all variables read in `node` of `task`."""
        todo = [(ref, task) for ref in _refs(node)]
        while todo:
            ref, reader = todo.pop()
            through_item = "item" in ref.path
            mark = (ref.name, through_item, reader.index)
            if mark in self.seen or len(self.seen) > _HOPS:
                continue
            self.seen.add(mark)
            todo += self.sources(ref, reader)

    def sources(self, ref: Ref, task: Task) -> Iterator[tuple[Ref, Task]]:
        """What the variable of `ref`, read by `task`, was made from; launches are noted."""
        if ref.name == "hostvars" and len(ref.path) > 1:
            ref = ref._replace(name=ref.path[1], path=ref.path[2:])
        over = loop(task)
        if over and ref.name == loop_var(task):
            # `item.item` is what the task behind the results looped over.
            deeper = ref.path[:1] == ("item",)
            for outer in _refs(over):
                path = (*outer.path, "item") if deeper else outer.path
                yield outer._replace(path=path), task
            return
        set_here = list(self.set_by(ref.name, task))
        yield from set_here
        if not self.kept_by(ref, task) and not set_here:
            yield from _vars(ref.name, task)
        yield from self.behind(ref, task)

    def set_by(self, name: str, task: Task) -> Iterator[tuple[Ref, Task]]:
        """What earlier set_fact tasks made the name from."""
        known = self.origins.setters.get(name, [])
        at = bisect_left(known, task.index, key=lambda pair: pair[0].index)
        for setter, node in known[max(at - _BRANCHES, 0) : at]:
            for ref in _refs(node):
                yield ref, setter

    def kept_by(self, ref: Ref, task: Task) -> bool:
        """Notes the launches that can have registered the name; whether any task has."""
        keepers = self.keepers(ref.name, task)
        for keeper in keepers:
            if is_launch(keeper) and "item" not in ref.path:
                self.found[keeper.index] = keeper
        return bool(keepers)

    def behind(self, ref: Ref, task: Task) -> Iterator[tuple[Ref, Task]]:
        """A status task's result has the id that it was asked for; a looped task's has the items it looped over."""
        for keeper in self.keepers(ref.name, task):
            over = loop(keeper)
            if "item" in ref.path and over:
                rest = ref.path[ref.path.index("item") + 1 :]
                for outer in _refs(over):
                    path = (*outer.path, "item") if "item" in rest else outer.path
                    yield outer._replace(path=path), keeper
            elif is_status(keeper):
                jid = keeper.args.get("jid")
                for inner in _refs(jid.node) if jid and jid.node else ():
                    yield inner, keeper

    def keepers(self, name: str, task: Task) -> list[Task]:
        """The tasks whose result the name can hold when `task` runs: the nearest before it that is sure to run,
        and nearer ones that may not.

        A handler counts as earlier when nothing else is: it may have been flushed.
        """
        known = self.origins.keepers.get(name, [])
        at = bisect_left(known, task.index, key=lambda keeper: keeper.index)
        if at == 0:
            return [keeper for keeper in known if keeper.section == "handlers" and keeper.play == task.play][-1:]
        found: list[Task] = []
        for keeper in reversed(known[max(at - _BRANCHES, 0) : at]):
            if found and is_status(keeper) and not is_launch(keeper):
                break
            found.append(keeper)
            if _surely_before(keeper, task):
                break
        return found


def _surely_before(keeper: Task, task: Task) -> bool:
    """Whether `keeper` runs whenever `task` does: no condition and no rescue that `task` does not share."""
    shared = {node.text for node in conditions(task)}
    if any(node.text not in shared for node in conditions(keeper)):
        return False
    return all(place in task.within for place in keeper.within if place[1] == "rescue")


def _refs(node: Node) -> tuple[Ref, ...]:
    """The variables read in `node`; a text with a job's words and forgotten braces is read as an expression."""
    found = references(node)
    bare = node.kind == "scalar" and ("ansible_job_id" in node.text or ".results" in node.text)
    return found if found or not bare else references(node, bare=True)


def _vars(name: str, task: Task) -> Iterator[tuple[Ref, Task]]:
    """What `vars` of the task, its blocks or its play make the name from."""
    for value in (task.own.get("vars"), task.inherited.get("vars")):
        pair = entries(value.node).get(name) if value and value.node else None
        if pair:
            for ref in _refs(pair[1]):
                yield ref, task
            return
