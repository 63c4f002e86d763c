"""`ansible-why lookup`: one compact answer, in the form that an editor can read."""

from __future__ import annotations

import json
import re

import pytest
from calls import EXAMPLES, IGNORED, call

PASTE = (EXAMPLES / "backup.log").read_text()
TASK = str(EXAMPLES / "backup.yml")
GNU = re.compile(r"(?P<path>[^:\n]+):(?P<line>\d+):(?P<column>\d+): (?P<words>.+)\n")
"""What Vim's %f:%l:%c: %m and Emacs' compilation mode read."""


def test_a_few_lines_for_people() -> None:
    answer = call("lookup", "--task", TASK, given=PASTE)
    assert answer.status == 0
    assert answer.out.splitlines()[0] == "The wait gives up while the job is still running (certain)"
    assert "  fix: Give the wait at least as long as the job may take" in answer.out
    assert len(answer.out.splitlines()) <= 6


@pytest.mark.parametrize(("form", "kind"), [("vim", ""), ("emacs", "warning: ")])
def test_a_place_and_words_for_lists_of_errors(form: str, kind: str) -> None:
    read = GNU.fullmatch(call("lookup", "--format", form, given=PASTE).out)
    assert read
    assert read["path"].endswith("backup.yml")
    assert read["words"].startswith(f"{kind}The wait gives up while the job is still running [async/wait-shorter")


def test_one_line_of_json_for_programs() -> None:
    out = call("lookup", "--format", "json", "--task", TASK, given=PASTE).out
    assert out.count("\n") == 1
    [answer] = json.loads(out)["answers"]
    assert answer["cause"] == "async/wait-shorter-than-job"
    assert answer["edits"][0]["text"] == "120"


@pytest.mark.parametrize("form", ["text", "vim", "emacs", "json"])
@pytest.mark.parametrize("paste", ["Dear all, lunch is at noon.\n", (EXAMPLES / "sound.log").read_text()])
def test_nothing_to_name_is_said(form: str, paste: str) -> None:
    answer = call("lookup", "--format", form, given=paste)
    assert (answer.status, answer.err) == (1, "")
    assert answer.out.strip()


def test_a_failure_without_a_cause_keeps_its_place() -> None:
    paste = (
        "TASK [Copy] ****\n[ERROR]: Task failed: Module failed: no space\nOrigin: /srv/site.yml:6:7\n\n"
        'fatal: [db1]: FAILED! => {"changed": false, "msg": "no space left for this"}\n'
    )
    answer = call("lookup", "--format", "vim", given=paste)
    assert answer.status == 1
    assert answer.out.startswith("/srv/site.yml:6:7: Copy failed on db1: ")


def test_what_was_ignored_is_looked_up_when_asked_for() -> None:
    assert call("lookup", given=IGNORED).status == 1
    answer = call("lookup", "--ignored", "--task", TASK, given=IGNORED)
    first = answer.out.splitlines()[0]
    assert (answer.status, first) == (0, "The wait gives up while the job is still running (certain)")
