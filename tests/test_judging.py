"""How answers are graded, and what the rows of `tests/score/expected.yaml` mean: a test that can fail for each word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import families
import pytest
from judging import Answering, Expected, Judged, base, demand, expected, grade, table

from assistant.front.answers import questions
from assistant.model import Cause, Diagnosis, Failure, Finding, Question
from lab import Run, runs

GOOD = Run("handler-async", "2.16", "default", False, "", 0)
FAILED = Run("poll-timeout", "2.16", "default", False, "", 2)


def said(*causes: tuple[str, str], verdict: str = "causes", asks: str = "") -> Diagnosis:
    """A diagnosis with these causes, (id, confidence), for one failure, and the key of a question."""
    named = tuple(Cause(f"async/{name}", "", sure, (), "", "", (), "", "", (), "", "", ()) for name, sure in causes)
    question = Question(asks, "", (), "") if asks else None
    return Diagnosis(verdict, (Finding(Failure(), named, question, ()),), (), None)  # type: ignore[arg-type]


def always(*causes: tuple[str, str], verdict: str = "causes") -> Answering:
    """Somebody who says the same whatever is answered."""
    return lambda answers: said(*causes, verdict=verdict)


# --- the grades ------------------------------------------------------------------------------------------

LIMIT, HUNG = ("limit-below-run-time", "possible"), ("job-hung", "possible")
SURELY = ("limit-below-run-time", "likely")
WANTED = Expected("async/limit-below-run-time", truth={"ends": "yes", "alive": "no"})


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (always(("job-failed", "likely"), SURELY), "WRONG"),
        (always(SURELY, ("job-failed", "likely")), "WRONG"),
        (always(verdict="no-failure"), "unread"),
        (always(verdict="not-ansible"), "unread"),
        (always(HUNG), "missed"),
        (always(verdict="unknown"), "unknown"),
        (always(LIMIT), "candidate"),  # first, yet only possible, and nothing is asked
        (always(HUNG, SURELY), "candidate"),
        (always(SURELY, HUNG), "right"),
        (always(("limit-below-run-time", "certain")), "right"),
    ],
)
def test_the_grades_of_an_answer_that_never_changes(answer: Answering, word: str) -> None:
    assert grade(FAILED, WANTED, answer) == word


def test_what_failed_inside_is_neither_right_nor_wrong() -> None:
    outer, inner = said(SURELY), said(("job-failed", "certain"), asks="alive")
    within = inner.findings[0]._replace(failure=Failure(within="async/limit-below-run-time"))
    both = outer._replace(findings=(*outer.findings, within))
    assert grade(FAILED, WANTED, lambda answers: both) == "right"
    assert grade(FAILED, Expected("async/job-failed"), lambda answers: both) == "WRONG"


def test_a_question_counts_only_where_its_truthful_answer_leads_to_the_cause() -> None:
    def leads(asked: str, right: str) -> str:
        return grade(
            FAILED,
            WANTED,
            lambda answers: said(SURELY) if answers.get(asked) == right else said(LIMIT, HUNG, asks=asked),
        )

    assert leads("ends", "no") == "candidate", "the truth leads elsewhere"
    assert leads("unheard of", "yes") == "candidate", "nobody on the spot could answer"
    assert leads("ends", "yes") == "asked"


def test_several_questions_are_answered_one_after_the_other() -> None:
    def answer(answers: Mapping[str, str]) -> Diagnosis:
        if answers == {"ends": "yes", "alive": "no"}:
            return said(SURELY)
        return said(HUNG, LIMIT, asks="alive" if "ends" in answers else "ends")

    assert grade(FAILED, WANTED, answer) == "asked"
    assert grade(FAILED, WANTED._replace(truth={"ends": "yes"}), answer) == "candidate"


def test_an_end_that_is_confidently_wrong_is_no_question_well_asked() -> None:
    def answer(answers: Mapping[str, str]) -> Diagnosis:
        return said(SURELY, ("job-failed", "likely")) if answers else said(LIMIT, HUNG, asks="ends")

    assert grade(FAILED, WANTED, answer) == "candidate"


def test_a_good_run_leads_to_nothing() -> None:
    assert grade(GOOD, Expected(""), always(verdict="unknown")) == "WRONG"
    assert grade(GOOD, Expected(""), always(verdict="not-ansible")) == "unread"
    assert grade(GOOD, Expected(""), always(verdict="no-failure")) == "right"


def test_where_nothing_is_right_nothing_may_be_sure() -> None:
    assert grade(FAILED, Expected(""), always(SURELY)) == "WRONG"
    assert grade(FAILED, Expected(""), always(LIMIT)) == "right"


@pytest.mark.parametrize(
    ("word", "wanted", "good", "excused"),
    [
        ("asked", Expected("x"), False, False),
        ("asked", Expected("x", blind="it is silent"), False, False),
        ("candidate", Expected("x", mild="both print the same"), False, False),
        ("unknown", Expected("x", mild="both print the same"), False, False),
        ("WRONG", Expected("x", "both print the same", "it is silent"), False, False),
        ("unknown", Expected("x", blind="it is silent"), False, True),
        ("asked", Expected("x", mild="both print the same"), True, False),
        ("right", Expected("x"), True, False),
    ],
)
def test_what_is_good_and_what_is_only_excused(word: str, wanted: Expected, good: bool, excused: bool) -> None:
    one = Judged(FAILED, True, wanted, word, "")
    assert (one.good, one.excused) == (good, excused)


# --- what the rows of the table mean ---------------------------------------------------------------------------

ROW = {
    "cause": {"2.9 - 2.17": "async/old", "2.18 - 2.21": "async/new"},
    "alone": [{"forms": ["yaml"], "why": "short"}, {"releases": "2.9 - 2.11", "why": "old"}],
    "never": {"releases": "2.18 - 2.18", "why": "hidden"},
    "blind": {"forms": ["minimal"], "why": "silent"},
    "truth": {"2.9 - 2.17": {"a": "b"}, "2.18 - 2.21": {}},
}


@pytest.mark.parametrize(
    ("release", "form", "with_task", "wanted"),
    [
        ("2.16", "default", False, Expected("async/old", "", "", {"a": "b"})),
        ("2.16", "default", True, Expected("async/old", "", "", {"a": "b"})),
        ("2.9", "yaml", True, Expected("async/old", "", "", {"a": "b"})),
        ("2.18.6", "minimal", True, Expected("async/new", "hidden", "", {})),
        ("2.18", "minimal", False, Expected("async/new", "", "silent", {})),
        ("2.21", "yaml", False, Expected("async/new", "short", "", {})),
        ("2.11", "json", False, Expected("async/old", "old", "", {"a": "b"})),
    ],
)
def test_a_row_is_mild_only_where_it_says_so(release: str, form: str, with_task: bool, wanted: Expected) -> None:
    assert demand(ROW, Run("any", release, form, False, "", 2), with_task) == wanted


def test_where_no_job_is_spoken_of_what_failed_inside_it_is_right() -> None:
    row = {**ROW, "inside": "command/end"}
    assert demand(row, Run("any", "2.18", "minimal", False, "", 2), False) == Expected("command/end")
    for form, with_task in (("minimal", True), ("default", False)):
        assert demand(row, Run("any", "2.16", form, False, "", 2), with_task).cause == "async/old"


ALL = (*runs(), *families.runs())


def test_every_scenario_has_a_row_and_every_cause_an_entry() -> None:
    assert set(table()) == {run.scenario for run in ALL}
    failed = {run.scenario for run in ALL if run.code or "idle" in table()[run.scenario]}
    assert failed == {name for name, row in table().items() if "cause" in row}
    for run in ALL:
        wanted = expected(run, True).cause
        assert not wanted or wanted in base().entries, run.name
    assert {row[key] for row in table().values() for key in ("inside", "part") if key in row} <= set(base().entries)


def test_a_run_without_work_has_a_cause_though_it_ended_well_and_its_mended_one_has_none() -> None:
    idle = Run("inventory--not-parsed", "2.16", "default", False, "", 0)
    assert expected(idle, True).cause == "inventory/not-parsed"
    assert not expected(idle._replace(fixed=True), True).cause
    assert grade(idle, expected(idle, True), always(verdict="no-failure")) == "unread"
    well = Run("inventory--host-name-with-port-or-range--port", "2.16", "default", False, "", 0)
    assert not expected(well, True).cause


ASKABLE = questions(base())
MILD = ("alone", "never", "blind", "mute")


@pytest.mark.parametrize("name", [name for name, row in table().items() if {*MILD, "truth"} & set(row)])
def test_every_leniency_has_its_reason_and_every_truth_its_question(name: str) -> None:
    row = table()[name]
    assert set(row) <= {"cause", "check", "truth", "inside", "idle", "part", *MILD}
    for one in (one for word in MILD for one in _listed(row.get(word))):
        assert set(one) <= {"why", "forms", "releases"} and len(one["why"]) > 20, one
        assert any(_holds(one, run) for run in ALL if run.scenario == name and run.code), f"{one} is true of no run"
    truths = row.get("truth", {})
    for truth in truths.values() if all(isinstance(value, dict) for value in truths.values()) else [truths]:
        assert all(answer in ASKABLE[key] for key, answer in truth.items()), truth


def _listed(written: Any) -> list[dict[str, Any]]:
    return written if isinstance(written, list) else [written] if written else []


def _holds(condition: dict[str, Any], run: Run) -> bool:
    return bool(demand({"alone": condition}, run, False).mild)
