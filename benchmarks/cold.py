"""One diagnosis from a cold start, against bare Python and against what an Ansible user starts all day."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.clock import Command, medians
from benchmarks.peers import ansible, ansible_lint
from benchmarks.samples import PASTE, PLAYBOOK
from benchmarks.table import Row, ratio

WITHIN = 4.0
"""Aim: so many times bare Python."""


def rows(folder: Path, rounds: int) -> list[Row]:
    """CPU time and ratios; the paste and the playbook are written to `folder`."""
    paste, playbook = folder / "paste.txt", folder / "site.yml"
    paste.write_text(PASTE, encoding="utf-8")
    playbook.write_text(PLAYBOOK, encoding="utf-8")
    why = [sys.executable, "-m", "assistant", "diagnose", "--format", "json"]
    commands: dict[str, Command] = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "ansible-why diagnose --format json": [*why, paste],
        "ansible-why diagnose --format json --task": [*why, "--task", playbook, paste],
        "ansible --version": [ansible(), "--version"],
        "ansible-lint --version": [ansible_lint(), "--version"],
    }
    found = medians(commands, rounds)
    ours, bare = found["ansible-why diagnose --format json"], found["python -c pass"]
    return [
        *(Row(name, seconds * 1000, "ms") for name, seconds in found.items()),
        ratio("cold diagnosis / bare Python", ours / bare, at_most=WITHIN),
        ratio("cold diagnosis with a playbook / bare Python", list(found.values())[2] / bare),
        ratio("ansible --version / cold diagnosis", found["ansible --version"] / ours),
        ratio("ansible-lint --version / cold diagnosis", found["ansible-lint --version"] / ours),
    ]
