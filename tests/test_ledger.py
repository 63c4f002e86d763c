"""The ledger: every failure text of Ansible's asynchronous path leads to a cause, in the releases at hand."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from prove import venvs

from assistant import kb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lab"))
import ledger

SOURCE = """
def main():
    module.fail_json(msg="{text}", ansible_job_id=jid, started=True, finished=True)
    end({{"failed": True, "msg": "could not create directory: %s - %s" % (jobdir, e)}})
    raise Odd(f"{{what}}")
"""


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A little ansible package with one file of the asynchronous path."""
    (tmp_path / "ansible" / "modules").mkdir(parents=True)
    (tmp_path / "ansible" / "release.py").write_text("__version__ = '2.19.99'\n")
    return tmp_path


def write(release: Path, text: str) -> None:
    (release / "ansible" / "modules" / "async_status.py").write_text(SOURCE.format(text=text))


def test_a_renamed_text_is_missed(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(release, "no such job here")
    assert ledger.main([str(release)]) == 1
    assert "“no such job here” leads to no cause" in capsys.readouterr().out


def test_a_claim_that_a_release_does_not_keep_is_missed(release: Path, tmp_path: Path) -> None:
    write(release, "could not find job")
    other = tmp_path / "newer"
    shutil.copytree(release / "ansible", other / "ansible")
    (other / "ansible" / "release.py").write_text("__version__ = '2.98.1'\n")
    write(other, "job not to be found")
    found = ledger.releases([str(release), str(other)])
    assert [r.version for r in found] == ["2.19.99", "2.98.1"]
    wrong = [text for text in ledger.wrong_claims(kb.load().signs, found) if "could not find job" in text]
    assert wrong == ['async: "job file missing" says 2.9+, but “could not find job” is gone from 2.98.1']


def test_known_texts_are_accounted_for(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(release, "could not find job")
    ledger.main([str(release)])
    out = capsys.readouterr().out
    assert "2 of 2 texts" in out
    assert "async/async-dir-not-writable" in out


def test_without_a_release_it_says_what_to_do(tmp_path: Path) -> None:
    assert ledger.main([str(tmp_path)]) == 2


@pytest.mark.ansible
def test_every_text_of_the_oldest_and_the_newest_release_is_accounted_for(capsys: pytest.CaptureFixture[str]) -> None:
    places = [str(venvs.ansible(release).parent) for release in venvs.releases()]
    assert ledger.main(places) == 0, capsys.readouterr().out
