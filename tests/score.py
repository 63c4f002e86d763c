"""How right we are on the lab: a table of scenario by release and callback, and every miss.

`python tests/score.py [--json] [--scenario WORDS]`; `make score` prints the table. Exit status 1 when something
is not as it should be.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from judging import GRADES, Judged, judge  # noqa: E402  (this checkout comes first)

from lab import runs  # noqa: E402

MARKS = dict(zip(GRADES, "+c?f.!-W", strict=True))
FORMS = ("default", "default-v", "default-vvv", "yaml", "minimal", "oneline", "json")
WAYS = {True: "with the playbook", False: "the output alone"}


def main() -> int:
    """Prints the score; 0 when nothing is amiss."""
    given = _arguments()
    judged = [judge(run, way) for run in runs() if given.scenario in run.scenario for way in WAYS]
    if given.json:
        print(json.dumps(summary(judged), indent=1))
    else:
        print("\n".join([*_table(judged), "", *_misses(judged), "", *_totals(judged)]))
    return 0 if all(one.good for one in judged) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="counts and misses as JSON")
    parser.add_argument("--scenario", default="", metavar="WORDS", help="only scenarios with these words in their name")
    return parser.parse_args()


def summary(judged: list[Judged]) -> dict[str, object]:
    """Counts of grades by way and reach, and the misses."""
    misses = [
        {"run": one.run.name, "with_task": one.with_task, "grade": one.grade, "wanted": _wanted(one), "said": one.said}
        for one in judged
        if not one.good
    ]
    return {"counts": {name: dict(count) for name, count in _counts(judged).items()}, "misses": misses}


def _counts(judged: list[Judged]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for one in judged:
        counts.setdefault(f"{_reach(one)}, {WAYS[one.with_task]}", Counter())[one.grade] += 1
    return counts


def _reach(one: Judged) -> str:
    if one.run.code == 0:
        return "good runs"
    return "in reach" if one.expected.in_reach else "out of reach"


def _table(judged: list[Judged]) -> Iterable[str]:
    releases = sorted({one.run.release for one in judged}, key=lambda text: [int(part) for part in text.split(".")])
    yield "  ".join(f"{mark} {name}: {GRADES[name]}" for name, mark in MARKS.items())
    yield f"In each cell the callbacks {', '.join(FORMS)}; a blank: not run. F: fixed.yml."
    for way, words in WAYS.items():
        yield f"\n{words.upper():44}" + " ".join(f"{release:>8}" for release in releases)
        for scenario in dict.fromkeys(one.run.scenario for one in judged):
            rows = [one for one in judged if one.run.scenario == scenario and one.with_task is way]
            yield f"{scenario + ('' if rows[0].expected.in_reach else ' *'):44}" + _cells(rows, releases)
    yield "\n* out of reach in this version: only a wrong cause with confidence counts"


def _cells(rows: list[Judged], releases: list[str]) -> str:
    return " ".join(f"{_cell([one for one in rows if one.run.release == release]):>8}" for release in releases)


def _cell(rows: list[Judged]) -> str:
    marks = {(one.run.form, one.run.fixed): MARKS[one.grade] for one in rows}
    cell = "".join(marks.get((form, False), " ") for form in FORMS).rstrip()
    return cell + ("F" + marks["default", True] if ("default", True) in marks else "")


def _wanted(one: Judged) -> str:
    return "no-failure" if one.run.code == 0 else " or ".join(one.expected.causes) or "nothing of the catalogue"


def _misses(judged: list[Judged]) -> Iterable[str]:
    missed = [one for one in judged if not one.good]
    yield f"MISSES: {len(missed)}"
    for one in missed:
        yield f"{one.grade:9} {one.run.name}, {WAYS[one.with_task]}: wanted {_wanted(one)}, said {one.said}"


def _totals(judged: list[Judged]) -> Iterable[str]:
    yield f"{'':36}" + "".join(f"{name:>11}" for name in GRADES)
    for name, count in sorted(_counts(judged).items()):
        yield f"{name:36}" + "".join(f"{count[grade]:>11}" for grade in GRADES)


if __name__ == "__main__":
    sys.exit(main())
