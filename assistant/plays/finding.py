"""Finding a task by what Ansible prints of it: a place or a name in, tasks out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.model import Task
from assistant.plays.jinja import pieces
from assistant.plays.keywords import short_module

if TYPE_CHECKING:
    from assistant.plays.reading import File
    from assistant.source import Lines


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
