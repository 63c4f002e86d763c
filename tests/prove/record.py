"""What was proved, kept in `lab/proved.json`, and the table `lab/PROVED.md` made from it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

from prove.scenes import FAMILY, LAB, scenes
from prove.verdict import ABSENT, FOUND, NAMED, PROVED

DATA, TABLE = LAB / "proved.json", LAB / "PROVED.md"
MARKS = {PROVED: "proved", NAMED: "named", FOUND: "found", ABSENT: "–"}
HEAD = """# Proved

What `make prove` found on real ansible-core: each cause was made to happen in a place of its own, its output was given
to `ansible-why`, our own edit was applied, and the playbook was played again.

- **proved**: it failed, we named the cause, and after our edit it passes; the edit applied twice is the edit applied
  once, and `check` is silent. Causes that print nothing: `check` named it, and what is said here of the edit holds.
- **named**: it happened and we named the cause; no machine can mend it.
- **found**: this release does not fail there; `check` finds it all the same, and what our edit makes of it passes too.
- **–**: this release does not do that any more, or not yet.

Nothing in a cell: not played there yet. Below the causes: some of them printed in another form than the default.

"""


class Record:
    """Outcomes by cause and release."""

    def __init__(self, causes: dict[str, dict[str, dict[str, str]]]) -> None:
        self._causes = causes

    @classmethod
    def read(cls) -> Record:
        """What the file holds; empty when there is none."""
        return cls(json.loads(DATA.read_text(encoding="utf-8")) if DATA.exists() else {})

    def holds(self, cause: str, release: str) -> bool:
        """True when there is an outcome that did not fail."""
        said = self._causes.get(cause, {}).get(release)
        return said is not None and not said["outcome"].startswith("failed")

    def note(self, cause: str, release: str, outcome: str, exact: str, day: date) -> None:
        """One outcome, in the file at once."""
        one = {"outcome": outcome, "ansible": exact, "date": day.isoformat()}
        self._causes.setdefault(cause, {})[release] = one
        self._save()

    def _save(self) -> None:
        ordered = {cause: dict(sorted(self._causes[cause].items(), key=_by_number)) for cause in sorted(self._causes)}
        lines = [
            f"  {json.dumps(cause)}: {{\n"
            + ",\n".join(f"    {json.dumps(release)}: {json.dumps(one)}" for release, one in by.items())
            + "\n  }"
            for cause, by in ordered.items()
        ]
        DATA.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")

    def write(self) -> None:
        """The table."""
        TABLE.write_text(self._table(), encoding="utf-8")

    def summary(self) -> str:
        """How many causes came how far: the best that any release shows, failures apart."""
        counts = Counter(self._state(cause) for cause in scenes())
        return ", ".join(
            f"{counts[state]} {state}" for state in (PROVED, NAMED, FOUND, "failed", "not here", "not played")
        )

    def _state(self, cause: str) -> str:
        if scenes()[cause].not_here:
            return "not here"
        said = {one["outcome"].partition(":")[0] for one in self._causes.get(f"{FAMILY}/{cause}", {}).values()}
        return next((state for state in ("failed", PROVED, NAMED, FOUND) if state in said), "not played")

    def _table(self) -> str:
        releases = sorted({r for by in self._causes.values() for r in by if r.count(".") == 1}, key=_numbers)
        exact = {r: one["ansible"] for by in self._causes.values() for r, one in by.items()}
        rows = [_row(["cause", *(exact[r] for r in releases), "last played"]), _row(["---"] * (len(releases) + 2))]
        rows += [self._cells(f"{FAMILY}/{cause}", releases) for cause in scenes()]
        rows += [self._cells(place, releases) for place in sorted(self._causes) if place.endswith(")")]
        return f"{HEAD}{self.summary()} of {len(scenes())} causes.\n\n" + "\n".join(rows) + "\n"

    def _cells(self, place: str, releases: list[str]) -> str:
        _, _, cause = place.partition("/")
        reason = scenes()[cause].not_here if cause in scenes() else ""
        if reason:
            return _row([place, *([""] * len(releases)), f"not here: {reason}"])
        by: dict[str, Any] = self._causes.get(place, {})
        elsewhere = [f"{MARKS.get(one['outcome'], 'FAILED')} on {r}" for r, one in by.items() if r.count(".") == 2]
        days = sorted({one["date"] for one in by.values()})[-1:]
        cells = [MARKS.get(by[r]["outcome"], "FAILED") if r in by else "" for r in releases]
        return _row([place, *cells, ", ".join([*elsewhere, *days])])


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _numbers(release: str) -> list[int]:
    return [int(part) for part in release.split(".")]


def _by_number(one: tuple[str, Any]) -> list[int]:
    return _numbers(one[0])
