"""Private families beside ours: never over them, tried after them, and nobody who has none pays for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calls import EXAMPLES, call, surroundings
from lsp_client import STOCKTAKE, Client
from test_cli_quick import before, imported
from test_kb import ENTRY

from assistant import kb
from assistant.kb import BaseError

CODED = ENTRY.replace("---\n", "---\ncode: {role: launch}\nfinding: a kettle is on\nconfidence: likely\n", 1)
DRY = 'fatal: [tea]: FAILED! => {"msg": "kettle dry"}\n'


def written(home: Path, family: str = "tea", root: str = "", entry: str = ENTRY) -> Path:
    """A base of one family with one cause."""
    (home / family).mkdir(parents=True)
    (home / "tree.yaml").write_text(root or f"families: [{family}]\n")
    (home / family / "tree.yaml").write_text("look: sign\ncases:\n  no water: kettle-empty\n")
    (home / family / "signs.yaml").write_text("no water:\n  - message: kettle dry\n")
    (home / family / "kettle-empty.md").write_text(entry)
    return home


def loaded(*folders: Path) -> kb.Base:
    return kb.load(folders=[str(each) for each in folders])


# --- what must not be ----------------------------------------------------------------------------------


def test_a_family_of_ours_is_not_laid_over(tmp_path: Path) -> None:
    home = written(tmp_path / "own", "async")
    with pytest.raises(BaseError) as error:
        loaded(home)
    assert str(error.value) == (
        f'{home}: the family "async" is one of ansible-why\'s own; give yours another name, '
        f"in {home}/tree.yaml and as the name of its folder"
    )


def test_two_private_folders_may_not_hold_the_same_family(tmp_path: Path) -> None:
    one, two = written(tmp_path / "one"), written(tmp_path / "two")
    with pytest.raises(BaseError, match=f'two: the family "tea" is one of {one}; give yours another name'):
        loaded(one, two)


def test_an_id_of_ours_is_not_sent_elsewhere(tmp_path: Path) -> None:
    home = written(tmp_path / "own", root="families: [tea]\nredirects: {async/job-hung: tea/kettle-empty}\n")
    with pytest.raises(BaseError, match=f"^{home}/tree.yaml:1: redirect async/job-hung → tea/kettle-empty"):
        loaded(home)


def test_a_folder_without_a_base_says_so(tmp_path: Path) -> None:
    called = call("diagnose", "--kb", tmp_path, given=DRY)
    assert (called.status, called.out) == (2, "")
    assert called.err.startswith(f"ansible-why: {tmp_path}: no knowledge base there (it has no tree.yaml)")


def test_a_mistake_is_named_by_the_path_that_was_given(tmp_path: Path) -> None:
    home = written(tmp_path / "own", entry=ENTRY.replace("# Why\n", "# Wherefore\n"))
    called = call("list", "--kb", home)
    assert (called.status, called.out) == (2, "")
    assert f"ansible-why: {home}/tea/kettle-empty.md:5: the headings are" in called.err


def test_what_ours_knows_is_answered_by_ours(tmp_path: Path) -> None:
    home = written(tmp_path / "own")
    (home / "tea" / "signs.yaml").write_text("no water:\n  - message: could not find job\n")
    log = EXAMPLES / "migrate.log"
    assert call("diagnose", log, "--format", "json", "--kb", home) == call("diagnose", log, "--format", "json")


def test_no_cache_is_written_for_a_private_folder(tmp_path: Path) -> None:
    home = written(tmp_path / "own")
    held = sorted(tmp_path.rglob("*"))
    loaded(home)
    assert sorted(tmp_path.rglob("*")) == held


def test_without_private_families_no_yaml_is_read() -> None:
    kb.load()  # a source checkout is compiled once
    modules, _ = imported(["--format", "json"], (EXAMPLES / "backup.log").read_text())
    assert sorted((modules - before()) & {"yaml", "assistant.kb.beside", "assistant.kb.compile"}) == []


# --- what they are for -----------------------------------------------------------------------------------


def test_a_private_cause_is_named_and_leads_to_its_own_file(tmp_path: Path) -> None:
    home = written(tmp_path / "own")
    assert json.loads(call("diagnose", "--format", "json", given=DRY).out)["verdict"] == "unknown"
    found = json.loads(call("diagnose", "--format", "json", "--kb", home, given=DRY).out)
    (cause,) = found["failures"][0]["causes"]
    assert (cause["id"], cause["url"]) == ("tea/kettle-empty", f"file://{home}/tea/kettle-empty.md")


def test_a_finding_of_a_private_cause_leads_to_its_own_file_too(tmp_path: Path) -> None:
    folder = written(tmp_path / "mine", entry=CODED)
    (tmp_path / "site.yml").write_text((EXAMPLES / "backup.yml").read_text())
    found = json.loads(call("check", "--format", "sarif", "--kb", folder, "site.yml", folder=tmp_path).out)
    rules = {rule["id"]: rule["helpUri"] for rule in found["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["tea/kettle-empty"] == (folder / "tea" / "kettle-empty.md").as_uri()
    assert rules["async/wait-shorter-than-job"].startswith("https://")


def test_in_the_editor_it_leads_to_its_own_file_as_well(tmp_path: Path) -> None:
    folder = written(tmp_path / "mine", entry=CODED)
    with Client("--kb", str(folder)) as editor:
        editor.open("file:///p/site.yml", STOCKTAKE)
        pages = {each["code"]: each["codeDescription"]["href"] for each in editor.found("file:///p/site.yml")}
    assert pages.pop("tea/kettle-empty") == (folder / "tea" / "kettle-empty.md").as_uri()
    assert pages.pop("async/wait-shorter-than-job").startswith("https://")


def test_it_may_name_our_entries_as_leaves_and_to_see(tmp_path: Path) -> None:
    home = written(tmp_path / "own", entry=ENTRY.replace("releases: 2.9+", "releases: 2.9+\nsee: [async/job-hung]"))
    fork = '{key: cup, ask: "Is it a cup?", cases: {"yes": kettle-empty, "no": async/job-hung}}'
    (home / "tea" / "tree.yaml").write_text(f"look: sign\ncases:\n  no water: {fork}\n")
    answered = ["--answer", "cup=no", "--format", "json", "--kb", str(home)]
    found = json.loads(call("diagnose", *answered, given=DRY).out)
    assert [cause["id"] for cause in found["failures"][0]["causes"]] == ["async/job-hung"]


@pytest.mark.parametrize(
    "arguments", [["explain", "tea/kettle-empty"], ["search", "empty", "kettle"], ["list"], ["lookup"], ["repl"]]
)
def test_every_command_that_reads_the_base_takes_it(arguments: list[str], tmp_path: Path) -> None:
    home = written(tmp_path / "own")
    given = f"paste <<END\n{DRY}END\n" if arguments == ["repl"] else DRY
    assert "The kettle is empty" in call(*arguments, "--kb", home, given=given).out


def test_several_folders_lie_side_by_side_and_one_given_twice_counts_once(tmp_path: Path) -> None:
    one, two = written(tmp_path / "one"), written(tmp_path / "two", "coffee")
    base = loaded(one, two, tmp_path / "two" / ".." / "one")
    assert base.families[-2:] == ("tea", "coffee")
    assert [base.entries[id].id for id in ("async/job-hung", "tea/kettle-empty", "coffee/kettle-empty")]
    assert len(base.entries) == len(kb.load().entries) + 2


@pytest.mark.slow
def test_the_readers_own_folder_is_always_there(tmp_path: Path) -> None:
    written(tmp_path / "ansible-why" / "kb")
    assert "tea/kettle-empty" in call("list", XDG_CONFIG_HOME=str(tmp_path)).out
    written(tmp_path / "home" / ".config" / "ansible-why" / "kb")
    for ignored in ("", "relative"):
        assert "tea/kettle-empty" in call("list", XDG_CONFIG_HOME=ignored, HOME=str(tmp_path / "home")).out
    assert "tea/kettle-empty" not in call("list", **{"XDG_CONFIG_HOME": str(tmp_path / "home"), "HOME": "/"}).out
    assert "XDG_CONFIG_HOME" in surroundings()
