"""What the numbers of a job come to: one task in; how long is waited, how long the job may run, and a picture, out.

The numbers are those of the looks, so that an editor says what `check` says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.looks import LOOKS, gather
from assistant.looks.launches import POLL, launching
from assistant.looks.runtime import run_time
from assistant.looks.waits import amount, limit_seconds, numbers, tidy, wait_seconds
from assistant.model import Bar, Job, Record, Task

if TYPE_CHECKING:
    from assistant.plays import File


class Budget(Record):
    """The times of one job, in seconds; None for what the file does not tell."""

    job: Job | None
    launch: Task | None
    wait: Task | None
    retries: float | None
    delay: float | None
    waiting: float | None
    """How long the wait sleeps in all, retries × delay; None where Ansible waits by itself (poll above 0)."""
    limit: float | None
    """How long the job may run: async."""
    poll: float | None
    """Seconds between two looks of a launch that waits by itself; 0: it does not wait."""
    least: float | None
    """What the command's own sleeps say that it takes at least."""
    verdict: str
    """The comparison in words ("2 × 5 s = 10 s of waiting < async: 600"); "" where there is none."""
    enough: bool | None

    @property
    def sum(self) -> str:
        """The wait as a sum: "10 × 3 s = 30 s"; "" where it is not known."""
        if self.retries is None or self.delay is None or self.waiting is None:
            return ""
        return f"{tidy(self.retries)} × {tidy(self.delay)} s = {tidy(self.waiting)} s"

    @property
    def limit_words(self) -> str:
        """ "600 s"; "" where it is not known."""
        return f"{tidy(self.limit)} s" if self.limit is not None else ""

    @property
    def picture(self) -> tuple[Bar, ...]:
        """Job and wait as bars of one scale; () when not both are known."""
        bars = []
        if self.limit is not None:
            bars.append(Bar("job", self.limit, f"may run {self.limit_words} (async)"))
        if self.least:
            bars.append(Bar("command", self.least, f"sleeps {tidy(self.least)} s"))
        if self.waiting is not None:
            product = self.sum.partition(" = ")[0]
            bars.append(Bar("wait", self.waiting, f"gives up after {tidy(self.waiting)} s ({product})"))
        return tuple(bars) if len(bars) > 1 else ()


def budget(file: File, task: Task) -> Budget:
    """The times of the job that `task` starts, waits for or cleans up."""
    evidence = gather(None, file, task)
    wait = evidence.wait
    if wait is None and evidence.job and evidence.job.waits:
        evidence = evidence._replace(wait=evidence.job.waits[0])
    retries, delay = numbers(evidence)
    fact = LOOKS["wait_against_limit"](evidence)
    launch = launching(evidence)
    time = run_time(launch)
    return Budget(
        evidence.job,
        launch,
        evidence.wait,
        retries,
        delay,
        wait_seconds(evidence),
        limit_seconds(evidence),
        _poll(launch),
        time.least if time else None,
        fact.because if fact else "",
        fact.value == "enough" if fact and fact.value != "no number" else None,
    )


def _poll(launch: Task | None) -> float | None:
    return amount(launch.get("poll"), POLL) if launch else None
