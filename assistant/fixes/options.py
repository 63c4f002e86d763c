"""A module's name and the names of its options."""

from __future__ import annotations

from assistant.fixes.subjects import CannotFixError, Subjects
from assistant.fixes.writing import append, same, scalar
from assistant.model import Edit, Node, Task


def rename_option(subjects: Subjects, on: str, old: str, new: str) -> list[Edit]:
    """Calls an option of the task's module by another name; nothing where one of that name is there already."""
    task = subjects.tasks.get(on)
    if task is None or new in task.args:
        return []
    module = _module(task)
    keys = [key for key, _ in module.pairs if key.text == old] if module is not None else []
    return [Edit(subjects.path, keys[0].span, new)] if len(keys) == 1 else []


def _module(task: Task) -> Node | None:
    """What is written behind the task's action."""
    return next((value for key, value in task.node.pairs if key.span == task.action_span), None)


def add_option(subjects: Subjects, on: str, name: str, value: str) -> list[Edit]:
    """Gives the task's module an option, among those that are written, or under `args` where its text is free.

    Raises CannotFixError where the option has another value, or there is no plain mapping to write it into.
    """
    task = subjects.tasks.get(on)
    if task is None or not name:
        return []
    held = task.args.get(name)
    if held is not None:
        if held.node is not None and same(held.node, value):
            return []
        raise CannotFixError(f"{name} is there already")
    pair, module, extra = f"{name}: {scalar(value, '')}", _module(task), task.own.get("args")
    if module is not None and module.kind == "map" and module.pairs:
        return [append(subjects, module, [pair])]
    if module is None or module.kind != "scalar" or module.style not in ("plain", "single", "double", "literal"):
        raise CannotFixError("the options are not written as a mapping")
    if extra is None:
        flow = task.node.style == "flow"
        return [append(subjects, task.node, [f"args: {{{pair}}}"] if flow else ["args:", f"  {pair}"])]
    if extra.node is None or extra.node.kind != "map" or not extra.node.pairs:
        raise CannotFixError("args is no plain mapping")
    return [append(subjects, extra.node, [pair])]


def rename_action(subjects: Subjects, on: str, new: str) -> list[Edit]:
    """Runs another module with the same text: `command` becomes `shell`. Nothing where it is that one already.

    Raises CannotFixError where the action is not a key of its own, or has options that only the old one takes.
    """
    task = subjects.tasks.get(on)
    if task is None or not new or task.action == new:
        return []
    written = subjects.text[task.action_span.start : task.action_span.end]
    if written != task.action or {"argv", "expand_argument_vars"} & set(task.args):
        raise CannotFixError("the action cannot be renamed as it is written")
    return [Edit(subjects.path, task.action_span, new)]
