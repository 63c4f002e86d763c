"""Questions about a whole file: who reads a variable, which task stands at a place or has a printed name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.model import Ref, Task, Value
from assistant.plays.jinja import pieces
from assistant.plays.keywords import short_module
from assistant.plays.tasks import conditions, loop, loop_var, reads, registers
from assistant.plays.values import entries

if TYPE_CHECKING:
    from assistant.plays.reading import File
    from assistant.source import Lines

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
    found: list[tuple[Task, Ref]] = []
    for task in file.tasks:
        if task.index <= after.index or task.play != after.play or not _may_read(file, task, name):
            continue
        hidden = _hides(task, name)
        again = registers(task) == name
        for keyword, ref in reads(task, file.text):
            if ref.name == name and not hidden and not (again and keyword in _AFTER_RUN):
                found.append((task, ref))
        if again and not any(part == "rescue" for _, part in task.within):
            break
    return tuple(found)


def _may_read(file: File, task: Task, name: str) -> bool:
    """A quick look, since reading all of a file for each of its launches would be slow: the name, or an alias."""
    words = file.text[task.span.start : task.span.end]
    return name in words or "*" in words or "\\" in words


def _hides(task: Task, name: str) -> bool:
    """Whether the task's own vars or loop variable stand before a variable of that name."""
    own = task.own.get("vars")
    if own and own.node and name in entries(own.node):
        return True
    return loop(task) is not None and loop_var(task) == name


def task_at(file: File, line: int, column: int = 0) -> Task | None:
    """The innermost task, block or play that covers a place as Ansible names it: line and column from 1, 0 not said.

    A task begins at its dash and ends with the line of its last value; between tasks there is only the play.
    """
    from assistant.source import Lines

    lines = Lines(file.text)
    if not 1 <= line <= len(lines.starts):
        return None
    place = lines.offset(line, column) if column > 0 else _first_sign(file.text, lines.offset(line))
    exact = [task for task in file.tasks if _dash(file.text, task) <= place < task.span.end]
    best = min(exact, key=_length, default=None)
    if best and best.kind not in ("play", "block"):
        return best
    ended = [task for task in file.tasks if task.span.end <= place and _ends_on(lines, task) == line]
    return max(ended, key=lambda task: (task.span.start, -task.span.end), default=best)


def _length(task: Task) -> int:
    return task.span.end - task.span.start


def _ends_on(lines: Lines, task: Task) -> int:
    return lines.place(max(task.span.end - 1, task.span.start))[0]


def _first_sign(text: str, start: int) -> int:
    while start < len(text) and text[start] in " \t":
        start += 1
    return start


def _dash(text: str, task: Task) -> int:
    """Where the task's text begins: at its dash if only blanks stand between."""
    start = task.span.start
    while start and text[start - 1] in " \t":
        start -= 1
    return start - 1 if start and text[start - 1] == "-" else task.span.start


def task_named(file: File, name: str) -> tuple[Task, ...]:
    """The tasks that Ansible would print under `name`: literally, with a role's name and " : " before it, or
    with Jinja in the task's name standing for any text. A task without a name goes by its action.
    """
    for wanted in _readings(name):
        exact = [task for task in file.tasks if task.kind != "play" and wanted in _titles(task)]
        if exact:
            return tuple(exact)
    for wanted in _readings(name):
        fitting = [task for task in file.tasks if task.kind != "play" and _fits(task.name, wanted)]
        if fitting:
            return tuple(fitting)
    return ()


def _readings(name: str) -> Sequence[str]:
    name = " ".join(name.split())
    _role, sign, rest = name.partition(" : ")
    return (name, rest) if sign and rest else (name,)


def _titles(task: Task) -> tuple[str, ...]:
    if task.name:
        return (" ".join(task.name.split()),)
    return (task.action, short_module(task.action)) if task.action else ()


def _fits(template: str, name: str) -> bool:
    """Whether a name with Jinja can have come out as `name`: its plain parts stand there in order."""
    if "{{" not in template and "{%" not in template:
        return False
    squeezed = " ".join(template.split())
    cut = list(pieces(squeezed))
    plain = [(squeezed[p.start : p.end] if p.kind == "text" else "") for p in cut]
    if not any(part.strip() for part in plain):
        return False
    if not name.startswith(plain[0]) or not name.endswith(plain[-1]):
        return False
    at = len(plain[0])
    for part in plain[1:-1]:
        at = name.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return at <= len(name) - len(plain[-1])


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
