"""Questions about a whole file: readers of a variable, tasks by place and by printed name."""

from __future__ import annotations

import pytest

from assistant import plays
from assistant.model import Task
from assistant.plays.reading import File

READERS = """
- hosts: all
  tasks:
    - debug: {msg: "{{ job.before }}"}
    - {name: launch, command: id, async: 60, poll: 0, register: job}
    - {name: own vars, debug: {msg: "{{ job.no }}"}, vars: {job: x}}
    - {name: own loop, debug: {msg: "{{ job.no }}"}, loop: [1], loop_control: {loop_var: job}}
    - {name: in quotes, debug: {msg: "{{ 'job' }} job"}}
    - {name: other, debug: {msg: "{{ jobs.rc }}"}}
    - {name: var, debug: {var: job.rc}}
    - {name: when, command: id, when: job.rc == 0}
    - {name: that, assert: {that: [job.stdout == '', true]}}
    - {name: free, debug: "msg={{ job.stderr }}"}
    - {name: loop, debug: , loop: "{{ job.results }}"}
    - {name: break, command: id, loop: [1], loop_control: {break_when: [job.x]}}
    - {name: include, include_tasks: x.yml, vars: {id: "{{ job.ansible_job_id }}"}}
    - name: wait
      async_status: {jid: "{{ job.ansible_job_id }}"}
      register: job
      until: job.finished
      when: job.started
    - {name: after, debug: {var: job.rc}}
- hosts: all
  tasks: [{debug: {var: job.rc}}]
"""


def test_readers_of_a_variable() -> None:
    file = plays.read("x.yml", READERS)
    launch = plays.task_named(file, "launch")[0]
    found = plays.readers(file, "job", launch)
    assert [(task.name, ".".join(ref.path)) for task, ref in found] == [
        ("var", "rc"),
        ("when", "rc"),
        ("that", "stdout"),
        ("free", "stderr"),
        ("loop", "results"),
        ("break", "x"),
        ("include", "ansible_job_id"),
        ("wait", "started"),
        ("wait", "ansible_job_id"),
    ]
    for _, ref in found:
        assert READERS[ref.span.start : ref.span.end] == f"job.{ref.path[0]}"


def test_a_register_in_a_rescue_may_not_have_happened() -> None:
    text = """
- {name: launch, command: id, async: 60, register: job}
- block: [{command: id}]
  rescue: [{command: id, register: job}]
- {name: reader, debug: {var: job.rc}}
"""
    file = plays.read("x.yml", text)
    assert [task.name for task, _ in plays.readers(file, "job", file.tasks[0])] == ["reader"]


def test_until_of_the_task_that_registers_anew_reads_its_own_result() -> None:
    text = """
- {name: launch, command: id, async: 60, register: job}
- {name: wait, async_status: {jid: x}, register: job, until: job is finished}
"""
    file = plays.read("x.yml", text)
    assert plays.readers(file, "job", file.tasks[0]) == ()


PLACES = """\
- hosts: all
  tasks:

    # a comment
    - name: one
      shell: |
        a

        b
    - block:
        - {name: two, command: id}
        - {name: three, command: id}   # after

    - command: >-
        last
"""


@pytest.mark.parametrize(
    ("line", "column", "name"),
    [
        (0, 0, None),
        (99, 1, None),
        (1, 1, "play"),
        (1, 3, "play"),
        (2, 0, "play"),
        (3, 1, "play"),
        (5, 5, "one"),
        (5, 7, "one"),
        (5, 0, "one"),
        (6, 0, "one"),
        (8, 0, "one"),
        (9, 9, "one"),
        (10, 7, "block"),
        (11, 0, "two"),
        (11, 12, "two"),
        (12, 40, "three"),
        (12, 0, "three"),
        (14, 7, "last"),
        (15, 0, "last"),
        (15, 99, "last"),
    ],
)
def test_the_task_at_a_place(line: int, column: int, name: str | None) -> None:
    found = plays.task_at(plays.read("x.yml", PLACES), line, column)
    assert label(found) == name


def label(task: Task | None) -> str | None:
    """A word for a task of PLACES."""
    if task is None or task.kind in ("play", "block"):
        return task and task.kind
    return task.name or "last"


NAMES = plays.read(
    "roles/db/tasks/main.yml",
    """
- {name: "Start {{ service }}", command: id}
- {name: Start nginx, command: id}
- {name: "{{ everything }}", command: id}
- {name: "  two   spaces ", command: id}
- ansible.builtin.command: id
- {name: "a {{ b }} c {{ d }} e", command: id}
- {name: Start nginx, ping: }
- {name: "db : odd", command: id}
""",
)


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Stop nginx", []),
        ("Start", []),
        ("anything at all", []),
        ("a x c", []),
        ("e c a", []),
        ("Start nginx", [1, 6]),
        ("db : Start nginx", [1, 6]),
        ("Start postgres", [0]),
        ("db : Start postgres", [0]),
        ("two spaces", [3]),
        ("command", [4]),
        ("ansible.builtin.command", [4]),
        ("a x c y e", [5]),
        ("db : odd", [7]),
        ("", []),
    ],
)
def test_tasks_by_the_name_that_ansible_prints(printed: str, found: list[int]) -> None:
    assert [task.index for task in plays.task_named(NAMES, printed)] == found


def test_the_tasks_of_a_play() -> None:
    file = plays.read("x.yml", PLACES)
    assert [task.name or task.action for task in plays.tasks_of(file, 0)] == ["one", "two", "three", "command"]
    assert plays.tasks_of(file, 1) == ()


def test_an_empty_file_answers_too() -> None:
    file = File("x.yml", "")
    assert plays.task_at(file, 1, 1) is None
    assert plays.task_named(file, "x") == ()
