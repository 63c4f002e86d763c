"""Questions about a whole file: its tasks, who reads a variable, what is in force; all questions in one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.model import Ref, Task, Value
from assistant.plays.finding import task_at, task_named
from assistant.plays.tasks import conditions, loop, loop_var, reads, registers
from assistant.plays.values import entries

if TYPE_CHECKING:
    from assistant.plays.reading import File

__all__ = [
    "conditions",
    "environment_in_force",
    "loop",
    "loop_var",
    "readers",
    "reads",
    "registers",
    "task_at",
    "task_named",
    "tasks_of",
    "vars_in_force",
]

_AFTER_RUN = frozenset({"until", "failed_when", "changed_when"})
"""Keywords evaluated after the task ran, when its own register already holds the new result."""


def tasks_of(file: File, play: int) -> tuple[Task, ...]:
    """The tasks, handlers, includes and imports of a play by its number, in the order they run."""
    return tuple(task for task in file.tasks if task.play == play and task.kind not in ("play", "block"))


def readers(file: File, name: str, after: Task) -> tuple[tuple[Task, Ref], ...]:
    """The tasks of the same play that run after `after` and read the variable `name`, with each reference.

    Stops where another task registers the name, since later reads see that result (a skipped task
    registers too); one in a rescue does not count, for it may not run.
    """
    kept = file.index.readers
    if (name, after.index) not in kept:
        kept[name, after.index] = tuple(_readers(file, name, after))
    return kept[name, after.index]


def _readers(file: File, name: str, after: Task) -> Iterator[tuple[Task, Ref]]:
    for task in file.index.mentioning(name):
        if task.index <= after.index or task.play != after.play:
            continue
        hidden = _hides(task, name)
        again = registers(task) == name
        for keyword, ref in reads(task, file.text):
            if ref.name == name and not hidden and not (again and keyword in _AFTER_RUN):
                yield task, ref
        if again and not any(part == "rescue" for _, part in task.within):
            break


def _hides(task: Task, name: str) -> bool:
    """Whether the task's own vars or loop variable stand before a variable of that name."""
    own = task.own.get("vars")
    if own and own.node and name in entries(own.node):
        return True
    return loop(task) is not None and loop_var(task) == name


def vars_in_force(task: Task) -> dict[str, Value]:
    """The variables set for the task by itself, its blocks and its play, the nearest of each name."""
    return _in_force(task, "vars")


def environment_in_force(task: Task) -> dict[str, Value]:
    """The environment variables set for the task by itself, its blocks and its play, the nearest of each name.

    An `environment` that is a template, of which nothing can be told, gives the single name "".
    """
    return _in_force(task, "environment")


def _in_force(task: Task, keyword: str) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for value in (task.inherited.get(keyword), task.own.get(keyword)):
        if value is None or value.node is None:
            continue
        told = value.value if isinstance(value.value, dict) else {}
        parts = value.node.items or (value.node,)
        if any(part.kind == "scalar" and part.tag != "null" for part in parts):
            found[""] = value
        for part in parts:
            for name, (_, node) in entries(part).items():
                known = name in told
                found[name] = Value("literal" if known else "unknown", told.get(name), node)
    return found
