"""What the rows of kb/*/signs.yaml claim of releases, held against the texts of the releases at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ledger_texts import Release, number, words_of

from assistant.kb.signs import HOLE, Sign

JUDGED = ("async",)
"""Families of which every row is held to its releases. In others a row may be ssh's, systemd's or Python's own words,
which now and then stand in a release of Ansible as well: there a row is held to them once a text has led to it."""

SEARCHED = ("executor", "modules/async*", "modules/utilities/logic/async*", "plugins/action", "playbook", "parsing",
            "template", "module_utils", "_internal", "errors")  # fmt: skip


def holds(claim: str, version: str) -> bool | None:
    """Whether a row's `releases` ("2.9+", "2.12 - 2.18", "none") covers a version; None for what is no such claim."""
    if claim == "none":
        return False
    match = re.fullmatch(r"([\d.]+)(?:\+| - ([\d.]+))?", claim)
    if not match:
        return None
    last = number(match[2] or ("999" if claim.endswith("+") else match[1]))
    told = number(version)
    return number(match[1]) <= told[: max(len(number(match[1])), 1)] and told[: len(last)] <= last


@cache
def source(home: Path, patterns: tuple[str, ...]) -> str:
    """The source of these files of a release."""
    files: dict[Path, None] = {}
    for pattern in patterns:
        for place in home.glob(pattern):
            files |= dict.fromkeys([place] if place.is_file() else place.rglob("*.py"))
    return "\n".join(map(words_of, files))


def fragment(sign: Sign) -> str:
    """The longest run of literal text in a sign's message."""
    return max((part.strip() for part in HOLE.sub("\0", sign.message).split("\0")), key=len)


def wrong_claims(
    signs: Iterable[Sign],
    found: list[Release],
    led_to: frozenset[tuple[str, str]] = frozenset(),
    also: Iterable[str] = (),
) -> list[str]:
    """Rows whose text is gone from a release they claim, or that is printed though they say that none does.

    `led_to`: family and message of the rows that a text has led to, looked for in the files `also`. Texts that no
    release at hand holds are Jinja's, Python's or a collection's, and not ours to judge.
    """
    places = tuple(dict.fromkeys([*SEARCHED, *also]))
    mistakes = []
    for sign in (one for one in signs if one.family in JUDGED or (one.family, one.message) in led_to):
        words = fragment(sign) if sign.message else ""
        there = {one.version: words in source(one.home, places) for one in found} if len(words) > 11 else {}
        for version, present in there.items() if any(there.values()) else ():
            if sign.releases == "none" and present:
                mistakes.append(
                    f'{sign.family}: "{sign.name}" says that no release prints “{words}”, but {version} has it'
                )
            elif holds(sign.releases, version) and not present:
                mistakes.append(
                    f'{sign.family}: "{sign.name}" says {sign.releases}, but “{words}” is gone from {version}'
                )
    return mistakes
