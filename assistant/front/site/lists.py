"""The lists of everything: for causes, messages and the tree an overview, and a page for each family.

No page grows with the whole base. What searches all of it is a filter on the overviews, whose rows are a script that
is loaded when the filter is first used: a script and no data, since browsers load no data from `file://`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.front.site import forks, messages
from assistant.front.site.families import Family, families
from assistant.front.site.forks import Branch, Node
from assistant.front.site.material import Material
from assistant.front.site.render import Page
from assistant.front.site.signs import RELEASES
from assistant.front.site.study import Study

TEMPLATES = ("causes.html", "causes-of.html", "messages.html", "messages-of.html", "tree.html", "tree-of.html")


def pages(material: Material) -> Iterator[Page]:
    """The three overviews, and three pages for each family."""
    held = families(material)
    yield from _overviews(material, held)
    for family in held:
        yield from _of(material, family)


def _overviews(material: Material, held: Sequence[Family]) -> Iterator[Page]:
    causes, texts = len(material.studies), sum(family.messages for family in held)
    with_signs = [family for family in held if family.signs]
    yield Page(
        "causes/",
        "causes.html",
        "All causes",
        f"{causes} causes of failures of Ansible, each with its messages and its fix.",
        {"families": [family for family in held if family.causes], "total": causes},
    )
    yield Page(
        "messages/",
        "messages.html",
        "Every message, A to Z",
        "Every message and every silent result by which a failure of Ansible is known, from 2.9 to 2.21.",
        {"families": with_signs, "total": texts, "minors": RELEASES, **messages.overview(with_signs)},
    )
    yield Page(
        "tree/",
        "tree.html",
        "The decision tree",
        "From what Ansible printed to the cause: every question that tells two causes apart.",
        {"families": with_signs, "node": _top(with_signs)},
    )


def _top(held: Sequence[Family]) -> Node:
    """The first fork of the tree: which family's words they are."""
    ways = (Branch(_counted(family.messages, "message"), Node(family.title, f"{family.id}/tree")) for family in held)
    return Node("What did Ansible print?", "", tuple(ways))


def _of(material: Material, family: Family) -> Iterator[Page]:
    if family.causes:
        told = _counted(len(family.causes), "cause")
        values = {"family": family, "silent": silent(material.studies.values())}
        title = f"{family.title}: all causes"
        yield Page(f"{family.id}/", "causes-of.html", title, f"{family.title}: {told} of failures of Ansible.", values)
    if family.signs:
        yield Page(
            f"{family.id}/messages/",
            "messages-of.html",
            f"{family.title}: every message",
            f"{family.title}: {_counted(family.messages, 'message')} by which failures of Ansible are known.",
            {"family": family, **messages.index(family.signs)},
        )
        yield Page(
            f"{family.id}/tree/",
            "tree-of.html",
            f"{family.title}: the decision tree",
            f"{family.title}: from what Ansible printed to the cause, question by question.",
            {"family": family, "trees": [(s, forks.nodes(s.branch, s.family, material.labels)) for s in family.signs]},
        )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def silent(studies: Any) -> list[str]:
    """The ids of causes that print nothing: only `check` sees them."""
    return [study.entry.id for study in studies if study.main.finding is None and study.main.fault]


def rows(material: Material) -> dict[str, bytes]:
    """The rows of the filters, as scripts by name: each its text, its page, what stands below it, and the first and
    last minor release that prints it (0 for none)."""
    unseen = set(silent(material.studies.values()))
    causes = [[one.entry.title, f"{one.entry.id}/", _about(one, unseen), 0, 0] for one in material.studies.values()]
    texts = [
        [row.text.plain, row.sign.path, messages.about(row, material.labels.titles), *_ends(row.text.known)]
        for row in messages.rows(material.signs)
    ]
    return {
        "lists/causes.js": _script(sorted(causes, key=lambda row: str(row[0]).lower())),
        "lists/messages.js": _script(sorted(texts, key=lambda row: messages.order(row[0]))),
    }


def _about(study: Study, unseen: set[str]) -> str:
    entry = study.entry
    said = [entry.id, entry.releases]
    return " · ".join([*said, *["no message"] * (entry.id in unseen), *["with an edit"] * entry.has_edit])


def _ends(known: Sequence[int]) -> tuple[int, int]:
    return (known[0], known[-1]) if known else (0, 0)


def _script(found: Sequence[Any]) -> bytes:
    return f"window.ansibleWhyList = {json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n".encode()
