"""Edits that would be half a mend are not offered: all of a fix can be written for certain, or nothing is."""

from __future__ import annotations

import pytest
from base import HOME

from assistant import kb, paste
from assistant.check import check
from assistant.diagnose import diagnose
from assistant.source import apply

BASE = kb.load(str(HOME))
HEAD = "- hosts: web1\n  tasks:\n"


def found(cause, text):
    """The edits that check offers for one cause; the cause must be found."""
    faults = [fault for fault in check("site.yml", text, BASE) if fault.cause == f"async/{cause}"]
    assert faults
    return [edit for fault in faults for edit in fault.edits]


@pytest.mark.parametrize("more", ["become: true", "delegate_to: db1", "loop: [1, 2]", "tags: [slow]"])
def test_until_is_not_taken_off_where_no_wait_can_be_written(more):
    launch = (
        "    - ansible.builtin.command: sync-all\n      async: 60\n      poll: 0\n      register: job\n"
        "      until: job is finished\n      retries: 3\n"
    )
    assert found("until-on-launch", HEAD + launch)
    assert not found("until-on-launch", HEAD + launch + f"      {more}\n")


TWO = """\
    - ansible.builtin.command: upgrade-postgres
      async: 60
      poll: 0
      register: job
      when: engine == 'postgres'
    - ansible.builtin.command: upgrade-mariadb
      async: 60
      poll: 0
      register: job
      when: engine == 'mariadb'
    - ansible.builtin.async_status:
        jid: "{{ job.ansible_job_id }}"
      register: ended
      until: ended is finished
      retries: 20
      delay: 3
"""


@pytest.mark.parametrize(
    "more",
    ["      become: true\n", "    - ansible.builtin.debug:\n        var: ended.rc\n", "    # job_2 is another one\n"],
)
def test_a_wait_is_not_given_a_condition_alone(more):
    assert found("register-overwritten", HEAD + TWO)
    assert not found("register-overwritten", HEAD + TWO + more)


LOST = """\
TASK [Wait for the migration] **************************************************
FAILED - RETRYING: [db1]: Wait for the migration (10 retries left).
fatal: [db1]: UNREACHABLE! => {"changed": false, "msg": "Failed to connect to the host via ssh", "unreachable": true}
"""
WAIT = """\
    - name: Wait for the migration
      ansible.builtin.async_status:
        jid: "{{ migration.ansible_job_id }}"
      register: migrated
      until: migrated is finished
      retries: 10
      delay: 2
"""
LAUNCH = """\
    - name: Start the migration
      ansible.builtin.command: migrate
      async: 600
      poll: 0
      register: migration
"""


def offered(text):
    """What the edit for the lost connection makes of the file, the file itself without one."""
    (finding,) = diagnose(paste.read(LOST, known=BASE.known), BASE, [("site.yml", text)]).findings
    (cause,) = finding.causes
    assert cause.id == "async/host-lost-during-wait"
    return apply(text, tuple(edit for step in cause.steps for edit in step.edits))


def test_a_wait_is_dropped_only_where_its_launch_waits_in_its_place():
    assert offered(HEAD + LAUNCH + WAIT) == HEAD + LAUNCH.replace("poll: 0", "poll: 2")
    assert offered(HEAD + WAIT + WAIT.replace("the migration", "another")) == HEAD + WAIT + WAIT.replace(
        "the migration", "another"
    )
    read = LAUNCH + WAIT + '    - ansible.builtin.debug:\n        msg: "{{ migrated.rc }}"\n'
    assert offered(HEAD + read) == HEAD + read
