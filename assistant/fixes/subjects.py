"""What a fix may change: a file, and the tasks of one job by what they are to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assistant.model import Task, Value

ABSENT = Value("absent")


class Subjects(NamedTuple):
    """The file and the tasks that a fix may change, by what they are to it: launch, wait, cleanup, reader (the task
    looked at), meant (the launch that a wait's id should come from), and so on; see looks/mends.py."""

    path: str
    text: str
    tasks: Mapping[str, Task]


class CannotFixError(Exception):
    """The change would need a person's judgement; no part of the fix may be applied."""
