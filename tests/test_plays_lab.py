"""The playbooks that were run on real Ansible: their launches, waits and clean-ups, as a person would name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import plays

BOOKS = Path(__file__).parent / "playbooks"
LAB = sorted((BOOKS / "lab").glob("*.yml"))


def expected() -> dict[str, list[str]]:
    """Read from lab-jobs.txt: a file's name, then one indented line for each job."""
    found: dict[str, list[str]] = {}
    last = ""
    for line in (BOOKS / "lab-jobs.txt").read_text().splitlines():
        if line.startswith(" "):
            found[last].append(line.strip())
        elif line and not line.startswith("#"):
            last = line
            found[last] = []
    return found


JOBS = expected()


def test_every_playbook_has_its_line() -> None:
    assert sorted(JOBS) == [path.name for path in LAB]


@pytest.mark.parametrize("path", LAB, ids=lambda path: path.stem)
def test_jobs(path: Path) -> None:
    file = plays.read(str(path), path.read_text())
    assert file.problem is None
    lines = []
    for job in file.jobs:
        launch = job.launch.name if job.launch else "somewhere else"
        line = f"{launch} ({job.register})" if job.register else launch
        for word, tasks in (("wait", job.waits), ("clean", job.cleanups)):
            line += "".join(f" | {word}: {task.name or task.own['until'].value}" for task in tasks)
        lines.append(line)
    assert lines == JOBS[path.name]


def test_nothing_is_left_out_of_a_play() -> None:
    for path in LAB:
        file = plays.read(str(path), path.read_text())
        for task in file.tasks:
            assert task.action or task.kind in ("play", "block")
            assert file.text[task.action_span.start : task.action_span.end] in (task.action, "hosts", "block")
