"""Variables that a task is given: set where they are written, or under the task's own `vars`."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.fixes.subjects import CannotFixError, Subjects
from assistant.fixes.writing import append, same, scalar
from assistant.model import Edit, Node, Task
from assistant.plays import vars_in_force


def set_variable(subjects: Subjects, on: Sequence[str], name: str, value: str) -> list[Edit]:
    """Gives the variable one value for all tasks of `on` that are there.

    In place where a task writes it itself, or where all of them take it from one place around them; under the
    task's own `vars` otherwise. Raises CannotFixError where `vars` is no plain mapping.
    """
    tasks = [task for task in (subjects.tasks.get(one) for one in on) if task is not None]
    held = [_held(task, name) for task in tasks]
    shared = len({node.span for node in held if node}) == 1 and None not in held
    edits: list[Edit] = []
    for task, node in zip(tasks, held, strict=True):
        if node is not None and same(node, value):
            continue
        if node is not None and (shared or _is_own(task, node)):
            edits.append(Edit(subjects.path, node.span, scalar(value, node.style)))
        else:
            edits.append(_added(subjects, task, f"{name}: {scalar(value, '')}"))
    return list(dict.fromkeys(edits))


def _held(task: Task, name: str) -> Node | None:
    value = vars_in_force(task).get(name)
    return value.node if value and value.node and value.node.kind == "scalar" else None


def _is_own(task: Task, node: Node) -> bool:
    return task.span.start <= node.span.start < task.span.end


def _added(subjects: Subjects, task: Task, pair: str) -> Edit:
    own = task.own.get("vars")
    if own is None or own.node is None:
        flow = task.node.style == "flow"
        return append(subjects, task.node, [f"vars: {{{pair}}}"] if flow else ["vars:", f"  {pair}"])
    if own.node.kind != "map" or not own.node.pairs:
        raise CannotFixError("vars is no plain mapping")
    return append(subjects, own.node, [pair])
