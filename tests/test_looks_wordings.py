"""Conditions and what the play itself says: first what must be left alone."""

from __future__ import annotations

import pytest

from assistant import paste
from assistant.looks import LOOKS, gather
from assistant.looks.stops import holes as holes_of_stops
from assistant.looks.wordings import added_to, as_boolean, with_number, without_braces
from assistant.model import Failure
from assistant.plays import read, task_named


def evidence(text="", hints=None, **failure):
    file = read("site.yml", text) if text else None
    task = task_named(file, "T")[0] if file else None
    return gather(Failure(**{"task": "T", "message": "x", **failure}), file, task, hints=hints or {})


def answer(look, found):
    fact = LOOKS[look](found)
    return fact and fact.value


@pytest.mark.parametrize(
    "text", ["", "a == 1", "{{ a | int }} == 1", "{% if a %}1{% endif %}", "{{ a }}_{{", "{{ a + b }}"]
)
def test_conditions_whose_braces_only_a_person_can_take_out(text):
    assert without_braces(text) == ""


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("{{ channel }} == 'stable'", "channel == 'stable'"),
        ("'{{ channel }}' == 'stable'", "channel == 'stable'"),
        ("{{a.b}} in c", "a.b in c"),
    ],
)
def test_braces_taken_out(text, out):
    assert without_braces(text) == out


LIST = "Conditional result (True) was derived from value of type 'list'"
TEXT = "Conditional result (True) was derived from value of type 'str'"


@pytest.mark.parametrize(
    ("text", "message", "out"),
    [
        ("sites", "x", ""),
        ("switch", TEXT, ""),  # enabled or "false"? nobody knows
        ("sites | first", LIST, ""),
        ("sites", LIST, "sites | length > 0"),
        ("a.b | regex_search('1')", TEXT, "a.b is search('1')"),
        ("a | regex_search('1', multiline=true)", TEXT, ""),
    ],
)
def test_a_condition_said_as_a_boolean(text, message, out):
    assert as_boolean(text, evidence(message=message)) == out


LESS = "'>' not supported between instances of 'AnsibleUnicode' and 'int'"


@pytest.mark.parametrize(
    ("text", "message", "out"),
    [
        ("a > 5", "x", ""),
        ("a > b", LESS, ""),
        ("a > 5", "'>' not supported between instances of 'NoneType' and 'int'", ""),
        ("a > 5 and b > 6", LESS, ""),
        ("a.b >= 512", LESS, "a.b | int >= 512"),
        ("a < 0.5", LESS, "a | float < 0.5"),
    ],
)
def test_a_condition_with_its_text_made_a_number(text, message, out):
    assert with_number(text, evidence(message=message)) == out


ADDED = 'can only concatenate str (not "int") to str'


@pytest.mark.parametrize(
    ("expression", "name"),
    [("{{ a + b }}", ""), ("{{ a + 1 }} {{ b + 1 }}", ""), ("{{ a + 1 }} {{ a }}", ""), ("{{ port + 1 }}", "port")],
)
def test_the_text_that_a_number_is_added_to(expression, name):
    task = f'- name: T\n  ansible.builtin.debug:\n    msg: "{expression}"\n'
    assert added_to(evidence(task, message=ADDED)) == name
    assert added_to(evidence(task)) == ""


@pytest.mark.parametrize(
    ("condition", "name", "word"),
    [
        ("tls_enabled == 'on'", "tls_enabled", "plain"),
        ("tls_enabled", "tls_enabled", "plain"),
        ("tls_enabled", "enabled", "another name"),
        ("{{ channel }} == 'a'", "stable", "braces inside"),
        ("{{ channel }}", "channel", "braces around"),
    ],
)
def test_how_a_quoted_condition_is_worded(condition, name, word):
    message = f"The error was: error while evaluating conditional ({condition}): '{name}' is undefined"
    assert answer("condition_words", evidence(message=message)) == word
    assert answer("condition_words", evidence(message=f"'{name}' is undefined")) is None


# --- what the play says ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failure", "word"),
    [
        ({}, None),
        ({"result": {"msg": "x", "changed": False}}, None),
        ({"result": {"msg": "x", "rc": 1}}, "other"),
        ({"module": "copy"}, "other"),
        ({"task": "fail"}, "fail"),
        ({"task": "common : ansible.builtin.fail"}, "fail"),
        ({"task": "failover"}, None),
    ],
)
def test_whether_a_failure_is_a_fail_of_the_play(failure, word):
    assert answer("stop_of_play", evidence(**failure)) == word


def test_the_task_tells_whether_it_is_a_fail():
    assert answer("stop_of_play", evidence("- name: T\n  fail:\n    msg: no\n")) == "fail"
    assert answer("stop_of_play", evidence("- name: T\n  copy:\n    src: a\n    dest: b\n")) == "other"


@pytest.mark.parametrize(
    ("chain", "word"),
    [((), None), (("Task failed: Module failed: x",), "no"), (("Task failed: Action failed: x",), "yes")],
)
def test_whose_words_a_message_is(chain, word):
    assert answer("said_by_action", evidence(chain=chain)) == word


PLAY = "- hosts: web\n  {}\n  tasks:\n    - name: T\n      command: id\n      {}\n"


@pytest.mark.parametrize(
    ("play", "task", "left_out", "word"),
    [
        ("max_fail_percentage: 30", "", "", None),  # nothing shows that it was passed
        ('any_errors_fatal: "{{ strict }}"', "", "", "no"),
        ("serial: 2", "", "", "no"),
        ("any_errors_fatal: true", "any_errors_fatal: false", "", "no"),
        ("max_fail_percentage: 30", "", "yes", "max_fail_percentage"),
        ("max_fail_percentage: 0", "", "", "max_fail_percentage"),
        ("any_errors_fatal: true", "", "", "any_errors_fatal"),
        ("serial: 2", "any_errors_fatal: true", "", "any_errors_fatal"),
    ],
)
def test_what_ends_a_play_for_all(play, task, left_out, word):
    text = PLAY.format(play, task).replace("      \n", "")
    assert answer("ends_for_all", evidence(text, {"hosts_left_out": left_out})) == word


def test_without_its_play_a_task_says_nothing_of_other_hosts():
    assert answer("ends_for_all", evidence("- name: T\n  command: id\n")) is None
    assert answer("hosts_left_out", evidence()) is None


def test_conditions_in_words():
    found = evidence("- name: T\n  command: id\n  failed_when:\n    - a\n    - b.rc\n    # why\n")
    assert dict(holes_of_stops(found))["failed_when"] == "a and b.rc"


# --- hosts that were left out ------------------------------------------------------------------------------

RECAP = "{host:<27}: ok=1    changed=0    unreachable=0    failed={failed}    skipped=0    rescued=0    ignored=0"


def left_out(*lines, **failed):
    rows = [RECAP.format(host=host, failed=count) for host, count in failed.items()]
    text = "\n".join([*lines, "", "PLAY RECAP ****", *rows])
    return paste.read(text).hints.get("hosts_left_out")


TASK = ("PLAY [All] ****", "", "TASK [Look] ****")
FAILED = 'fatal: [web1]: FAILED! => {"changed": false, "msg": "no"}'
END = ("", "NO MORE HOSTS LEFT ****")


def test_hosts_count_as_left_out_only_where_the_play_ended_with_some_that_were_well():
    assert left_out(*TASK, FAILED, *END, web1=1) is None
    assert left_out(*TASK, FAILED, "ok: [web2]", web1=1, web2=0) is None  # the play may go on
    assert (
        left_out("PLAY [Before] ****", "", "TASK [T] ****", "ok: [db1]", "", *TASK, FAILED, *END, db1=0, web1=1) is None
    )
    assert left_out(*TASK, FAILED, "ok: [web2]", *END, web1=1, web2=0) == "yes"
