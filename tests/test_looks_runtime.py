"""What a command says of its own time: where a sleep may be skipped, repeated or cut, nothing is said."""

from __future__ import annotations

from time import process_time as clock

import pytest
from looking import evidence_at

from assistant.looks.runtime import run_time


def time(command, module="shell"):
    """(seconds at least, whether that is all, whether work comes last) of a command, None when untold."""
    text = f"- name: Start\n  ansible.builtin.{module}: |\n    " + command.replace("\n", "\n    ") + "\n  async: 60\n"
    found = run_time(evidence_at(text, "Start").task)
    return found and (found.least, found.exact, found.works)


@pytest.mark.parametrize(
    "command",
    [
        "/opt/job",
        "/opt/sleep 900",
        "sleep 900 || true",
        "(sleep 900; reboot) &",
        "nohup sh -c 'sleep 900 && reboot' &",
        "if [ -e /run/x ]; then sleep 900; fi",
        "for i in 1 2; do sleep 900; done",
        "[ -e /run/x ] && sleep 900",
        "test -e /run/x && sleep 900",
        "grep -q x /run/x && sleep 900",
        "test -e /run/x && exit 0\nsleep 900",
        "cat <<END\nsleep 900\nEND",
        "wait_a_bit() {\nsleep 900\n}\n/opt/job",
        "sleep $N",
        "sleep 900 | cat",
        "timeout /opt/job",
        "timeout 900 /opt/job",
        "timeout -k 5",
        "bash /opt/wait 'sleep 900'",
        "ssh db1 'sleep 900 && reboot'",
    ],
)
def test_what_may_be_skipped_or_cut_tells_nothing(command):
    assert time(command) is None


def test_without_a_shell_there_is_one_command():
    assert time("sleep 900 && /opt/job", "command") is None
    assert time("sleep 900", "command") == (900, True, False)
    assert time("/bin/sleep 15m", "command") == (900, True, False)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("sleep 900", (900, True, False)),
        ("sleep 1.5m", (90, True, False)),
        ("true", (0, True, True)),
        ("echo 'sleep 900'", (0, True, True)),
        ("exit 0; sleep 900", (0, True, True)),
        ("sleep 3; exit 1", (3, True, True)),
        ("sleep 2 && touch /run/x", (2, True, True)),
        ("sleep 2 && reboot", (2, False, True)),
        ("sleep 2; reboot", (2, False, True)),
        ("/bin/sleep 2 && reboot", (2, False, True)),
        ("sudo sleep 2 && sudo reboot", (2, False, True)),
        ('sleep 2 && shutdown -r now "Reboot for new packages & kernel"', (2, False, True)),
        ("sleep 2 && /opt/job > /var/log/job.log 2>&1", (2, False, True)),
        ("sleep 20\n/opt/job\nsleep 10", (30, False, False)),
        ("# wait for it\nsleep 20\n/opt/job", (20, False, True)),
        ("bash -c 'sleep 2 && reboot'", (2, False, True)),
        ('/bin/sh -c "sleep 2; reboot"', (2, False, True)),
        ("(sleep 2; reboot)", (2, False, True)),
        ("timeout 5 sleep 900", (5, False, False)),
        ("timeout -k 10 -s INT 5m sleep 900; /opt/job", (300, False, True)),
        ("timeout --signal=KILL 1h sleep 900", (900, False, False)),
        ("timeout 600 tail -f /var/log/job.log", (600, False, True)),
        ("timeout 0 sleep 900", (900, False, False)),
    ],
)
def test_what_sleeps_tell(command, told):
    assert time(command) == told


@pytest.mark.parametrize("text", ['\\"', '"', "'", "[x", "sleep 1;", "[ x & ", "timeout -k ", "(", "`"])
def test_a_command_of_any_size_is_read_in_a_moment(text):
    before = clock()
    time(text * (40_000 // len(text)))
    assert clock() - before < 1


def test_escaped_quotes_do_not_open_words():
    assert time('echo \\" && sleep 9 && /opt/job \\"') == (9, False, True)
