"""Variables of tasks and names of options: what is changed, and what is left to a person."""

from __future__ import annotations

import pytest
from test_fixes import change, lines_changed

from assistant.fixes import FIXES, CannotFixError, Subjects
from assistant.plays import read

PLAY = """\
- hosts: web
  vars:
    ansible_async_dir: $HOME/jobs  # ours
  tasks:
    - name: Start the export
      ansible.builtin.command: /opt/export
      async: 600
      poll: 0
      register: export_job

    - name: Wait for the export
      ansible.builtin.async_status:
        jid: "{{ export_job.ansible_job_id }}"
      register: export_result
      until: export_job.finished
"""
BARE = PLAY.replace("  vars:\n    ansible_async_dir: $HOME/jobs  # ours\n", "")
BOTH = {"on": ["launch", "wait", "cleanup"], "name": "ansible_async_dir", "value": "/srv/jobs"}


@pytest.mark.parametrize(
    "text",
    [
        PLAY.replace("$HOME/jobs", "/srv/jobs"),
        PLAY.replace(
            "- hosts: web\n  vars:\n    ansible_async_dir: $HOME/jobs  # ours\n",
            "- hosts: web\n  vars:\n    ansible_async_dir: '/srv/jobs'\n",
        ),
    ],
)
def test_what_is_so_already_is_left_alone(text):
    assert change(text, "variable", **BOTH) == (text, text)


def test_vars_that_are_no_mapping_are_left_to_a_person():
    text = BARE.replace("      register: export_job\n", '      register: export_job\n      vars: "{{ more }}"\n')
    file = read("site.yml", text)
    subjects = Subjects("site.yml", text, {"launch": file.jobs[0].launch, "wait": file.jobs[0].waits[0]})
    with pytest.raises(CannotFixError):
        FIXES["variable"](subjects, **BOTH)


def test_the_one_place_that_all_take_it_from_is_changed():
    once, twice = change(PLAY, "variable", **BOTH)
    assert lines_changed(PLAY, once) == (
        ["    ansible_async_dir: $HOME/jobs  # ours"],
        ["    ansible_async_dir: /srv/jobs  # ours"],
    )
    assert once == twice


def test_each_task_gets_it_where_it_is_written_nowhere():
    once, twice = change(BARE, "variable", **BOTH)
    assert once.count("      vars:\n        ansible_async_dir: /srv/jobs\n") == 2
    assert once == twice


def test_a_task_with_vars_of_its_own_keeps_them():
    text = BARE.replace("      register: export_job\n", "      vars:\n        level: 3\n      register: export_job\n")
    once, twice = change(text, "variable", **BOTH)
    assert "        level: 3\n        ansible_async_dir: /srv/jobs\n" in once
    assert once == twice


def test_what_stands_around_one_of_them_only_is_not_changed_for_others():
    text = PLAY.replace(
        "      register: export_job\n", "      register: export_job\n      vars: {ansible_async_dir: /x}\n"
    )
    once, _ = change(text, "variable", **BOTH)
    assert "$HOME/jobs" in once and once.count("/srv/jobs") == 2


def test_an_option_gets_another_name_and_keeps_its_value():
    text = PLAY.replace("jid:", "job_id:  ")
    arguments = {"on": "wait", "old": "job_id", "new": "jid"}
    file = read("site.yml", text)
    wait = file.tasks[-1]
    edits = FIXES["option"](Subjects("site.yml", text, {"wait": wait}), **arguments)
    assert [text[e.span.start : e.span.end] for e in edits] == ["job_id"]
    assert FIXES["option"](Subjects("site.yml", text, {"wait": wait}), on="wait", old="id", new="jid") == []


def test_an_option_that_is_there_already_is_not_named_twice():
    text = PLAY.replace("        jid:", "        job_id: x\n        jid:")
    wait = read("site.yml", text).tasks[-1]
    assert FIXES["option"](Subjects("site.yml", text, {"wait": wait}), on="wait", old="job_id", new="jid") == []
