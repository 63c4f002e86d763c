"""In which directory launch and wait look for the job's file: homes, ansible_async_dir, the paths of the paste."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.looks.evidence import Evidence, text_of
from assistant.looks.places import _pair, made_file, user_of
from assistant.looks.releases import at_least, at_most
from assistant.looks.waits import span
from assistant.model import Fact, Task, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOK = "dirs_of_launch_and_wait"
HOMES = re.compile(r"/(?:home|Users|export/home|usr/home|var/lib|var/opt|srv|opt)/[^/]{1,100}$|/root$")
"""Where homes of the password database lie: a HOME there may be the right one."""
SHELL_VARIABLE = re.compile(r"\$\{?\w")
OF_HOME = re.compile(r"\$(?:HOME\b|\{HOME\})(?=/|$)")


def dirs_of_launch_and_wait(evidence: Evidence) -> Fact | None:
    """same | other home | other directory | variable in it: whether the job's file is looked for where it was written.

    Since 2.12 the wait takes `~` from the password database (plugins/action/async_status.py), while the launch
    takes it from HOME (modules/async_wrapper.py); up to 2.11 both took HOME.
    """
    return _by_paths(evidence) or _by_tasks(evidence)


def _by_paths(evidence: Evidence) -> Fact | None:
    """What the results_file of both ends say, when the paste shows both."""
    looked, made = str(evidence.result.get("results_file", "")), made_file(evidence)
    jid = str(evidence.result.get("ansible_job_id", ""))
    if SHELL_VARIABLE.search(made.removesuffix(jid)) or SHELL_VARIABLE.search(looked.removesuffix(jid)):
        return Fact(LOOK, "variable in it", f"results_file: {made or looked}")
    if not looked or not made:
        return None
    reason = f"the launch wrote {made}, the wait read {looked}"
    if looked == made:
        return Fact(LOOK, "same", reason)
    tails = [path.rsplit("/", 2)[-2:] for path in (made, looked)]
    if tails[0] != tails[1]:
        return Fact(LOOK, "other directory", reason)
    return Fact(LOOK, "other home", reason) if _one_user(evidence) else None


def file_looked_for(evidence: Evidence) -> Fact | None:
    """variable in it | other directory | other home | nothing special: what the paths of the paste alone say.

    Another home may be that of another host, of another user, or a HOME that is not the one of the password database.
    """
    fact = _by_paths(evidence)
    if fact and fact.value != "same":
        return fact._replace(key="file_looked_for")
    looked, made = str(evidence.result.get("results_file", "")), made_file(evidence)
    if looked and made and looked != made:
        return Fact("file_looked_for", "other home", f"the launch wrote {made}, the wait read {looked}")
    return Fact("file_looked_for", "nothing special", "no results_file speaks against it")


def _one_user(evidence: Evidence) -> bool:
    """True when both tasks are known to run as one user: then it is HOME that differs."""
    pair = _pair(evidence)
    users = [user_of(task) for task in pair] if pair else []
    return bool(users) and users[0] is not None and users[0] == users[-1]


def _by_tasks(evidence: Evidence) -> Fact | None:
    tasks = _pair(evidence) or _polled(evidence)
    if not tasks:
        return None
    return _variable(tasks) or _directories(tasks, evidence) or _home(tasks, evidence)


def _polled(evidence: Evidence) -> tuple[Task, ...]:
    """A launch that Ansible polls itself is both ends at once."""
    from assistant.looks.launches import launch_poll, launching

    launch, poll = launching(evidence), launch_poll(evidence)
    return (launch,) if launch and poll and poll.value == "waits" else ()


def directory(task: Task) -> Value | None:
    """The ansible_async_dir in force on a task as far as its file says; None without one."""
    from assistant.plays import vars_in_force

    return vars_in_force(task).get("ansible_async_dir")


def _of_environment(task: Task, name: str) -> Value | None:
    from assistant.plays import environment_in_force

    return environment_in_force(task).get(name)


def _variable(tasks: tuple[Task, ...]) -> Fact | None:
    for value in map(directory, tasks):
        if value and value.known and SHELL_VARIABLE.search(str(value.value)):
            reason = f"ansible_async_dir: {text_of(value)}: the launch does not open the variable, the wait does"
            return Fact(LOOK, "variable in it", reason, span(value), tasks[-1].path)
    return None


def _directories(tasks: tuple[Task, ...], evidence: Evidence) -> Fact | None:
    """What ansible_async_dir says; nothing when it leaves the home open, or is written in two ways nobody can read."""
    values = [directory(task) for task in tasks]
    texts = [text_of(value) if value else "" for value in values]
    place = next((span(value) for value in values if value), None)
    if len(set(texts)) > 1:
        if all(value and value.state == "unknown" for value in values):
            return None
        reason = f"ansible_async_dir is {texts[0] or 'not set'} on the launch, {texts[-1] or 'not set'} on the wait"
        return Fact(LOOK, "other directory", reason, place, evidence.path)
    if texts[0].startswith("/"):
        return Fact(LOOK, "same", f"both use ansible_async_dir: {texts[0]}", place, evidence.path)
    named = [_of_environment(task, "ANSIBLE_ASYNC_DIR") for task in tasks]
    if len({text_of(value) if value else "" for value in named}) > 1 and not _without_effect(evidence):
        place = next((span(value) for value in named if value), None)
        reason = "ANSIBLE_ASYNC_DIR stands in the environment of one of the two only"
        return Fact(LOOK, "other directory", reason, place, evidence.path)
    return None


def _without_effect(evidence: Evidence) -> bool:
    """Since 2.12 `environment: ANSIBLE_ASYNC_DIR` has no effect; since then a missing job also names its file."""
    return at_least(evidence, (2, 12)) or "results_file" in evidence.result


def _home(tasks: tuple[Task, ...], evidence: Evidence) -> Fact | None:
    homes = [_of_environment(task, "HOME") for task in tasks]
    texts = [text_of(value) if value else "" for value in homes]
    place = next((span(value) for value in homes if value), None)
    if len(set(texts)) > 1:
        if any(_is_home(task) is not False for task, home in zip(tasks, homes, strict=True) if home):
            return None
        reason = f"HOME is {texts[0] or 'the usual one'} for the launch, {texts[-1] or 'the usual one'} for the wait"
        return Fact(LOOK, "other home", reason, place, evidence.path)
    home = homes[0]
    if home is None or not home.known or _is_home(tasks[0]) is not False:
        return None
    if at_most(evidence, (2, 11)):
        return Fact(LOOK, "same", f"up to 2.11 launch and wait both follow HOME: {texts[0]}", place, evidence.path)
    reason = f"HOME: {texts[0]} is not the home that the password database has for the user"
    return Fact(LOOK, "other home", reason, place, evidence.path)


def _is_home(task: Task) -> bool | None:
    """Whether the HOME set for a task is its user's home anyway; None when it may be."""
    value = _of_environment(task, "HOME")
    if value is None or not value.known:
        return None
    home, user = str(value.value).rstrip("/"), user_of(task)
    if user == "root":
        return home == "/root"
    if user and home == f"/home/{user}":
        return True
    return None if HOMES.match(home) or user is None else False


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """For the edits: where the job's files are to lie, by hole name."""
    tasks = _pair(evidence) or _polled(evidence)
    values = [value for value in map(directory, tasks) if value and text_of(value)]
    by_environment = [_of_environment(task, "ANSIBLE_ASYNC_DIR") for task in tasks]
    named = [*values, *(value for value in by_environment if value)]
    yield "async_dir", text_of(named[0]) if named else ""
    if values and OF_HOME.match(text_of(values[0])):
        yield "async_dir_of_home", OF_HOME.sub("~", text_of(values[0]), count=1)
    homes = [value for value in (_of_environment(task, "HOME") for task in tasks) if value and value.known]
    home = str(homes[0].value).rstrip("/") if homes else ""
    yield "home_set", home
    yield "dir_in_home_set", f"{home}/.ansible_async" if home.startswith("/") and not values else ""
