"""The name of a task's module."""

from __future__ import annotations

from assistant.fixes.subjects import Subjects
from assistant.model import Edit


def rename_module(subjects: Subjects, on: str, old: str, new: str) -> list[Edit]:
    """Calls the module of the task by another name where it is written as `old`; its collection's name stays."""
    task = subjects.tasks.get(on)
    if task is None or task.action != old or task.action in ("action", "local_action"):
        return []
    if subjects.text[task.action_span.start : task.action_span.end] != old:
        return []  # in quotes, or named by `action:`
    front = old[: len(old) - len(old.rpartition(".")[2])] if "." not in new else ""
    return [Edit(subjects.path, task.action_span, front + new)]
