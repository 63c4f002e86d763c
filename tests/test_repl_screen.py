"""The prompt as somebody meets it: hostile pastes, keys, editors, small screens, screens that are heard, tmux."""

from __future__ import annotations

import base64
import os
import re
import signal
import stat
import time
from pathlib import Path

import pytest
from calls import EXAMPLES
from pty_session import END, START, Paper, Screen

pytestmark = pytest.mark.slow

ERROR = 'fatal: [web1]: FAILED! => {"msg": "could not find jobEVIL", "changed": false}\rexit\rnext\r'
EVIL = {
    "clear": "\x1b[2J\x1b[H",
    "clipboard": "\x1b]52;c;YQ==\x07",
    "title": "\x1b]0;title\x1b\\",
    "other screen": "\x1b[?1049h\x1b[?1000h",
    "end mark": "\x1b[201~",
    "start mark": "\x1b[200~",
    "both marks": "\x1b[201~\rexit\r\x1b[200~",
    "questions": "\x1b[6n\x1b[c\x05",
    "device": "\x1bP$qm\x1b\\",
    "through tmux": "\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\",
    "C1": "\x9b2J\x9d0;title\x9c",
    "right to left": "\u202e\u2066",
    "null": "\0\0",
    "keys": "\x03\x04\x1a\x18\x05\x12\x7f\t",
    "not UTF-8": "\udcff\udcc3",
}
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
DRAWN = re.compile(r"\x1b\[(?:\?(?:25|7|12|1|2004)[hl]|[0-9;]*m|[0-9]*[ABCDK]|J)|\r")
"""All that the line editor writes to draw the line."""


def shown(screen: Screen) -> str:
    """All that was shown, but for what draws the line and the line ends."""
    return DRAWN.sub("", screen.shown.decode())


def kept(folder: Path) -> list[str]:
    """The history file."""
    path = folder / "state" / "ansible-why" / "history"
    return path.read_text().splitlines() if path.exists() else []


def test_hostile_pastes_leave_the_terminal_and_the_history_clean(tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        screen.ready()
        for evil in EVIL.values():
            data = ERROR.replace("EVIL", evil).encode("utf-8", "surrogateescape")
            for paste in (START + data + END, data):
                assert "could not find job" in screen.answer(paste)
                assert "1 │ fatal: [web1]: FAILED! =>" in screen.answer(b"view\r")
        assert screen.prompts() == screen.turns + 1
        assert screen.leave() == 0
        assert CONTROLS.findall(shown(screen)) == []
    assert kept(tmp_path) == ["view"]


def test_five_megabytes_of_anything(tmp_path: Path) -> None:
    noise = os.urandom(5_000_000)
    with Screen(tmp_path) as screen:
        screen.ready()
        for paste in (START + noise + END, noise + b"\r"):
            assert "does not look like Ansible's output" in screen.answer(paste)
        assert screen.prompts() == 3
        assert "could not find job" in screen.answer(START + ERROR.encode() + END)
        assert CONTROLS.findall(shown(screen)) == []
    assert kept(tmp_path) == []


@pytest.mark.parametrize("marks", [(START, END), (b"", b"")], ids=["marked", "unmarked"])
def test_nothing_of_a_large_paste_is_echoed(marks: tuple[bytes, bytes], tmp_path: Path) -> None:
    sound = "".join(f"TASK [step {number}] ***\rok: [web1]\r" for number in range(20_000))
    with Screen(tmp_path) as screen:
        screen.ready()
        long = ERROR.replace("EVIL", "x" * 100_000)
        answer = screen.answer(marks[0] + sound.encode() + long.encode() + marks[1])
        assert answer.startswith("40,003 lines, 1 failure on web1\n")
        assert "TASK [" not in shown(screen)


def test_a_short_line_that_is_pasted_waits_in_the_line(tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        screen.ready()
        screen.send(START + b"async/job-\x1b[2Jhung" + END)
        screen.until(lambda seen: b"job-hung" in seen)
        assert "async/job-hung" in screen.answer(b"\r")
        assert CONTROLS.findall(shown(screen)) == []
    assert kept(tmp_path) == []


# --- keys ---------------------------------------------------------------------------------------


def test_ctrl_c_takes_the_line_and_not_the_conversation(tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        screen.ready()
        screen.answer(ERROR.encode())
        screen.press("half a thou", "\x03")
        assert "could not find job" in screen.answer(b"view\r")
        screen.press("\x03", "\x03")
        screen.until(lambda seen: b"Ctrl-D" in seen)
        assert screen.leave() == 0
        assert screen.shown.endswith(b"\x1b[?2004l")


def test_commands_typed_ahead_are_obeyed_unless_they_write(tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        screen.ready()
        screen.answer(ERROR.encode())
        since = len(screen.shown)
        screen.send(b"view\rsteps\r")
        assert "could not find job" in screen.next(since)
        screen.until(lambda seen: len(screen.prompt.findall(seen)) == 2, since)
        assert "lines pasted" not in shown(screen)
        assert "2 lines" in screen.answer(b"view\rsave ~/report.md\r")
        assert not (tmp_path / "report.md").exists()


def test_what_stood_in_the_line_stays_there_when_something_is_pasted(tmp_path: Path) -> None:
    for kind, environ in ((Screen, {"TERM": "xterm"}), (Paper, {"TERM": "dumb"})):
        with kind(tmp_path, **environ) as screen:
            screen.ready()
            screen.press("vi")
            since = len(screen.shown)
            screen.send(START + ERROR.encode() + END)
            screen.until(lambda seen: b"Or paste the task" in seen, since)
            time.sleep(0.3)
            assert re.match("1 [│|] fatal", screen.answer(b"ew\r"))


def test_a_signal_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        screen.ready()
        screen.process.send_signal(signal.SIGTERM)
        assert screen.leave(b"") == 128 + signal.SIGTERM


def test_lines_written_by_hand(tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        screen.ready()
        screen.press("fatal: [web1]: FAILED! =>", "\x1b\r", "  msg: could not")
        screen.press("\x1b", shown=0.25)
        screen.press("\r", "find job")
        answer = screen.answer(b"\r")
        assert answer.startswith("3 lines")


def test_history_from_session_to_session(tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        screen.ready()
        for line in ("search hung job", "search poll", "password=hunter2secret"):
            screen.press(*line)
            screen.answer(b"\r")
        screen.leave()
    assert kept(tmp_path) == ["search hung job", "search poll"]
    assert stat.S_IMODE((tmp_path / "state" / "ansible-why" / "history").stat().st_mode) == 0o600
    with Screen(tmp_path) as screen:
        screen.ready()
        screen.press("\x12", *"hun", "\r")
        assert "async/job-hung" in screen.answer(b"\r")
        screen.press("\x1b[A", "\x1b[A")
        assert "async/poll" in screen.answer(b"\r")


def test_a_menu_of_what_can_be_typed(tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        screen.ready()
        screen.press("v", "i")
        screen.until(lambda seen: b"show what was pasted" in seen)
        screen.press("\t", "\r")
        assert "Nothing" in screen.answer(b"\r")


@pytest.mark.parametrize("by", ["EDITING_MODE", ".inputrc"])
def test_keys_of_vi(by: str, tmp_path: Path) -> None:
    (tmp_path / ".inputrc").write_text("set editing-mode vi\n" if by == ".inputrc" else "")
    with Screen(tmp_path, **({by: "vi"} if by == "EDITING_MODE" else {})) as screen:
        screen.ready()
        screen.press("xsearch", " ", "hung", "\x1b", "0", "x")
        assert "async/job-hung" in screen.answer(b"\r")


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"NO_COLOR": "", "COLORFGBG": "0;15"}], ids=["without", "with"])
def test_colour_as_the_user_wants_it(environ: dict[str, str], tmp_path: Path) -> None:
    with Screen(tmp_path, **environ) as screen:
        screen.ready()
        screen.send(ERROR.encode())
        screen.until(lambda seen: b"12 causes" in seen or b"12\x1b" in seen)
        screen.press("s", "\t")
        screen.until(lambda seen: b"steps" in seen)
        used = {code for codes in re.findall(rb"\x1b\[([0-9;]*)m", screen.shown) for code in codes.split(b";")}
        assert (used - {b"", b"0", b"1", b"2", b"7"} != set()) is (environ["NO_COLOR"] == "")


@pytest.fixture
def editor(tmp_path: Path) -> str:
    """An editor that adds a failure to what it is given."""
    program = tmp_path / "editor"
    text = ERROR.replace("\r", "\n").replace("EVIL", "")
    program.write_text(f"#!/bin/sh\nstty -a | grep -o '[-]*icanon' > {tmp_path}/mode\ncat >> \"$1\" <<'X'\n{text}X\n")
    program.chmod(0o755)
    return str(program)


def test_a_line_goes_on_in_the_editor(editor: str, tmp_path: Path) -> None:
    with Screen(tmp_path, EDITOR=editor) as screen:
        screen.ready()
        screen.press("words", "\x18")
        assert "1 failure on web1" in screen.answer(b"\x05")
        assert "3 │ next" in screen.answer(b"view\r")
        assert (tmp_path / "mode").read_text() == "icanon\n"


def test_a_paste_is_corrected_in_the_editor(editor: str, tmp_path: Path) -> None:
    with Screen(tmp_path, EDITOR=editor) as screen:
        screen.ready()
        screen.answer(ERROR.encode())
        assert screen.answer(b"edit\r").startswith("6 lines")


def test_the_clipboard_of_the_terminal(tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        screen.ready()
        screen.answer(START + (EXAMPLES / "backup.log").read_bytes() + (EXAMPLES / "backup.yml").read_bytes() + END)
        screen.send(b"copy\r")
        screen.until(re.compile(rb"\x1b\]52;c;[^\x07]+\x07").search)
        found = re.search(rb"\x1b\]52;c;([^\x07]+)\x07", screen.shown)
        assert found and "async" in base64.b64decode(found[1]).decode()


# --- screens ------------------------------------------------------------------------------------


def test_a_long_answer_stops_at_the_end_of_the_screen(tmp_path: Path) -> None:
    with Screen(tmp_path, rows=12) as screen:
        screen.ready()
        first = screen.answer(b"help\r").splitlines()
        assert (len(first), first[-1][:1], first[-1][-6:]) == (10, "(", "lines)")
        second = screen.answer(b"\r").splitlines()
        assert len(second) == 10
        assert screen.answer(ERROR.encode()).startswith("3 lines")


def test_answers_follow_the_width_of_the_window(tmp_path: Path) -> None:
    with Screen(tmp_path, columns=100) as screen:
        screen.ready()
        assert max(map(len, screen.answer(b"help\r").splitlines())) > 60
        screen.resize(400, 40)
        assert max(map(len, screen.answer(b"help\r").splitlines())) <= 40
        screen.resize(400, 100)
        assert max(map(len, screen.answer(b"help\r").splitlines())) > 60


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}], ids=str)
def test_where_nothing_is_drawn_only_text_is_written(environ: dict[str, str], tmp_path: Path) -> None:
    with Paper(tmp_path, **environ) as screen:
        screen.ready()
        for evil in EVIL.values():
            data = ERROR.replace("EVIL", evil).encode("utf-8", "surrogateescape")
            for paste in (START + data + END, data):
                assert "could not find job" in screen.answer(paste)
        screen.answer(b"help\r")
        screen.press("\x1b[A", "nexx", "\x7f", "t", "\x03", "vi", "\t")
        assert re.match(r"1 (?:[│|] )?fatal: \[web1\]", screen.answer(b"\r"))
        assert screen.prompts() == screen.turns + 3
        assert screen.leave() == 0
    written = screen.shown.decode().replace("\r\n", "\n")
    assert CONTROLS.findall(written) + re.findall("\r", written) == []
