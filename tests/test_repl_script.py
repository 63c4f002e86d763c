"""Sessions from a script: the same answers as typed, and a transcript that reads like one."""

from __future__ import annotations

import io

import pytest
from calls import ROOT, call
from talks import conversation, example

from assistant.front.repl.script import run

LOG = example("migrate.log")


def transcript(script: str) -> tuple[int, str]:
    """The exit status and what is written."""
    out = io.StringIO()
    return run(conversation(), io.StringIO(script, newline="\n"), out.write), out.getvalue()


@pytest.mark.parametrize(
    "inside", ["exit", "back", "2", "# not a comment", "", "paste <<OTHER", "STOPP", " STOP", "examples/x.log"]
)
def test_between_the_marks_every_line_is_paste(inside: str) -> None:
    status, said = transcript(f"paste <<STOP\n{LOG}{inside}\n{inside}\nSTOP\nask\n")
    assert status == 0
    assert said.startswith("why> paste <<STOP\n21 lines, 1 failure on web1\n")
    assert said.count("why> ") == 2


def test_a_script_that_ends_within_a_paste_says_so_and_answers() -> None:
    status, said = transcript(f"paste <<STOP\n{LOG}")
    assert (status, said.splitlines()[1]) == (0, "(no line STOP: the rest was taken for the paste)")
    assert "10 causes fit" in said


def test_line_ends_of_windows_change_nothing() -> None:
    script = f"# hello\npaste <<STOP\n{LOG}STOP\ndiffer\nnext\n"
    assert transcript(script.replace("\n", "\r\n")) == transcript(script)


def test_lines_that_cannot_stand_alone_are_one_paste_with_their_blank_lines() -> None:
    status, said = transcript(f"{LOG}\nask\n")
    assert status == 0
    assert said.startswith("why> (18 lines pasted)\n18 lines, 1 failure on web1\n")
    assert "\nwhy> ask\nDo the launch and the wait run on the same host" in said


def test_one_such_line_alone_is_taken_as_typed() -> None:
    _, said = transcript("could not find job\nask\n2\nhelp stpes\n")
    assert said.startswith("why> could not find job\n1 line, 1 failure\n")


def test_what_is_pasted_is_not_echoed() -> None:
    secret = 'fatal: [x]: FAILED! => {"password": "hunter2"}'
    _, said = transcript(f"paste <<STOP\n{LOG}{secret}\nSTOP\n# token=hunter2\nxx --password hunter2\n")
    assert "hunter2" not in said
    assert "TASK [" not in said


def test_nothing_is_read_after_the_end_of_the_session() -> None:
    _, said = transcript("exit\nask\n")
    assert said == "why> exit\n"


def test_a_script_has_no_editor() -> None:
    assert transcript("edit\n")[1] == "why> edit\nA script has no editor.\n"


def test_the_answers_are_those_of_the_session_typed() -> None:
    lines = ["could not find job", "ask", "2", "why", "back", "what if 1", "help next"]
    talk = conversation()
    typed = "".join(f"why> {line}\n{talk.enter(line).text}" for line in lines)
    assert transcript("\n".join(lines) + "\n")[1] == typed


@pytest.mark.parametrize(
    ("script", "status"),
    [("", 1), ("help\n", 1), ("examples/sound.log\n", 1), ("examples/migrate.log\n", 0), ("LICENSE\n", 1)],
)
def test_the_exit_status_is_that_of_diagnose(script: str, status: int) -> None:
    assert call("repl", given=script).status == status


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such.log"], "no-such.log: no such file"),
        (["--ansible", "x"], '"x" is no release of ansible-core; write it as 2.16 or 2.16.3'),
        (["--acessible"], "unrecognized arguments: --acessible"),
        (["--task", "examples"], "examples: a folder, where a file is wanted"),
    ],
)
def test_a_wrong_call_is_one_line(arguments: list[str], words: str) -> None:
    called = call("repl", *arguments)
    assert (called.status, called.out) == (2, "")
    assert called.err.startswith(f"ansible-why: {words}")


def test_files_of_the_call_are_held_together() -> None:
    called = call("repl", "examples/backup.log", "--task", "examples/backup.yml", given="next\n", folder=ROOT)
    assert called.status == 0
    assert called.out.startswith(
        "examples/backup.log: 21 lines, 1 failure on web1\nHeld against examples/backup.yml.\n"
    )
    assert "async/wait-shorter-than-job, certain" in called.out
    assert "\nwhy> next\nStep 2 of 3\n" in called.out


def test_the_release_of_the_call_is_heard() -> None:
    plain = call("repl", given="examples/migrate.log\nwhy\n")
    assert call("repl", "--ansible", "2.16", given="examples/migrate.log\nwhy\n").status == plain.status == 0


@pytest.mark.parametrize("how", [["--accessible"], []])
def test_read_aloud_by_option_or_environment(how: list[str]) -> None:
    called = call(
        "repl", *how, given="examples/backup.log\nexamples/backup.yml\n", **({} if how else {"ACCESSIBLE": "1"})
    )
    assert "Line 15: retries: 2 (there: 2)" in called.out
    assert "│" not in called.out


def test_bytes_that_are_no_text_do_no_harm() -> None:
    assert call("repl", given=b"\xff\xfe\nhelp\n").status == 1


def test_without_arguments_a_pipe_is_still_diagnosed() -> None:
    assert "Wait for job failed on web1" in call(given=LOG).out


def test_what_failed_inside_is_announced_and_a_number_leads_there() -> None:
    fields = '"ansible_job_id": "j1.2", "finished": 1, "rc": 127, "msg": "non-zero return code"'
    said_by_shell = '"cmd": "compile --all", "stderr": "/bin/sh: 1: compile: not found", "delta": "1"'
    log = f"TASK [Wait] ***\nfatal: [web1]: FAILED! => {{{fields}, {said_by_shell}}}\n"
    said = transcript(f"paste <<STOP\n{log}STOP\nfailure 2\nfailure 1\n")[1]
    first, second, third = (" ".join(part.split()) for part in said.split("why> ")[1:4])
    assert "(inside it: The program is not there, or not where Ansible looks; failure 2 tells of that)" in first
    assert "async/job-failed, certain" in first and "failures lists them" not in first
    assert "And what failed inside it: non-zero return code" in second
    assert "command/executable-not-found, certain" in second and "(inside it:" not in second
    assert "(inside it: The program" in third
