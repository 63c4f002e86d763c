"""check: faults in code that has not failed yet. What is sound comes first: silence matters most."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from assistant import kb
from assistant.check import check
from assistant.source import SourceError, apply, place

BASE = kb.load()

LAUNCH = """
- name: Start the export
  ansible.builtin.command: /opt/export
  async: 600
  poll: 0
  register: export_job
"""
WAIT = """
- name: Wait for the export
  ansible.builtin.async_status:
    jid: "{{ export_job.ansible_job_id }}"
  register: export
  until: export is finished
  retries: 60
  delay: 10
"""


def play(*tasks, head="- hosts: web\n  tasks:\n"):
    return head + indent("".join(dedent(task) for task in tasks), "    ")


def found(text, path="site.yml"):
    """Findings as "line cause"."""
    return [f"{place(text, f.span.start)[0]} {f.cause.rpartition('/')[2]}" for f in check(path, text, BASE)]


@pytest.mark.parametrize(
    "tasks",
    [
        [LAUNCH, WAIT],
        [LAUNCH, WAIT.replace("is finished", "").replace("until: export", "until: export.finished")],
        [LAUNCH.replace("600", '"{{ export_limit }}"'), WAIT.replace("60", "3")],
        [LAUNCH, WAIT.replace("retries: 60", 'retries: "{{ tries }}"')],
        [LAUNCH, WAIT.replace("retries: 60", 'retries: "{{ 1200 // 10 }}"')],
        [LAUNCH.replace("  register: export_job\n", "")],
        [WAIT],
        [LAUNCH.replace("poll: 0", "poll: 5")],
        [LAUNCH.replace("/opt/export", "sleep 5"), WAIT.replace("retries: 60", "retries: 1")],
        [
            LAUNCH,
            WAIT,
            WAIT.replace("  until: export is finished\n  retries: 60\n  delay: 10\n", "") + "  when: export.rc == 0\n",
        ],
        [
            LAUNCH,
            WAIT.replace("register: export", "register: export_job").replace("export is", "export_job is"),
            "\n- debug: msg={{ export_job.rc }}\n",
        ],
        [LAUNCH, "\n- debug:\n    msg: \"{{ export_job.rc | default('running') }}\"\n"],
        [LAUNCH + "  ignore_errors: true\n", "\n- fail: msg=no\n  when: export_job is failed\n"],
        [LAUNCH + "  become: true\n", WAIT + "  become: yes\n"],
        [LAUNCH + '  delegate_to: "{{ db }}"\n', WAIT + '  delegate_to: "{{ db }}"\n'],
        [
            LAUNCH + "  become: true\n  vars: {ansible_async_dir: /var/jobs}\n",
            WAIT + "  vars: {ansible_async_dir: /var/jobs}\n",
        ],
        ['\n- ansible.builtin.command: /opt/export\n  async: "{{ ansible_check_mode | ternary(0, 60) }}"\n  poll: 0\n'],
        ["\n- ansible.builtin.copy: {src: a, dest: b}\n  async: 0\n"],
        ["\n- community.general.archive: {path: a}\n  async: 600\n  poll: 5\n"],
        [LAUNCH, WAIT, '\n- async_status:\n    jid: "{{ export_job.ansible_job_id }}"\n    mode: cleanup\n'],
    ],
)
def test_sound_code_is_met_with_silence(tasks):
    assert found(play(*tasks)) == []


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        ([LAUNCH, WAIT.replace("60", "3")], ["15 wait-shorter-than-job"]),
        ([LAUNCH, WAIT.replace("  retries: 60\n  delay: 10\n", "")], ["14 wait-left-at-default"]),
        ([LAUNCH, WAIT.replace("export is finished", "export_job is finished")], ["14 until-tests-launch-result"]),
        ([LAUNCH.replace("600", "10m"), WAIT], ["6 limit-not-a-number"]),
        ([LAUNCH.replace("/opt/export", "sleep 20m"), WAIT], ["5 limit-below-run-time"]),
        ([LAUNCH + "  become: true\n", WAIT], ["12 status-as-other-user"]),
        ([LAUNCH + "  delegate_to: db1\n", WAIT], ["9 status-on-other-host"]),
        ([LAUNCH.replace("poll: 0", "poll: 5"), WAIT], ["7 status-after-poll"]),
        ([LAUNCH, WAIT.replace(".ansible_job_id", "")], ["12 job-id-is-whole-result"]),
        ([LAUNCH, "\n- debug: msg={{ export_job.stdout }}\n"], ["10 launch-result-read-as-job-result"]),
        (["\n- copy: {src: a, dest: b}\n  async: 60\n  poll: 0\n"], ["4 action-without-async"]),
    ],
)
def test_a_fault_is_named_at_its_place(tasks, expected):
    assert found(play(*tasks)) == expected


def test_the_edit_mends_what_was_found():
    text = play(LAUNCH, WAIT.replace("60", "3"))
    fault = check("site.yml", text, BASE)[0]
    after = apply(text, fault.edits)
    assert after == text.replace("retries: 3", "retries: 60")
    assert found(after) == []
    assert "3 × 10 s = 30 s" in fault.message and "600" in fault.message


@pytest.mark.parametrize(
    "word", ["async/wait-shorter-than-job", "wait-shorter-than-job", "other, wait-shorter-than-job"]
)
def test_a_finding_is_silenced_by_its_name_on_its_line(word):
    text = play(LAUNCH, WAIT.replace("60", f"3  # ansible-why: ignore[{word}] the export is quick"))
    assert found(text) == []


def test_another_name_silences_nothing():
    text = play(LAUNCH, WAIT.replace("60", "3  # ansible-why: ignore[job-hung]"))
    assert found(text) == ["15 wait-shorter-than-job"]


def test_a_role_s_tasks_file_and_a_lone_pair_of_tasks_are_read_alike():
    assert found((LAUNCH + WAIT.replace("60", "3")).lstrip("\n"), "roles/db/tasks/main.yml") == [
        "12 wait-shorter-than-job"
    ]


def test_yaml_that_is_no_play_has_no_faults():
    assert found("services:\n  web:\n    image: nginx\n", "docker-compose.yml") == []


def test_broken_yaml_is_one_error_with_its_place():
    with pytest.raises(SourceError) as error:
        check("site.yml", "- hosts: web\n  tasks:\n    - name: x: y\n", BASE)
    assert error.value.line == 3
