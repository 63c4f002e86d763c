"""The index of a file: who may mention a name, whatever hides it, and what runs before a task."""

from __future__ import annotations

import pytest

from assistant.plays import read

TEXT = """\
- hosts: web
  vars: {shared: &shared "{{ hidden.rc }}"}
  tasks:
    - name: Start
      command: sleep 9
      async: 9
      poll: 0
      register: job
    - name: An alias
      debug: {msg: *shared}
    - name: An escape
      debug: {msg: "{{ \\x6aob.rc }}"}
    - name: Of the block
      when: job is finished
      block:
        - name: Inherits
          command: "true"
    - name: Nothing
      command: "true"
- hosts: db
  tasks:
    - name: Elsewhere
      command: sleep 9
      async: 9
"""
FILE = read("site.yml", TEXT)


def named(name: str):
    return next(task for task in FILE.tasks if task.name == name)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("job", {"Start", "An alias", "An escape", "Of the block", "Inherits", ""}),
        ("nobody", {"An alias", "An escape", ""}),
    ],
)
def test_who_may_mention_a_name(name: str, wanted: set[str]) -> None:
    assert {task.name for task in FILE.index.mentioning(name) if task.play == 0} == wanted


def test_what_runs_before_a_task_of_its_play() -> None:
    assert [task.name for task in FILE.index.before(named("An alias"))] == ["", "Start"]
    assert [task.name for task in FILE.index.launches_before(named("Nothing"))] == ["Start"]
    assert FILE.index.launches_before(named("Elsewhere")) == []


def test_the_jobs_of_a_task() -> None:
    assert [job.register for job in FILE.index.jobs_of(named("Start"))] == ["job"]
    assert FILE.index.jobs_of(named("Nothing")) == []


@pytest.mark.parametrize(
    "addition", ["  vars_files: [a.yml]\n", "  vars_prompt: [{name: a}]\n", "  tasks: [{include_vars: a.yml}]\n"]
)
def test_names_may_come_from_elsewhere(addition: str) -> None:
    assert not FILE.index.names_come_in
    assert read("site.yml", TEXT + "- hosts: all\n" + addition).index.names_come_in
