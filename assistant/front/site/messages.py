"""Pages that start from what Ansible printed: one for each sign, and the index from A to Z."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assistant.front.site import forks
from assistant.front.site.families import Family
from assistant.front.site.material import Material
from assistant.front.site.render import Page
from assistant.front.site.signs import RELEASES, Known, Text


class Row(NamedTuple):
    """A message of the index and the sign that it belongs to."""

    text: Text
    sign: Known


def page(material: Material, sign: Known) -> Page:
    """The page of one sign: its texts by release, and the way from there to the cause."""
    many = len(sign.leads_to)
    told = f"{many} causes" if many > 1 else "One cause"
    return Page(
        sign.path,
        "sign.html",
        sign.title,
        f"{told} of this failure of Ansible, and how to tell which: {sign.title}"[:200],
        {"sign": sign, "node": forks.nodes(sign.branch, sign.family, material.labels)},
    )


def common(material: Material) -> list[Known]:
    """The signs with most causes behind them: those that people cannot tell by the message alone."""
    return sorted(material.signs, key=lambda sign: -len(sign.leads_to))[:8]


def rows(signs: Iterable[Known]) -> list[Row]:
    """Every text of the signs, in their order."""
    return [Row(text, sign) for sign in signs for text in sign.texts]


def about(row: Row, titles: Mapping[str, str]) -> str:
    """What stands below a message in a list: releases, module, and its cause or how many it has."""
    releases = row.text.releases if row.text.releases != "none" else "in no release; seen in articles"
    causes = row.sign.leads_to
    told = titles[causes[0]] if len(causes) == 1 else f"{len(causes)} causes"
    return " · ".join(filter(None, (releases, row.text.module, told)))


def index(signs: Iterable[Known]) -> dict[str, Any]:
    """Every message by its first letter, the silent results, and what came and went with each release."""
    held = rows(signs)
    return {
        "letters": _by_letter(held),
        "silent": [row for row in held if not row.text.worded],
        "releases": list(_by_release(held)),
        "minors": RELEASES,
        "total": len(held),
        "about": about,
    }


def overview(families: Iterable[Family]) -> dict[str, Any]:
    """For each letter, for the silent results and for each release: the families that have some, and how many."""
    letters: dict[str, list[tuple[Family, int]]] = {}
    silent: list[tuple[Family, int]] = []
    releases: dict[int, list[tuple[Family, int, int]]] = {}
    for family in families:
        held = index(family.signs)
        for letter, found in held["letters"].items():
            letters.setdefault(letter, []).append((family, len(found)))
        if held["silent"]:
            silent.append((family, len(held["silent"])))
        for minor, new, gone in held["releases"]:
            releases.setdefault(minor, []).append((family, len(new), len(gone)))
    return {"letters": dict(sorted(letters.items())), "silent": silent, "releases": sorted(releases.items())}


def _by_letter(held: Sequence[Row]) -> dict[str, list[Row]]:
    letters: dict[str, list[Row]] = {}
    for row in sorted((row for row in held if row.text.worded), key=lambda row: order(row.text.plain)):
        letters.setdefault(_letter(row.text), []).append(row)
    return letters


def order(text: str) -> str:
    """What a message is sorted by: its words, without the signs that it begins with."""
    return text.lstrip("'\"[…(> ").lower()


def _letter(text: Text) -> str:
    first = order(text.plain)[:1].upper()
    return first if first.isalpha() and first.isascii() else "#"


def _by_release(rows: Sequence[Row]) -> Iterator[tuple[int, list[Row], list[Row]]]:
    """For each minor release after the first: what it began to print, and what it no longer prints."""
    for minor in RELEASES[1:]:
        new = [row for row in rows if row.text.known and row.text.known[0] == minor]
        gone = [row for row in rows if row.text.known and row.text.known[-1] == minor - 1]
        if new or gone:
            yield minor, new, gone
