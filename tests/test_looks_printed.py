"""What the lines above a failure tell: what must not be concluded from them first, then what may be."""

from __future__ import annotations

import pytest
from looking import LAUNCH, WAIT, look

from assistant.kb.signs import Match, Sign
from assistant.looks import LOOKS, gather, locate
from assistant.model import Failure, Origin, Seen
from assistant.plays import read

STARTED = {"ansible_job_id": "j1.2", "changed": True, "finished": 0, "started": 1, "results_file": "/root/j1.2"}
LOOKED = {**STARTED, "changed": False, "stdout": ""}
LOOKED_OLD = {"ansible_job_id": "1.2", "changed": False, "finished": 0, "started": 1}
UNDEFINED = "'dict object' has no attribute 'stdout'"


def row(kind, task="Start", ran_on="web1", text="", **result):
    return Seen(kind, "web1", task, result, text or f"{kind}: [web1]", 3, ran_on)


def answer(name, **failure):
    fact = LOOKS[name](gather(Failure(**failure), None, None))
    return fact and fact.value


# --- what stands above in the play --------------------------------------------------------------------

LATER = {"task": "Wait", "ran_on": "web1"}


@pytest.mark.parametrize(
    ("tasks", "rows", "word"),
    [
        (-1, (), None),
        (-1, (row("ok", ran_on="db1"),), None),
        (1, (), "other"),
        (1, (row("ok"),), "other"),
        (2, (row("ok", ran_on="db1"),), "other"),  # one of the two is not shown
        (2, (row("ok", ran_on="db1"), row("ok", "Other")), "other"),
        (1, (row("ok", ran_on=""),), "other"),
        (1, (row("skipped", ran_on="db1"),), "other"),
        (1, (row("ok", "Gathering Facts", "db1"),), "other"),
        (0, (), "none"),
        (1, (row("ok", ran_on="db1"),), "elsewhere"),
        (2, (row("ok", "Gathering Facts"), row("launch", ran_on="db1")), "elsewhere"),
        (2, (row("skipped", "Other"), row("launch", ran_on="db1")), "elsewhere"),
        (1, (row("ok", ran_on="db1", text="(item=1)"), row("ok", ran_on="db2", text="(item=2)")), "elsewhere"),
    ],
)
def test_what_the_play_shows_above_the_failed_task(tasks, rows, word):
    assert answer("tasks_above", **LATER, tasks_before=tasks, seen=rows) == word


# --- the result right above -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "message", "word"),
    [
        ((), UNDEFINED, None),
        ((row("ok"),), UNDEFINED, None),  # no result is printed
        ((row("launch", **STARTED),), f"error while evaluating conditional (x.rc): {UNDEFINED}", None),
        ((row("launch", **STARTED), row("skipped", "Other")), UNDEFINED, None),
        ((row("launch", **STARTED), row("ok", "Other", rc=0)), UNDEFINED, "other"),
        ((row("ok", **{**LOOKED, "finished": 1}),), UNDEFINED, "other"),
        ((row("launch", **LOOKED),), UNDEFINED, "a running job"),
        ((row("launch", **LOOKED_OLD),), UNDEFINED, "a running job"),
        ((row("launch", **STARTED),), UNDEFINED, "a launch"),
        ((row("launch", **STARTED), row("warning")), UNDEFINED, "a launch"),
    ],
)
def test_what_the_result_right_above_is(rows, message, word):
    assert answer("result_above", message=message, seen=rows) == word


def test_only_a_retried_task_right_behind_a_launch_is_likely_its_wait():
    launch, other = row("launch", **STARTED), row("ok", "Other", rc=0)
    assert answer("retried_after_launch", seen=(row("ok"),), retries=(2, 1)) is None
    assert answer("retried_after_launch", seen=(launch,)) == "no"
    assert answer("retried_after_launch", seen=(launch, other), retries=(2, 1)) == "no"
    assert answer("retried_after_launch", seen=(launch, row("retry", "Wait")), retries=(2, 1)) == "yes"


# --- callbacks that name no task ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ((row("ok", ""), row("ok", "", msg="All items completed"), row("skipped", "")), "skipped after others"),
        ((row("ok", ""),), "started"),
        ((row("skipped", ""),), "skipped"),
        ((row("ignored", ""),), "ignored"),
        ((row("ok", "", msg="All items completed"),), "looped"),
        ((row("launch", "", ansible_loop_var="item", item=1, **STARTED),), "looped"),
    ],
)
def test_what_the_launch_printed_where_no_task_is_named(rows, word):
    assert answer("launch_seen", seen=rows) == word


def test_the_line_above_is_the_launch_only_where_it_stands_right_above_in_the_file():
    failure = Failure(seen=(row("skipped", ""),))
    between = read("site.yml", LAUNCH + "- name: Look\n  debug: {}\n" + WAIT)
    assert LOOKS["launch_seen"](gather(failure, between, between.tasks[-1])) is None
    file = read("site.yml", LAUNCH + WAIT)
    assert LOOKS["launch_seen"](gather(failure, file, file.tasks[-1])).value == "skipped"


def play(*tasks, rest=""):
    lines = [f"    - name: {name}\n      command: x\n" for name in tasks]
    return read("site.yml", "- hosts: web\n  tasks:\n" + "".join(lines) + rest)


HANDLER = "  handlers:\n    - name: C\n      command: x\n"
LOST = {"message": "lost"}


@pytest.mark.parametrize(
    ("file", "failure", "found"),
    [
        (play("A", "B"), LOST, None),
        (play("A", "B", "C"), {**LOST, "seen": (row("ok", ""),)}, None),
        (play("A", "B"), {**LOST, "seen": (row("ok", "", ansible_facts={}),)}, None),
        (play("A", "B"), {**LOST, "seen": (row("ok", "", text="ok => (item=1)"),)}, None),
        (play("A", "B"), {**LOST, "seen": (row("ok", ""), row("ok", ""))}, None),  # of another run, perhaps
        (play("A", "B", rest=HANDLER), {**LOST, "seen": (row("ok", ""),)}, None),
        (play("A", "B", rest="  roles: [a]\n"), {**LOST, "seen": (row("ok", ""),)}, None),
        (
            play("A", rest="    - block:\n      - name: B\n        command: x\n"),
            {**LOST, "seen": (row("ok", ""),)},
            None,
        ),
        (read("a.yml", "- name: A\n  command: x\n- name: B\n  command: x\n"), {**LOST, "seen": (row("ok", ""),)}, None),
        (play("A", "B"), {**LOST, "seen": (row("ok", ""),)}, "B"),
        (play("A", "B"), {**LOST, "seen": (row("ok", ""), row("warning", ""))}, "B"),
    ],
)
def test_in_a_play_that_runs_straight_down_what_is_over_did_not_fail(file, failure, found):
    task = locate(Failure(**failure), (file,))[1]
    assert (task.name if task else None) == found


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("non-zero return code", None),
        ("the async_status broke", None),
        ("check mode and async cannot be used on same task.", "A"),
    ],
)
def test_only_a_task_with_async_is_refused_for_it(message, found):
    file = read("site.yml", play("A", "B").text.replace("x\n", "x\n      async: 9\n", 1))
    for seen in ((), (row("ok", ""), row("ok", ""))):  # two runs in one log: nothing is told by the order
        task = locate(Failure(message=message, seen=seen), (file,))[1]
        assert (task.name if task else None) == found


# --- what a message and its quotation tell ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "failure", "word"),
    [
        ("", {"origin": Origin("site.yml", 4, 7, "    - name: until: it ends")}, "unknown"),
        ("", {"origin": Origin("site.yml", 4, 7, "      until:")}, "unknown"),  # the condition stands below
        ("", {"origin": Origin("site.yml", 4, 7, "      when_told: x")}, "unknown"),
        (LAUNCH + WAIT, {"message": "Conditional result was derived from 'str' at '/x/site.yml:7:3'."}, "unknown"),
        ("", {"origin": Origin("site.yml", 4, 7, "      until: x.stdout")}, "until"),
        ("", {"origin": Origin("site.yml", 4, 7, "    - failed_when: x.rc")}, "failed_when"),
        (LAUNCH + WAIT, {"message": "Conditional result was derived from 'str' at '/x/site.yml:10:10'."}, "until"),
    ],
)
def test_which_condition_the_quoted_line_is(text, failure, word):
    assert look("condition_in", text, **failure) == word


@pytest.mark.parametrize(
    ("failure", "word"),
    [
        ({"message": "chown: changing ownership of '/tmp/x/AnsiballZ_command.py'"}, "unknown"),
        ({"message": "cat: /opt/async_wrapper.pyc"}, "unknown"),
        ({"wrapped": True}, "yes"),
        ({"message": "chown: changing ownership of '/tmp/x/async_wrapper.py': no"}, "yes"),
    ],
)
def test_the_wrapper_tells_of_the_background(failure, word):
    assert look("background", **failure) == word


@pytest.mark.parametrize(
    ("failure", "word"),
    [
        ({"message": "lost", "task": "Copy"}, "elsewhere"),
        ({"message": "could not find job"}, "unknown"),
        ({"result": {"ansible_job_id": "j1.2"}}, "unknown"),
        ({"result": {"ansible_job_id": "j1.2", "invocation": {}}, "module": "async_status"}, "unknown"),
        ({"result": {"ansible_job_id": "j1.2", "invocation": {}, "attempts": 1}, "module": "async_status"}, "wait"),
        ({"result": {"ansible_job_id": "j1.2"}, "module": "command"}, "poll"),
        ({"result": {"ansible_job_id": "j1.2", "attempts": 1}}, "wait"),
    ],
)
def test_whose_a_result_with_a_job_id_is(failure, word):
    assert look("stage", **failure) == word


# --- limits and waits ----------------------------------------------------------------------------------------------


def told(limit):
    sign = Sign("async", "limit passed while polling", "", {}, (), "", "", {}, "")
    fact = LOOKS["limit_is_true"](gather(None, None, None, match=Match(sign, {"limit_told": limit}, "")))
    return fact and fact.value


@pytest.mark.parametrize(("limit", "word"), [("1", None), ("", None), ("12", "no")])
def test_one_second_may_be_what_true_was_turned_into(limit, word):
    assert told(limit) == word


@pytest.mark.parametrize(
    ("written", "word"), [('"{{ x }}"', "unknown"), ("600", "no"), ('"true"', "no"), ("yes", "yes")]
)
def test_whether_the_limit_is_a_switch(written, word):
    assert look("limit_is_true", LAUNCH.replace("600", written) + WAIT) == word


SWITCHED = LAUNCH.replace("600", "true") + WAIT


@pytest.mark.parametrize(
    ("hints", "word"), [({}, "no number"), ({"at_most": "2.11"}, "no number"), ({"at_least": "2.12"}, "shorter")]
)
def test_a_job_that_looks_as_if_it_ran_was_not_ended_where_that_would_be_seen(hints, word):
    assert look("wait_against_limit", SWITCHED, hints=hints) == word


@pytest.mark.parametrize(
    ("result", "word"),
    [
        ({}, "unknown"),
        ({"attempts": 3}, "unknown"),
        ({"attempts": 2, "finished": 1}, "unknown"),
        ({"attempts": 2}, "written"),
    ],
)
def test_attempts_tell_of_retries_that_were_written(result, word):
    assert look("wait_numbers", message="x", result={"finished": 0, **result}) == word
