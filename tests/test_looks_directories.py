"""In which directory a job's file is written and looked for: unknown first, then same, then what differs."""

from __future__ import annotations

from textwrap import indent

import pytest
from looking import LAUNCH, WAIT, look

from assistant.looks import gather
from assistant.looks.values import values
from assistant.model import Seen
from assistant.plays import read

LOOK = "dirs_of_launch_and_wait"
MARGIN = 4 * " "


def play(launch="", wait="", head=""):
    return f"- hosts: web\n{head}  tasks:\n{indent(LAUNCH, MARGIN)}{launch}{indent(WAIT, MARGIN)}{wait}"


def env(**pairs):
    return "      environment:\n" + "".join(f"        {k}: {v}\n" for k, v in pairs.items())


def var(value):
    return f"      vars:\n        ansible_async_dir: {value}\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        play(),
        play(var('"{{ a }}"'), var('"{{ b }}"')),
        play(env(HOME="/home/ops"), env(HOME="/home/ops")),
        play(env(HOME="/var/lib/jenkins")),
        play(env(HOME='"{{ home }}"')),
        play(env(HOME="/home/app") + "      become: true\n      become_user: app\n"),
        play(env(HOME="/root") + "      become: true\n", "      become: true\n"),
        play(env(HOME="/tmp/x") + '      become: "{{ b }}"\n', env(HOME="/tmp/x")),
        play(env(PATH="/opt/bin")),
    ],
)
def test_what_cannot_be_told_is_unknown(text):
    assert look(LOOK, text) == "unknown"


@pytest.mark.parametrize(
    ("text", "hints", "answer"),
    [
        (play(var("/srv/jobs"), var("/srv/jobs")), {}, "same"),
        (play(var("/srv/jobs") + env(HOME="/tmp/x"), var("/srv/jobs")), {}, "same"),
        (play(head="  environment: {HOME: /tmp/x}\n"), {"at_most": "2.11"}, "same"),
        (play(head="  environment: {HOME: /tmp/x}\n"), {"at_most": "2.18"}, "other home"),
        (play(env(HOME="/tmp/x")), {"at_most": "2.11"}, "other home"),
        (
            play(env(HOME="/home/ops") + "      become: true\n", env(HOME="/home/ops") + "      become: true\n"),
            {},
            "other home",
        ),
        (play(var("/srv/jobs")), {}, "other directory"),
        (play("", var("/srv/jobs")), {}, "other directory"),
        (play(var("/srv/a"), var("/srv/b")), {}, "other directory"),
        (play(env(ANSIBLE_ASYNC_DIR="/srv/a")), {}, "other directory"),
        (play(env(ANSIBLE_ASYNC_DIR="/srv/a")), {"at_least": "2.12"}, "unknown"),
        (play(var("$HOME/jobs"), var("$HOME/jobs")), {}, "variable in it"),
        (play(head="  vars: {ansible_async_dir: '${HOME}/jobs'}\n"), {}, "variable in it"),
    ],
)
def test_what_the_tasks_say(text, hints, answer):
    assert look(LOOK, text, hints=hints) == answer


def paths(looked, made="", attempts=1):
    result = {"ansible_job_id": "j1.2", "results_file": looked, "attempts": attempts}
    launch = {"ansible_job_id": "j1.2", "results_file": made}
    return {"result": result, "seen": (Seen("launch", "web1", "Start", launch, "", 1),) if made else ()}


@pytest.mark.parametrize(
    ("text", "looked", "made", "answer"),
    [
        ("", "/home/ops/.ansible_async/j1.2", "", "unknown"),
        ("", "/home/ops/.ansible_async/j1.2", "/var/lib/pg/.ansible_async/j1.2", "unknown"),  # by HOME or by user?
        ("", "/home/ops/.ansible_async/j1.2", "/home/ops/.ansible_async/j1.2", "same"),
        (play(), "/home/ops/.ansible_async/j1.2", "/var/lib/pg/.ansible_async/j1.2", "other home"),
        ("", "/home/ops/.ansible_async/j1.2", "/srv/jobs/j1.2", "other directory"),
        ("", "$HOME/jobs/j1.2", "", "variable in it"),
    ],
)
def test_what_the_paths_of_the_paste_say(text, looked, made, answer):
    assert look(LOOK, text, **paths(looked, made)) == answer


def test_the_paths_alone_are_always_answered():
    assert look("file_looked_for", "", **paths("/home/ops/.ansible_async/j1.2")) == "nothing special"
    assert look("file_looked_for", "", **paths("$X/j1.2")) == "variable in it"
    both = ("/root/.ansible_async/j1.2", "/home/ops/.ansible_async/j1.2")
    assert look("file_looked_for", "", **paths(*both)) == "other home"  # whoever's it is: only three causes are left
    assert look("file_looked_for", "", **paths(both[0], both[0])) == "nothing special"


def test_two_homes_of_one_user_are_no_two_users():
    told = paths("/root/.ansible_async/j1.2", "/home/ops/.ansible_async/j1.2")
    users = "users_of_launch_and_wait"
    assert look(users, "", **told) == "unknown"  # another host may have another home
    assert look(users, play("      become: true\n"), **told) == "differ"
    assert look(users, play("      become: true\n", "      become: true\n"), **told) == "same"


def test_a_job_that_ansible_polls_itself_is_both_ends():
    text = play(head="  environment: {HOME: /tmp/x}\n").replace("poll: 0", "poll: 5")
    assert look(LOOK, text, "Start") == "other home"


def test_the_places_for_an_edit():
    def holes(text):
        file = read("site.yml", text)
        return values(gather(None, file, file.jobs[0].waits[0]))

    assert holes(play(var("/srv/jobs")))["async_dir"] == "/srv/jobs"
    assert holes(play(var("$HOME/jobs")))["async_dir_of_home"] == "~/jobs"
    assert "async_dir_of_home" not in holes(play(var("$HOMES/jobs")))
    assert holes(play(env(HOME="/tmp/x/")))["dir_in_home_set"] == "/tmp/x/.ansible_async"
    assert "dir_in_home_set" not in holes(play(env(HOME='"{{ x }}"')))
