"""How right we are on real outputs: a table of scenario by release and callback, every miss, and a table by family.

`python tests/score.py [--json] [--scenario WORDS]`; `make score` prints the table. Exit status 1 when something
is not as it should be.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

import families  # noqa: E402
from judging import GRADES, Judged, judge, table  # noqa: E402  (this checkout comes first)

import lab  # noqa: E402

MARKS = dict(zip(GRADES, "+?c.!-W", strict=True))
FORMS = ("default", "default-v", "default-vvv", "yaml", "minimal", "oneline", "json")
WAYS = {True: "with the playbook", False: "the output alone"}


def main() -> int:
    """Prints the score; 0 when nothing is amiss."""
    given = _arguments()
    judged = _judged(given.scenario)
    if given.json:
        print(json.dumps(summary(judged), indent=1))
    else:
        print("\n".join([*_table(judged), "", *_misses(judged), "", *_totals(judged), "", *_by_family(judged)]))
    return 0 if all(one.good or one.excused for one in judged) else 1


def _judged(words: str) -> list[Judged]:
    return [judge(run, way) for run in (*lab.runs(), *families.runs()) if words in run.scenario for way in WAYS]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="counts and misses as JSON")
    parser.add_argument("--scenario", default="", metavar="WORDS", help="only scenarios with these words in their name")
    return parser.parse_args()


def summary(judged: list[Judged]) -> dict[str, object]:
    """Counts of grades by way, the shares of all outputs that have a cause, and the misses."""
    counts = {name: dict(count) for name, count in _counts(judged).items()}
    return {"counts": counts, "shares": shares(judged), "misses": [_miss(one) for one in judged if not one.good]}


def shares(judged: list[Judged]) -> dict[str, float]:
    """How many of all failed outputs with a cause in the base are answered well: parts of 1, by what counts as well.

    "asked" counts only where nobody could tell; an output that says nothing of async counts as not answered.
    """
    found: dict[str, float] = {}
    for way, words in WAYS.items():
        wanted = [one for one in judged if one.with_task is way and one.expected.cause]
        for name, good in COUNTED.items():
            found[f"{words}, {name}"] = sum(map(good, wanted)) / len(wanted) if wanted else 1.0
    return found


def first(one: Judged) -> bool:
    """True when the right cause is the first that is named, however sure."""
    return one.said.startswith(f"{one.expected.cause} (")


def idle(run: lab.Run) -> bool:
    """True for a run that ended with 0 because it found nothing to do."""
    return "idle" in table().get(run.scenario, {}) and not run.fixed


ASKED = "right, or asked where nobody could tell"
COUNTED: dict[str, Callable[[Judged], bool]] = {
    "right": lambda one: one.grade == "right",
    "named first": first,
    ASKED: lambda one: one.good,
    "named at all": lambda one: one.grade in ("right", "asked", "candidate"),
}


def _miss(one: Judged) -> dict[str, object]:
    return {
        "run": one.run.name, "with_task": one.with_task, "grade": one.grade, "wanted": _wanted(one), "said": one.said,
        "excused": one.expected.blind if one.excused else "",
    }  # fmt: skip


def _counts(judged: list[Judged]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for one in judged:
        counts.setdefault(f"{_kind(one)}, {WAYS[one.with_task]}", Counter())[one.grade] += 1
    return counts


def _kind(one: Judged) -> str:
    if _sound(one):
        return "good runs"
    return "failures" if one.expected.cause else "failures of nothing we know"


def _sound(one: Judged) -> bool:
    return one.run.code == 0 and not one.expected.cause


def _table(judged: list[Judged]) -> Iterable[str]:
    releases = sorted({one.run.release for one in judged}, key=lambda text: [int(part) for part in text.split(".")])
    yield from (f"{mark}  {name}: {GRADES[name]}" for name, mark in MARKS.items())
    yield f"In each cell, from the left: {', '.join(FORMS)}; a blank: not run. F: fixed.yml."
    for way, words in WAYS.items():
        yield f"\n{words.upper():44}" + " ".join(f"{release:9}" for release in releases).rstrip()
        for scenario in dict.fromkeys(one.run.scenario for one in judged):
            rows = [one for one in judged if one.run.scenario == scenario and one.with_task is way]
            yield f"{scenario:44}" + _cells(rows, releases)


def _cells(rows: list[Judged], releases: list[str]) -> str:
    return " ".join(f"{_cell([one for one in rows if one.run.release == release]):9}" for release in releases).rstrip()


def _cell(rows: list[Judged]) -> str:
    marks = {(one.run.form, one.run.fixed): MARKS[one.grade] for one in rows}
    cell = "".join(marks.get((form, False), " ") for form in FORMS)
    return cell + ("F" + marks["default", True] if ("default", True) in marks else "")


def _wanted(one: Judged) -> str:
    return "no-failure" if _sound(one) else one.expected.cause or "nothing with confidence"


def _misses(judged: list[Judged]) -> Iterable[str]:
    missed = [one for one in judged if not one.good and not one.excused]
    yield f"MISSES: {len(missed)}"
    for one in missed:
        yield f"{one.grade:9} {one.run.name}, {WAYS[one.with_task]}: wanted {_wanted(one)}, said {one.said}"
    yield ""
    yield "Not answered, and nothing in the output to answer by:"
    yield from _reasons(judged, lambda one: one.expected.blind if one.excused else "")
    yield ""
    yield "Asked, where nobody could tell:"
    yield from _reasons(judged, lambda one: one.expected.mild if one.grade == "asked" else "")


def _reasons(judged: list[Judged], why: Callable[[Judged], str]) -> Iterable[str]:
    counts = Counter((one.run.scenario, WAYS[one.with_task], why(one)) for one in judged if why(one))
    for (scenario, way, reason), count in sorted(counts.items(), key=lambda row: (row[0][1], row[0][0])):
        yield f"{count:5} {scenario}, {way}: {reason}"


def _totals(judged: list[Judged]) -> Iterable[str]:
    yield f"{'':48}" + "".join(f"{name:>11}" for name in GRADES)
    for name, count in sorted(_counts(judged).items()):
        yield f"{name:48}" + "".join(f"{count[grade]:>11}" for grade in GRADES)
    yield ""
    yield "Of all failed outputs that have a cause:"
    for name, share in shares(judged).items():
        yield f"{share:8.1%}  {name}"


def _by_family(judged: list[Judged]) -> Iterable[str]:
    """A line for each family: its outputs that have a cause, and how they are answered, both ways."""
    yield f"{'':16}{'outputs':>8}" + "".join(f"   {words.upper():32}" for words in WAYS.values()).rstrip()
    yield f"{'FAMILY':24}" + f"   {'right':>8}{'asked':>8}{'other':>8}{'WRONG':>8}" * 2
    for name in [*sorted({family(one.run) for one in judged}), ""]:
        rows = [one for one in judged if name in ("", family(one.run)) and one.expected.cause]
        ways = [[one for one in rows if one.with_task is way] for way in WAYS]
        if rows:
            yield f"{name or 'all':16}{len(ways[0]):>8}" + "".join(f"   {_answers(way)}" for way in ways)


def _answers(rows: list[Judged]) -> str:
    """Right, asked where nobody could tell, neither, confidently wrong."""
    right, wrong = (sum(one.grade == grade for one in rows) for grade in ("right", "WRONG"))
    asked = sum(one.good for one in rows) - right
    return "".join(f"{number:>8}" for number in (right, asked, len(rows) - right - asked - wrong, wrong))


def family(run: lab.Run) -> str:
    """The family that a run belongs to."""
    return families.family(run.scenario) or "async"


if __name__ == "__main__":
    sys.exit(main())
