"""The base by family: what the pages call each, with its signs and its causes."""

from __future__ import annotations

from typing import NamedTuple

from assistant.front.site.material import Material
from assistant.front.site.signs import Known
from assistant.front.site.study import Study

TITLES = {
    "async": "Background jobs",
    "retries": "Retries and until",
    "syntax": "YAML and the syntax of plays",
    "resolve": "Modules, roles and plugins that are not found",
    "vault": "Vault",
    "inventory": "Inventories",
    "galaxy": "Galaxy",
    "controller": "The machine that runs Ansible",
    "limits": "Time, memory and interruptions",
    "become": "Becoming another user",
    "interpreter": "Python on the target",
    "unreachable": "Hosts that cannot be reached",
    "wait_for": "Waiting for a port, a file or a restart",
    "undefined": "Undefined variables",
    "templating": "Templates and filters",
    "arguments": "Arguments of modules",
    "package": "Packages",
    "services": "Services",
    "containers": "Containers",
    "git": "Git",
    "network": "Downloads and web services",
    "files": "Files and permissions",
    "asserts": "Asserts and deliberate failures",
    "command": "Commands and scripts",
}
"""A family that is not here goes by its own name."""


def title_of(family: str) -> str:
    """What pages call a family."""
    return TITLES.get(family, family.replace("_", " "))


class Family(NamedTuple):
    """A part of the base with pages of its own: its causes at `<id>/`, `<id>/messages/` and `<id>/tree/`."""

    id: str
    title: str
    signs: tuple[Known, ...]
    """In the order in which they are tried."""
    causes: tuple[Study, ...]
    """By title."""

    @property
    def messages(self) -> int:
        """How many texts and shapes of results it is known by."""
        return sum(len(sign.texts) for sign in self.signs)


def families(material: Material) -> tuple[Family, ...]:
    """Every family that has a sign or a cause, in the order of the base."""
    signs: dict[str, list[Known]] = {}
    causes: dict[str, list[Study]] = {}
    for sign in material.signs:
        signs.setdefault(sign.family, []).append(sign)
    for study in sorted(material.studies.values(), key=lambda study: study.entry.title.lower()):
        causes.setdefault(study.entry.family, []).append(study)
    return tuple(
        Family(id, title_of(id), tuple(signs.get(id, ())), tuple(causes.get(id, ())))
        for id in material.base.families
        if id in signs or id in causes
    )
