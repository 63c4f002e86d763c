"""Reading a file: text in; its tasks and jobs out, or the reason why it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.model import Job, Node, Record, Task, Value
from assistant.plays.building import Builder
from assistant.plays.index import Index
from assistant.plays.jobs import tied
from assistant.plays.kinds import Kind, kind_of
from assistant.plays.opening import opened
from assistant.plays.variables import Names

if TYPE_CHECKING:
    from assistant.source import SourceError


class File(Record):
    """A file of Ansible's, read."""

    path: str
    """As the caller named it."""
    text: str
    """As given: all spans count its characters."""
    tasks: tuple[Task, ...] = ()
    """Plays, blocks, tasks, handlers and includes, in the order they would run."""
    jobs: tuple[Job, ...] = ()
    problem: SourceError | None = None
    """Why the text cannot be read; then there are no tasks."""
    kind: Kind = "other"
    """"other": YAML that is not Ansible's, or an empty text; then there are no tasks."""
    loose: bool = False
    """The text is no YAML as it stands, only after its outer indentation was mended; Ansible would refuse it."""
    variables: tuple[Mapping[str, Value], ...] = ()
    """For each play, by its number: the names that the file sets in it, unknown where the run may change them."""

    @cached_property
    def index(self) -> Index:
        """What the looks ask of its tasks again and again."""
        return Index(self.text, self.tasks, self.jobs)


def read(path: str, text: str) -> File:
    """The tasks and jobs of a task, list of tasks, play, playbook, role's task or handler file, or a snippet of one.

    Never raises: a text that is no YAML, even loosely, has `problem` set; YAML that is not Ansible's has
    the kind "other". `path` may be any name; its folders help to tell a list of tasks from other lists.
    """
    from assistant.source import SourceError, load, load_loose

    try:
        return _file(path, text, load(text), False)
    except SourceError as problem:
        strict = problem
    try:
        return _file(path, text, load_loose(text), True)
    except SourceError:
        return File(path, text, problem=strict)


def _file(path: str, text: str, roots: tuple[Node, ...], loose: bool) -> File:
    kinds = [(kind_of(root, path), root) for root in roots]
    ours = [root for kind, root in kinds if kind != "other"]
    if not ours:
        return File(path, text, loose=loose)
    kind: Kind = "playbook" if any(kind == "playbook" for kind, _ in kinds) else "tasks"
    folder = path.replace("\\", "/").split("/")[-2:-1]
    raws = opened(ours, "handlers" if folder == ["handlers"] else "tasks")
    names = Names(raws)
    builder = Builder(path, names)
    tasks = tuple(builder.task(index, raw) for index, raw in enumerate(raws))
    return File(path, text, tasks, tied(tasks), None, kind, loose, names.by_play())
