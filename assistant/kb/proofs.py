"""On which releases each cause was played and named, as `make prove` left it in `lab/proved.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

HELD = ("proved", "named")
"""Outcomes that count: it happened there, we named it, and our edit, if there is one, mended it."""


def proved(kb: Path) -> dict[str, str]:
    """Words by entry id, "2.14 - 2.19, 2.21 (2026-11-22)"; {} without `lab/proved.json` beside the base.

    Raises ValueError when that file is no JSON.
    """
    path = kb.absolute().parent / "lab" / "proved.json"
    if not path.is_file():
        return {}
    causes: dict[str, dict[str, dict[str, str]]] = json.loads(path.read_text(encoding="utf-8"))
    return {id: words for id, by in causes.items() if (words := _words(by))}


def _words(by: dict[str, dict[str, str]]) -> str:
    held = {_minor(release): one["date"] for release, one in by.items() if one["outcome"] in HELD}
    return f"{', '.join(_runs(sorted(held)))} ({max(held.values())})" if held else ""


def _runs(releases: list[tuple[int, int]]) -> Iterator[str]:
    """ "2.14 - 2.19" for releases that follow each other without a gap, "2.21" for one alone."""
    for _, run in groupby(enumerate(releases), key=lambda one: one[1][1] - one[0]):
        names = [f"{major}.{minor}" for _, (major, minor) in run]
        yield names[0] if len(names) == 1 else f"{names[0]} - {names[-1]}"


def _minor(release: str) -> tuple[int, int]:
    major, minor = release.split(".")[:2]
    return int(major), int(minor)
