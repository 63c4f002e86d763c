"""The prompt's terminal in its parts: what a burst of bytes is, what is kept, whose habits are followed."""

from __future__ import annotations

import base64
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.front.forms.view import View
from assistant.front.repl.terminal import clipboard, dumb, editor, habit, history
from assistant.front.repl.terminal.delivery import (
    END,
    INSERT,
    KEYS,
    LOST,
    PASTE,
    QUIET,
    QUIET_LINES,
    START,
    Burst,
    Closed,
    Delivery,
    Piece,
    pieces,
)
from assistant.front.repl.terminal.pages import Pages
from assistant.front.repl.terminal.words import overlap

ERROR = "fatal: [web1]: FAILED! =>\n  msg: could not find job\n"
COMMANDS = ("next", "diff", "exit")


def came(data: bytes, before: str = "") -> list[tuple[str, str]]:
    """What a burst is, as (kind, text)."""
    return [(piece.kind, piece.text) for piece in pieces(data, before, lambda line: line in COMMANDS)]


@pytest.mark.parametrize(
    "data",
    [
        b"fatal: one\rexit\r",
        b"exit\r\rfatal: one\r",
        b"next\rdiff\rnothing of ours\r",
        START + b"exit\rnext\r" + END,
        START + b"fatal: one\r" + END + b"exit\r" + END,
        START + b"fatal: one\r" + END + b"exit\r",
        b"fatal: one\rexit\r" + END,
        b"fatal: one\r" + START + b"exit\r",
        b"fatal: one\r" + START + b"exit\r" + END + b"next\r",
        START + b"fatal: one\rexit\r",
        b"x" * 300 + b"\r",
    ],
    ids=[
        "exit below",
        "exit above",
        "not only commands",
        "marked",
        "end mark inside",
        "after the end",
        "late",
        "start mark inside",
        "both marks inside",
        "no end",
        "long",
    ],
)
def test_a_paste_presses_no_key(data: bytes) -> None:
    assert [kind for kind, _ in came(data)] == [PASTE]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("marks", [(b"", b""), (START, END)], ids=["unmarked", "marked"])
def test_a_paste_is_the_same_however_its_lines_end(marks: tuple[bytes, bytes], end: str) -> None:
    data = ERROR.replace("\n", end).encode()
    assert came(marks[0] + data + marks[1]) == [(PASTE, ERROR)]


def test_line_ends_that_the_terminal_doubled() -> None:
    assert came(ERROR.replace("\n", "\r\r").encode() + b"x") != [(PASTE, ERROR + "x")], "a blank line may be meant"
    assert came(b"a\r\rb\r\r\r\rc\r\r") == [(PASTE, "a\nb\n\nc\n")]
    assert came(b"a\r\rb\r\r\rc\r\r") == [(PASTE, "a\n\nb\n\n\nc\n\n")]


def test_so_many_commands_nobody_types_ahead() -> None:
    assert came(b"next\r" * 6) == [(PASTE, "next\n" * 6)]


def test_blank_lines_and_blanks_at_the_edges_stay() -> None:
    assert came(b"  a\r\r\r b\r") == [(PASTE, "  a\n\n\n b\n")]


def test_marks_are_taken_out_wherever_they_stand() -> None:
    assert came(START + b"a\r" + START + b"b\r" + END + b"c\r" + END) == [(PASTE, "a\nb\nc\n")]


def test_bytes_that_are_no_utf_8_do_not_cut_a_paste() -> None:
    assert came(b"a\xff\xfe\r\0b\xc3\r") == [(PASTE, "a\ufffd\ufffd\n\0b\ufffd\n")]


def test_what_stood_in_the_line_a_moment_ago_is_the_start_of_the_paste() -> None:
    assert pieces(b"atal: one\rtwo\r", "f", lambda _: False) == [Piece(PASTE, "fatal: one\ntwo\n", True)]
    assert pieces(b"\rtwo\r", "fatal: one", lambda _: False) == [Piece(PASTE, "fatal: one\ntwo\n", True)]


def test_a_line_written_in_several_rows_is_not_taken_for_a_paste() -> None:
    assert came(b"word", "first row\nsecond ") == [(INSERT, "word")]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"n", [(KEYS, "n")]),
        (b"\r", [(KEYS, "\r")]),
        (b"\r\n\r\n", [(KEYS, "\r")]),
        (b"\x1b[A\x1b[A", [(KEYS, "\x1b[A\x1b[A")]),
        (b"\x1b\r", [(INSERT, "\n")]),
        (b"one row\x1b\r", [(INSERT, "one row"), (INSERT, "\n")]),
        (b"next\r", [(INSERT, "next"), (KEYS, "\r")]),
        (b"\rnext\r", [(KEYS, "\r"), (INSERT, "next"), (KEYS, "\r")]),
        (b"next\rdiff\r", [(KEYS, "next\rdiff\r")]),
        (START + b"/var/log/a.log" + END, [(INSERT, "/var/log/a.log")]),
        (START + b"/var/log/a.log\r" + END, [(INSERT, "/var/log/a.log")]),
        (START + b"\r" + END, []),
        (b"exit\r" + START + b"a\rb" + END, [(INSERT, "exit"), (KEYS, "\r"), (PASTE, "a\nb")]),
    ],
)
def test_what_is_typed_and_short_goes_into_the_line(data: bytes, found: list[tuple[str, str]]) -> None:
    assert came(data) == found


@pytest.mark.parametrize("evil", ["\x1b]52;c;YQ==\x07", "\x1b[2J", "\u202e", "\x9b31m", "\x00"])
def test_nothing_that_steers_a_terminal_gets_into_the_line(evil: str) -> None:
    assert came(START + f"a{evil}b".encode() + END) == [(INSERT, "ab")]
    assert came(f"{'a' * 65}{evil}b".encode()) == [(INSERT, "a" * 65 + "b")]


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """Two ends: what is written to the second is read from the first."""
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def test_an_end_that_nobody_writes_to_is_the_end() -> None:
    read, write = os.pipe()
    os.close(write)
    with pytest.raises(Closed):
        Delivery(read, str, lambda _: False).read()
    os.close(read)


@pytest.mark.parametrize("key", [b"n", "é".encode(), b"\x1b[A", b"\x1b[1;5C", b"\x1bOP", b"\x1bf", b"\x03"])
def test_nobody_waits_for_a_key_that_was_pressed(
    key: bytes, pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("select.select", lambda *_: pytest.fail("waited"))
    os.write(pipe[1], key)
    assert Delivery(pipe[0], str, lambda _: False).read() == [Piece(KEYS, key.decode())]


@pytest.mark.parametrize(
    "chunks",
    [
        [b"\x1b", b"[200", b"~a\rb\r\x1b[2", b"01~"],
        [b"\x1b[200~", b"a\rb\r", b"\x1b[201~"],
        [b"\x1b[200~a\rb\r\x1b", b"[201~"],
        [b"a\r", b"b", b"\r"],
    ],
)
def test_a_paste_in_pieces_is_one(chunks: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("select.select", lambda *_: ([1] if chunks else [], [], []))
    monkeypatch.setattr("os.read", lambda *_: chunks.pop(0))
    assert Delivery(0, str, lambda _: False).read() == [Piece(PASTE, "a\nb\n")]


def test_a_paste_that_begins_with_part_of_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    chunks = ["fatal: é".encode()[:-1], "é".encode()[-1:], b"\rtwo\r"]
    monkeypatch.setattr("select.select", lambda *_: ([1] if chunks else [], [], []))
    monkeypatch.setattr("os.read", lambda *_: chunks.pop(0))
    assert Delivery(0, str, lambda _: False).read() == [Piece(PASTE, "fatal: é\ntwo\n")]


def test_how_long_is_waited_for_more() -> None:
    """Longest for an end mark that must come, least where there was one or where it may be a line typed."""
    assert Burst(b"next\r").patience() == QUIET
    assert Burst(b"a\rb\r").patience() == QUIET_LINES
    burst = Burst(START + b"a\rb")
    assert burst.patience() == LOST
    burst.add(END[:3])
    assert burst.patience() == LOST
    burst.add(END[3:])
    assert burst.patience() == QUIET
    burst.add(START)
    assert burst.patience() == LOST


def test_history_keeps_what_was_typed_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "ansible-why" / "history"
    for line in ("next", "why does it hang"):
        history.keep(path, line)
    assert history.load(path) == ["next", "why does it hang"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_history_is_closed_to_others_though_somebody_opened_it(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_text("next\n")
    path.chmod(0o644)
    history.keep(path, "diff")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("line", ["", "  ", "password=hunter2secret", "a\nb", "a\x1b[2Jb", "a\u202eb"])
def test_history_takes_no_secrets_and_nothing_that_steers(line: str) -> None:
    assert not history.fit(line)


def test_history_takes_a_question() -> None:
    assert history.fit("why does my job hang")


def test_history_that_cannot_be_kept_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    history.keep(tmp_path / "file" / "history", "next")
    assert history.load(tmp_path / "file" / "history") == []


def test_history_does_not_grow_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_text("".join(f"explain {number}\n" for number in range(3000)))
    assert history.load(path)[0] == "explain 2000"
    assert len(path.read_text().splitlines()) == 1000
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_history_lies_where_state_lies(tmp_path: Path) -> None:
    assert history.place({"XDG_STATE_HOME": "/s", "HOME": "/h"}) == Path("/s/ansible-why/history")
    assert history.place({"XDG_STATE_HOME": "relative", "HOME": "/h"}) == Path("/h/.local/state/ansible-why/history")


@pytest.mark.parametrize(
    ("inputrc", "environ", "vi"),
    [
        ("", {}, False),
        ("set editing-mode emacs", {}, False),
        ("set editing-mode vi\nset editing-mode emacs", {}, False),
        ("# set editing-mode vi", {}, False),
        ("set editing-mode vi", {"EDITING_MODE": "emacs"}, False),
        ("set editing-mode vi", {}, True),
        ("  Set Editing-Mode VI  ", {}, True),
        ("$include {home}/other", {}, True),
        ("$include {home}/.inputrc", {}, False),
        ("", {"EDITING_MODE": "vi"}, True),
        ("", {"INPUTRC": "{home}/other"}, True),
        ("", {"EDITOR": "vi"}, False),
    ],
)
def test_keys_as_the_user_has_them_elsewhere(tmp_path: Path, inputrc: str, environ: dict[str, str], vi: bool) -> None:
    (tmp_path / ".inputrc").write_text(inputrc.format(home=tmp_path) + "\n")
    (tmp_path / "other").write_text("set editing-mode vi\n")
    given = {name: value.format(home=tmp_path) for name, value in environ.items()}
    assert habit.vi({"HOME": str(tmp_path), **given}) is vi


@pytest.mark.parametrize(
    ("value", "light"),
    [("", False), ("15;0", False), ("15;8", False), ("odd", False), ("0;15", True), ("0;default;7", True)],
)
def test_light_or_dark(value: str, light: bool) -> None:
    assert habit.light({"COLORFGBG": value}) is light


def test_the_clipboard_of_a_terminal() -> None:
    code = base64.b64encode("é\n".encode()).decode()
    assert clipboard.sequence("é\n", {"TERM": "xterm"}) == f"\x1b]52;c;{code}\x07"


def test_the_clipboard_through_tmux() -> None:
    found = clipboard.sequence("a", {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"})
    assert found == "\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\"


@pytest.mark.parametrize(
    ("text", "environ"),
    [
        ("", {"TERM": "xterm"}),
        ("a" * 75_000, {"TERM": "xterm"}),
        ("a", {"TERM": "dumb"}),
        ("a", {"TERM": "linux"}),
        ("a", {"TERM": "screen", "STY": "1.pts"}),
        ("a", {}),
    ],
)
def test_no_clipboard_where_it_would_be_in_vain(text: str, environ: dict[str, str]) -> None:
    assert clipboard.sequence(text, environ) == ""


@pytest.mark.parametrize("socket", ["", "/nowhere,1,0"])
def test_no_tmux_no_buffer_of_it(socket: str) -> None:
    assert not clipboard.by_tmux("a", {"TMUX": socket, "PATH": os.environ["PATH"]})


def test_a_text_in_the_users_editor(tmp_path: Path) -> None:
    program = tmp_path / "my editor"
    program.write_text(
        f'#!/bin/sh\necho "$2" > {tmp_path}/path\nstat -c %a "$2" > {tmp_path}/mode\necho more >> "$2"\n'
    )
    program.chmod(0o755)
    assert editor.edited("text\n", {"EDITOR": f"'{program}' -x"}) == "text\nmore\n"
    assert (tmp_path / "mode").read_text() == "600\n"
    assert not Path((tmp_path / "path").read_text().strip()).exists()


@pytest.mark.parametrize("command", ["false", "no-such-editor", "'unclosed"])
def test_an_editor_that_fails_changes_nothing(command: str) -> None:
    assert editor.edited("text\n", {"EDITOR": command}) is None


def test_an_answer_is_shown_from_its_top() -> None:
    view = View(width=40, height=10)
    pages = Pages()
    assert pages.first("short\n", view) == "short\n"
    assert pages.first("".join(f"{n}\n" for n in range(17)), view) == "0\n1\n2\n3\n4\n5\n6\n(10 more lines)\n"
    assert pages.more(view) == "7\n8\n9\n10\n11\n12\n13\n(3 more lines)\n"
    assert pages.left
    assert pages.more(view) == "14\n15\n16\n"
    assert not pages.left


def test_one_line_more_is_shown_rather_than_spoken_of() -> None:
    assert Pages().first("a\n" * 8, View(width=40, height=10)) == "a\n" * 8
    assert Pages().first("a\n" * 9, View(width=40, height=10)) == "a\n" * 7 + "(2 more lines)\n"


def test_a_long_line_takes_several_rows_of_the_screen() -> None:
    assert (
        Pages()
        .first("a" * 100 + "\n" + "b" * 100 + "\nc\nd\ne\n", View(width=40, height=10))
        .endswith("(2 more lines)\n")
    )
    colours = "\x1b[1;31m" * 20
    assert Pages().first(f"{colours}a\n" * 5, View(width=40, height=10)) == f"{colours}a\n" * 5


def test_where_there_is_no_screen_all_is_shown() -> None:
    assert Pages().first("a\n" * 500, View(height=0)) == "a\n" * 500


@pytest.mark.parametrize(
    ("before", "word", "taken"),
    [
        ("", "next", ""),
        ("show ", "diff", ""),
        ("xne", "next", "xne"),
        ("ne", "next", "ne"),
        ("not s", "not sure", "not s"),
        ("What if No", "not sure", "No"),
        ("apply ro", "roles/", "ro"),
        ("explain hung", "async/job-hung", "hung"),
    ],
)
def test_what_a_completion_takes_the_place_of(before: str, word: str, taken: str) -> None:
    assert before[len(before) - overlap(before, word) :] == taken


def test_terminals_that_know_nothing() -> None:
    assert dumb({}) and dumb({"TERM": "dumb"}) and not dumb({"TERM": "xterm"})
