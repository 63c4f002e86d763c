"""Tying jobs together: tasks in; each launch with its waits and clean-ups out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.model import Job, Task
from assistant.plays.origins import Origins
from assistant.plays.tasks import is_cleanup, is_launch, is_status, registers


def tied(tasks: Sequence[Task]) -> tuple[Job, ...]:
    """The jobs of a file: one for each launch, in order, then one for each unknown id that is waited for.

    A status task belongs to the launches that its jid can come from: through the launch's register,
    loops over `.results` (any depth), `set_fact` and `vars`. It may belong to several when
    exclusive tasks share a register. Never to a launch that runs after it.
    """
    launches = [task for task in tasks if is_launch(task)]
    statuses = [task for task in tasks if is_status(task)]
    if not launches and not statuses:
        return ()
    origins = Origins(tasks)
    owned: dict[int, list[Task]] = {task.index: [] for task in launches}
    orphans: dict[str, list[Task]] = {}
    for status in statuses:
        found = origins.launches(status)
        for launch in found:
            owned[launch.index].append(status)
        if not found:
            orphans.setdefault(origins.orphan_key(status), []).append(status)
    jobs = [_job(launch, owned[launch.index], registers(launch)) for launch in launches]
    return tuple(jobs + [_job(None, group, _name(key)) for key, group in orphans.items()])


def _job(launch: Task | None, statuses: Iterable[Task], register: str) -> Job:
    statuses = list(statuses)
    waits = tuple(task for task in statuses if not is_cleanup(task))
    return Job(launch, waits, tuple(task for task in statuses if is_cleanup(task)), register)


def _name(key: str) -> str:
    return key if key.isidentifier() else ""
