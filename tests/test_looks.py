"""Looks: yes, no or unknown. What cannot be told from the tasks or the paste must stay unknown."""

from __future__ import annotations

import pytest
from looking import CLEAN, LAUNCH, WAIT, look

from assistant.looks import LOOKS, gather, locate
from assistant.looks.places import made_file
from assistant.looks.values import last_words, values
from assistant.model import Failure, Origin, Seen
from assistant.plays import read


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("wait_against_limit", LAUNCH + WAIT.replace("10", '"{{ tries }}"')),
        ("wait_against_limit", LAUNCH.replace("600", '"{{ limit }}"') + WAIT),
        ("wait_against_limit", WAIT),
        ("launch_poll", LAUNCH.replace("poll: 0", 'poll: "{{ p }}"') + WAIT),
        ("users_of_launch_and_wait", LAUNCH + '  become: "{{ root }}"\n' + WAIT),
        ("hosts_of_launch_and_wait", LAUNCH + '  delegate_to: "{{ a }}"\n' + WAIT + '  delegate_to: "{{ b }}"\n'),
        ("cleanup_before_wait", LAUNCH + CLEAN + "  when: result is finished\n" + WAIT),
        ("job_against_wait", LAUNCH + WAIT),
        ("job_against_limit", LAUNCH.replace("/opt/job", "sleep 900 || true") + WAIT),
        ("job_against_limit", LAUNCH.replace("/opt/job", "timeout 5 sleep 900") + WAIT),
        ("job_against_limit", LAUNCH.replace("/opt/job", '"sleep {{ n }}"') + WAIT),
        ("until_reads", LAUNCH),
        ("file_was_there", WAIT),
        ("result_read", LAUNCH + WAIT),
    ],
)
def test_what_cannot_be_told_is_unknown(name, text):
    assert look(name, text) == "unknown"


LOOP = """\
- name: Each
  ansible.builtin.command: echo {{ item }}
  loop: [a, b]
  register: job
- name: Wait
  ansible.builtin.debug:
    msg: "{{ %s.stdout }}"
  loop: "{{ job.results }}"
"""


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (LOOP % "other", "unknown"),
        (LOOP % "item", "another task"),
        (LOOP % "ansible_failed_result", "another task"),
        ((LOOP % "item").replace("  loop: [a", "  async: 9\n  poll: 0\n  loop: [a"), "a launch"),
    ],
)
def test_whose_result_is_read_item_by_item_or_in_a_rescue(text, answer):
    assert look("result_read", text, message="'dict object' has no attribute 'stdout'") == answer


def test_a_clean_up_that_finds_nothing_is_no_wait_that_came_too_late():
    again = CLEAN.replace("Forget", "Forget it again")
    assert look("cleanup_before_wait", LAUNCH + CLEAN + again, "Forget it again") == "twice"
    assert look("cleanup_before_wait", LAUNCH + CLEAN + WAIT) == "yes"
    assert look("cleanup_before_wait", LAUNCH + WAIT + CLEAN, "Forget") == "no"


@pytest.mark.parametrize(
    ("until", "answer"),
    [
        ("result is finished", "own result"),
        ("result.finished and job.changed", "own result"),
        ("job.finished", "launch result"),
        ("job is finished", "launch result"),
        ("item.finished", "loop item"),
        ("other.finished", "other variable"),
        ("\"'result' in other\"", "other variable"),
    ],
)
def test_what_until_reads(until, answer):
    assert look("until_reads", LAUNCH + WAIT.replace("result is finished", until)) == answer


@pytest.mark.parametrize(
    ("wait", "limit", "answer"),
    [
        ("  retries: 200\n  delay: 3\n", "600", "enough"),
        ("  retries: 199\n  delay: 3\n", "600", "enough"),  # 597 s of sleeping and 200 looks of half a second at least
        ("  retries: 100\n  delay: 3\n", "600", "shorter"),
        ("", "600", "shorter"),
        ("", "15", "enough"),
        ("  retries: '200'\n  delay: \"3\"\n", "600", "enough"),
        ("  retries: 2\n", "'600'", "shorter"),
        ("  retries: 2\n", "true", "no number"),
    ],
)
def test_the_wait_against_the_limit(wait, limit, answer):
    text = LAUNCH.replace("600", limit) + WAIT.replace("  retries: 10\n  delay: 3\n", wait)
    assert look("wait_against_limit", text) == answer


def test_the_arithmetic_is_shown():
    file = read("site.yml", LAUNCH + WAIT)
    fact = LOOKS["wait_against_limit"](gather(None, file, file.tasks[1]))
    assert fact.because == "10 × 3 s = 30 s of waiting < async: 600"
    assert file.text[fact.span.start : fact.span.end] == "10"


@pytest.mark.parametrize(
    ("launch", "wait", "answer"),
    [
        ("", "", "same"),
        ("  become: true\n", "  become: yes\n", "same"),
        ("  become: true\n", "", "differ"),
        ("  become: true\n  become_user: app\n", "  become: true\n", "differ"),
        ("  become_user: app\n", "", "same"),  # without become it has no effect
        ('  become: "{{ b }}"\n', '  become: "{{ b }}"\n', "same"),
        (
            "  become: true\n  vars: {ansible_async_dir: /srv/jobs}\n",
            "  vars: {ansible_async_dir: /srv/jobs}\n",
            "same",
        ),
    ],
)
def test_users(launch, wait, answer):
    assert look("users_of_launch_and_wait", LAUNCH + launch + WAIT + wait) == answer


@pytest.mark.parametrize(
    ("launch", "wait", "answer"),
    [
        ("", "", "same"),
        ("  delegate_to: db1\n", "  delegate_to: db1\n", "same"),
        ("  delegate_to: db1\n", "", "differ"),
        ("", "  delegate_to: localhost\n", "differ"),
        ('  delegate_to: "{{ inventory_hostname }}"\n', "", "same"),
        ("  run_once: true\n", "", "differ"),
        ("  run_once: true\n", "  run_once: true\n", "same"),
    ],
)
def test_hosts(launch, wait, answer):
    assert look("hosts_of_launch_and_wait", LAUNCH + launch + WAIT + wait) == answer


def test_a_play_on_localhost_may_delegate_to_localhost():
    tasks = (LAUNCH + "  delegate_to: localhost\n" + WAIT).replace("\n", "\n    ")
    assert look("hosts_of_launch_and_wait", "- hosts: localhost\n  tasks:\n    " + tasks) == "same"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("600", "number"),
        ("'600'", "number"),
        ("10m", "duration"),
        ("1 hour", "duration"),
        ("''", "empty"),
        ("", "empty"),
        ("soon", "text"),
        ("2.5", "fraction"),
        ("yes", "true"),
        ('"{{ limit }}"', "templated"),
    ],
)
def test_how_the_limit_is_written(written, kind):
    assert look("limit_written", LAUNCH.replace("600", written), "Start") == kind


def test_more_than_one_attempt_means_that_the_file_had_been_there():
    assert look("file_was_there", LAUNCH + WAIT, result={"attempts": 1, "finished": 1}) == "unknown"
    assert look("file_was_there", LAUNCH + WAIT, result={"attempts": 4, "finished": 1}) == "yes"


def test_attempts_prove_nothing_of_an_until_that_looks_elsewhere():
    text = LAUNCH + WAIT.replace("result is finished", "item.finished")
    assert look("file_was_there", text, result={"attempts": 4, "finished": 1}) == "unknown"
    alone = Failure(result={"attempts": 3, "finished": 1}, retries=(3, 2, 1))
    assert LOOKS["file_was_there"](gather(alone, None, None)) is None
    early = alone._replace(retries=(30, 29))
    assert LOOKS["file_was_there"](gather(early, None, None)).value == "yes"


def test_the_item_of_a_loop_over_launches_shows_what_the_launch_wrote():
    item = {"ansible_job_id": "j1.2", "results_file": "/tmp/h/.ansible_async/j1.2"}
    result = {"ansible_job_id": "j1.2", "results_file": "/root/.ansible_async/j1.2", "item": item}
    assert made_file(gather(Failure(result=result), None, None)) == "/tmp/h/.ansible_async/j1.2"


HOMES = Failure(
    result={"ansible_job_id": "j1.2", "results_file": "/home/me/.ansible_async/j1.2"},
    seen=(
        Seen("launch", "web1", "Start", {"ansible_job_id": "j1.2", "results_file": "/root/.ansible_async/j1.2"}, "", 3),
    ),
)


def on_hosts(launch, wait, jid="j1.2"):
    """HOMES with the hosts that its headlines name, and the launch's job id."""
    seen = HOMES.seen[0]
    result = {**seen.result, "ansible_job_id": jid}
    return HOMES._replace(ran_on=wait, seen=(seen._replace(ran_on=launch, result=result),))


@pytest.mark.parametrize("failure", [HOMES, on_hosts("db1", "web1"), on_hosts("web1", "web1", jid="j9.9")])
def test_another_home_may_be_another_host_s(failure):
    assert LOOKS["users_of_launch_and_wait"](gather(failure, None, None)) is None


def test_homes_in_the_paste_tell_the_users_without_any_task():
    evidence = gather(on_hosts("web1", "web1"), None, None)
    assert LOOKS["users_of_launch_and_wait"](evidence).value == "differ"
    assert values(evidence)["launch_user"] == "root"


def test_the_arrow_in_the_paste_tells_the_hosts():
    assert LOOKS["hosts_of_launch_and_wait"](gather(on_hosts("db1", "web1"), None, None)).value == "differ"
    assert LOOKS["hosts_of_launch_and_wait"](gather(HOMES, None, None)) is None


@pytest.mark.parametrize(
    ("looked", "shape"), [("213.371115", "id"), ("213.37112", "number cut short"), ("j213.3", "id")]
)
def test_an_id_that_lost_its_last_digits(looked, shape):
    launch = Seen("launch", "web1", "Start", {"ansible_job_id": "213.371115"}, "", 3)
    failure = Failure(result={"ansible_job_id": looked}, seen=(launch,))
    assert LOOKS["jid_shape"](gather(failure, None, None)).value == shape


# --- finding the task that failed --------------------------------------------------------------------

FILE = read("plays/site.yml", LAUNCH + WAIT + WAIT.replace("name: Wait", "name: Wait again"))


@pytest.mark.parametrize(
    ("failure", "task"),
    [
        (Failure(task="Another"), None),
        (Failure(result={"ansible_job_id": "j1.2", "attempts": 3}), None),  # two waits: a wrong one is worse than none
        (Failure(task="Wait again"), "Wait again"),
        (Failure(task="db : Wait"), "Wait"),
        (Failure(task_origin=Origin("/home/me/site.yml", 6, 3)), "Wait"),
        (Failure(task_origin=Origin("/home/me/site.yml", 6)), "Wait"),
        (Failure(task_origin=Origin("/home/me/other.yml", 6, 3)), None),
        (Failure(task="Start", task_origin=Origin("/x/site.yml", 6, 3)), "Start"),  # edited since: the name wins
    ],
)
def test_the_task_that_failed_is_found_or_none(failure, task):
    found = locate(failure, (FILE,))[1]
    assert (found.name if found else None) == task


def test_a_program_that_wrote_nothing_has_no_last_words():
    assert last_words({"stderr": " \n", "stdout": ""}) == ""
    assert last_words({}) == ""


def test_the_last_words_are_those_of_stderr_then_those_of_stdout():
    assert last_words({"stderr": "warning: old\ntable is locked\n\n", "stdout": "done"}) == "table is locked"
    assert last_words({"stderr": "", "stdout": "1 of 3 failed\n"}) == "1 of 3 failed"
