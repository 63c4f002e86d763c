"""The command called as a person or a script calls it: a process of its own, from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


class Called(NamedTuple):
    """What a call left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str


def surroundings(**more: str) -> dict[str, str]:
    """The environment without what would change the look of an answer, and with this checkout."""
    looks = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PAGER", "LESS", "TERM")
    kept = {name: value for name, value in os.environ.items() if name not in looks}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


def call(*arguments: str | Path, given: str | bytes = b"", folder: Path = ROOT, **environ: str) -> Called:
    """Runs `ansible-why ARGUMENTS` with `given` on standard input."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *map(str, arguments)],
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        cwd=folder,
        env=surroundings(**environ),
        timeout=60,
    )
    return Called(done.returncode, done.stdout.decode(), done.stderr.decode())
