"""Whom a task becomes and what its module printed: what cannot be told first."""

from __future__ import annotations

import pytest
from looking import look

PLAY = """\
- hosts: app
{play}  tasks:
    - name: Wait
      apt: {{name: nginx}}
{task}"""


def play(of_play="", of_task=""):
    """A play with one task, and keywords on both."""
    lines = {"play": (of_play, "  "), "task": (of_task, "      ")}
    return PLAY.format(**{at: f"{indent}{text}\n" if text else "" for at, (text, indent) in lines.items()})


# --- whom the task becomes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- name: Wait\n  apt: {name: nginx}\n",  # a list of tasks: its play is not seen
        play('become: "{{ climb }}"'),
        play("become: true", 'become_user: "{{ owner }}"'),
        play("become: maybe"),
    ],
)
def test_whom_a_task_becomes_is_not_known_when_others_decide(text):
    assert look("becomes", text, "Wait", message="no") == "unknown"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (play(), "no"),
        (play("become_user: billing"), "no"),  # without become it says nothing
        (play("become: true", "become: false"), "no"),
        ("- name: Wait\n  apt: {name: nginx}\n  become: no\n", "no"),
        (play("become: true"), "root"),
        (play(of_task="become: yes"), "root"),
        (play("become: true", "become_user: root"), "root"),
        (play("become: true", "become_user: billing"), "another user"),
        ("- name: Wait\n  apt: {name: nginx}\n  become: true\n  become_user: billing\n", "another user"),
    ],
)
def test_whom_a_task_becomes(text, word):
    assert look("becomes", text, "Wait", message="no") == word


# --- what the module printed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "word"),
    [
        ({}, "unknown"),
        ({"module_stderr": "sudo: no"}, "unknown"),
        ({"module_stdout": "", "module_stderr": ""}, "nothing"),
        ({"module_stdout": "\n", "module_stderr": "Shared connection to 10.0.0.4 closed.\n"}, "nothing"),
        ({"module_stdout": "41 items\n", "module_stderr": "Shared connection to app01 closed.\n"}, "text"),
        ({"module_stdout": "", "module_stderr": "shelf 7 does not answer\n"}, "text"),
        ({"module_stdout": "", "module_stderr": "Traceback (most recent call last):\nKeyError: 'b'\n"}, "a traceback"),
        ({"module_stdout": "Hm\nTraceback (most recent call last):\nKeyError: 'b'\n"}, "a traceback"),
        ({"module_stdout": '{"msg": "no", "failed": 1}\r\n{"started": 1}\r\n', "module_stderr": ""}, "results"),
        ({"module_stdout": "{broken} json\n", "module_stderr": ""}, "text"),
    ],
)
def test_what_a_module_printed_in_place_of_a_result(result, word):
    assert look("module_printed", "", "Wait", message="MODULE FAILURE", result=result) == word


@pytest.mark.parametrize(
    ("result", "word"),
    [
        ({}, "unknown"),
        ({"msg": ["Task failed: Module failed: 'b'"]}, "unknown"),
        ({"msg": "Destination /etc not writable"}, "no"),
        ({"msg": "Task failed: 'x' is undefined"}, "no"),
        ({"msg": "it said: Task failed: Module failed: 'b'"}, "no"),
        ({"msg": "Task failed: Module failed: 'b'"}, "yes"),
        ({"msg": "Task failed: Module failed: [Errno 36] File name too long: b'/srv/a'"}, "no"),
    ],
)
def test_only_the_result_itself_tells_that_a_module_raised(result, word):
    chain = ("Task failed: Module failed: Destination /etc not writable",)
    assert look("module_raised", "", "Wait", message="no", chain=chain, result=result) == word


# --- whose code could not be read -------------------------------------------------------------------------------

WRAPPER = '  File "/root/.ansible/tmp/ansible-tmp-1/AnsiballZ_ping.py", line 40\n    zip_data: str,\n            ^\n'
PAYLOAD = (
    '  File "/tmp/ansible_ping_payload_1/ansible_ping_payload.zip/ansible/{}.py", line 50\n    def f(_n: str, /):\n'
)
ERROR = "SyntaxError: invalid syntax\n"


@pytest.mark.parametrize(
    ("result", "word"),
    [
        ({}, "unknown"),
        ({"module_stderr": ERROR}, "unknown"),
        ({"module_stderr": WRAPPER + "KeyError: 'b'\n"}, "unknown"),
        ({"module_stderr": WRAPPER + PAYLOAD.format("modules/stock") + ERROR}, "the module"),
        ({"module_stderr": WRAPPER + ERROR}, "Ansible"),
        ({"module_stderr": "Shared connection to app01 closed.\n", "module_stdout": WRAPPER + ERROR}, "Ansible"),
        ({"module_stderr": WRAPPER + PAYLOAD.format("module_utils/_internal/__init__") + ERROR}, "Ansible"),
    ],
)
def test_whose_code_python_could_not_read(result, word):
    assert look("syntax_error_in", "", "Wait", message="MODULE FAILURE", result=result) == word


# --- whose module it is ---------------------------------------------------------------------------------------


def test_a_module_we_do_not_know_may_be_anybody_s():
    assert look("module_ships", "", "Wait", message="no") == "unknown"
    assert look("module_ships", "- name: Wait\n  stock: {}\n", "Wait", message="no") == "unknown"


def test_a_module_of_ansible_s_own_is_known_by_the_task_or_by_the_paste():
    assert look("module_ships", "- name: Wait\n  ansible.builtin.ping:\n", "Wait", message="no") == "with Ansible"
    assert look("module_ships", "", "Wait", message="no", module="ping") == "with Ansible"
