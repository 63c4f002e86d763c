"""The tools of those who write causes: `ansible-why kb`."""

from __future__ import annotations

from pathlib import Path

import pytest
from calls import call
from test_kb import ENTRY
from test_kb_beside import written

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
