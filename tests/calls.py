"""The command called as a person or a script calls it: in this process, or in one of its own where that matters."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from assistant.front.cli import main

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
IGNORED = (
    (EXAMPLES / "backup.log")
    .read_text()
    .replace("\n\nPLAY RECAP", "\n...ignoring\n\nPLAY RECAP")
    .replace("failed=1", "failed=0")
    .replace("ignored=0", "ignored=1")
)
"""What examples/backup.log would be with `ignore_errors: true` on its wait."""
PROGRAM = [sys.executable, "-m", "assistant"]


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
    """Calls `ansible-why ARGUMENTS` here, in a tenth of the time: the streams are pipes to it, as in `process`."""
    stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(_bytes(given))), "utf-8")  # type: ignore[arg-type]
    stdout, stderr = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.chdir(folder))
        stack.enter_context(mock.patch.dict(os.environ, surroundings(**environ), clear=True))
        stack.enter_context(mock.patch.multiple(sys, stdin=stdin, stdout=stdout, stderr=stderr))
        status = main([str(each) for each in arguments])
        stderr.flush()
    return Called(status, _written(stdout), _written(stderr))


def process(*arguments: str | Path, given: str | bytes = b"", folder: Path = ROOT, **environ: str) -> Called:
    """Runs `ansible-why ARGUMENTS` as a program, with `given` on standard input."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        input=_bytes(given),
        capture_output=True,
        cwd=folder,
        env=surroundings(**environ),
        timeout=60,
    )
    return Called(done.returncode, done.stdout.decode(), done.stderr.decode())


def _bytes(given: str | bytes) -> bytes:
    return given.encode() if isinstance(given, str) else given


def _written(stream: io.TextIOWrapper) -> str:
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]
