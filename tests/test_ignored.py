"""Failures that were ignored or rescued: noted, never called what stopped the play, and diagnosed when asked for."""

from __future__ import annotations

import json

import pytest
from calls import call

from assistant.paste import large, read

RUN = """\
PLAY [Nightly] *****************************************************************

TASK [Start the export] ********************************************************
changed: [db1]

TASK [Wait for the export] *****************************************************
FAILED - RETRYING: [db1]: Wait for the export (2 retries left).
FAILED - RETRYING: [db1]: Wait for the export (1 retries left).
[ERROR]: Task failed: Action failed: Unknown error.
Origin: /home/ops/spared.yml:11:7

 9       register: export
10
11     - name: Wait for the export
         ^ column 7

fatal: [db1]: FAILED! => {"ansible_job_id": "j71.985", "attempts": 2, "finished": false, "started": true}
...ignoring

TASK [Look for last night's job] ***********************************************
[ERROR]: Task failed: Module failed: could not find job
Origin: /home/ops/spared.yml:22:11

20     - name: With a rescue
21       block:
22         - name: Look for last night's job
             ^ column 11

fatal: [db1]: FAILED! => {"ansible_job_id": "{'started': True, 'ansible_job_id': 'j71.985'}", "finished": true,
    "msg": "could not find job", "started": true}

TASK [Never mind] **************************************************************
ok: [db1] => {
    "msg": "no job"
}

PLAY RECAP *********************************************************************
db1                        : ok=3    changed=1    unreachable=0    failed=0    skipped=0    rescued=1    ignored=1
"""
"""ansible-core 2.19.14, results shortened: a wait that gave up is ignored, a look at a whole result is rescued."""
SOUND = "TASK [Export] ***\nok: [db1]\n\nPLAY RECAP ***\ndb1 : ok=1 changed=0 unreachable=0 failed=0\n"


def told(given, *more):
    done = call("diagnose", "--format", "json", *more, given=given)
    value = json.loads(done.out)
    return done.status, value["verdict"], [(one["task"], one["spared"]) for one in value["failures"]]


def test_unasked_they_are_notes_and_no_failures():
    assert told(RUN) == (1, "no-failure", [])
    assert json.loads(call("--format", "json", given=RUN).out)["notes"] == [
        "line 9: failed and was ignored",
        "line 21: failed and was rescued",
    ]


def test_where_nothing_was_spared_the_flag_changes_nothing():
    assert told(SOUND, "--ignored") == (1, "no-failure", [])
    assert told("hello\n", "--ignored") == (1, "not-ansible", [])
    assert "--ignored" not in call(given=SOUND).out


def test_asked_for_they_are_diagnosed_as_what_they_are():
    assert told(RUN, "--ignored") == (
        0,
        "causes",
        [("Wait for the export", "ignored"), ("Look for last night's job", "rescued")],
    )
    value = json.loads(call("diagnose", "--format", "json", "--ignored", given=RUN).out)
    assert [one["causes"][0]["id"] for one in value["failures"]] == [
        "async/wait-shorter-than-job",
        "async/job-id-is-whole-result",
    ]


def test_one_that_was_ignored_here_and_stopped_the_play_there_is_a_failure():
    again = RUN.replace("...ignoring\n", "").replace("failed=0", "failed=2").replace("rescued=1", "rescued=0")
    both = RUN + again.replace("ignored=1", "ignored=0").replace("db1", "db2")
    spared = dict(told(both, "--ignored")[2])
    assert spared == {"Wait for the export": "", "Look for last night's job": ""}


def test_people_are_offered_the_flag_where_nothing_else_failed():
    text = call(given=RUN).out
    assert "Their causes: ansible-why diagnose --ignored\n" in text
    assert "--ignored" not in call("diagnose", "--ignored", given=RUN).out
    assert "--ignored" not in call("diagnose", "--format", "markdown", given=RUN).out


def test_the_headline_says_that_it_stopped_nothing():
    text = call("diagnose", "--ignored", given=RUN).out
    assert "Wait for the export failed on db1 and was ignored" in text
    assert "Look for last night's job failed on db1 and was rescued" in text


@pytest.mark.parametrize("ignored", [False, True])
def test_a_log_of_any_size_is_read_alike(ignored: bool):
    whole, pieces = read(RUN, ignored=ignored), large.read([RUN], ignored)
    assert [(one.task, one.spared, one.count) for one in whole.failures] == [
        (one.task, one.spared, one.count) for one in pieces.failures
    ]
    assert (whole.verdict, whole.notes, whole.spared) == (pieces.verdict, pieces.notes, pieces.spared)
    assert whole.spared == 2
