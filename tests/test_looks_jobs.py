"""Looks at the job and its output: what is not told stays unknown, what only looks like it is no."""

from __future__ import annotations

import looking
import pytest
from looking import WAIT, look

from assistant.looks import gather
from assistant.looks.values import values
from assistant.model import Seen
from assistant.plays import read

LAUNCH = looking.LAUNCH.replace("command", "shell")
POLLED = LAUNCH.replace("poll: 0", "poll: 5")
RUNNING = {"ansible_job_id": "j1.2", "finished": False, "started": True, "attempts": 3, "changed": False, "stdout": ""}


def line(kind, text="", task="Start", **result):
    return Seen(kind, "web1", task, result, text, 1)


# --- stage -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "task", "failure"),
    [
        ("", "", {"retries": (3, 2), "message": "lost"}),
        ("", "", {"message": "lost", "seen": (line("launch", task="", ansible_job_id="j1.2"),)}),
        (POLLED, "Start", {"kind": "unreachable", "task": "Start"}),
        (LAUNCH.replace("poll: 0", 'poll: "{{ p }}"'), "Start", {"task": "Start"}),
    ],
)
def test_what_ansible_was_doing_may_be_open(text, task, failure):
    assert look("stage", text, task, **failure) == "unknown"


@pytest.mark.parametrize(
    ("text", "task", "failure", "answer"),
    [
        ("", "", {"task": "Copy", "message": "lost"}, "elsewhere"),
        ("- name: Copy\n  copy: {}\n", "Copy", {"task": "Copy"}, "elsewhere"),
        ("", "", {"task": "Start", "seen": (line("poll", "ASYNC POLL on web1", "Other"),)}, "elsewhere"),
        ("", "", {"task": "Start", "seen": (line("poll", "ASYNC POLL on web1"),)}, "poll"),
        (POLLED, "Start", {"task": "Start"}, "poll"),
        (LAUNCH, "Start", {"task": "Start"}, "launch"),
        (LAUNCH + WAIT, "Wait", {"task": "Wait", "kind": "unreachable"}, "wait"),
        ("", "", {"module": "async_status"}, "wait"),
    ],
)
def test_what_ansible_was_doing(text, task, failure, answer):
    assert look("stage", text, task, **failure) == answer


# --- results -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "answer"),
    [
        ({"rc": 0, "changed": True}, "unknown"),
        ({**RUNNING, "finished": True, "release": "4.2"}, "unknown"),
        ({**RUNNING, "changed": True}, "unknown"),
        (RUNNING, "no"),
        ({**RUNNING, "action": "async_status", "_ansible_no_log": False, "invocation": {}}, "no"),
        ({**RUNNING, "release": "4.2"}, "yes"),
        ({**RUNNING, "finished": 0, "started": ["web"]}, "yes"),
        ({"async_result": {**RUNNING, "release": "4.2"}, "msg": "did not complete"}, "yes"),
        ({"async_result": RUNNING, "msg": "did not complete"}, "no"),
    ],
)
def test_fields_that_only_a_module_gives(result, answer):
    assert look("fields_of_module", result=result) == answer


def test_a_look_that_is_said_to_change_something_proves_nothing():
    changed = {"result": {**RUNNING, "changed": True}}
    assert look("fields_of_module", LAUNCH + WAIT, **changed) == "yes"
    assert look("fields_of_module", LAUNCH + WAIT + "  changed_when: true\n", **changed) == "unknown"


@pytest.mark.parametrize(
    ("result", "answer"),
    [
        ({"msg": "Traceback …"}, "unknown"),
        ({"data": "", "stderr": ""}, "nothing"),
        ({"data": " \n", "stderr": "\n"}, "nothing"),
        ({"data": "Segmentation fault\n", "stderr": ""}, "something"),
        ({"outdata": "", "stderr": "no such file"}, "something"),
    ],
)
def test_last_words_of_a_crashed_module(result, answer):
    assert look("job_printed", result=result) == answer


@pytest.mark.parametrize(
    ("result", "answer"),
    [
        ({"msg": "async task produced unparseable results"}, "unknown"),
        ({"async_result": {"msg": "MODULE FAILURE", "module_stderr": "python: not found"}}, "other"),
        ({"async_result": {"msg": 'Module "x" returned non UTF-8 data in the JSON response'}}, "not UTF-8"),
    ],
)
def test_a_poll_that_brought_no_result(result, answer):
    assert look("poll_answer", result=result) == answer


@pytest.mark.parametrize(
    ("result", "answer"),
    [
        ({"rc": 1}, "unknown"),
        ({"stderr": "table orders is locked"}, "no"),
        ({"stderr": "terminal 7 of the airport is closed"}, "no"),
        ({"stderr": "/bin/sh: 1: cannot create /dev/tty: No such device or address"}, "yes"),
        ({"msg": "stty: standard input: Inappropriate ioctl for device"}, "yes"),
    ],
)
def test_words_that_ask_for_a_terminal(result, answer):
    assert look("job_wants_terminal", result=result) == answer


# --- ids ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "failure", "answer"),
    [
        ("", {"result": {"ansible_job_id": "j1.2"}}, "unknown"),
        (
            "",
            {"task": "Wait", "result": {"ansible_job_id": "j1.2"}, "seen": (line("launch", ansible_job_id="j3.4"),)},
            "unknown",
        ),
        ("", {"result": {"ansible_job_id": "j1.2"}, "seen": (line("launch", ansible_job_id="j3.4"),)}, "no"),
        ("", {"result": {"ansible_job_id": "j1.2"}, "seen": (line("launch", ansible_job_id="j1.2"),)}, "yes"),
        ("", {"result": {"ansible_job_id": "j1.2", "attempts": 2}}, "yes"),
        (LAUNCH + WAIT, {"result": {"ansible_job_id": "j1.2", "attempts": 1}}, "yes"),
        (WAIT, {"result": {"ansible_job_id": "j1.2", "attempts": 1}}, "unknown"),
    ],
)
def test_where_the_id_came_from(text, failure, answer):
    assert look("id_from_launch", text, **failure) == answer


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ('"{{ what }}"', "unknown"),
        ("{jid: x}", "yes"),
        ("{jid: x, job_id: y}", "yes"),
        ("{mode: status}", "no"),
        ("{job_id: x}", "other name"),
        ('{number: "{{ job.ansible_job_id }}"}', "other name"),
    ],
)
def test_whether_a_jid_is_given(arguments, answer):
    assert look("jid_given", f"- name: Wait\n  async_status: {arguments}\n") == answer


# --- commands ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("launch", "answer"),
    [
        (POLLED.replace("/opt/job", '"{{ command }} &"'), "unknown"),
        (POLLED.replace("shell: /opt/job", "command: /opt/job &"), "unknown"),
        (POLLED, "no"),
        (POLLED.replace("/opt/job", "/opt/a & /opt/b & wait"), "no"),
        (POLLED.replace("/opt/job", "/opt/a && /opt/b 2>&1"), "no"),
        (POLLED.replace("/opt/job", "nohup /opt/job"), "no"),
        (LAUNCH.replace("/opt/job", "nohup /opt/job &"), "as a daemon"),
        (POLLED.replace("/opt/job", "nohup /opt/job > /tmp/log 2>&1 &"), "yes"),
        (POLLED.replace("/opt/job", '"/opt/job & disown"'), "yes"),
    ],
)
def test_work_that_a_shell_sends_away(launch, answer):
    assert look("job_detaches", launch, "Start") == answer


def test_the_command_in_front_is_the_same_without_nohup_and_its_last_sign():
    def in_front(command):
        file = read("site.yml", POLLED.replace("/opt/job", command))
        return values(gather(None, file, file.jobs[0].launch)).get("command_in_front", "")

    assert in_front("nohup /opt/a & /opt/b > /tmp/log 2>&1 &") == "/opt/a & /opt/b > /tmp/log 2>&1"
    assert in_front("'nohup /opt/job &'") == "/opt/job"
    assert in_front("/opt/job") == ""
    assert in_front("|\n    cd /opt\n    nohup ./job &") == ""


NEEDS = """\
- name: Publish
  ansible.builtin.fetch:
    src: /srv/out.csv
    dest: here/
"""
MAKES = LAUNCH.replace("/opt/job", "/opt/job /srv/out.csv")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (MAKES + WAIT + NEEDS, "unknown"),
        (MAKES + "- name: Look\n  wait_for: {path: /srv/out.csv}\n" + NEEDS, "unknown"),
        (MAKES + "- name: More\n  include_tasks: more.yml\n" + NEEDS, "unknown"),
        (MAKES.replace("poll: 0", "poll: 5") + NEEDS, "unknown"),
        (LAUNCH + NEEDS, "no"),
        (MAKES, "no"),
        (MAKES + NEEDS + "  delegate_to: other\n", "no"),
        (MAKES + "- name: Upload\n  copy: {src: /srv/out.csv, dest: /x/y}\n", "no"),  # that file is the controller's
        (LAUNCH.replace("/opt/job", "/usr/bin/env /opt/a/b") + "- name: Run\n  command: /opt/a/c\n", "no"),
        (MAKES + NEEDS, "yes"),
        (MAKES + "- name: Count\n  command: wc -l /srv/out.csv\n", "yes"),
    ],
)
def test_a_file_that_nobody_waits_for(text, answer):
    assert look("relied_on_later", text, "Start") == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (POLLED + '  no_log: "{{ quiet }}"\n', "unknown"),
        (POLLED, "no"),
        (POLLED + "  no_log: true\n  environment: {A: b}\n", "maybe rightly"),
        (POLLED.replace("/opt/job", "'/opt/job {{ word }}'") + "  no_log: true\n", "maybe rightly"),
        (POLLED.replace("/opt/job", "/opt/job --password-file x") + "  no_log: true\n", "maybe rightly"),
        (POLLED + "  no_log: true\n", "for nothing"),
    ],
)
def test_what_no_log_hides(text, answer):
    assert look("hidden", text, "Start") == answer


def test_a_wait_whose_launch_is_elsewhere_may_hide_a_secret():
    assert look("hidden", WAIT + "  no_log: true\n") == "maybe rightly"
