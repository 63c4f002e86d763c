"""Time-outs look alike and have nothing in common: none is told with confidence as another. Real lines, cut."""

from __future__ import annotations

import pytest
from base import HOME

from assistant import kb, paste
from assistant.diagnose import diagnose

BASE = kb.load(str(HOME))
TIME_OUTS = {
    "async": 'FAILED! => {"ansible_job_id": "j164991252225.23782", "attempts": 6, "changed": false, '
    '"child_pid": 23796, "finished": 1, "msg": "Timeout exceeded", "started": 1}',
    "limits": 'FAILED! => {"changed": false, "msg": "Task failed: Timed out after 3 second(s).", '
    '"timedout": {"frame": "Configure `DISPLAY_TRACEBACK` to see a traceback on timeout errors.", "period": 3}}',
    "become": 'FAILED! => {"msg": "Timeout (6s) waiting for privilege escalation prompt: "}',
    "become, unreachable": 'UNREACHABLE! => {"changed": false, '
    '"msg": "Task failed: Timeout (6s) waiting for privilege escalation prompt:", "unreachable": true}',
    "unreachable": 'UNREACHABLE! => {"changed": false, "msg": "Failed to connect to the host via ssh: ssh: connect to '
    'host backup01.example.net port 22: Connection timed out", "unreachable": true}',
    "unreachable, no banner": 'UNREACHABLE! => {"changed": false, "msg": "Failed to connect to the host via ssh: '
    'Connection timed out during banner exchange\\r\\nConnection to 10.20.0.11 port 22 timed out", '
    '"unreachable": true}',
    "wait_for": 'FAILED! => {"changed": false, "elapsed": 3, "msg": "Timeout when waiting for 10.20.0.31:8400"}',
    "wait_for, connection": 'FAILED! => {"changed": false, "elapsed": 6, "msg": "timed out waiting for ping module '
    'test: Failed to connect to the host via ssh: ssh: connect to host app01 port 22: Connection timed out"}',
    "wait_for, reboot": 'FAILED! => {"changed": false, "elapsed": 8, '
    '"msg": "Timed out waiting for last boot time check (timeout=6)", "rebooted": true}',
    "network": 'FAILED! => {"changed": false, "elapsed": 3, "msg": "Status code was -1 and not [200]: Connection '
    'failure: timed out", "redirected": false, "status": -1, "url": "http://files.example.net:8080/hang"}',
    "network, get_url": 'FAILED! => {"changed": false, "dest": "/tmp/release.tgz", "elapsed": 3, '
    '"msg": "Request failed: <urlopen error timed out>", "url": "http://10.30.0.77/release-4.2.tar.gz"}',
    "package": 'FAILED! => {"changed": false, "msg": "\'/usr/bin/apt-get -y install \'metrics-relay=1.0\'\' failed: '
    "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 49 (python3)\\nE: Unable to acquire the "
    'dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?\\n", "rc": 100}',
}
"""The family that a time-out belongs to, and what a play prints of it."""
TOLD = ("unreachable", "wait_for", "network")


def named(line: str) -> dict[str, str]:
    """The first cause of each failure and how sure it is, for a line behind the task's heading."""
    text = f"TASK [Some task] {'*' * 60}\nfatal: [app01]: {line}\n"
    findings = diagnose(paste.read(text, known=BASE.known), BASE).findings
    return {finding.causes[0].id: finding.causes[0].confidence for finding in findings if finding.causes}


@pytest.mark.parametrize("whose", TIME_OUTS)
def test_no_time_out_is_told_as_another(whose):
    family = whose.partition(",")[0]
    assert {id.partition("/")[0] for id, sure in named(TIME_OUTS[whose]).items() if sure != "possible"} <= {family}


@pytest.mark.parametrize("whose", [whose for whose in TIME_OUTS if whose.startswith(TOLD)])
def test_those_of_connections_and_waits_are_told(whose):
    assert named(TIME_OUTS[whose])


def test_each_of_them_has_a_cause_of_its_own():
    others = [whose for whose in TIME_OUTS if whose.startswith(TOLD) and whose != "network, get_url"]
    told = [tuple(named(TIME_OUTS[whose])) for whose in others]
    assert len(set(told)) == len(told)
