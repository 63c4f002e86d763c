"""Writing a new task behind another one."""

from __future__ import annotations

import pytest

from assistant.fixes import FIXES, CannotFixError, Subjects
from assistant.plays import read
from assistant.source import apply, load

LINES = ["name: New", "debug:", '  msg: "{{ x }}"']


def inserted(text, name="One"):
    """The text with the new task behind the task of that name."""
    file = read("site.yml", text)
    found = {task.name: task for task in file.tasks}
    subjects = Subjects("site.yml", text, {"launch": found[name]} if name in found else {})
    after = apply(text, FIXES["insert"](subjects, after="launch", lines=LINES))
    load(after)
    return after


def test_nothing_without_the_task():
    text = "- name: One\n  ping:\n"
    assert inserted(text, name="Two") == text


@pytest.mark.parametrize("text", ["[{name: One, ping: }]\n", "- hosts: a\n  tasks: [{name: One, ping: }]\n"])
def test_a_list_in_one_line_is_left_to_a_person(text):
    with pytest.raises(CannotFixError):
        inserted(text)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("- name: One\n  ping:\n", '- name: One\n  ping:\n\n- name: New\n  debug:\n    msg: "{{ x }}"\n'),
        ("- name: One\n  ping:", '- name: One\n  ping:\n\n- name: New\n  debug:\n    msg: "{{ x }}"'),
        ("-   name: One\n    ping:\n", '-   name: One\n    ping:\n\n-   name: New\n    debug:\n      msg: "{{ x }}"\n'),
        (
            "- name: One\r\n  ping:\r\n- name: Two\r\n  ping:\r\n",
            '- name: One\r\n  ping:\r\n\r\n- name: New\r\n  debug:\r\n    msg: "{{ x }}"\r\n- name: Two\r\n  ping:\r\n',
        ),
        (
            "- hosts: a\n  tasks:\n    - name: One\n      ping:  # quick\n\n    - name: Two\n      ping:\n",
            "- hosts: a\n  tasks:\n    - name: One\n      ping:  # quick\n\n    - name: New\n      debug:\n"
            '        msg: "{{ x }}"\n\n    - name: Two\n      ping:\n',
        ),
    ],
)
def test_the_new_task_stands_behind_it_as_its_neighbours_do(text, after):
    assert inserted(text) == after
