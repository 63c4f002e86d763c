"""The lab's outputs lead to their causes, on all releases and callbacks; `make score` prints the whole table."""

from __future__ import annotations

import functools
import json
import sys

import pytest
import score
from judging import Judged, base, expected, grade, judge, table

from assistant.check import check
from assistant.model import Cause, Diagnosis, Finding
from lab import Run, files, runs

GOOD = Run("handler-async", "2.16", "default", False, "", 0)
FAILED = Run("poll-timeout", "2.16", "default", False, "", 2)


def said(*causes: tuple[str, str], verdict: str = "causes") -> Diagnosis:
    """A diagnosis with these causes, (id, confidence), for one failure."""
    named = tuple(Cause(f"async/{name}", "", sure, (), "", "", (), "", "", (), "", "", ()) for name, sure in causes)
    return Diagnosis(verdict, (Finding(None, named, None, ()),), (), None)  # type: ignore[arg-type]


def test_the_grades_themselves() -> None:
    failed, good = expected(FAILED, True), expected(GOOD, True)
    assert grade(GOOD, good, said(verdict="unknown")) == "WRONG"
    assert grade(GOOD, good, said(verdict="not-ansible")) == "unread"
    assert grade(FAILED, failed, said(verdict="no-failure")) == "unread"
    assert grade(FAILED, failed, said(("job-failed", "likely"), ("limit-below-run-time", "possible"))) == "WRONG"
    assert grade(FAILED, failed, said(("job-failed", "possible"))) == "missed"
    assert grade(FAILED, failed, said(("job-failed", "possible"), ("limit-below-run-time", "possible"))) == "candidate"
    assert grade(FAILED, failed, said(("limit-below-run-time", "certain"))) == "right"
    assert grade(GOOD, good, said(verdict="no-failure")) == "right"


def test_every_scenario_has_an_expectation() -> None:
    rows = table()["scenarios"]
    assert set(rows) == {run.scenario for run in runs()}
    assert {run.scenario for run in runs() if run.code} <= {name for name, row in rows.items() if "cause" in row}


def test_every_cause_in_reach_has_an_entry() -> None:
    assert set(table()["first"]) <= set(base().entries)


@functools.cache
def graded(every: bool) -> tuple[Judged, ...]:
    """All runs judged both ways; else of each scenario and result the oldest release and the newest."""
    wanted = runs() if every else _ends()
    return tuple(judge(run, with_task) for run in wanted for with_task in (True, False))


def _ends() -> list[Run]:
    ends: dict[tuple[str, bool, bool], list[Run]] = {}
    for run in sorted(runs(), key=lambda run: [int(part) for part in run.release.split(".")]):
        if run.form == "default":
            ends.setdefault((run.scenario, run.fixed, bool(run.code)), []).append(run)
    return [run for found in ends.values() for run in dict.fromkeys((found[0], found[-1]))]


def _shown(judged: list[Judged]) -> str:
    return "\n".join(f"{one.grade} {one.run.name} task={one.with_task}: {one.said}" for one in judged)


EVERY = [pytest.param(False, id="sample"), pytest.param(True, id="all", marks=pytest.mark.slow)]


@pytest.mark.parametrize("every", EVERY)
def test_no_good_run_is_called_a_failure(every: bool) -> None:
    bad = [one for one in graded(every) if one.run.code == 0 and one.grade != "right"]
    assert not bad, _shown(bad)


@pytest.mark.parametrize("every", EVERY)
def test_nothing_wrong_is_said_with_confidence(every: bool) -> None:
    bad = [one for one in graded(every) if one.grade in ("WRONG", "unread")]
    assert not bad, _shown(bad)


@pytest.mark.parametrize("every", EVERY)
def test_what_is_in_reach_is_right(every: bool) -> None:
    bad = [one for one in graded(every) if one.expected.in_reach and not one.good]
    assert not bad, _shown(bad)


PLAYBOOKS = sorted(path for path in files() if path.endswith(".yml"))


@pytest.mark.parametrize("path", PLAYBOOKS)
def test_check_names_the_faults_of_the_lab_and_no_others(path: str) -> None:
    scenario, _, name = path.rpartition("/")
    row = table()["scenarios"][scenario] if name == "repro.yml" else {}
    found = {fault.cause for fault in check(path, files()[path], base())}
    must, may = set(row.get("check", ())), set(row.get("may", ()))
    assert must <= found <= must | may


def test_the_score_can_be_read_by_a_machine(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["score.py", "--json", "--scenario", "poll-timeout"])
    status = score.main()
    content = json.loads(capsys.readouterr().out)
    assert set(content) == {"counts", "misses"}
    assert bool(content["misses"]) == bool(status)
