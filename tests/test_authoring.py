"""The tools of those who write causes: `ansible-why kb`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calls import EXAMPLES, call
from test_kb import ENTRY
from test_kb_beside import written
from test_unknown import TASK, paste

from assistant import kb
from assistant.front.authoring.template import template

FIXED = """\
---
title: The pot waits longer than its wait
releases: 2.9+
trust: review
fix:
  - set: {on: launch, keywords: {async: "60"}}
---
# What you see
It boils over.
# Why
Nobody looks.
# Fix
1. {edit} Give it time.
# Check it worked
Look.
# Prevent it
Look.
# Examples
```before
- name: Boil
  hosts: tea
  tasks:
    - name: Boil
      command: kettle
      async: 30
      poll: 1
```
```paste
TASK [Boil] ***
fatal: [tea]: FAILED! => {"msg": "kettle dry"}
```
```after
- name: Boil
  hosts: tea
  tasks:
    - name: Boil
      command: kettle
      async: 60
      poll: 1
```
```unlike none
fatal: [tea]: FAILED! => {"msg": "kettle cold"}
```
"""


def lines(text: str, folder: Path) -> list[str]:
    """What was printed, with the folder left out."""
    return text.replace(f"{folder}/", "").splitlines()


# --- check: what must not pass -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            '"kettle dry"',
            '"kettle wet"',
            "tea/kettle-empty.md:16: expected tea/kettle-empty, came no cause",
        ),
        (
            '```unlike none\nfatal: [tea]: FAILED! => {"msg": "kettle cold"}',
            '```unlike none\nfatal: [tea]: FAILED! => {"msg": "kettle dry"}',
            "tea/kettle-empty.md:19: look-alike: expected no cause, came tea/kettle-empty (certain)",
        ),
        (
            "```unlike none",
            "```unlike async/job-hung",
            "tea/kettle-empty.md:19: look-alike: expected async/job-hung, came no cause",
        ),
    ],
)
def test_an_example_that_is_not_kept_is_named_with_what_came(
    old: str, new: str, complaint: str, tmp_path: Path
) -> None:
    home = written(tmp_path, entry=ENTRY.replace(old, new))
    called = call("kb", "check", home)
    assert called.status == 1
    assert lines(called.out, home) == [complaint, "1 entry, 1 paste, 0 edits, 1 look-alike: 1 mistake"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("async: 60", "async: 90", "the edit of the code before is not the code after; it is"),
        ("{edit} ", "", 'a "fix" needs one step with {edit}'),
        ("TASK [Boil]", "TASK [Cool]", "expected one step with an edit, came 0"),
        ("Nobody looks.", "Nobody {looks}.", "Why: hole {looks} has no words to fall back on"),
    ],
)
def test_an_edit_is_held_to_its_code(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    assert call("kb", "check", written(tmp_path / "sound", entry=FIXED)).out.endswith(": nothing wrong\n")
    called = call("kb", "check", written(tmp_path / "own", entry=FIXED.replace(old, new)))
    assert (called.status, complaint in called.out) == (1, True)


def test_mistakes_are_all_listed_and_then_nothing_is_tried(tmp_path: Path) -> None:
    home = written(tmp_path, entry=ENTRY.replace("1. Fill it.", "Fill it.").replace("```unlike none", "```paste"))
    (home / "tea" / "tree.yaml").write_text("look: sigh\ncases:\n  no water: kettle-empty\n")
    called = call("kb", "check", home)
    assert called.status == 1
    assert [line.split(": ")[1] for line in called.out.splitlines()[:-1]] == [
        'unknown look "sigh"; expected one of ' + called.out.split("expected one of ")[1].split("\n")[0],
        "no look-alike; add an ```unlike block that must lead elsewhere",
        '"Fix" has no numbered steps',
    ]
    assert called.out.endswith("3 mistakes; the examples were not tried\n")


def test_a_family_of_ours_and_a_folder_without_a_base_are_a_wrong_call(tmp_path: Path) -> None:
    assert call("kb", "check", tmp_path).status == 2
    assert "is one of ansible-why's own" in call("kb", "check", written(tmp_path / "own", "async")).err


def test_a_cause_without_a_look_alike_answers_all_the_same(tmp_path: Path) -> None:
    home = written(tmp_path, entry=ENTRY[: ENTRY.index("```unlike")])
    assert "no look-alike" in call("kb", "check", home).out
    assert "tea/kettle-empty" in call("list", "--kb", home).out


# --- check: what passes ---------------------------------------------------------------------------------------


def test_a_sound_base_passes_and_what_was_tried_is_counted(tmp_path: Path) -> None:
    called = call("kb", "check", written(tmp_path, entry=FIXED))
    assert called == (0, "1 entry, 1 paste, 1 edit, 1 look-alike: nothing wrong\n", "")


def test_without_a_folder_it_is_the_readers_own(tmp_path: Path) -> None:
    written(tmp_path / "ansible-why" / "kb")
    assert call("kb", "check", XDG_CONFIG_HOME=str(tmp_path)).out.startswith("1 entry, ")


# --- new: what must not be written ------------------------------------------------------------------------------


def new(home: Path, *arguments: str, given: str, id: str = "shop/kettle-odd") -> tuple[int, str, str]:
    """A cause begun in `home` from what is given."""
    return call("kb", "new", id, "-", "--to", home, *arguments, given=given)


def held(home: Path) -> dict[str, str]:
    """Every file of a base with its text."""
    return {str(path.relative_to(home)): path.read_text() for path in home.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("id", "given", "complaint"),
    [
        ("kettle", paste("odd kettle"), '"kettle" is no id of a cause'),
        ("../x/kettle", paste("odd kettle"), "is no id of a cause"),
        ("shop/Kettle", paste("odd kettle"), "is no id of a cause"),
        ("lab/kettle", paste("odd kettle"), "is no id of a cause"),
        ("async/kettle", paste("odd kettle"), 'the family "async" exists already'),
        ("shop/kettle", "Dear all,\n", "there is no failure in the paste"),
        ("shop/kettle", "", "there is no failure in the paste"),
        ("shop/kettle", paste("5"), "says nothing that it could be recognised by"),
        (
            "shop/kettle",
            'fatal: [w]: FAILED! => {"assertion": "a", "evaluated_to": false, "msg": "no"}\n',
            "the base knows this failure: asserts/assert-failed (certain)",
        ),
    ],
)
def test_a_cause_is_not_begun_where_that_makes_no_sense(id: str, given: str, complaint: str, tmp_path: Path) -> None:
    status, out, err = new(tmp_path, given=given, id=id)
    assert (status, out, complaint in err) == (2, "", True)
    assert held(tmp_path) == {}


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "tea.yml").write_text(TASK)
    task = ["--task", str(tmp_path / "tea.yml")]
    home = tmp_path / "own"
    assert new(home, *task, given=paste("odd kettle"))[0] == 0
    before = held(home)
    status, out, err = new(home, *task, given=paste("another kettle"))
    assert (status, out) == (2, "")
    assert "exists already" in err or "has a sign" in err
    assert held(home) == before
    (home / "lab" / "shop" / "pot").mkdir()
    (home / "lab" / "shop" / "pot" / "broken.yml").write_text("mine\n")
    assert new(home, *task, given=paste("odd pot here"), id="shop/pot")[0] == 2
    assert held(home) == {**before, "lab/shop/pot/broken.yml": "mine\n"}


def test_secrets_do_not_get_into_a_base(tmp_path: Path) -> None:
    (tmp_path / "tea.yml").write_text(TASK + "        db_password: hunter2\n")
    new(tmp_path / "own", "--task", str(tmp_path / "tea.yml"), given=paste("odd kettle, token=hunter2hunter2"))
    assert len(held(tmp_path / "own")) == 5
    assert "hunter2" not in "".join(held(tmp_path / "own").values())


def test_a_tree_of_another_form_is_left_to_its_author(tmp_path: Path) -> None:
    written(tmp_path, "shop")
    (tmp_path / "shop" / "tree.yaml").write_text("{look: sign, cases: {no water: kettle-empty}}\n")
    before = held(tmp_path)
    assert "finds no place" in new(tmp_path, given=paste("odd kettle"))[2]
    assert held(tmp_path) == before


# --- new: what is begun -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        (
            "no such kettle 'blue one' in /srv/tea/x.cfg, 3 tried",
            "no such kettle {name:quoted} in {path:word}, {number:number} tried",
        ),
        ("kettle2 v1.2.3 took 4.5 s and 6 s", "kettle2 v1.2.3 took {number:number} s and {number_two:number} s"),
        ("the pot {lid: off} is missing its cover", "is missing its cover"),
        ("see https://example.org/a/b for kettles", "see https://example.org/a/b for kettles"),
    ],
)
def test_what_differs_from_run_to_run_becomes_a_hole(line: str, sign: str) -> None:
    assert template(line) == sign


ODD = [
    paste("no such kettle 'blue one' in /srv/tea/x.cfg, 3 tried"),
    paste("kettle 'a' 'b' 'c' 'd' 'e' 'f' '' failed at 1 2 3 4 5 6 7"),
    paste("12 /a/b /c/d: kettle"),
    paste("{'kettle': 'dry', 'number': 4}"),
    paste('"quoted": "kettle\\nwith: colon" # and {{ jinja }} ```fence'),
    paste("x" * 5000 + " kettle"),
    paste("", kettle_code=5),
    paste("kettle\n" * 200),
    "\n" * 150 + paste("odd kettle far down in a long log") + "ok\n" * 150,
    'fatal: [tea]: UNREACHABLE! => {"changed": false, "msg": "kettle in another galaxy", "unreachable": true}\n',
]


@pytest.mark.parametrize("given", ODD, ids=lambda given: given.strip()[17:60])
def test_right_after_it_only_what_the_author_has_to_write_is_missing(given: str, tmp_path: Path) -> None:
    status, out, err = new(tmp_path, given=given)
    assert (status, err) == (0, "")
    assert sorted(line.split(": ")[1] for line in out.splitlines()[:-1]) == sorted(
        str(path) for path in tmp_path.rglob("*.*")
    )
    found = lines(call("kb", "check", tmp_path).out, tmp_path)
    assert {line.split(": ")[1].split(";")[0] for line in found[:-1]} == {"no look-alike", "still to be written"}
    assert found[-1].endswith(" mistakes")


def test_the_second_cause_of_a_family_and_of_a_base_with_another_one(tmp_path: Path) -> None:
    for root in ("families: [tea]\n", "families:\n- tea  # first\n", "families:\n  # mine\n  - tea\n"):
        home = written(tmp_path / str(len(list(tmp_path.iterdir()))), root=root)
        if "mine" in root:
            assert "no list of families" in new(home, given=paste("odd kettle"))[2]
            continue
        assert new(home, given=paste("odd kettle"))[0] == 0
        assert new(home, given=paste("another pot"), id="shop/1-pot")[0] == 0
        assert new(home, given=paste("a cup is broken"), id="tea/cup")[0] == 0
        found = lines(call("kb", "check", home).out, home)
        assert {line.split(": ")[1].split(";")[0] for line in found[:-1]} == {"no look-alike", "still to be written"}
        assert found[-1].startswith("4 entries, 4 pastes")


def test_a_task_becomes_the_code_of_the_example_and_a_scenario(tmp_path: Path) -> None:
    (tmp_path / "tea.yml").write_text(TASK)
    (tmp_path / "tasks.yml").write_text("---\n- name: Boil\n  kettle:\n    state: warm\n")
    for name in ("tea", "tasks"):
        home = tmp_path / name
        new(home, "--task", str(tmp_path / f"{name}.yml"), given=paste("odd kettle"))
        text = (home / "lab" / "shop" / "kettle-odd" / "broken.yml").read_text()
        assert text.startswith("- name: ") and text.count("hosts:") == 1
        assert "    - name: Boil\n      kettle:\n        state: warm\n" in text
        assert "```before\n" in (home / "shop" / "kettle-odd.md").read_text()
        found = lines(call("kb", "check", home).out, home)
        assert {line.split(": ")[1].split(";")[0] for line in found[:-1]} == {"no look-alike", "still to be written"}


def test_where_only_the_task_rules_our_cause_out_it_is_asked_for(tmp_path: Path) -> None:
    said = "[ERROR]: Task failed: Action failed: odd kettle\nOrigin: /srv/tea.yml:4:7\n\nfatal"
    given = paste("odd kettle").replace("fatal", said)
    status, out, err = new(tmp_path / "own", given=given)
    assert (status, out, held(tmp_path)) == (2, "", {})
    assert "nothing rules out asserts/fail-task, which is asked before yours; give the task" in err
    (tmp_path / "tea.yml").write_text(TASK)
    assert new(tmp_path / "own", "--task", str(tmp_path / "tea.yml"), given=given)[0] == 0
    found = lines(call("kb", "check", tmp_path / "own").out, tmp_path / "own")
    assert {line.split(": ")[1].split(";")[0] for line in found[:-1]} == {"no look-alike", "still to be written"}


def test_without_a_folder_it_goes_into_the_readers_own(tmp_path: Path) -> None:
    assert call("kb", "new", "shop/odd", "-", given=paste("odd kettle"), XDG_CONFIG_HOME=str(tmp_path)).status == 0
    assert (tmp_path / "ansible-why" / "kb" / "shop" / "odd.md").is_file()
    assert "shop/odd" in call("diagnose", given=paste("odd kettle"), XDG_CONFIG_HOME=str(tmp_path)).out


# --- try ----------------------------------------------------------------------------------------------------------


def test_what_is_no_failure_names_nothing() -> None:
    assert call("kb", "try", "-", given="Dear all,\n") == (1, "no failure in it\n", "")
    assert json.loads(call("kb", "try", "-", "--format", "json", given="Dear all,\n").out) == {"failures": []}


@pytest.mark.parametrize("form", ["text", "json"])
def test_trying_shows_no_secrets(form: str, tmp_path: Path) -> None:
    task = TASK.replace("state: warm", "state: warm\n        db_password: hunter2")
    (tmp_path / "tea.yml").write_text(task)
    given = paste("odd kettle", stderr="db_password: hunter2", cmd="login --password hunter2")
    assert "hunter2" not in call("kb", "try", "-", "--format", form, "--task", tmp_path / "tea.yml", given=given).out


def test_a_failure_that_nothing_fits_says_so() -> None:
    called = call("kb", "try", "-", given='fatal: [tea]: UNREACHABLE! => {"unreachable": true}\n')
    assert called.status == 1
    assert called.out.endswith("signs that fit: none\nnamed: nothing: no sign fits\n")


@pytest.mark.parametrize("name", ["backup", "migrate", "index"])
def test_what_is_named_is_what_diagnose_names(name: str) -> None:
    log, task = EXAMPLES / f"{name}.log", EXAMPLES / f"{name}.yml"
    answered = json.loads(call("diagnose", log, "--task", task, "--format", "json").out)["failures"]
    tried = json.loads(call("kb", "try", log, "--task", task, "--format", "json").out)["failures"]
    assert [one["named"][0]["cause"] for one in tried] == [one["causes"][0]["id"] for one in answered]


def test_each_walk_is_told_fork_by_fork(tmp_path: Path) -> None:
    home = written(tmp_path)
    fork = '{look: hosts_left_out, ask: "Is it a cup?", cases: {"yes": kettle-empty}, else: unknown}'
    (home / "tea" / "tree.yaml").write_text(f"look: sign\ncases:\n  no water: {fork}\n")
    called = call("kb", "try", "-", "--kb", home, given='fatal: [tea]: FAILED! => {"msg": "kettle dry", "rc": 4}\n')
    walked = called.out[called.out.index("walk of tea:") :]
    assert walked == (
        "walk of tea:\n"
        "  sign: no water (kettle dry)\n"
        "  hosts_left_out: open\n"
        "  asks: Is it a cup? (--answer hosts_left_out=...)\n"
        "  leads to: tea/kettle-empty (possible), no cause (possible)\n"
        "named: tea/kettle-empty (possible): its family is the first whose walk leads to a cause\n"
    )
    assert "  tea: no water (kettle dry)\n" in called.out
    assert "  rc: 4\n" in called.out


# --- graph --------------------------------------------------------------------------------------------------------


def test_a_family_that_is_not_there_is_a_wrong_call() -> None:
    called = call("kb", "graph", "asink")
    assert (called.status, called.out) == (2, "")
    assert called.err == 'ansible-why: no such family "asink"; did you mean async?\n'


def test_signs_of_the_drawing_languages_do_no_harm(tmp_path: Path) -> None:
    home = written(tmp_path)
    ask = """'a "b" # <c> `d` \\ ]'"""
    fork = f'{{key: cup, ask: {ask}, usual: "yes", cases: {{"yes": kettle-empty}}, else: unknown}}'
    (home / "tea" / "tree.yaml").write_text(f"look: sign\ncases:\n  no water: {fork}\n")
    text, dot, mermaid = (
        call("kb", "graph", "tea", "--kb", home, "--format", f).out for f in ("text", "dot", "mermaid")
    )
    assert text == (
        "tea: sign?\n"
        '  no water: cup? asks: a "b" # <c> `d` \\ ]\n'
        "    yes (usual): tea/kettle-empty\n"
        "    else: no cause\n"
    )
    assert '  n1 [label="cup? asks: a \\"b\\" # <c> `d` \\\\ ]", shape=ellipse];\n' in dot
    assert '  n1 -> n2 [label="yes (usual)"];\n' in dot
    assert '  n1{{"cup? asks: a #quot;b#quot; #35; #lt;c> #96;d#96; \\ ]"}}\n' in mermaid
    assert '  n1 -- "yes (usual)" --> n2\n' in mermaid


def test_the_whole_tree_holds_every_cause_that_a_failure_leads_to() -> None:
    out = call("kb", "graph").out
    assert {f"{family}: sign?" for family in kb.load().families} <= set(out.splitlines())
    assert call("kb", "graph", "async/").out in out


def test_help_of_each_part_has_examples() -> None:
    import contextlib
    import io

    from assistant.front.cli.arguments import KB

    for part, (_, _, examples) in KB.items():
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
            from assistant.front.cli import main

            main(["kb", part, "--help"])
        assert examples[0][0] in out.getvalue()
