"""`ansible-why check` against `ansible-lint` on the same playbooks."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import samples
from benchmarks.clock import medians
from benchmarks.peers import ansible_lint
from benchmarks.table import Row, ratio

QUICKER = 15.0
"""Aim on one file: so many times quicker than ansible-lint."""


def rows(folder: Path, rounds: int) -> list[Row]:
    """CPU time and ratios for 1, 10 and 100 files."""
    found: list[Row] = []
    for count in (1, 10, 100):
        place = folder / f"playbooks-{count}"
        samples.playbooks(place, count)
        files = sorted(place.glob("*.yml"))
        commands = {
            "check": [sys.executable, "-m", "assistant", "check", "--format", "json", *files],
            "lint": [ansible_lint(), "--offline", "--nocolor", "-q", *files],
        }
        spent = medians(commands, rounds if count == 1 else 1)
        found += [
            Row(f"ansible-why check, {count} files", spent["check"] * 1000, "ms"),
            Row(f"ansible-lint, {count} files", spent["lint"] * 1000, "ms"),
            ratio(
                f"ansible-lint / check, {count} files", spent["lint"] / spent["check"], at_least=QUICKER * (count == 1)
            ),
        ]
    return found
