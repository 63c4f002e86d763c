"""What the looks may look at: one failure (or none, when code is checked) and the tasks it belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.model import Failure, Job, Origin, Record, Task, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any  # plays and kb are only needed by whoever makes the evidence

    from assistant.kb.signs import Match
    from assistant.plays import File

ABSENT = Value("absent")
LINE_END = 1_000_000
"""A column behind every line: "task path: site.yml:4" names a line only."""


class Evidence(Record):
    """Everything known about one failure, or about one task that has not failed yet."""

    failure: Failure | None = None
    match: Match | None = None
    hints: Mapping[str, str] = {}
    """Of the paste: "release", "at_least", "at_most", "check_mode"."""
    answers: Mapping[str, str] = {}
    file: File | None = None
    files: tuple[File, ...] = ()
    """All files that were given, files of variables among them."""
    task: Task | None = None
    """The task that failed, or that is looked at."""
    job: Job | None = None
    wait: Task | None = None
    """The async_status task in question: the failed one, or the one whose result the failed one reads."""

    @property
    def launch(self) -> Task | None:
        """The task that started the job."""
        return self.job.launch if self.job else None

    @property
    def result(self) -> Mapping[str, Any]:
        """The failure's result, the outer layers beneath the inner one."""
        return {**self.failure.outer, **self.failure.result} if self.failure else {}

    @property
    def path(self) -> str:
        """The file of the tasks, "" without one."""
        return self.file.path if self.file else ""

    def seen(self, kind: str) -> list[Mapping[str, Any]]:
        """Results of that kind ("launch", "ok", …) that the paste shows before the failure, oldest first."""
        return [seen.result for seen in self.failure.seen if seen.kind == kind] if self.failure else []


def locate(failure: Failure, files: tuple[File, ...]) -> tuple[File | None, Task | None]:
    """The task that failed: by the place that Ansible names, else by its name, else the only one that can be meant.

    (None, None) when several could be meant: a wrong task is worse than none. A file without a task is one that
    Ansible refused.
    """
    for file in files:
        task = _by_place(failure, file)
        if task:
            return file, task
    named = [(file, task) for file in files for task in _by_name(failure, file)]
    if not named and not failure.task:
        quoted = [(file, task) for file in files for task in _by_condition(failure, file)]
        named = quoted or [(file, task) for file in files for task in _by_kind(failure, file)]
    return named[0] if len(named) == 1 else (_refused(failure, files) or _with_role(failure, files), None)


def _refused(failure: Failure, files: tuple[File, ...]) -> File | None:
    """The file that Ansible names and refused: one that cannot be read has no tasks, yet a place to look at."""
    place = failure.origin if failure.kind == "parse" else None
    return next((file for file in files if place and _is_there(place, file)), None)


def _with_role(failure: Failure, files: tuple[File, ...]) -> File | None:
    """The one file that names the role whose arguments were refused: that check is no task of anybody's file."""
    context = failure.result.get("validate_args_context")
    name = str(context.get("name", "")) if isinstance(context, Mapping) else ""
    naming = [file for file in files if name and re.search(rf"\b{re.escape(name)}\b", file.text)]
    return naming[0] if len(naming) == 1 else None


def _by_place(failure: Failure, file: File) -> Task | None:
    from assistant.plays import task_at

    for origin in (failure.task_origin, failure.origin):
        if origin and _is_there(origin, file):
            task = task_at(file, origin.line, origin.column or LINE_END)
            if task and (not failure.task or not task.name or task in _by_name(failure, file)):
                return task
    return None


def _is_there(origin: Origin, file: File) -> bool:
    """Whether the place is one of this file: by its name (Ansible prints whole paths, people give relative ones),
    or because the very line that is quoted stands there."""
    if origin.path.rpartition("/")[2] == file.path.rpartition("/")[2]:
        return True
    rows = file.text.splitlines() if len(origin.quoted.strip()) > MEANT else []
    return 0 < origin.line <= len(rows) and rows[origin.line - 1].replace("\t", " ") == origin.quoted.replace("\t", " ")


MEANT = 8
"""Characters of a quoted line from which on it stands for its file; a shorter one may stand in any."""


def _by_name(failure: Failure, file: File) -> tuple[Task, ...]:
    from assistant.plays import task_named

    named = task_named(file, failure.task) if failure.task else ()
    if len(named) > 1:
        fitting = tuple(task for task in named if _fits(failure, task))
        named = fitting or named
    return named


def _by_condition(failure: Failure, file: File) -> tuple[Task, ...]:
    """The tasks with the condition that the message quotes (up to 2.18)."""
    said = re.search(r"The conditional check '([^\n]{1,300}?)' failed\.", failure.message)
    if not said:
        return ()
    return tuple(
        task for task in file.tasks if any(said[1] in _lines(task.own[key]) for key in EXPRESSIONS if key in task.own)
    )


def _lines(value: Value) -> list[str]:
    """A condition as written, or each of a list of them."""
    return [node.text.strip() for node in (value.node.items or (value.node,))] if value.node else []


def _by_kind(failure: Failure, file: File) -> tuple[Task, ...]:
    """For a bare result: the tasks that can have given it. A lone task is meant whatever it is."""
    if failure.kind == "parse":
        return _by_keyword(failure, file) or _by_handler(failure, file)
    tasks = tuple(task for task in file.tasks if task.kind == "task")
    return tasks if len(tasks) == 1 else tuple(task for task in _still_to_come(failure, file) if _fits(failure, task))


def _still_to_come(failure: Failure, file: File) -> tuple[Task, ...]:
    """The tasks that can have come after what the paste shows, where a callback names none (minimal, oneline).

    Only a playbook of one play that runs straight down says so: each of its tasks prints one result per host.
    """
    tasks = tuple(task for task in file.tasks if task.kind == "task")
    play = file.tasks[0] if file.tasks else None
    if file.kind != "playbook" or play is None or "roles" in play.own or len(file.tasks) != len(tasks) + 1:
        return tasks
    if any(task.section != "tasks" for task in tasks):
        return tasks
    past = [seen for seen in failure.seen if seen.kind in PAST and not seen.task and "ansible_facts" not in seen.result]
    if any("(item=" in seen.text or "ansible_loop_var" in seen.result for seen in past):
        return tasks  # items, of which nobody knows how many a task has
    return tasks[len(past) :] or tasks


PAST = ("ok", "launch", "skipped", "ignored")
"""What the callbacks print of a task that is over."""


KINDS = {"TaskInclude": "include", "IncludeRole": "include", "Block": "block", "Play": "play", "Task": "task"}
"""What Ansible calls the kinds of tasks when it refuses one of their keywords."""


def _by_keyword(failure: Failure, file: File) -> tuple[Task, ...]:
    """For "'async' is not a valid attribute for a Block": the blocks that have that keyword."""
    told = re.search(r"'(\w{1,50})' is not a valid attribute for a (\w{1,50})", failure.message)
    kind = KINDS.get(told[2], "") if told else ""
    return tuple(task for task in file.tasks if told and task.kind == kind and told[1] in task.own)


def _by_handler(failure: Failure, file: File) -> tuple[Task, ...]:
    """The tasks that notify the handler which the message says does not exist; it names no task (2.9 to 2.21)."""
    told = re.search(r"The requested handler '([^'\n]{1,200})' was not found", failure.message)
    notifying = [task for task in file.tasks if told and "notify" in task.own]
    return tuple(task for task in notifying if told and told[1] in _lines(task.own["notify"]))


def _fits(failure: Failure, task: Task) -> bool:
    """True when the task's module can have given this result."""
    if failure.module:
        return task.module == failure.module.removeprefix("ansible.builtin.").removeprefix("ansible.legacy.")
    if "ansible_job_id" in failure.result and "attempts" in failure.result:
        return task.module == "async_status"
    return "async" in task.own if re.search(r"\basync\b", failure.message) else True


def gather(failure: Failure | None, file: File | None, task: Task | None, **rest: Any) -> Evidence:
    """Evidence with the job that the task belongs to, when there is exactly one."""
    evidence = Evidence(failure=failure, file=file, task=task, **rest)
    if file is None or task is None:
        return evidence
    jobs = file.index.jobs_of(task)
    if not jobs:
        return _read_by(evidence, file, task)
    job = jobs[0] if len(jobs) == 1 else None
    wait = task if task.module == "async_status" else job.waits[0] if job and len(job.waits) == 1 else None
    return evidence._replace(job=job, wait=wait)


def _read_by(evidence: Evidence, file: File, task: Task) -> Evidence:
    """For a task that only reads what a job gave: that job, when only one is read."""
    from assistant.plays import references, registers

    names = {ref.name for ref in references(task.node)} | {
        ref.name for key in EXPRESSIONS for ref in references(task.get(key), bare=True)
    }
    found = []
    for job in file.jobs:
        waits = [wait for wait in job.waits if registers(wait) in names and wait.index < task.index]
        if waits or (job.register in names and job.launch and job.launch.index < task.index):
            found.append((job, waits[-1] if waits else None))
    if len(found) != 1:
        return evidence
    job, wait = found[0]
    return evidence._replace(job=job, wait=wait)


EXPRESSIONS = ("when", "until", "failed_when", "changed_when")
"""Keywords that are expressions without braces."""


def literal(value: Value, *kinds: type) -> Any:
    """The value when it is known and of one of `kinds`, else None."""
    return value.value if value.known and isinstance(value.value, kinds) else None


def text_of(value: Value) -> str:
    """A value as written, "" when it is absent."""
    return value.node.text if value.node else ""


def home_of(path: str) -> str:
    """The user whose home a path lies in: "root" for /root/…, "ops" for /home/ops/…, "" otherwise."""
    match = re.match(r"/(?:home|Users)/([^/]+)/|/(root)/", path)
    return (match[1] or match[2]) if match else ""


def missing_attribute(evidence: Evidence) -> str:
    """The field that an undefined-attribute message names, "" for other messages."""
    match = re.search(r"has no attribute '([^'\n]{1,200})'", evidence.failure.message) if evidence.failure else None
    return match[1] if match else ""
