"""On which releases each cause was played and named, as `make prove` left it in `lab/proved.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

HELD = ("proved", "named")
"""Outcomes that count: it happened there, we named it, and our edit, if there is one, mended it."""


def proved(kb: Path) -> dict[str, str]:
    """The releases by entry id, each to its patch level: "2.14.18, 2.19.14 (2026-11-22)".

    {} without `lab/proved.json` beside the base. Raises ValueError when that file is no JSON.
    """
    path = kb.absolute().parent / "lab" / "proved.json"
    if not path.is_file():
        return {}
    causes: dict[str, dict[str, dict[str, str]]] = json.loads(path.read_text(encoding="utf-8"))
    return {id: words for id, by in causes.items() if (words := _words(by.values()))}


def _words(played: Iterable[dict[str, str]]) -> str:
    """Only what was run: patch levels of one release differ, and so do the releases between two."""
    held = [one for one in played if one["outcome"] in HELD]
    days = sorted({one["date"] for one in held})
    releases = sorted({one["ansible"] for one in held}, key=_numbers)
    return f"{', '.join(releases)} ({' to '.join([days[0], *days[1:][-1:]])})" if held else ""


def _numbers(release: str) -> list[int]:
    return [int(part) for part in release.split(".")]
