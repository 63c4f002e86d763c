"""The ledger: every failure text of Ansible leads to a cause or has a reason, in the releases at hand."""

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


def write(release: Path, text: str, name: str = "modules/async_status.py") -> None:
    place = release / "ansible" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(SOURCE.format(text=text))


def newer(release: Path, folder: Path) -> Path:
    """The same release once more, as 2.98.1."""
    shutil.copytree(release / "ansible", folder / "ansible")
    (folder / "ansible" / "release.py").write_text("__version__ = '2.98.1'\n")
    return folder


def test_a_renamed_text_is_missed(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(release, "no such job here")
    assert ledger.main([str(release)]) == 1
    assert "“no such job here” leads to no cause" in capsys.readouterr().out


def test_a_claim_that_a_release_does_not_keep_is_missed(release: Path, tmp_path: Path) -> None:
    write(release, "could not find job")
    other = newer(release, tmp_path / "newer")
    write(other, "job not to be found")
    found = ledger.releases([str(release), str(other)])
    assert [r.version for r in found] == ["2.19.99", "2.98.1"]
    wrong = [text for text in ledger.wrong_claims(kb.load().signs, found) if "could not find job" in text]
    assert wrong == ['async: "job file missing" says 2.9+, but “could not find job” is gone from 2.98.1']


GONE = ("No package matching 'shop' is available", "modules/apt.py")


def test_a_module_s_text_that_upstream_changed_is_missed(
    release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twice: the new text is known to nobody, and the row claims a release that has the old one no more."""
    write(release, *GONE)
    other = newer(release, tmp_path / "newer")
    write(other, "Nobody offers the package shop", GONE[1])
    assert ledger.main([str(release), str(other)]) == 1
    out = capsys.readouterr().out
    assert "modules: 2.98.1 modules/apt.py:3: “Nobody offers the package shop” leads to no cause" in out
    assert "“No package matching” is gone from 2.98.1" in out


def test_a_changed_text_that_an_excuse_happens_to_fit_is_missed_by_the_claim(release: Path, tmp_path: Path) -> None:
    write(release, *GONE)
    other = newer(release, tmp_path / "newer")
    write(other, "apt_key: error removing key_id", GONE[1])
    found = ledger.releases([str(release), str(other)])
    wrong = "\n".join(ledger.mistakes(kb.load(), ledger.ledger(kb.load(), found), found))
    assert "removing key_id" not in wrong
    assert "“No package matching” is gone from 2.98.1" in wrong


def test_a_text_that_other_words_follow_must_lead_to_a_cause_with_them(release: Path) -> None:
    place = release / "ansible" / "module_utils" / "basic.py"
    place.parent.mkdir()
    place.write_text("module.fail_json(msg='chown failed: %s' % e)\nmodule.fail_json(msg='chown went wrong: %s' % e)\n")
    known, unknown = ledger.ledger(kb.load(), ledger.releases([str(release)]))["modules"]
    assert known.causes == ("files/permission-denied",)
    assert not unknown.causes and not unknown.excuse


def test_the_table_counts_by_area(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(release, *GONE)
    write(release, "error removing key_id", "modules/apt_key.py")
    write(release, "Nobody knows this", "modules/pip.py")
    ledger.main([str(release)])
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines() if line}
    assert rows["AREA"] == ["texts", "a", "cause", "excused", "neither"]
    assert rows["modules"] == ["4", "2", "1", "1"]


def test_every_excuse_has_its_reason_and_its_place() -> None:
    for rule in ledger.rules().excused:
        assert set(rule) <= {"why", "files", "texts", "raised"} and len(rule["why"]) > 20, rule
        assert set(rule) & {"files", "texts", "raised"}, rule


def test_known_texts_are_accounted_for(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(release, "could not find job")
    assert ledger.main(["--list", str(release)]) == 0
    out = capsys.readouterr().out
    assert "2 of 2 texts" in out
    assert "async/async-dir-not-writable" in out


def test_without_a_release_it_says_what_to_do(tmp_path: Path) -> None:
    assert ledger.main([str(tmp_path)]) == 2


@pytest.mark.ansible
def test_every_text_of_the_oldest_and_the_newest_release_is_accounted_for(capsys: pytest.CaptureFixture[str]) -> None:
    places = [str(venvs.ansible(release).parent) for release in venvs.releases()]
    assert ledger.main(places) == 0, capsys.readouterr().out
