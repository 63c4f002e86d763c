"""The archive of real outputs outside background jobs: how it is made, and what is read of it."""

from __future__ import annotations

import json
from pathlib import Path

import families

import lab


def test_a_folder_of_scenarios_becomes_the_same_archive_every_time(tmp_path: Path) -> None:
    home = tmp_path / "files--read-only--as-root"
    (home / "out").mkdir(parents=True)
    (home / "about.json").write_text('{"play": "site.yml"}')
    (home / "broken.yml").write_text("broken")
    (home / "fixed.yml").write_text("fixed")
    (home / "setup.sh").write_text("mount")
    (home / "out" / "2.9-default.txt").write_text("first")
    (home / "out" / "2.21-fixed.txt").write_text("second")
    never = tmp_path / "files--never-run" / "out"
    never.mkdir(parents=True)
    (tmp_path / "benign").mkdir()
    (tmp_path / "benign" / "ps.txt").write_text("PID")
    rows = [("2.9", "default", "none: not mounted"), ("2.9", "default", "2"), ("2.21", "fixed", "0")]
    lines = [json.dumps({"name": home.name, "rel": rel, "form": form, "rc": rc}) for rel, form, rc in rows]
    (tmp_path / "runs.jsonl").write_text("\n".join(lines))
    made = families.pack(tmp_path)
    assert made == families.pack(tmp_path)
    archive = tmp_path / "made.tar.xz"
    archive.write_bytes(made)
    contents = lab.unpacked(archive)
    assert set(contents) == {
        "benign/ps.txt", *(f"{home.name}/{name}" for name in (
            "site.yml", "fixed/site.yml", "out/runs.tsv", "out/2.9-default.txt", "out/2.21-default-fixed.txt",
        )),
    }  # fmt: skip
    assert [(run.name, run.code, run.text) for run in lab.runs_in(contents)] == [
        (f"{home.name}/2.21-default-fixed", 0, "second"),
        (f"{home.name}/2.9-default", 2, "first"),
    ]


def test_a_run_mended_outside_its_playbook_ran_the_same_one_again() -> None:
    book = families.playbook("files--no-space-left--remote-tmp")
    assert book and book == families.playbook("files--no-space-left--remote-tmp", fixed=True)
    name, text = families.playbook("syntax--tab-character") or ("", "")
    mended = families.playbook("syntax--tab-character", fixed=True)
    assert "\t" in text and mended and mended[0] == name and "\t" not in mended[1]
    assert families.playbook("galaxy--not-found") is None


def test_a_scenario_tells_its_family_and_those_of_jobs_have_none() -> None:
    assert families.family("wait_for--port-never-opened--in-own-words") == "wait_for"
    assert not families.family("matrix-actions/add_host")
    assert not families.family("check-mode")
