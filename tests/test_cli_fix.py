"""`check --fix`: only what is safe, every byte outside the change kept, written in one step."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from assistant import check as checking
from assistant.front import saving
from assistant.front.cli import main
from assistant.kb import Base
from assistant.model import Edit, Fault, Span

BEFORE = "# ä\r\n- hosts: all   \r\n  tasks: [ ]\r\n  retries: 10\r\n  delay: 3"


def faulty(trust: str) -> object:
    """A check that finds every "retries: 10" and would write 200."""

    def check(path: str, text: str, base: Base) -> list[Fault]:
        found = []
        at = -1
        while (at := text.find("retries: 10", at + 1)) >= 0:
            edits = (Edit(path, Span(at + 9, at + 11), "200"),)
            words = ("async/wait-shorter-than-job", "too short", "certain", trust)
            found.append(Fault(path, Span(at, at + 11), *words, edits, ()))  # type: ignore[arg-type]
        return found

    return check


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with one safe fault."""
    monkeypatch.setattr(checking, "check", faulty("safe"))
    path = tmp_path / "site.yml"
    path.write_bytes(BEFORE.encode())
    return path


def test_without_fix_nothing_is_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = site.stat()
    assert main(["check", "--diff", str(site)]) == 1
    assert "+  retries: 200" in capsys.readouterr().out
    assert (site.read_bytes(), site.stat().st_ino) == (BEFORE.encode(), before.st_ino)


@pytest.mark.parametrize("trust", ["review", "show"])
def test_what_is_not_safe_is_not_written(trust: str, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "check", faulty(trust))
    assert main(["check", "--fix", str(site)]) == 1
    assert site.read_bytes() == BEFORE.encode()


def test_sound_files_are_not_even_opened_for_writing(site: Path) -> None:
    site.write_bytes(b"- hosts: all\n")
    before = site.stat()
    assert main(["check", "--fix", str(site)]) == 0
    assert (site.stat().st_mtime_ns, site.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_the_change_and_nothing_else_is_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--fix", str(site)]) == 0
    assert site.read_bytes() == BEFORE.replace("retries: 10", "retries: 200").encode()
    out, err = capsys.readouterr()
    assert (out, err) == ("", "nothing found in 1 file, 1 fixed\n")


def test_a_second_fix_changes_nothing(site: Path) -> None:
    main(["check", "--fix", str(site)])
    once = site.read_bytes()
    assert main(["check", "--fix", str(site)]) == 0
    assert site.read_bytes() == once


def test_several_faults_of_a_file_are_fixed_together(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site.write_text("- retries: 10\n- retries: 10\n")
    assert main(["check", "--fix", "--format", "json", str(site)]) == 0
    assert site.read_text() == "- retries: 200\n- retries: 200\n"
    value = json.loads(capsys.readouterr().out)
    assert (len(value["findings"]), len(value["fixed"])) == (0, 2)
    assert [fixed["line"] for fixed in value["fixed"]] == [1, 2]


def test_fix_with_diff_shows_what_was_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--fix", "--diff", str(site)])
    out = capsys.readouterr().out
    assert out.startswith("fixed: async/wait-shorter-than-job\n--- a/")
    assert "+  retries: 200" in out


def test_mode_and_link_are_kept(site: Path, tmp_path: Path) -> None:
    site.chmod(0o640)
    link = tmp_path / "link.yml"
    link.symlink_to(site)
    assert main(["check", "--fix", str(link)]) == 0
    assert link.is_symlink()
    assert site.stat().st_mode & 0o7777 == 0o640
    assert "retries: 200" in site.read_text()


def test_a_write_that_fails_leaves_the_file_and_no_draft(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert main(["check", "--fix", str(site)]) == 2
    assert "cannot be written (no space left on device); nothing was changed" in capsys.readouterr().err
    assert site.read_bytes() == BEFORE.encode()
    assert [path.name for path in site.parent.iterdir()] == ["site.yml"]


def test_a_fix_that_never_ends_is_stopped(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def restless(path: str, text: str, base: Base) -> list[Fault]:
        edits = (Edit(path, Span(0, 0), "# again\n"),)
        return [Fault(path, Span(0, 1), "async/job-failed", "x", "certain", "safe", edits, ())]

    monkeypatch.setattr(checking, "check", restless)
    assert main(["check", "--fix", str(site)]) == 1
    assert site.read_text().count("# again") == 10


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text("old")
    saving.replace(str(path), "new\r\nlines")
    assert path.read_bytes() == b"new\r\nlines"
