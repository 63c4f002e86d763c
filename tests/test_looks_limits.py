"""Looks at limits and polls: what cannot be told first, then what is sound, then the faults."""

from __future__ import annotations

import pytest
from looking import LAUNCH, WAIT, look


def launch(limit="600", poll="  poll: 0\n", command="/opt/job", rest=""):
    text = LAUNCH.replace("async: 600", f"async: {limit}").replace("  poll: 0\n", poll)
    return text.replace("/opt/job", command).replace("command:", "shell:") + rest


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("limit_sign", launch('"{{ limit }}"')),
        ("limit_sign", launch("true")),
        ("limit_cut", launch('"{{ limit }}"', command="sleep 2 && reboot")),
        ("limit_cut", launch("1", poll="  poll: '{{ p }}'\n", command="sleep 2 && reboot")),
        ("poll_written", launch(poll="  poll: '{{ p }}'\n")),
        ("poll_against_limit", launch("5")),
        ("poll_against_limit", launch('"{{ limit }}"', poll="  poll: 5\n")),
        ("keyword_timeout", launch(rest="  timeout: '{{ t }}'\n")),
        ("job_against_limit", launch("60")),
    ],
)
def test_what_cannot_be_told_is_unknown(name, text):
    assert look(name, text, "Start") == "unknown"


@pytest.mark.parametrize(
    ("limit", "wait", "answer"),
    [
        ("600", WAIT, "positive"),
        ("0", "", "zero"),
        ("0", WAIT.replace("job.", "other."), "zero"),
        ("0", WAIT, "zero yet waited for"),
        ("-1", "", "negative"),
    ],
)
def test_the_sign_of_a_limit(limit, wait, answer):
    assert look("limit_sign", launch(limit) + wait, "Start") == answer


def test_a_wait_finds_the_nought_of_its_launch():
    assert look("limit_sign", launch("0") + WAIT) == "zero yet waited for"


@pytest.mark.parametrize(
    ("limit", "poll", "command", "answer"),
    [
        ("30", "0", "sleep 2 && reboot", "no"),
        ("5", "0", "sleep 2 && reboot", "no"),
        ("2", "0", "systemctl restart agent", "no"),
        ("1", "0", "/opt/reboot-report", "no"),
        ("1", "5", "sleep 2 && /opt/job", "no"),
        ("1", "0", "sleep 0.5 && /opt/job", "no"),
        ("2", "0", "sleep 1 && /opt/job", "no"),
        ("5", "0", "sleep 5", "no"),  # nothing but its end is lost
        ("1", "0", "/opt/job && sleep 1", "no"),
        ("1", "0", "sleep 1 && systemctl restart agent", "before its work"),
        ("5", "0", "sleep 5; /opt/job", "before its work"),
        ("1", "0", "bash -c 'sleep 1; reboot'", "before its work"),
        ("1", "0", "'sleep 2 && shutdown -r now \"for the new kernel\"'", "before its work"),
        ("1", "0", "sleep 2 && reboot", "before its work"),
        ("1", "0", "/sbin/shutdown -r now", "before its work"),
        ("3", "0", "sleep 5; /opt/job", "before its work"),
    ],
)
def test_a_limit_of_a_few_seconds(limit, poll, command, answer):
    assert look("limit_cut", launch(limit, f"  poll: {poll}\n", command), "Start") == answer


@pytest.mark.parametrize(
    ("poll", "answer"),
    [("", "default"), ("  poll: 0\n", "zero"), ("  poll: 5\n", "positive"), ("  poll: -1\n", "negative")],
)
def test_how_poll_is_written(poll, answer):
    assert look("poll_written", launch(poll=poll), "Start") == answer


@pytest.mark.parametrize(
    ("limit", "poll", "answer"),
    [("15", "", "within"), ("5", "  poll: 5\n", "within"), ("14", "", "longer"), ("5", "  poll: 6\n", "longer")],
)
def test_the_poll_against_the_limit(limit, poll, answer):
    assert look("poll_against_limit", launch(limit, poll), "Start") == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (LAUNCH, "no"),
        ("- name: Start\n  command: ls\n", "no"),
        (launch('"{{ limit }}"', poll="  poll: 5\n"), "no"),
        ("- name: Start\n  command: ls\n  poll: 5\n", "yes"),
    ],
)
def test_a_poll_alone(text, answer):
    assert look("poll_alone", text, "Start") == answer


@pytest.mark.parametrize(
    ("name", "wait", "answer"),
    [
        ("Start", "", "no"),
        ("Start the background worker", "", "no"),
        ("Start it in the background", WAIT, "no"),
        ("Start it in the background", "", "yes"),
        ("Reindex (fire and forget)", "", "yes"),
    ],
)
def test_a_background_that_is_meant(name, wait, answer):
    assert look("background_meant", launch(poll="").replace("Start", name, 1) + wait, name) == answer


@pytest.mark.parametrize(
    ("rest", "answer"), [("", "other"), ("  timeout: 600\n", "other"), ("  timeout: 10\n", "below the limit")]
)
def test_the_keyword_timeout(rest, answer):
    assert look("keyword_timeout", launch(rest=rest), "Start") == answer


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("tail -n 20 /var/log/messages", "not seen"),
        ("sleep 60", "not seen"),
        ("readlink -f /opt", "not seen"),
        ("cat /etc/hosts", "not seen"),
        ("tail -f /var/log/messages", "yes"),
        ("sleep infinity", "yes"),
        ("journalctl -u app -f", "not seen"),
        ("journalctl -f", "yes"),
    ],
)
def test_a_command_that_does_not_end(command, answer):
    assert look("job_never_ends", launch(command=command), "Start") == answer


def test_true_is_no_number_to_hold_a_time_against():
    assert look("job_against_limit", launch("true", command="sleep 20"), "Start") == "no number"
