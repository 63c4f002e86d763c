"""Looks at untils, failed_when and tests: what cannot be told first, then what is sound, then the faults."""

from __future__ import annotations

from textwrap import indent

import pytest
from looking import LAUNCH, WAIT, evidence_at, look

from assistant.kb.signs import Match, Sign
from assistant.looks import LOOKS, gather
from assistant.model import Origin
from assistant.plays import read

UNTIL = "result is finished"
UNDEFINED = "Error while evaluating conditional: 'wanted' is undefined"
DEBUG = "- name: Show\n  ansible.builtin.debug: {msg: done}\n"


def until(words):
    return LAUNCH + WAIT.replace(UNTIL, words)


@pytest.mark.parametrize(
    ("name", "text", "failure"),
    [
        ("until_form", LAUNCH + WAIT.replace("  until: result is finished\n", ""), {}),
        ("until_names", LAUNCH + WAIT.replace("  until: result is finished\n", ""), {}),
        ("launch_until", LAUNCH + WAIT, {}),
        ("condition_in", LAUNCH + WAIT, {}),
        ("condition_in", LAUNCH + WAIT, {"message": "Conditionals must have a boolean result."}),
        ("failed_when_reads", LAUNCH + WAIT, {}),
        ("in_loop", LAUNCH + WAIT, {}),
        ("under_module", LAUNCH + WAIT, {"message": "could not find job"}),
    ],
)
def test_what_cannot_be_told_is_unknown(name, text, failure):
    assert look(name, text, **failure) == "unknown"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (UNTIL, "boolean"),
        ("result.finished == 1", "boolean"),
        ("result.finished | bool", "boolean"),
        ("result.stdout | length > 0", "boolean"),
        ("\"'done' in result.stdout\"", "boolean"),
        ("result.state == 'ready'", "boolean"),
        ("result.finished", "unclear"),
        ("result.json.ready", "unclear"),
        ("done", "unclear"),
        ("my_test(result)", "unclear"),
        ("other.stdout", "unclear"),
        ('"{{ result.finished }} and {{ ready }}"', "unclear"),
        ("result.finished == '1' or result is failed", "boolean"),
        ("result.stdout", "not boolean"),
        ("result.rc", "not boolean"),
        ("result.finished | int", "not boolean"),
        ("result.stdout_lines | length", "not boolean"),
        ('"{{ result.finished }}"', "in braces"),
        ("result.finished == '1'", "compared with text"),
        ("\"'True' == result.finished\"", "compared with text"),
        ("result['finished'] == \"true\"", "compared with text"),
    ],
)
def test_how_an_until_is_written(words, answer):
    assert look("until_form", until(words)) == answer


@pytest.mark.parametrize(
    ("words", "rest", "answer"),
    [
        (UNTIL, "", "its own"),
        ("done", "", "its own"),
        ("done.finished", "  vars: {done: '{{ result }}'}\n", "its own"),
        ("result.finished and other.finished", "", "its own"),
        ("other.state == 'ready'", "", "its own"),
        ("item is finished", "  loop: '{{ job.results }}'\n", "its own"),
        ("other.finished", "", "another"),
        ("other is finished", "", "another"),
    ],
)
def test_whose_register_an_until_asks(words, rest, answer):
    assert look("until_names", until(words) + rest) == answer


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("Error while evaluating conditional: 'gone' is undefined", "elsewhere"),
        ("The conditional check 'gone' failed. The error was: x", "elsewhere"),
        ("The conditional check 'result is finished' failed. The error was: x", "until"),
        ("Error while evaluating conditional: 'result' is undefined", "until"),
        ("Error while evaluating conditional: 'wanted' is undefined", "when"),
        ("A 'failed_when' expression failed: Error while evaluating conditional: 'result' is undefined", "failed_when"),
    ],
)
def test_which_condition_a_message_is_about(message, answer):
    assert look("condition_in", LAUNCH + WAIT + "  when: wanted\n", message=message) == answer


@pytest.mark.parametrize(
    ("under", "word"),
    [("", "unknown"), ("loop", "unknown"), ("when", "when"), ("until", "until"), ("that", "elsewhere")],
)
def test_the_key_above_the_quoted_line_tells_which_condition_it_is(under, word):
    place = Origin("site.yml", 9, 7, "    - cores", "", under)
    assert look("condition_in", message="Conditionals must have a boolean result.", origin=place) == word


@pytest.mark.parametrize(
    ("result", "answer"),
    [
        ({"failed_when_result": True}, "unknown"),
        ({"failed_when_result": "'rc' is missing"}, "unknown"),  # an echo beside another message
        ({"failed_when_result": f"{UNDEFINED}.\n\nThe error appears to be in 'x.yml': line 1"}, "failed_when"),
        ({"changed_when_result": UNDEFINED}, "changed_when"),
    ],
)
def test_the_result_itself_says_which_condition_broke(result, answer):
    assert look("condition_in", message=UNDEFINED, result=result) == answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("job is succeeded", "other"),
        ("job.ansible_job_id is defined", "other"),
        ("other is finished", "other"),
        ("job is finished", "starts it again"),
        ("job.finished", "starts it again"),
        ("job.rc == 0", "starts it again"),
    ],
)
def test_until_on_a_launch(words, answer):
    assert look("launch_until", LAUNCH + f"  until: {words}\n", "Start") == answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("result.rc | default(0) != 0", "what is there"),
        ("result is finished and result.rc != 0", "what is there"),
        ("result.rc is defined and result.rc != 0", "what is there"),
        ("'error' in result.stdout", "what is there"),
        ("result is failed", "what is there"),
        ("other.rc != 0", "what is there"),
        ("result.rc != 0", "what is not there yet"),
        ("[result.rc != 0]", "what is not there yet"),
    ],
)
def test_failed_when_of_a_wait(words, answer):
    words = f'"{words}"' if words.startswith("'") else words
    assert look("failed_when_reads", LAUNCH + WAIT + f"  failed_when: {words}\n") == answer


@pytest.mark.parametrize(
    ("poll", "answer"), [("0", "what is not there yet"), ("5", "what is there"), ("'{{ p }}'", "what is there")]
)
def test_failed_when_of_a_launch_counts_only_where_nobody_waits(poll, answer):
    text = LAUNCH.replace("poll: 0", f"poll: {poll}") + "  failed_when: job.stdout == ''\n"
    assert look("failed_when_reads", text, "Start") == answer


@pytest.mark.parametrize(
    ("rest", "answer"),
    [
        ("", "no"),
        ("  ignore_errors: '{{ lenient }}'\n", "no"),
        ("  failed_when: result is finished and result.rc != 0\n", "no"),
        ("  failed_when: result is failed\n", "no"),
        ("  failed_when: result.finished and bad\n", "no"),
        ("  ignore_errors: true\n" + DEBUG + "  when: result is failed\n", "no"),
        ("  failed_when: false\n" + DEBUG + "  when: result.rc != 0\n", "no"),
        ("  ignore_errors: true\n", "by ignore_errors"),
        ("  failed_when: false\n" + DEBUG, "by failed_when"),
        ("  failed_when: not result.finished\n", "by failed_when"),
        ("  failed_when: result is not finished\n", "by failed_when"),
    ],
)
def test_a_failure_that_nobody_sees(rest, answer):
    assert look("failure_hidden", LAUNCH + WAIT + rest) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (LAUNCH + WAIT + DEBUG + "  when: result is finished\n", "a job"),
        (LAUNCH + DEBUG + "  when: job is not finished\n", "a job"),
        (DEBUG + "  when: from_elsewhere is finished\n", "a job"),
        ("- command: ls\n  register: job\n" + LAUNCH + DEBUG + "  when: job is finished\n", "a job"),
        ("- include_role: {name: x}\n  register: job\n" + DEBUG + "  when: job is finished\n", "a job"),
        ("- command: ls\n  register: files\n" + DEBUG + "  when: files is finished\n", "no job"),
        ("- command: ls\n  register: files\n" + DEBUG + "  when: [ready, files is not finished]\n", "no job"),
    ],
)
def test_whose_result_is_asked_whether_it_is_finished(text, answer):
    assert look("finished_of", text, "Show") == answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("\"'Lock wait Timeout exceeded' in job.stderr\"", "none"),
        ("job.child_pid is defined", "none"),
        ("\"'did not complete within the requested time' in job.msg or 'Timeout exceeded' in job.msg\"", "several"),
        ("\"'did not complete within the requested time' in job.msg\"", "one text"),
        ("[job is failed, \"'unparsable results' in job.msg\"]", "one text"),
    ],
)
def test_the_text_of_a_time_out(words, answer):
    assert look("time_out_text", LAUNCH + DEBUG + f"  when: {words}\n", "Show") == answer


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ("", "other"),
        ("    mode: cleanup\n", "other"),
        ("    until: result is finished\n", "wait keywords"),
        ("    retries: 3\n    delay: 5\n", "wait keywords"),
        ("    async: 5\n", "launch keywords"),
    ],
)
def test_keywords_among_the_options(options, answer):
    assert (
        look("under_module", LAUNCH + WAIT.replace("  register: result\n", options + "  register: result\n")) == answer
    )


def test_they_are_listed_as_they_are_written():
    file = read(
        "site.yml", LAUNCH + WAIT.replace("  register: result\n", "    until: x\n    retries: 3\n    delay: 5\n")
    )
    fact = LOOKS["under_module"](gather(None, file, file.tasks[-1]))
    assert fact.because.endswith(": jid, until, retries, delay")


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("Invalid options for async_status: job_id", "other"),
        ("Unsupported parameters for (ansible.legacy.command) module: wait. Supported: async", "other"),
        ("Invalid options for ansible.builtin.async_status: delay,until,retries", "wait keywords"),
        (
            "Unsupported parameters for (a.b.async_status) module: until. Supported parameters include: jid.",
            "wait keywords",
        ),
        ("Unsupported parameters for (ansible.legacy.command) module: async, poll. Supported: x", "launch keywords"),
    ],
)
def test_options_that_a_message_names(message, answer):
    assert look("under_module", WAIT, message=message) == answer


def test_whether_a_result_belongs_to_a_loop():
    assert look("in_loop", WAIT, result={"attempts": 3}) == "no"
    assert look("in_loop", WAIT, result={"attempts": 3, "ansible_loop_var": "item"}) == "yes"


@pytest.mark.parametrize(
    ("failure", "answer"),
    [
        ({"message": UNDEFINED}, "unknown"),
        ({"message": UNDEFINED, "tasks_before": 0}, "no"),
        ({"message": UNDEFINED, "origin": Origin("x.yml", 9, 14, "  until: result.stdout")}, "unknown"),
        ({"message": UNDEFINED, "origin": Origin("x.yml", 9, 14, "  until: result is finished")}, "yes"),
    ],
)
def test_an_until_alone_tells_of_a_job_only_where_it_asks_for_its_end(failure, answer):
    assert look("until_of_job", **failure) == answer


def test_an_until_of_a_task_that_starts_no_job_is_none_of_a_job():
    assert look("until_of_job", LAUNCH + WAIT) == "yes"
    assert look("until_of_job", DEBUG + "  until: result is finished\n", "Show") == "no"


def named(text="", /, **failure):
    sign = Sign("undefined", "name undefined", "", {}, (), "", "", {}, "undefined")
    found = evidence_at(text, "Show", **{"message": UNDEFINED, **failure})
    fact = LOOKS["result_named"](found._replace(match=Match(sign, {"variable": "'wanted'"}, "")))
    return fact.value if fact else "unknown"


CHECK = "- name: Show\n  ansible.builtin.command: id\n  register: shown\n  failed_when: wanted.rc != 0\n"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", "no"),
        (CHECK.replace("wanted.rc", "wanted"), "no"),
        (CHECK.replace("failed_when", "when"), "no"),
        ("- command: id\n  register: wanted\n" + CHECK, "no"),
        ("- set_fact: {wanted: 1}\n" + CHECK, "no"),
        (CHECK.replace("shown", "Wanted"), "no"),  # a slip, which has an entry of its own
        (CHECK.replace("!= 0", "!= shown.rc"), "no"),  # it knows its own name
        (CHECK.replace("!= 0", "!= first.rc") + "- command: id\n  register: first\n", "maybe"),
        ("- include_tasks: more.yml\n" + CHECK, "maybe"),
        ("- hosts: web\n  roles: [shop]\n  tasks:\n" + indent(CHECK, "    "), "maybe"),
        (CHECK, "yes"),
        (CHECK.replace("  register: shown\n", ""), "yes"),
        (CHECK.replace("wanted.rc != 0", "wanted is failed").replace("failed_when", "changed_when"), "yes"),
    ],
)
def test_whose_result_a_condition_reads_under_a_name_of_nobody(text, answer):
    assert named(text) == answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("  when: wanted.rc == 0", "no"),
        ("  until: wanted", "no"),
        ("  - wanted.rc == 0", "no"),
        ("  until: wanted.rc == 0", "maybe"),
        ("  failed_when: \"'error' in wanted.stdout\"", "maybe"),
        ("  changed_when: '''new'' in wanted.stdout'", "maybe"),
    ],
)
def test_the_quoted_line_tells_of_a_name_of_nobody_too(words, answer):
    assert named(origin=Origin("x.yml", 9, 14, words)) == answer
