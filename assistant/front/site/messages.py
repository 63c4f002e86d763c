"""Pages that start from what Ansible printed: one for each sign, the index from A to Z, the whole tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from assistant.front.site import forks
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


def index(material: Material) -> dict[str, Any]:
    """Every message by its first letter, the silent results, and what came and went with each release."""
    rows = [Row(text, sign) for sign in material.signs for text in sign.texts]
    worded = sorted((row for row in rows if row.text.worded), key=lambda row: _key(row.text))
    letters: dict[str, list[Row]] = {}
    for row in worded:
        letters.setdefault(_letter(row.text), []).append(row)
    return {
        "letters": letters,
        "silent": [row for row in rows if not row.text.worded],
        "releases": list(_by_release(rows)),
        "minors": RELEASES,
        "total": len(rows),
    }


def _key(text: Text) -> str:
    return text.plain.lstrip("'\"[…(> ").lower()


def _letter(text: Text) -> str:
    first = _key(text)[:1].upper()
    return first if first.isalpha() and first.isascii() else "#"


def _by_release(rows: list[Row]) -> Iterator[tuple[int, list[Row], list[Row]]]:
    """For each minor release after the first: what it began to print, and what it no longer prints."""
    for minor in RELEASES[1:]:
        new = [row for row in rows if row.text.known and row.text.known[0] == minor]
        gone = [row for row in rows if row.text.known and row.text.known[-1] == minor - 1]
        if new or gone:
            yield minor, new, gone


def whole_tree(material: Material) -> dict[str, Any]:
    """All signs with their nodes."""
    trees = [(sign, forks.nodes(sign.branch, sign.family, material.labels)) for sign in material.signs]
    return {"trees": trees, "signs": material.signs}
