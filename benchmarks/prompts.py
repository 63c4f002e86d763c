"""From the start to a prompt, in a terminal of its own, against others of its kind."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.peers import interpreter
from benchmarks.table import Row, ratio

KEY = b"z"
CONTROLS = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b[=>]|[\r\n\0]")
PATIENCE = 60.0
"""Seconds."""
AT_MOST = 500
"""Aim in ms for a large paste."""
SOUND = "".join(f"TASK [Step {number}] {'*' * 60}\rok: [web{number}]\r\r" for number in range(10_400))
LOG = (SOUND + 'fatal: [web1]: FAILED! => {"changed": false, "msg": "could not find job"}\r').encode()


class Prompt(NamedTuple):
    """A program and what its prompt ends with."""

    command: list[str]
    prompt: bytes


class Times(NamedTuple):
    """Seconds of wall time from the start."""

    shown: float
    """Until the prompt stands there."""
    ready: float
    """Until a key pressed then is shown in the line."""


def rows(folder: Path, rounds: int) -> list[Row]:
    """Milliseconds and ratios; one round before the others only warms the caches."""
    programs = {
        "ansible-why": Prompt([sys.executable, "-m", "assistant"], b"why> "),
        "ptpython": Prompt([str(interpreter("ptpython"))], b">>> "),
        "litecli": Prompt([str(interpreter("litecli")), str(folder / "a.db")], b"a.db> "),
        "ipython": Prompt([str(interpreter("ipython"))], b"In [1]: "),
    }
    taken: dict[str, list[Times]] = {name: [] for name in programs}
    for _ in range(rounds + 1):
        for name, program in programs.items():
            taken[name].append(_timed(program, folder))
    shown = {name: statistics.median(times.shown for times in found[1:]) for name, found in taken.items()}
    ready = {name: statistics.median(times.ready for times in found[1:]) for name, found in taken.items()}
    found = [Row(f"{name}: prompt shown", seconds * 1000, "ms") for name, seconds in shown.items()]
    found += [Row(f"{name}: a key shown", seconds * 1000, "ms") for name, seconds in ready.items()]
    for name in list(programs)[1:]:
        found.append(
            ratio(f"{name} / ansible-why, until the prompt is shown", shown[name] / shown["ansible-why"], at_least=1)
        )
        found.append(
            ratio(f"{name} / ansible-why, until a key is shown", ready[name] / ready["ansible-why"], at_least=1)
        )
    for name, paste in {"marked": b"\x1b[200~" + LOG + b"\x1b[201~", "unmarked": LOG}.items():
        seconds = statistics.median(_pasted(programs["ansible-why"], folder, paste) for _ in range(rounds))
        met = seconds * 1000 <= AT_MOST
        found.append(
            Row(f"1 MB pasted ({name}), until it is answered", seconds * 1000, "ms", f"at most {AT_MOST} ms", met)
        )
    return found


def _timed(program: Prompt, home: Path) -> Times:
    with _session(program.command, home) as (screen, start):
        _until(screen, program.prompt, start)
        shown = time.perf_counter() - start
        os.write(screen, KEY)
        _until(screen, KEY, start)
        return Times(shown, time.perf_counter() - start)


def _pasted(program: Prompt, home: Path, paste: bytes) -> float:
    """Seconds from the paste to its answer, in a session that has been open for a while."""
    with _session(program.command, home) as (screen, start):
        _until(screen, program.prompt, start)
        time.sleep(1)
        start = time.perf_counter()
        threading.Thread(target=_send, args=(screen, paste)).start()
        _until(screen, b"1 failure on web1", start)
        return time.perf_counter() - start


def _send(screen: int, data: bytes) -> None:
    while data:
        data = data[os.write(screen, data) :]


@contextlib.contextmanager
def _session(command: list[str], home: Path) -> Iterator[tuple[int, float]]:
    """A program on a terminal of its own, and when it was started."""
    screen, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    start = time.perf_counter()
    with subprocess.Popen(
        command,
        stdin=inside,
        stdout=inside,
        stderr=inside,
        env={**os.environ, "HOME": str(home), "TERM": "xterm-256color"},
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    ) as child:
        os.close(inside)
        try:
            yield screen, start
        finally:
            child.kill()
            os.close(screen)


def _until(screen: int, words: bytes, start: float) -> None:
    """Waits until what is shown from now on holds `words`; who asks where the cursor is gets an answer."""
    seen = b""
    while words not in CONTROLS.sub(b"", seen):
        if time.perf_counter() - start > PATIENCE or not select.select([screen], [], [], PATIENCE)[0]:
            raise RuntimeError(f"no {words!r} in {seen!r}")
        piece = os.read(screen, 65536)
        seen += piece
        for _ in range(piece.count(b"\x1b[6n")):
            os.write(screen, b"\x1b[1;1R")
