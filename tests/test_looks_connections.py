"""Looks at connections that fail and at what was waited for: what cannot be told first, then what can."""

from __future__ import annotations

import pytest
from looking import look

from assistant.kb.signs import Match, Sign
from assistant.looks import LOOKS, gather
from assistant.model import Failure, Seen

DENIED = "Failed to connect to the host via ssh: app@web1: Permission denied (publickey,password)."


def row(text, kind="ok", task="Before", ran_on="web1"):
    return Seen(kind, "web1", task, {}, text, 3, ran_on)


def answered(rows=(), tasks_before=-1, ran_on="web1", task="Late", headless=False):
    late = Failure("web1", task, seen=tuple(rows), tasks_before=tasks_before, ran_on=ran_on, headless=headless)
    fact = LOOKS["answered_before"](gather(late, None, None))
    return fact and fact.value


# --- did the host answer before? ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (row("ok: [web1]", task="Say hello"),),  # debug says ok too, and never leaves the controller
        (row("skipping: [web1]", "skipped"),),
        (row("changed: [web1 -> localhost]", ran_on="localhost"),),
        (row("fatal: [web1]: FAILED! => {}", "ignored"),),
    ],
)
def test_what_is_no_proof_that_a_host_answered(rows):
    assert answered(rows) is None


def test_below_the_beginning_of_its_play_nothing_before_it_proves_nothing():
    assert answered(headless=True) == "not shown"
    assert answered([row("changed: [web1]")], headless=True) == "yes"
    assert answered(task="Gathering Facts", headless=True) is None, "which is the first task of any play"


def test_the_first_task_of_a_play_has_nothing_before_it():
    assert answered(tasks_before=0) == "no"


@pytest.mark.parametrize(
    "rows",
    [
        (row("changed: [web1]"),),
        (row("ok: [web1]", task="Gathering Facts"),),
        (row("changed: [web1]", "launch"),),
        (row("changed: [web1]"), row("ok: [web1]", task="Say hello")),
    ],
)
def test_facts_and_changes_prove_that_a_host_answered(rows):
    assert answered(rows, tasks_before=2) == "yes"


def test_another_host_that_answered_says_nothing():
    assert answered((row("changed: [web1]"),), tasks_before=1, ran_on="db1") is None


# --- with a password? -----------------------------------------------------------------------------------


def given(methods, **result):
    sign = Sign("unreachable", "login denied", "", {}, (), "", "", {}, "denied")
    failure = Failure(host="web1", kind="unreachable", message=str(result.get("msg", "")), result=result)
    holes = {"methods": methods} if methods else {}
    fact = LOOKS["password_given"](gather(failure, None, None, match=Match(sign, holes, "")))
    return fact and fact.value


@pytest.mark.parametrize(
    ("methods", "message"),
    [
        ("", "Task failed: " + DENIED),
        ("publickey,password).", "Task failed: " + DENIED),
        ("publickey,gssapi-keyex,keyboard-interactive).", "Task failed: " + DENIED),
        ("publickey,password).", ""),  # a bare message tells no release
    ],
)
def test_whether_a_password_was_tried_is_not_always_told(methods, message):
    assert given(methods, **({"msg": message} if message else {})) is None


def test_a_server_that_takes_no_passwords_never_saw_one():
    assert given("publickey,gssapi-with-mic).", msg="Task failed: " + DENIED) == "no"


def test_up_to_2_18_a_wrong_password_has_its_own_message():
    assert given("publickey,password).", msg=DENIED) == "no"


# --- what is waited for -----------------------------------------------------------------------------------


def waiting(arguments, module="wait_for"):
    return look("waits_for", f"- name: Wait\n  {module}:\n{arguments}", "Wait")


def test_without_the_task_nobody_knows_what_is_waited_for():
    assert look("waits_for", host="web1", message="not up") == "unknown"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ("    port: 80\n    state: '{{ how }}'", "unknown"),
        ("    timeout: 30", "other"),
        ("    port: 80", "port"),
        ("    port: 80\n    state: started", "port"),
        ("    port: 80\n    state: stopped", "port gone"),
        ("    port: 80\n    state: drained", "port gone"),
        ("    path: /run/lock", "file"),
        ("    path: /run/lock\n    state: absent", "file gone"),
        ("    path: /var/log/x\n    search_regex: up", "text"),
        ("    port: 25\n    search_regex: ESMTP", "text"),
    ],
)
def test_what_wait_for_waits_for(arguments, word):
    assert waiting(arguments) == word


@pytest.mark.parametrize(
    ("module", "word"),
    [("wait_for_connection", "connection"), ("ansible.builtin.wait_for", "port"), ("uri", "other")],
)
def test_other_modules(module, word):
    assert waiting("    port: 80", module) == word
