"""The prompt as a person has it before them: `ansible-why` on a terminal of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from calls import PROGRAM, ROOT, surroundings

START, END = b"\x1b[200~", b"\x1b[201~"
PROMPT = re.compile(rb"\x1b\[\?2004h(?:\x1b\[\?1l)?\x1b\[\?25l")
"""What prompt_toolkit writes once, when it draws a prompt for the first time."""
PATIENCE = 60.0
"""Seconds; for a machine that does much else."""


def home(folder: Path) -> dict[str, str]:
    """Where a session keeps its own in tests."""
    return {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}


class Opened(NamedTuple):
    """A program on a terminal of its own."""

    process: subprocess.Popen[bytes]
    terminal: int
    """The person's side: what is written there is typed, what is read from there is shown."""
    inside: int
    """The program's side, for whoever started it to close."""
    mode: list[object]
    """How the terminal was set before the program came."""


def opened(*arguments: str, rows: int, columns: int, **environ: str) -> Opened:
    """Starts `ansible-why ARGUMENTS` on a terminal of `rows` by `columns`, which controls its session."""
    terminal, inside = pty.openpty()
    resize(inside, rows, columns)
    mode = termios.tcgetattr(inside)
    process = subprocess.Popen(
        [*PROGRAM, *arguments],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        cwd=ROOT,
        env=surroundings(**environ),
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    return Opened(process, terminal, inside, mode)


def resize(inside: int, rows: int, columns: int) -> None:
    """Gives a terminal another size."""
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


class Screen:
    """`ansible-why ARGUMENTS` on a terminal of `rows` by `columns` which it controls; to be used as a context."""

    prompt = PROMPT
    ends = rb"\x1b\[\?(?:25|7|2004)h"
    """What stands before an answer: the end of the drawing of what was typed, or of an editor."""

    def __init__(
        self, folder: Path, *arguments: str, rows: int = 400, columns: int = 100, ahead: bytes = b"", **environ: str
    ) -> None:
        self.shown = b""
        self.turns = 0
        setting = {"TERM": "xterm-256color", "NO_COLOR": "1", **home(folder), **environ}
        self.process, self.terminal, self._inside, self.mode = opened(*arguments, rows=rows, columns=columns, **setting)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if ahead:
            self.send(ahead)

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._inside)
        self._reader.join(PATIENCE)
        os.close(self.terminal)

    def send(self, data: bytes, size: int = 65536, pause: float = 0.0) -> None:
        """Types or pastes: `size` bytes at once, `pause` seconds between."""
        for at in range(0, len(data), size):
            piece = data[at : at + size]
            while piece:
                piece = piece[os.write(self.terminal, piece) :]
            time.sleep(pause)

    def until(self, found: Callable[[bytes], object], since: int = 0) -> None:
        """Waits until `found` is true of what was shown after `since` bytes; fails when it does not become so."""
        end = time.monotonic() + PATIENCE
        while not found(self.shown[since:]):
            assert self.process.poll() is None or self._reader.is_alive(), f"it has ended: {self.shown[since:]!r}"
            assert time.monotonic() < end, f"in vain: {self.shown[since:][-3000:]!r}"
            time.sleep(0.003)

    def ready(self) -> Screen:
        """Waits for the first prompt."""
        self.until(self.prompt.search)
        return self

    def answer(self, data: bytes = b"", size: int = 65536, pause: float = 0.0) -> str:
        """Sends `data`; what is shown until the next prompt, without the line that was typed."""
        since = len(self.shown)
        self.send(data, size, pause)
        return self.next(since)

    def next(self, since: int = 0) -> str:
        """The answer that was shown after `since` bytes, once it is whole."""
        whole = re.compile(self.ends + rb"([^\x1b]+)" + self.prompt.pattern)
        self.until(whole.search, since)
        self.turns += 1
        match = whole.search(self.shown, since)
        assert match
        return match[1].decode().replace("\r\n", "\n")

    def prompts(self) -> int:
        """How many prompts there were."""
        return len(self.prompt.findall(self.shown))

    def leave(self, keys: bytes = b"\x04") -> int:
        """Leaves; gives back the exit status. The terminal must be as it was."""
        self.send(keys)
        status = self.process.wait(PATIENCE)
        assert termios.tcgetattr(self._inside) == self.mode, "the terminal is left in another mode"
        return status

    def press(self, *keys: str, shown: float = 0.4) -> None:
        """Presses keys as a person does: each when the one before is shown, or shows nothing for `shown` seconds."""
        for key in keys:
            before, end = len(self.shown), time.monotonic() + shown
            self.send(key.encode())
            while len(self.shown) == before and time.monotonic() < end:
                time.sleep(0.01)
            time.sleep(0.06)

    def resize(self, rows: int, columns: int) -> None:
        """Changes the size of the window."""
        resize(self._inside, rows, columns)

    def _read(self) -> None:
        """Reads what is shown, until the terminal is closed."""
        while True:
            if not select.select([self.terminal], [], [], 0.2)[0]:
                if self.process.poll() is not None:
                    return
                continue
            try:
                piece = os.read(self.terminal, 65536)
            except OSError:
                return
            if not piece:
                return
            self.shown += piece


class Paper(Screen):
    """The same where nothing is drawn: TERM=dumb, or ACCESSIBLE."""

    prompt = re.compile(rb"(?<=\n)(?:why|yes or no)?> \Z")
    ends = rb"\r\n"

    def prompts(self) -> int:
        """How many prompts there were."""
        return len(re.findall(rb"\nwhy> ", self.shown))
