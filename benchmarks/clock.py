"""CPU time of other programs."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

Command = Sequence[object]


class Spent(NamedTuple):
    """What one run of a program cost."""

    seconds: float
    """User and system time, its children's included; the time limit where it was stopped."""
    stopped: bool = False


def spent(command: Command, folder: Path | None = None, limit: float = 600.0) -> Spent:
    """Runs a program to its end, output thrown away, nothing on standard input; `limit` in seconds of wall time.

    Raises RuntimeError when the program cannot do its work: an exit status above 2, or a Python traceback.
    """
    words = list(map(str, command))
    closed, piped = subprocess.DEVNULL, subprocess.PIPE
    with (
        tempfile.TemporaryFile() as out,  # not /dev/null: grep stops at its first match when it writes there
        subprocess.Popen(words, stdin=closed, stdout=out, stderr=piped, cwd=folder) as child,
    ):
        alarm = threading.Timer(limit, child.kill)
        alarm.start()
        complaint = child.stderr.read() if child.stderr else b""
        _, status, usage = os.wait4(child.pid, 0)
        alarm.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode == -9:
        return Spent(limit, stopped=True)
    if child.returncode not in (0, 1, 2) or b"Traceback (most recent" in complaint:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {child.returncode}:\n{complaint.decode()}")
    return Spent(usage.ru_utime + usage.ru_stime)


def medians(commands: Mapping[str, Command], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each program; see `measured`."""
    return {name: statistics.median(found) for name, found in measured(commands, rounds).items()}


def measured(commands: Mapping[str, Command], rounds: int) -> dict[str, list[float]]:
    """CPU seconds of each program, all run once per round, so that a busy moment hits them alike.

    With several rounds one more goes before them, which only warms the caches.
    """
    figures: dict[str, list[float]] = {name: [] for name in commands}
    warming = 1 if rounds > 1 else 0
    for number in range(rounds + warming):
        for name, command in commands.items():
            seconds = spent(command).seconds
            if number >= warming:
                figures[name].append(seconds)
    return figures
