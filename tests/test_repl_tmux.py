"""The prompt in tmux, which is a terminal with a mind of its own: pastes, narrow panes, its clipboard, job control."""

from __future__ import annotations

import re
import shlex
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from calls import EXAMPLES, PROGRAM, ROOT, surroundings
from pty_session import home

from assistant import kb
from assistant.front.forms.view import View
from assistant.front.repl.conversation import Conversation

pytestmark = pytest.mark.slow

LOG = EXAMPLES / "backup.log"
PATIENCE = 60.0
"""Seconds."""
READY = r"why>\n.+(?:\n.+)?"
"""A prompt and the hint below it."""


class Tmux:
    """A tmux server of our own with one pane, which runs a shell."""

    def __init__(self, folder: Path, columns: int = 80, rows: int = 60) -> None:
        self.command = ["tmux", "-S", str(folder / "socket"), "-f", "/dev/null"]
        environ = surroundings(**home(folder), NO_COLOR="1", TERM="xterm-256color", LC_ALL="C.UTF-8")
        environ.pop("TMUX", None)
        (folder / "rc").write_text("PS1='shell> '\n")
        size = ["-x", str(columns), "-y", str(rows)]
        subprocess.run(
            [*self.command, "new-session", "-d", *size, f"bash --rcfile {folder}/rc -i"],
            env=environ,
            cwd=ROOT,
            check=True,
        )
        self.until("shell>")

    def __call__(self, *words: str) -> str:
        """What a tmux command prints."""
        return subprocess.run([*self.command, *words], capture_output=True, text=True, check=True, timeout=60).stdout

    def screen(self) -> str:
        """What the pane shows."""
        return self("capture-pane", "-p").rstrip()

    def until(self, ends: str) -> str:
        """What the pane shows, once it ends with the pattern `ends`."""
        end = time.monotonic() + PATIENCE
        while not re.search(ends + r"\Z", shown := self.screen()):
            assert time.monotonic() < end, f"no {ends} in\n{shown}"
            time.sleep(0.02)
        return shown

    def keys(self, *keys: str, ends: str = READY) -> str:
        """Presses keys, by tmux's names for them; what the pane shows then."""
        self("send-keys", *keys)
        time.sleep(0.2)
        return self.until(ends)

    def paste(self, path: Path, marked: bool) -> None:
        """Pastes a file."""
        self("load-buffer", str(path))
        self("paste-buffer", *(["-p"] if marked else []))


@pytest.fixture
def tmux(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Tmux]:
    """A pane, of as many columns as the test says, with the program in it."""
    found = Tmux(tmp_path, getattr(request, "param", 80))
    found.keys(shlex.join(PROGRAM), "Enter")
    yield found
    found("kill-server")


@pytest.mark.parametrize("tmux", [40, 80, 120], indirect=True)
@pytest.mark.parametrize("marked", [True, False], ids=["marked", "unmarked"])
def test_pastes_in_a_pane(tmux: Tmux, marked: bool) -> None:
    columns = int(tmux("display-message", "-p", "#{pane_width}"))
    conversation = Conversation(kb.load(), View(width=columns))
    said = conversation.pasted(LOG.read_text()).text
    tmux.paste(LOG, marked)
    shown = tmux.until(r"task that launched the job\n\n" + READY)
    assert f"\nwhy> (pasted)\n{said}why>\n" in re.sub(" +\n", "\n", shown)
    assert " ".join(shown.rpartition("why>")[2].split()) == conversation.hint()


def test_what_is_copied_can_be_pasted(tmux: Tmux) -> None:
    tmux.paste(LOG, True)
    tmux.until(r"task that launched the job\n\n" + READY)
    tmux.paste(LOG.with_suffix(".yml"), True)
    tmux.until(r"diff;[^>]*")
    tmux.keys("copy", "Enter", ends=r"Copied[^>]*" + READY)
    assert "async_status" in tmux("show-buffer")


def test_out_to_the_shell_and_back(tmux: Tmux) -> None:
    tmux.keys("half a l", ends=r"half a l\n.*")
    tmux.keys("C-z", ends="shell>")
    assert "42" in tmux.keys("echo $((6 * 7))", "Enter", ends="shell>")
    assert tmux.keys("fg", "Enter", ends=r"why> half a l\n.*")
    tmux.keys("C-c")
    tmux.keys("C-d", ends="shell>")
