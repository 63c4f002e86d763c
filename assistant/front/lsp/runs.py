"""Runs of Ansible, watched from outside: a log that grows or a folder of events in, the last run's output out."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

TAIL = 2_000_000
"""Bytes at the end of a log that are looked at; a run that printed more shows its last failures."""
PID = re.compile(r"(?m)^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ (p=\d+) ")
"""What Ansible's own log (log_path) puts before each line: lines of one process are of one run."""
RECAP = "PLAY RECAP"
START = re.compile(r"(?m)^(?:PLAY|TASK|RUNNING HANDLER) \[")


class Source(Protocol):
    """Something that runs leave their output in."""

    path: Path

    def news(self) -> str | None:
        """The output of the last run so far, when there is more than at the last call; else None."""

    def written(self) -> float:
        """When it was last written, in seconds of the system's clock."""


def source(path: str) -> Source:
    """The source at a path: a folder holds artifacts of ansible-runner, anything else is (or becomes) a log."""
    given = Path(path).expanduser()
    return Artifacts(given) if given.is_dir() else Log(given)


class Log:
    """A log: Ansible's own, to which runs are added, or what a run was redirected to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seen: tuple[int, int, int] | None = None

    def news(self) -> str | None:
        """See Source."""
        try:
            state = os.stat(self.path)
        except OSError:
            return None
        mark = (state.st_ino, state.st_size, state.st_mtime_ns)
        if mark == self.seen:
            return None
        self.seen = mark
        with self.path.open("rb") as file:
            file.seek(max(state.st_size - TAIL, 0))
            return last_run(file.read().decode("utf-8", "replace"))

    def written(self) -> float:
        """See Source."""
        return self.seen[2] / 1e9 if self.seen else 0.0


def last_run(text: str) -> str:
    """The part of a log that the last run wrote: by its process, else what follows the recap of the run before."""
    processes = PID.findall(text)
    if processes:
        mine = f" {processes[-1]} "
        lines = text.splitlines(keepends=True)
        return "".join(line for line in lines if mine in line[:60] or not PID.match(line))
    recap = text.rfind(f"\n{RECAP}")
    if recap < 0:
        return text
    begun = START.search(text, recap + 1)
    if begun:
        return text[begun.start() :]
    before = text.rfind(f"\n{RECAP}", 0, recap)
    begun = START.search(text, before + 1)
    return text[begun.start() :] if before >= 0 and begun else text


class Artifacts:
    """A folder of ansible-runner: artifacts/<run>/job_events/<number>-<id>.json, of which the newest run counts.

    Either of the three folders may be given. The events hold what was printed, and the place of each task.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seen: tuple[str, int] | None = None
        self.told: dict[str, str] = {}
        self.last = 0.0

    def news(self) -> str | None:
        """See Source."""
        folder = self._newest()
        names = sorted(_events(folder), key=lambda name: int(name.partition("-")[0])) if folder else []
        if folder is None or (str(folder), len(names)) == self.seen:
            return None
        if self.seen is None or self.seen[0] != str(folder):
            self.told = {}
        self.seen, self.last = (str(folder), len(names)), folder.stat().st_mtime
        for name in names:
            if name not in self.told:
                self.told[name] = _printed(folder / name)
        return "".join(self.told[name] for name in names)

    def written(self) -> float:
        """See Source."""
        return self.last

    def _newest(self) -> Path | None:
        found = [
            *self.path.glob("job_events"),
            *self.path.glob("*/job_events"),
            *self.path.glob("artifacts/*/job_events"),
        ]
        return max(found, key=lambda folder: folder.stat().st_mtime, default=None)


def _events(folder: Path) -> Iterator[str]:
    """The files of events that are complete: runner writes them under another name first."""
    yield from (name for name in os.listdir(folder) if re.fullmatch(r"\d+-[0-9a-f-]+\.json", name))


def _printed(path: Path) -> str:
    """What one event printed, the place of its task before it, as `-vv` would have printed it."""
    try:
        event = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    printed = str(event.get("stdout") or "")
    place = (event.get("event_data") or {}).get("task_path")
    failed = event.get("event") in ("runner_on_failed", "runner_on_unreachable", "runner_item_on_failed")
    lead = f"task path: {place}\n" if failed and place else ""
    return f"{lead}{printed}\n" if printed else ""
