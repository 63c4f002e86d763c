"""Manners on a terminal and in a pipe: paging, colour, Ctrl-C, a reader that goes away, a paste by hand."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from pathlib import Path

import pytest
from calls import EXAMPLES, PROGRAM, ROOT, call, process, surroundings
from pty_session import opened

LOG = EXAMPLES / "backup.log"


class Terminal:
    """The command on a terminal of its own, 80 by 24."""

    def __init__(self, *arguments: str, **environ: str) -> None:
        self.process, self.screen, inside, _ = opened(*arguments, rows=24, columns=80, **{"TERM": "xterm", **environ})
        os.close(inside)
        self.seen = b""

    def until(self, words: bytes, seconds: float = 20) -> bytes:
        """All that was shown, once `words` have come; fails when they do not come."""
        end = time.monotonic() + seconds
        while words not in self.seen:
            assert time.monotonic() < end, f"no {words!r} in {self.seen!r}"
            self._read()
        return self.seen

    def rest(self) -> tuple[int, str]:
        """Exit status and all that was shown, with plain line ends."""
        end = time.monotonic() + 20
        while self._read() and time.monotonic() < end:
            pass
        status = self.process.wait(timeout=20)
        os.close(self.screen)
        return status, self.seen.decode().replace("\r\n", "\n")

    def type(self, keys: bytes) -> None:
        """Keys pressed, in pieces as a terminal sends a paste."""
        for at in range(0, len(keys), 1024):
            while not select.select([], [self.screen], [], 0.05)[1]:
                self._read()
            os.write(self.screen, keys[at : at + 1024])
            self._read(0)

    def _read(self, seconds: float = 0.2) -> bool:
        if not select.select([self.screen], [], [], seconds)[0]:
            return self.process.poll() is None
        try:
            piece = os.read(self.screen, 65536)
        except OSError:  # Linux says EIO when the other side is closed
            return False
        self.seen += piece
        return bool(piece)


def test_a_pipe_gets_no_colour() -> None:
    assert "\x1b" not in call("diagnose", LOG).out


@pytest.mark.slow
def test_a_terminal_gets_colour() -> None:
    status, shown = Terminal("diagnose", "--no-pager", str(LOG)).rest()
    assert status == 0
    assert "\x1b[1;31mWait for the backup failed" in shown


@pytest.mark.parametrize(
    ("environ", "coloured"), [({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)]
)
def test_colour_by_environment(environ: dict[str, str], coloured: bool) -> None:
    assert ("\x1b[" in call("diagnose", LOG, **environ).out) is coloured
    assert ("\x1b[" in call("check", EXAMPLES, **environ).out) is coloured


def test_json_is_never_coloured() -> None:
    assert "\x1b" not in call("diagnose", LOG, "--format", "json", "--color", "always").out


@pytest.mark.slow
def test_a_terminal_that_knows_no_utf_8_gets_ascii() -> None:
    called = process(
        "diagnose", LOG, "--task", EXAMPLES / "backup.yml", PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C"
    )
    assert called.status == 0
    assert called.out.isascii()


@pytest.mark.slow
def test_long_answers_are_paged_on_a_terminal_only(tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text(f"#!/bin/sh\necho paged:; cat > {tmp_path}/text; wc -l < {tmp_path}/text\n")
    pager.chmod(0o755)
    status, shown = Terminal("explain", "async/wait-shorter-than-job", PAGER=str(pager)).rest()
    assert (status, shown.splitlines()[0]) == (0, "paged:")
    assert "Check it worked" in (tmp_path / "text").read_text()
    assert "paged:" not in process("explain", "async/wait-shorter-than-job", PAGER=str(pager)).out
    _, shown = Terminal("explain", "--no-pager", "async/wait-shorter-than-job", PAGER=str(pager)).rest()
    assert "paged:" not in shown


@pytest.mark.slow
def test_a_pager_that_is_not_there_is_no_loss() -> None:
    status, shown = Terminal("explain", "async/wait-shorter-than-job", PAGER="no-such-pager --flag").rest()
    assert status == 0
    assert "Check it worked" in shown


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{' '.join(PROGRAM)} list | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, env=surroundings(), timeout=30
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] in ("0", "141")


def test_a_closed_reader_before_the_first_word(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    process = subprocess.Popen([*PROGRAM, "list"], stdout=write, stderr=subprocess.PIPE, cwd=ROOT, env=surroundings())
    os.close(write)
    assert process.stderr is not None
    assert (process.stderr.read(), process.wait(timeout=20)) == (b"", 141)
    process.stderr.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("where", "words"),
    [("> /dev/full", "cannot write the answer (no space left on device)"), (">&-", "standard output is closed")],
)
def test_an_answer_that_cannot_be_written(where: str, words: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$@" {where}', "sh", *PROGRAM, "list"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=surroundings(),
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (2, f"ansible-why: {words}\n")


@pytest.mark.slow
def test_ctrl_c_ends_without_a_word() -> None:
    terminal = Terminal("diagnose")
    terminal.until(b"Paste the failure, then press Ctrl-D.\r\n")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.rest() == (130, "Paste the failure, then press Ctrl-D.\n")


@pytest.mark.slow
def test_a_paste_by_hand_may_have_lines_of_any_length() -> None:
    terminal = Terminal("diagnose", "--no-pager", "--color", "never")
    terminal.until(b"Paste the failure, then press Ctrl-D.")
    long = '"stdout": "' + "x" * 9000 + '", "attempts"'
    terminal.type(LOG.read_text().replace('"attempts"', long).encode() + b"\n\x04")
    status, shown = terminal.rest()
    assert status == 0
    assert "Wait for the backup failed on web1" in shown
    assert "async/wait-shorter-than-job" in shown
