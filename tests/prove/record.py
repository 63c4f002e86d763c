"""What was proved, kept in `lab/proved.json`, and the table `lab/PROVED.md` made from it."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from base import FOLDER

from prove import venvs
from prove.scenes import LAB, Scene, scenes
from prove.verdict import ABSENT, ASKED, FOUND, NAMED, PROVED, UNKNOWN

STATES = (PROVED, NAMED, FOUND, "failed", "not here", "not played")
DATA, TABLE = LAB / "proved.json", LAB / "PROVED.md"
JOURNAL = venvs.STORE.parent / "prove.jsonl"
"""Outcomes of a run that goes on or was cut short; they get into DATA at its end, since with DATA the base changes."""
MARKS = {PROVED: "proved", NAMED: "named", FOUND: "found", ABSENT: "–", ASKED: "asked", UNKNOWN: "unknown"}
HEAD = """# Proved

What `make prove` found on real ansible-core: each cause was made to happen in a place of its own, its output was given
to `ansible-why`, what the answer says was done, and the playbook was played again.

- **proved**: it failed, we named the cause, and after our own edit it passes; the edit applied twice is the edit
  applied once, and `check` is silent. Causes that print nothing: `check` named it, and the same holds of
  the edit.
- **proved (command)**, **(setting)**, **(option)**: not the playbook was edited; the command of a step was run as it
  stands in the answer, its setting made, or its option given to `ansible-playbook`; then the same playbook passes.
- **proved (uncovers)**: the fault was that a failure is hidden. After our edit it shows, and we name the cause behind.
- **named**: it happened and we named the cause; why nothing that we say mends it by itself, the last column tells.
- **found**: this release does not fail there; `check` finds it all the same, and what our edit makes of it passes too.
- **–**: this release does not do that any more, or not yet.

Nothing in a cell: not played there yet; causes not played at all have no row. Races say in the last column how often
they were played, and held each time.

"""
FORMS_HEAD = """
## In other forms

The same failures, printed by other callbacks. **named**: the right cause comes first. **asked**: it is among those
that are possible, and none is named with confidence: these callbacks leave out the name of the task, or the result.
**unknown**: what is printed says nothing (`rc=-1 >> Unknown error.`), and we say that we do not know.

"""


class Record:
    """Outcomes by cause and release."""

    def __init__(self, causes: dict[str, dict[str, dict[str, str]]]) -> None:
        self._causes = causes

    @classmethod
    def read(cls) -> Record:
        """What the file and the journal hold; empty when there is neither."""
        record = cls(json.loads(DATA.read_text(encoding="utf-8")) if DATA.exists() else {})
        for line in JOURNAL.read_text(encoding="utf-8").splitlines() if JOURNAL.exists() else ():
            cause, release, one = json.loads(line)
            record._causes.setdefault(cause, {})[release] = one
        return record

    def holds(self, cause: str, release: str) -> bool:
        """True when there is an outcome that did not fail, from a time when the scenario was mended as it is now."""
        said = self._causes.get(cause, {}).get(release)
        if said is None or said["outcome"].startswith("failed"):
            return False
        scene = scenes().get(cause)
        return scene is None or not _is_stale(scene, said)

    def note(self, cause: str, release: str, outcome: str, exact: str, day: date, how: str = "", runs: int = 1) -> None:
        """One outcome, kept at once. `how`: what mended it if no edit did; `runs`: how often it was played."""
        more = {**({"by": how} if how else {}), **({"runs": runs} if runs > 1 else {})}
        one = {"outcome": outcome, "ansible": exact, "date": day.isoformat(), **more}
        with _alone(), JOURNAL.open("a", encoding="utf-8") as journal:
            journal.write(json.dumps([cause, release, one]) + "\n")

    def _save(self) -> None:
        ordered = {cause: dict(sorted(self._causes[cause].items(), key=_by_number)) for cause in sorted(self._causes)}
        lines = [
            f"  {json.dumps(cause)}: {{\n"
            + ",\n".join(f"    {json.dumps(release)}: {json.dumps(one)}" for release, one in by.items())
            + "\n  }"
            for cause, by in ordered.items()
        ]
        draft = DATA.with_suffix(".new")
        draft.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        draft.replace(DATA)

    def write(self) -> None:
        """The file and its table, of all that was noted by now, by other runs too."""
        with _alone():
            noted = Record.read()._causes
            self._causes = {place: by for place, by in noted.items() if is_played(place)}
            self._save()
            JOURNAL.unlink(missing_ok=True)
        TABLE.write_text(self._table(), encoding="utf-8")

    def summary(self) -> str:
        """How many causes came how far: the best that any release shows, failures apart."""
        counts = Counter(map(self._state, FOLDER.entries))
        return ", ".join(f"{counts[state]} {state}" for state in STATES)

    def _families(self) -> list[str]:
        """One row for each family: how many of its causes came how far."""
        counts = Counter((cause.partition("/")[0], self._state(cause)) for cause in FOLDER.entries)
        names = sorted({family for family, _ in counts})
        numbers = {family: [str(counts[family, state] or "") for state in STATES] for family in names}
        return [*_head("family", *STATES), *(_row([family, *numbers[family]]) for family in names)]

    def _state(self, cause: str) -> str:
        if cause in scenes() and scenes()[cause].not_here:
            return "not here"
        said = {one["outcome"].partition(":")[0] for one in self._causes.get(cause, {}).values()}
        return next((state for state in ("failed", PROVED, NAMED, FOUND) if state in said), "not played")

    def _table(self) -> str:
        releases = sorted({r for by in self._causes.values() for r in by if r.count(".") == 1}, key=_numbers)
        exact = {r: one["ansible"] for by in self._causes.values() for r, one in by.items()}
        rows = _head("cause", *(exact[r] for r in releases), "last played")
        rows += [self._cells(cause, scene, releases) for cause, scene in scenes().items()]
        counted = f"{self.summary()} of {len(FOLDER.entries)} causes."
        return "\n".join([f"{HEAD}{counted}\n", *self._families(), "", *rows, self._forms()])

    def _cells(self, cause: str, scene: Scene, releases: list[str]) -> str:
        if scene.not_here:
            return _row([cause, *([""] * len(releases)), f"not here: {scene.not_here}"])
        by: dict[str, Any] = self._causes.get(cause, {})
        elsewhere = [f"{_mark(one)} on {r}" for r, one in by.items() if r.count(".") == 2]
        runs = min((one.get("runs", 1) for one in by.values()), default=1)
        times = [f"{runs} times each"] if runs > 1 else []
        reason = [scene.unmended] if scene.unmended else []
        days = sorted({one["date"] for one in by.values()})[-1:]
        cells = [_mark(by[r]) if r in by else "" for r in releases]
        return _row([cause, *cells, "; ".join([*elsewhere, *days, *times, *reason])])

    def _forms(self) -> str:
        """What was named in other forms, one row for each cause, one column for each form."""
        told: dict[str, dict[str, str]] = {}
        for place, by in self._causes.items():
            cause, _, form = place.removesuffix(")").partition(" (")
            if form:
                marks = {_mark(one) for one in by.values()}
                told.setdefault(cause, {})[form] = next(m for m in ("FAILED", UNKNOWN, ASKED, NAMED) if m in marks)
        forms = sorted({form for by_form in told.values() for form in by_form})
        rows = [_row([cause, *(by_form.get(form, "") for form in forms)]) for cause, by_form in sorted(told.items())]
        return FORMS_HEAD + "\n".join([*_head("cause", *forms), *rows]) + "\n" if rows else ""


def _alone() -> AbstractContextManager[None]:
    """Other runs may write as well."""
    return venvs.lock(venvs.STORE / "proved.lock")


def is_played(place: str) -> bool:
    """True for a cause, in one form or another, that still has a scene."""
    scene = scenes().get(place.partition(" (")[0])
    return scene is not None and not scene.not_here


def _is_stale(scene: Scene, said: dict[str, Any]) -> bool:
    """True when the scenario was mended otherwise then, did not fail there yet, or was played less often."""
    mends = scene.is_mended(said["ansible"]) and said["outcome"] == NAMED
    fails = said["outcome"] == FOUND and scene.fails_on(said["ansible"])
    return mends or fails or said.get("runs", 1) < scene.repeat


def _mark(one: dict[str, Any]) -> str:
    how = f" ({one['by']})" if "by" in one else ""
    return MARKS.get(one["outcome"], "FAILED") + how


def _head(*names: str) -> list[str]:
    return [_row([*names]), _row(["---"] * len(names))]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _numbers(release: str) -> list[int]:
    return [int(part) for part in release.split(".")]


def _by_number(one: tuple[str, Any]) -> list[int]:
    return _numbers(one[0])
