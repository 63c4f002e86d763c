"""The names of a module's options."""

from __future__ import annotations

from assistant.fixes.subjects import Subjects
from assistant.model import Edit


def rename_option(subjects: Subjects, on: str, old: str, new: str) -> list[Edit]:
    """Calls an option of the task's module by another name; nothing where one of that name is there already."""
    task = subjects.tasks.get(on)
    if task is None or new in task.args:
        return []
    module = next((value for key, value in task.node.pairs if key.span == task.action_span), None)
    keys = [key for key, _ in module.pairs if key.text == old] if module is not None else []
    return [Edit(subjects.path, keys[0].span, new)] if len(keys) == 1 else []
