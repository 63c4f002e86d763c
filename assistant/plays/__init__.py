"""Nodes in, tasks out, and the jobs that tie them: launch, wait, clean-up."""

from assistant.plays.expressions import evaluate, references
from assistant.plays.queries import (
    conditions,
    environment_in_force,
    loop,
    loop_var,
    readers,
    reads,
    registers,
    task_at,
    task_named,
    tasks_of,
    vars_in_force,
)
from assistant.plays.reading import File, read
from assistant.plays.tasks import is_cleanup, is_launch, is_status
from assistant.plays.values import number

__all__ = [
    "File",
    "conditions",
    "environment_in_force",
    "evaluate",
    "is_cleanup",
    "is_launch",
    "is_status",
    "loop",
    "loop_var",
    "number",
    "read",
    "readers",
    "reads",
    "references",
    "registers",
    "task_at",
    "task_named",
    "tasks_of",
    "vars_in_force",
]
