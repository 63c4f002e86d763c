"""Conversations that write: the fix applied and taken back, the report. What must not be written comes first."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from talks import conversation, example, play

from assistant.front.repl.conversation import Conversation

FIXED = "      retries: 120\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a playbook that failed, and what it printed."""
    (tmp_path / "backup.yml").write_text(example("backup.yml"))
    (tmp_path / "backup.log").write_text(example("backup.log"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(site: Path) -> Conversation:
    """A conversation that has come to the question whether to write."""
    talk = play(
        """
why> backup.log
[...]
why> apply backup.yml
--- a/backup.yml
+++ b/backup.yml
[...]
-      retries: 2
+      retries: 120
       delay: 1

This change: read it before you apply it.
Write it to backup.yml? yes or no
"""
    )
    assert (site / "backup.yml").read_text() == example("backup.yml")
    return talk


@pytest.mark.parametrize("answer", ["no", "n", "2", "exit", "next", "examples of this", "back"])
def test_nothing_is_written_without_a_yes(site: Path, answer: str) -> None:
    talk = asked(site)
    assert talk.enter(answer).text.startswith("Nothing was written.")
    assert talk.prompt() == "why> "
    talk.enter("yes")
    assert (site / "backup.yml").read_text() == example("backup.yml")


def test_another_number_is_no_answer_and_a_paste_is_no_yes(site: Path) -> None:
    talk = play("yes or no> 3\nyes or no?", asked(site))
    talk.pasted("yes\n")
    assert talk.state.pending is None
    assert (site / "backup.yml").read_text() == example("backup.yml")


def test_a_file_that_changed_since_it_was_shown_is_left_alone(site: Path) -> None:
    talk = asked(site)
    (site / "backup.yml").write_text("# somebody else\n")
    play("yes or no> yes\nbackup.yml has changed since it was shown; nothing was written. Try again.", talk)
    assert (site / "backup.yml").read_text() == "# somebody else\n"


def test_undo_refuses_when_somebody_changed_the_file_since(site: Path) -> None:
    talk = play("yes or no> yes\n[...]", asked(site))
    with (site / "backup.yml").open("a") as file:
        file.write("# mine\n")
    play("why> undo\nbackup.yml has been changed since; undo would lose that, so nothing was touched.", talk)
    assert (site / "backup.yml").read_text().endswith("# mine\n")


def test_a_folder_that_cannot_be_written_is_one_sentence(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = asked(site)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    play("yes or no> yes\nbackup.yml: cannot be written (no space left on device); nothing was changed.", talk)
    assert (site / "backup.yml").read_text() == example("backup.yml")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("- hosts: all\n  tasks: []\n", "backup.yml does not show this cause, or no longer; with it the likeliest is"),
        ("a: [\n", "backup.yml does not show this cause"),
        ("", "backup.yml does not show this cause"),
    ],
)
def test_a_file_without_the_failed_task_is_not_touched(site: Path, text: str, answer: str) -> None:
    talk = play("why> backup.log\n[...]\nwhy> backup.yml\n[...]")
    (site / "backup.yml").write_text(text)
    said = talk.enter("apply backup.yml").text
    assert said.startswith(answer) or "nothing in it can be changed" in said.replace("\n", " ")
    assert talk.state.pending is None


def test_bytes_that_are_no_text_are_refused(site: Path) -> None:
    talk = play("why> backup.log\n[...]")
    (site / "backup.yml").write_bytes(b"- hosts: \xff\n")
    assert "line 1 is not UTF-8" in talk.enter("apply backup.yml").text


def test_a_pasted_task_has_no_file_to_be_written_to(site: Path) -> None:
    talk = conversation()
    talk.pasted(example("backup.log") + example("backup.yml"))
    play("why> apply\nTo which file? name it, as in: apply backup.yml.", talk)
    assert not (site / "pasted.yml").exists()


def test_without_a_cause_there_is_nothing_to_apply() -> None:
    assert "Nothing was pasted yet" in conversation().enter("apply").text


# --- what is written -----------------------------------------------------------------------------


def test_a_fix_is_applied_and_taken_back_byte_for_byte(site: Path) -> None:
    path = site / "backup.yml"
    before = example("backup.yml").replace("\n", "\r\n").encode() + "# müde\r\n".encode()
    path.write_bytes(before)
    path.chmod(0o640)
    talk = play(
        """
why> backup.log
[...]
why> backup.yml
[...]
why> apply
[...]
yes or no> yes
Written: backup.yml. undo puts it back as it was.
Run the play again and paste what it prints, or type next.
"""
    )
    assert path.read_bytes() == before.replace(b"retries: 2\r", b"retries: 120\r")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    play("why> apply\nbackup.yml: the change is made already; undo takes it back.", talk)
    play("why> undo\nPut back as it was: backup.yml.\nwhy> undo\nNo file was changed in this session. [...]", talk)
    assert path.read_bytes() == before
    assert sorted(os.listdir(site)) == ["backup.log", "backup.yml"]


def test_the_pasted_task_leads_to_the_change_of_its_file(site: Path) -> None:
    talk = conversation()
    talk.pasted(example("backup.log") + example("backup.yml"))
    play("why> apply backup.yml\n[...]\nyes or no> y\nWritten: backup.yml. undo puts it back as it was.\n[...]", talk)
    assert FIXED in (site / "backup.yml").read_text()


def test_back_never_touches_a_file(site: Path) -> None:
    talk = play("yes or no> yes\n[...]", asked(site))
    talk.enter("back")
    talk.enter("back")
    assert FIXED in (site / "backup.yml").read_text()
    assert "Put back as it was" in talk.enter("undo").text


def test_a_path_with_blanks_may_be_quoted_or_dragged_in(site: Path) -> None:
    (site / "my play.yml").write_text(example("backup.yml"))
    for given in ("'my play.yml'", r"my\ play.yml", "my play.yml"):
        assert conversation().enter(given).text.startswith("my play.yml: 16 lines, a playbook with 2 tasks")


def test_a_new_run_reads_the_file_anew(site: Path) -> None:
    talk = play("why> backup.yml\n[...]\nwhy> backup.log\n[...]\nasync/wait-shorter-than-job, certain[...]")
    (site / "backup.yml").write_text(example("backup.yml").replace("retries: 2", "retries: 500"))
    assert "wait-shorter-than-job, certain" not in talk.enter("backup.log").text


# --- the report ----------------------------------------------------------------------------------


def test_a_report_is_overwritten_only_after_a_yes(site: Path) -> None:
    (site / "report.md").write_text("mine\n")
    talk = play("why> backup.log\n[...]\nwhy> save report.md\nreport.md is there already. Overwrite it? yes or no")
    play("yes or no> no\nNothing was written.", talk)
    assert (site / "report.md").read_text() == "mine\n"
    play("why> save report.md\n[...]\nyes or no> yes\nWritten: report.md. undo puts it back as it was.", talk)
    play("why> undo\nPut back as it was: report.md.", talk)
    assert (site / "report.md").read_text() == "mine\n"


def test_a_report_holds_failure_answers_cause_and_paste_but_no_secret(site: Path) -> None:
    talk = conversation()
    talk.pasted(example("migrate.log").replace('"attempts": 1', '"db_password": "hunter2", "attempts": 1'))
    play(
        """
why> differ
[...]
why> save report.md
Written: report.md, secrets taken out.
""",
        talk,
    )
    report = (site / "report.md").read_text()
    assert "hunter2" not in report
    for words in (
        "## Wait for job failed on web1",
        "[async/status-on-other-host](https://",
        "run_once, hosts)? **differ**",
        "TASK [Wait for job]",
    ):
        assert words in report
    play("why> undo\nRemoved: report.md, which was not there before.", talk)
    assert not (site / "report.md").exists()


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("", "Save wants a name, as in: save report.md."),
        (".", ".: a folder, where a file is wanted."),
        ("no/such/folder.md", "no/such/folder.md: cannot be written (no such file or directory); nothing was changed."),
    ],
)
def test_where_no_report_can_be_written(site: Path, name: str, answer: str) -> None:
    talk = play("why> backup.log\n[...]")
    assert talk.enter(f"save {name}").text.strip().replace("\n", " ") == answer


# --- the page ------------------------------------------------------------------------------------


def test_the_page_is_opened_only_where_somebody_can_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)) or True)
    talk = conversation()
    talk.pasted(example("migrate.log"))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    address = "https://ansible-why.github.io/async/status-on-other-host/\n\n"
    assert talk.enter("open").text == address
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 22 10.0.0.2 22")
    assert talk.enter("open").text == address
    assert opened == []
    monkeypatch.delenv("SSH_CONNECTION")
    assert talk.enter("open").text == address.strip() + "\nOpened in your browser.\n\n"
    assert opened == [address.strip()]


def test_the_editor_gets_the_paste_without_its_secrets() -> None:
    talk = conversation()
    talk.pasted(example("migrate.log").replace('"attempts": 1', '"token": "hunter2", "attempts": 1'))
    reply = talk.enter("edit")
    assert reply.edit is not None and "could not find job" in reply.edit and "hunter2" not in reply.edit
