"""Patterns worth copying: sound in the eyes of `check`, shown by the command, green on real Ansible."""

from __future__ import annotations

import json
import os
import re
import subprocess
import textwrap
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from base import FOLDER
from prove import venvs
from prove.stage import PATIENCE, PLACES, SURROUNDINGS, Ran

from assistant import kb
from assistant.check import check
from assistant.front.cli import main

BASE = kb.load()
PLAYBOOKS = FOLDER.playbooks
NAMES = sorted(id.rpartition("/")[2] for id in PLAYBOOKS)
WANTED = (
    "clean-up fire-and-collect loop-of-jobs many-hosts many-jobs-on-one-host "
    "never-ending-service reboot reusable-role time-out-with-rescue wait-in-place"
).split()
PAGE = "async/pages/elsewhere"


def playbook(name: str) -> str:
    return PLAYBOOKS[f"async/patterns/{name}"]


def steps(tasks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All tasks, those inside blocks too."""
    for task in tasks:
        yield task
        for part in ("block", "rescue", "always"):
            yield from steps(task.get(part, []))


# --- check -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "cause"),
    [
        ("fire-and-collect", "retries: 75", "retries: 2", "async/wait-shorter-than-job"),
        ("fire-and-collect", "until: export is", "until: export_job is", "async/until-tests-launch-result"),
        ("loop-of-jobs", "until: imports is", "until: item is", "async/until-tests-loop-item"),
        ("reboot", "sleep 1 &&", "sleep 30 &&", ""),
        ("reboot", "sleep 1 &&", "sleep 70 &&", "async/limit-below-run-time"),
        ("wait-in-place", "sleep 3", "sleep 90", "async/limit-below-run-time"),
    ],
)
def test_check_reads_the_patterns_it_is_silent_about(name: str, old: str, new: str, cause: str) -> None:
    text = playbook(name).replace(old, new)
    assert text != playbook(name)
    assert {fault.cause for fault in check("site.yml", text, BASE)} == ({cause} if cause else set())


def test_there_is_a_pattern_for_each_way() -> None:
    assert set(WANTED) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_check_is_silent(name: str) -> None:
    assert not check("site.yml", playbook(name), BASE)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_one_play_for_any_inventory_that_proves_itself(name: str) -> None:
    (play,) = yaml.safe_load(playbook(name))
    assert (play["hosts"], play["gather_facts"]) == ("all", False)
    tasks = list(steps(play["tasks"]))
    assert "ansible.builtin.assert" in tasks[-1]
    assert all(task.get("name") for task in tasks)


@pytest.mark.parametrize("id", sorted(FOLDER.pages))
def test_what_it_points_to_exists(id: str) -> None:
    text = " ".join(FOLDER.pages[id]["sections"].values())
    assert set(re.findall(r"`(async/[a-z0-9/-]+)`", text)) <= set(BASE.entries)
    assert id not in FOLDER.pages[id]["see"]


# --- the command -------------------------------------------------------------------------------------------


def test_a_pattern_is_explained_with_its_whole_playbook(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "async/patterns/fire-and-collect"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line in ("When", "How", "Why", "Mind")] == ["When", "How", "Why", "Mind"]
    shown = "\n".join(lines)
    assert textwrap.indent(playbook("fire-and-collect").rstrip(), "  ").replace("\n\n", "\n") in re.sub(
        r"\n\s*\n", "\n", shown
    )


def test_a_page_is_explained_with_its_own_headings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", PAGE, "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# What you will read elsewhere\n")
    assert '\n## "poll is 10 seconds by default"\n' in out


@pytest.mark.parametrize("given", ["fire-and-collect", "patterns/fire-and-collect"])
def test_a_pattern_may_be_named_short(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", given, "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["id"], shown["kind"]) == ("async/patterns/fire-and-collect", "pattern")
    assert list(shown["sections"]) == ["When", "How", "Why", "Mind"]


@pytest.mark.parametrize(
    "call", [["list"], ["explain", "async/"], ["explain", "async/patterns"], ["explain", "async/patterns/"]]
)
def test_patterns_are_listed(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(any(line.startswith(f"async/patterns/{name}") for line in lines) for name in NAMES)


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("systemd daemon", "async/patterns/never-ending-service"),
        ("rescue", "async/patterns/time-out-with-rescue"),
        ("nohup rc: 0 limit", PAGE),
    ],
)
def test_patterns_and_pages_are_found(words: str, id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", *words.split()]) == 0
    assert id in capsys.readouterr().out


# --- real Ansible ------------------------------------------------------------------------------------------

SIDE_BY_SIDE = 4
HOST = (
    'ansible_connection=local ansible_python_interpreter="{{ ansible_playbook_python }}" '
    'ansible_async_dir="{{ inventory_dir }}/.ansible_async"'
)
OLD = Path(".ansible_async", "j1.1")
"""A job file that an earlier run has left."""

ROLE = "role in files"
PLAYED = [(name, release) for name in [*NAMES, ROLE] for release in venvs.releases()]
Runs = Callable[[tuple[str, str]], tuple[Ran, bool]]


@pytest.fixture(scope="session")
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    """What a pattern printed on a release, and whether `OLD` is still there; all wanted play side by side."""
    for release in venvs.releases():
        venvs.ansible(release)
    items = [item for item in request.session.items if item.path == Path(__file__) and hasattr(item, "callspec")]
    wanted = [item.callspec.params["played"] for item in items if "played" in item.callspec.params]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        ahead = {one: pool.submit(_play, *one, tmp_path_factory.mktemp("pattern")) for one in wanted}
        yield lambda one: ahead[one].result()
        pool.shutdown(cancel_futures=True)


def _play(name: str, release: str, folder: Path) -> tuple[Ran, bool]:
    hosts = ("till", "east", "west") if name == "many-hosts" else ("till",)
    (folder / "inventory.ini").write_text("".join(f"{host} {HOST}\n" for host in hosts), encoding="utf-8")
    (folder / "home").mkdir()
    (folder / OLD).parent.mkdir()
    (folder / OLD).write_text("{}", encoding="utf-8")
    os.utime(folder / OLD, (time.time() - 3 * 86400,) * 2)
    (folder / "site.yml").write_text(_role(folder) if name == ROLE else playbook(name), encoding="utf-8")
    return _run(release, folder), (folder / OLD).exists()


def _run(release: str, folder: Path) -> Ran:
    """`site.yml` of that folder, in an environment that tells Ansible nothing but its places."""
    mine = {name: str(folder / place) for name, place in PLACES.items()}
    done = subprocess.run(
        [venvs.ansible(release) / "ansible-playbook", "-i", "inventory.ini", "site.yml"],
        cwd=folder,
        env={**SURROUNDINGS, **mine, "LC_ALL": "C.UTF-8", "ANSIBLE_NOCOLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
    )
    return Ran(done.returncode, done.stdout)


def _role(folder: Path) -> str:
    """The files that the page about the role tells to make; returns a playbook that uses them twice."""
    whole = playbook("reusable-role")
    tasks = whole.partition("tasks/main.yml begins\n")[2].partition("    # roles/")[0]
    defaults = re.findall(r"^    (background_job_(?:limit|look_every): \d+)$", whole, re.M)
    for name, text in (("tasks", textwrap.dedent(tasks)), ("defaults", "\n".join(defaults) + "\n")):
        home = folder / "roles" / "background_job" / name
        home.mkdir(parents=True)
        (home / "main.yml").write_text(f"---\n{text}", encoding="utf-8")
    use = """
    - ansible.builtin.include_role: {{name: background_job}}
      vars: {{background_job_command: echo {word}, background_job_limit: 30}}
    - ansible.builtin.assert: {{that: background_job_result.stdout == '{word}'}}"""
    uses = "".join(use.format(word=word) for word in ("first", "second"))
    return f"- hosts: all\n  gather_facts: false\n  tasks:{uses}\n"


@pytest.mark.ansible
@pytest.mark.parametrize("played", PLAYED, ids=lambda one: f"{one[0]}-{one[1]}")
def test_it_runs_green(played: tuple[str, str], runs: Runs) -> None:
    ran, old_is_there = runs(played)
    assert ran.code == 0, ran.text
    assert "DEPRECATION" not in ran.text
    assert re.search(r"^till .* ok=[1-9]\d* .* failed=0 ", ran.text, re.M), ran.text
    assert old_is_there == (played[0] != "clean-up")
