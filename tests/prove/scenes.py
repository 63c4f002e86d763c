"""The scenarios, as `lab/<family>/scenes.yaml` and the entries of the base describe them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from base import FOLDER

from prove import venvs

LAB = venvs.ROOT / "lab"


class Scene(NamedTuple):
    """What is played for one cause, and what must be seen."""

    id: str
    """Of the cause: "async/job-failed"."""
    mends: bool
    """We have an edit for it."""
    in_code: bool
    """`check` finds it before anything ran."""
    releases: str
    """Where it fails: as entries say it, "2.9 - 2.16"; elsewhere the same playbook passes."""
    shows: str = ""
    """Words which the failing run prints; "" where they differ by release or chance."""
    told: bool = True
    """Output and playbook leave one cause; otherwise it is enough that it is among the candidates."""
    prints_nothing: bool = False
    """It never fails: `check` alone can name it."""
    by_check: bool = False
    """What fails is another task, with words of its own: `check` alone can name the cause."""
    warns: bool = False
    """For Ansible it is no failure: a warning, and it goes on with less."""
    wished: str = ""
    """Words which the mended run prints and the broken one does not."""
    arguments: tuple[str, ...] = ()
    """Given to ansible-playbook."""
    paste: str = ""
    """What is asked about on releases where it passes."""
    exactly: tuple[str, ...] = ()
    """Exact releases that it needs ("2.14.4"), in place of the newest of each."""
    tries: int = 1
    """How often the broken run is repeated until it fails: more than 1 for chances and races."""
    user: str = ""
    """A second user whom it needs."""
    ssh: str = ""
    """A user to be reached over ssh on loopback, in place of the local connection."""
    alone: bool = False
    """It uses a fixed path outside its stage: one release after the other."""
    slow: bool = False
    """Takes more than 40 s: for `make prove` alone."""
    repeat: int = 1
    """How often the whole act is played before it counts: more than 1 for races."""
    by_step: bool = False
    """The mend is no edit but what a step tells to do: a command, a setting, an option of the run."""
    steps: tuple[int, ...] = ()
    """Which steps of the answer are done, from 1; none: all that have a block."""
    machine: tuple[str, ...] = ()
    """Played on a machine of its own, with these of its services: see machine/services.sh; "users" for none of them."""
    player: str = "ops"
    """Who plays there."""
    steps_by: str = ""
    """Who does the steps there, where that is not whoever plays: "root", for what is to be done as root on the host."""
    run: str = ""
    """What is typed in place of ansible-playbook, as one line of shell."""
    settings: tuple[str, ...] = ()
    """Environment variables of every run, as "NAME=value"."""
    collections: bool = False
    """It needs collections that are not in ansible-core; see `venvs.collections`."""
    answers: tuple[str, ...] = ()
    """What a reader would answer to our questions, as "key=value"."""
    uncovers: str = ""
    """The cause that was hidden, of the same family: after the mend the play fails for it, and says so."""
    mended_on: str = "2.0+"
    """Where it is mended, as `releases`; elsewhere it is named, and `unmended` tells why."""
    unmended: str = ""
    """Why nothing that we say can mend it by itself."""
    not_here: str = ""
    """Why it cannot happen on one Linux machine, and where its text is from."""

    @property
    def family(self) -> str:
        """The first part of the id."""
        return self.id.partition("/")[0]

    @property
    def folder(self) -> Path:
        """Where its playbook, inventory and settings are, as far as it has any of its own."""
        return LAB / self.id

    @property
    def playbook(self) -> str:
        """What is played: `broken.yml` of its folder, else the entry's own first ```before."""
        own = self.folder / "broken.yml"
        return own.read_text(encoding="utf-8") if own.exists() else _first_before(self.id)

    def fails_on(self, release: str) -> bool:
        """True when this playbook fails there; `release` is exact ("2.18.19")."""
        return not self.prints_nothing and any(within(release, part) for part in self.releases.split(","))

    def is_mended(self, release: str) -> bool:
        """True when what we say mends it there."""
        return (self.mends or self.by_step) and within(release, self.mended_on)


def within(release: str, releases: str) -> bool:
    """True when a release ("2.18.19") is in "2.9", "2.9+", "2.9 - 2.16" or "2.18.19+" (2.18 from there on)."""
    first, _, last = releases.strip().rstrip("+").partition(" - ")
    here, low = _numbers(release), _numbers(first)
    if first == releases.strip():
        return here[: len(low)] == low
    if len(low) == 3 and not last:
        return here[:2] == low[:2] and here >= low
    return here[: len(low)] >= low and (not last or here[: len(_numbers(last))] <= _numbers(last))


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split("."))


@cache
def scenes() -> dict[str, Scene]:
    """Every cause that has a row, by its id, in the order of ids. Raises KeyError for a row without a cause."""
    rows: dict[str, dict[str, Any] | None] = {}
    for table in sorted(LAB.glob("*/scenes.yaml")):
        given = yaml.safe_load(table.read_text(encoding="utf-8"))
        rows |= {f"{table.parent.name}/{cause}": row for cause, row in given.items()}
    strange = set(rows) - set(FOLDER.entries)
    if strange:
        raise KeyError(f"scenes.yaml: no entry for {', '.join(sorted(strange))}")
    return {id: _scene(id, FOLDER.entries[id], rows[id] or {}) for id in sorted(rows)}


def _scene(id: str, entry: dict[str, Any], given: dict[str, Any]) -> Scene:
    """What the table says, and for the rest what the entry says of itself."""
    said = {"mends": bool(entry["fix"]), "in_code": bool(entry["code"]), "releases": entry["releases"]}
    lists = {key: tuple(map(str, value)) for key, value in given.items() if isinstance(value, list)}
    chosen = given.get("by_step")
    steps = {"by_step": True, "steps": tuple(chosen)} if isinstance(chosen, list) else {}
    return Scene(id, **{**said, **given, **lists, **steps})


def _first_before(id: str) -> str:
    return next((one.text for one in FOLDER.examples[id] if one.kind == "before"), "")
