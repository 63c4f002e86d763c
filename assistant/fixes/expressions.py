"""Expressions of a task: the variables they read."""

from __future__ import annotations

from assistant.fixes.subjects import Subjects
from assistant.fixes.writing import same, scalar
from assistant.model import Edit, Ref, Span, Task
from assistant.plays import reads, references


def rename_variable(subjects: Subjects, on: str, old: str, new: str, keyword: str = "") -> list[Edit]:
    """Reads another variable in an expression of the task: `old` becomes `new` wherever it is the variable read.

    Without a `keyword` in all of the task, its arguments too.
    """
    task = subjects.tasks.get(on)
    if task is None or (keyword and keyword not in task.own):
        return []
    refs = references(task.own[keyword], bare=True, text=subjects.text) if keyword else _all(task, subjects.text)
    spans = {ref.span for ref in refs if ref.name == old}
    if any(not subjects.text.startswith(old, span.start) for span in spans):
        return []
    return [Edit(subjects.path, Span(span.start, span.start + len(old)), new) for span in sorted(spans)]


def _all(task: Task, text: str) -> tuple[Ref, ...]:
    """Every variable that the task reads."""
    return tuple(ref for _, ref in reads(task, text))


def set_expression(subjects: Subjects, on: str, keyword: str, expression: str) -> list[Edit]:
    """Writes a condition anew that stands on the task, one in braces too; in quotes only where YAML needs them."""
    task = subjects.tasks.get(on)
    node = task.own[keyword].node if task and keyword in task.own else None
    if node is None or node.kind != "scalar" or same(node, expression):
        return []
    return [Edit(subjects.path, node.span, scalar(expression, ""))]
