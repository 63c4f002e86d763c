"""One diagnosis from a cold start: against bare Python, what an Ansible user starts all day, and smaller bases."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant import kb
from assistant.kb.packed import Packed, joined, pack
from benchmarks.clock import Command, measured, medians
from benchmarks.peers import ansible, ansible_lint
from benchmarks.samples import PASTE, PLAYBOOK, base
from benchmarks.table import Row, ratio

WITHIN = 4.0
"""Aim: so many times bare Python."""


GROWN = 1.1
"""Aim: so many times the base of async alone, whatever is added to it."""
ADDED = (50, 500, 5000)
WITH_BASE = """
import sys
from assistant import kb
kb.SOURCE = kb.SHIPPED = sys.argv.pop(1)
from assistant.front.cli import command
command()
"""
"""The command with a compiled base of its own, as an installed one reads the one it came with."""


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
        *_growth(folder, 2 * rounds),
    ]


def _growth(folder: Path, rounds: int) -> list[Row]:
    """The same diagnosis of an async paste with larger bases, against async alone; the least of all rounds."""
    bases = {"async alone": _async_alone(), "all families": kb.compiled_bytes()}
    for count in ADDED:
        made = folder / f"made-{count}"
        base(made, count)
        bases[f"{count:,} causes more"] = joined([bases["async alone"], kb.compiled_bytes(str(made))])
    why = ["diagnose", "--format", "json", folder / "paste.txt"]
    commands: dict[str, Command] = {}
    for number, (name, data) in enumerate(bases.items()):
        place = folder / f"base-{number}.jsonl"
        place.write_bytes(data)
        commands[name] = [sys.executable, "-c", WITH_BASE, place, *why]
    least = {name: min(found) for name, found in measured(commands, rounds).items()}
    alone = least.pop("async alone")
    return [
        ratio(f"cold diagnosis, {name} / async alone", seconds / alone, at_most=GROWN)
        for name, seconds in least.items()
    ]


def _async_alone() -> bytes:
    """The compiled base with nothing but the family async."""
    parts = Packed(kb.compiled_bytes()).parts()
    return pack(
        families=["async"],
        redirects={},
        signs=[row for row in parts["signs"] if row[0] == "async"],
        trees={"async": parts["trees"]["async"]},
        entries={id: entry for id, entry in parts["entries"].items() if id.startswith("async/")},
    )
