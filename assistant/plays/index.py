"""What is asked of one file's tasks again and again, worked out once: who mentions a name, which jobs a task is of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.model import Job, Ref, Span, Task
from assistant.plays.tasks import is_launch

if TYPE_CHECKING:
    from collections.abc import Iterator


class Index:
    """The index of one file; each part is made when it is first asked for."""

    def __init__(self, text: str, tasks: Sequence[Task], jobs: Sequence[Job]) -> None:
        self.text = text
        self.tasks = tasks
        self.jobs = jobs
        self.readers: dict[tuple[str, int], tuple[tuple[Task, Ref], ...]] = {}
        """Kept for `queries.readers`, by name and the index of the task after which is looked."""
        self._mentioned: dict[str, tuple[Task, ...]] = {}

    def mentioning(self, name: str) -> tuple[Task, ...]:
        """The tasks, blocks and plays, in order, that may read or set the variable `name`.

        It stands in their text or in a condition that they inherit; an alias or an escape may hide it.
        """
        if name not in self._mentioned:
            pairs = zip(self.tasks, self._words, strict=True)
            self._mentioned[name] = tuple(task for task, words in pairs if not words or name in words)
        return self._mentioned[name]

    @cached_property
    def _words(self) -> list[str]:
        """The text of each task with the conditions it inherits; "" where it may hold any name."""
        return [self._words_of(task) for task in self.tasks]

    def _words_of(self, task: Task) -> str:
        words = self.text[task.span.start : task.span.end]
        if "*" in words or "\\" in words:
            return ""
        when = task.inherited.get("when")
        if when is None or when.node is None:
            return words
        return "\n".join([words, *(node.text for node in when.node.items or (when.node,))])

    @cached_property
    def names_come_in(self) -> bool:
        """Whether the file takes variables from other files, or from whoever runs it."""
        return any(
            task.module == "include_vars" or not {"vars_files", "vars_prompt"}.isdisjoint(task.own)
            for task in self.tasks
        )

    def before(self, task: Task) -> Sequence[Task]:
        """The tasks of the same play that run before `task`, its play and blocks among them."""
        return self.tasks[self._first[task.play] : task.index]

    def launches_before(self, task: Task) -> list[Task]:
        """The launches among them."""
        return [launch for launch in self._launches if launch.index < task.index and launch.play == task.play]

    @cached_property
    def _launches(self) -> list[Task]:
        return [task for task in self.tasks if is_launch(task)]

    @cached_property
    def _first(self) -> dict[int, int]:
        """The index of each play's first task."""
        return {task.play: task.index for task in reversed(self.tasks)}

    def jobs_of(self, task: Task) -> list[Job]:
        """The jobs that the task starts, waits for or cleans up."""
        return self._owners.get(task.index, [])

    @cached_property
    def _owners(self) -> dict[int, list[Job]]:
        owners: dict[int, list[Job]] = {}
        for job in self.jobs:
            parts = {t.index for t in (job.launch, *job.waits, *job.cleanups) if t is not None}
            for index in parts:
                owners.setdefault(index, []).append(job)
        return owners

    def piece(self, span: Span) -> Span | None:
        """The whole lines of the plays or tasks (blocks unopened) around `span`; None where no dash starts a line.

        They can be read by themselves, and whatever reads by itself in their place leaves the whole file readable:
        what follows stands no deeper than their first dash.
        """
        at = bisect_right(self._heads, (span.start, len(self.text))) - 1
        if at < 0:
            return None
        start, column = self._heads[at]
        ends = (head for head, depth in self._heads[at + 1 :] if head >= span.end and depth <= column)
        return Span(start, next(ends, len(self.text)))

    @cached_property
    def _heads(self) -> list[tuple[int, int]]:
        """Where the lines of plays and tasks start that begin with a dash, and the column of the dash."""
        return sorted(self._dashes())

    def _dashes(self) -> Iterator[tuple[int, int]]:
        for task in self.tasks:
            if task.within:
                continue
            start = self.text.rfind("\n", 0, task.span.start) + 1
            lead = self.text[start : task.span.start]
            if lead.strip(" ") == "-":
                yield start, lead.index("-")
