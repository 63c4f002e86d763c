"""What people copy of an output: from the failed task on, one line of it, all but its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lab import Run

FAILED = re.compile(r"fatal: \[|failed: \[|[\w.-]+ \| (?:FAILED|UNREACHABLE)|ERROR! |\[ERROR\]")


def parts(text: str) -> Iterator[str]:
    """From the failed task on, from its result on, the play without what went well."""
    lines, recap, play, tasks, failed = _marks(text)
    if tasks:
        yield "\n".join(lines[tasks[-1] : recap])
        yield "\n".join(lines[play : play + 2] + lines[tasks[-1] : recap])
        yield "\n".join(lines[play : play + 2] + lines[tasks[-1] :])
    if failed:
        yield "\n".join(lines[failed[0] : recap])


def cut(text: str) -> Iterator[str]:
    """The same without regard for what belongs together: the last result alone, half of it, a quarter more or less."""
    lines, _, _, tasks, failed = _marks(text)
    if tasks:
        yield "\n".join(lines[tasks[-1] :])
    if failed:
        last = lines[failed[-1]]
        yield last
        yield "\n".join(lines[: failed[-1] + 1])
        yield "\n".join([*lines[: failed[-1]], last[: len(last) // 2]])
    for at in (len(lines) * quarters // 4 for quarters in (1, 2, 3)):
        yield "\n".join(lines[:at])
        yield "\n".join(lines[at:])


def _marks(text: str) -> tuple[list[str], int, int, list[int], list[int]]:
    """The lines, and where the recap, the play, the tasks and the failures begin."""
    lines = text.rstrip("\n").split("\n")
    recap = next((at for at, line in enumerate(lines) if line.startswith("PLAY RECAP")), len(lines))
    play = next((at for at, line in enumerate(lines) if line.startswith("PLAY [")), 0)
    tasks = [at for at, line in enumerate(lines) if line.startswith(("TASK [", "RUNNING HANDLER ["))]
    return lines, recap, play, tasks, [at for at, line in enumerate(lines) if FAILED.match(line)]


def newest(runs: Iterable[Run]) -> list[Run]:
    """Of each scenario and callback the newest release that failed."""
    by_age = sorted(runs, key=lambda run: [int(part) for part in run.release.split(".")])
    return [*{(run.scenario, run.form): run for run in by_age if run.code and not run.fixed}.values()]
