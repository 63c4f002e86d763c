"""What real outputs must lead to (`tests/score/*.yaml`), and how far an answer is from it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from families import family
from families import playbook as playbook_of

from assistant import kb
from assistant.diagnose import diagnose
from assistant.model import Diagnosis, Finding, Paste
from assistant.paste import read
from lab import Run, playbook

SURE = ("certain", "likely")

GRADES = {
    "right": "named first, as certain or likely",
    "asked": "named as possible, and the questions, answered truthfully, lead there",
    "candidate": "named as possible, but no question leads there",
    "unknown": "no cause named",
    "unread": "a failed run taken for a good one, or a run for no output of Ansible at all",
    "missed": "only other causes named, none of them with confidence",
    "WRONG": "a wrong cause with confidence, or a good run called a failure",
}


class Expected(NamedTuple):
    """What one run must lead to."""

    cause: str
    """The right answer; "" where nothing of the base is right."""
    mild: str = ""
    """Why nobody could tell the cause from its neighbours here: then asking for it will do; "" where one could."""
    blind: str = ""
    """Why nothing here speaks of a background job, or of whatever failed: then knowing nothing is no mistake."""
    truth: Mapping[str, str] = {}
    """What somebody on the spot answers, by the key of the question."""


class Judged(NamedTuple):
    """One run, answered with or without its playbook, and the grade of the answer."""

    run: Run
    with_task: bool
    expected: Expected
    grade: str
    said: str
    """The answer in short."""

    @property
    def good(self) -> bool:
        """Nothing to mend here: what `make score` need not list."""
        return self.grade == "right" or bool(self.grade == "asked" and self.expected.mild)

    @property
    def excused(self) -> bool:
        """Not right, and nobody could have been."""
        return self.grade == "unknown" and bool(self.expected.blind)


@functools.cache
def table() -> dict[str, Any]:
    """Scenario to its row, as written; of both archives."""
    rows: dict[str, Any] = {}
    for name in ("expected.yaml", "families.yaml"):
        text = Path(__file__).with_name("score").joinpath(name).read_text(encoding="utf-8")
        rows |= yaml.safe_load(text)["scenarios"]
    return rows


def expected(run: Run, with_task: bool) -> Expected:
    """What the run must lead to. A run that ended with 0 must lead to no cause at all, unless it found no work."""
    row = table()[run.scenario]
    return demand(row, run, with_task) if run.code or ("idle" in row and not run.fixed) else Expected("")


def demand(row: Mapping[str, Any], run: Run, with_task: bool) -> Expected:
    """What a row of the table demands of a run that failed."""
    mild, blind = ("never", "mute") if with_task else ("alone", "blind")
    cause, truth = (_by_release(run.release, row.get(key)) for key in ("cause", "truth"))
    silent = _why(run, row.get(blind))
    if silent and "inside" in row:
        return Expected(row["inside"])
    return Expected(cause or "", _why(run, row.get(mild)), silent, truth or {})


def _by_release(release: str, written: Any) -> Any:
    """The value for a release where a mapping gives one for each span of them; else what is written."""
    if isinstance(written, dict) and all(key[:1].isdigit() for key in written):
        return next((value for span, value in written.items() if _in(release, span)), None)
    return written


def _why(run: Run, written: Any) -> str:
    """The reason of the first of the conditions that holds for the run, "" when none does."""
    for one in written if isinstance(written, list) else [written] if written else []:
        if run.form in one.get("forms", [run.form]) and _in(run.release, one.get("releases", "2.0 - 2.99")):
            return str(one["why"])
    return ""


def _in(release: str, span: str) -> bool:
    first, last = (_numbers(one) for one in span.split(" - "))
    return first <= _numbers(release)[:2] <= last


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(map(int, release.split(".")))


@functools.cache
def base() -> kb.Base:
    """The knowledge base of this checkout."""
    return kb.load()


@functools.lru_cache(maxsize=4)
def _paste(text: str) -> Paste:
    return read(text, known=base().known)


Answering = Callable[[Mapping[str, str]], Diagnosis]


def answering(run: Run, with_task: bool) -> Answering:
    """Our diagnosis of what the run printed, given what its reader answered."""
    documents = given(run) if with_task else ()
    return lambda answers: diagnose(_paste(run.text), base(), documents, answers, "")


def given(run: Run) -> tuple[tuple[str, str], ...]:
    """The playbook that was run, (name, text), if one was."""
    if family(run.scenario):
        found = playbook_of(run.scenario, run.fixed)
        return (found,) if found else ()
    text = playbook(run.scenario, "fixed.yml" if run.fixed else "repro.yml")
    return (("repro.yml", text),) if text is not None else ()


def judge(run: Run, with_task: bool) -> Judged:
    """The run, answered and graded."""
    wanted, answer = expected(run, with_task), answering(run, with_task)
    return Judged(run, with_task, wanted, grade(run, wanted, answer), _short(answer({})))


def grade(run: Run, wanted: Expected, answer: Answering) -> str:
    """The grade of an answer, one of GRADES."""
    said = answer({})
    if run.code == 0 and not wanted.cause:
        return {"no-failure": "right", "not-ansible": "unread"}.get(said.verdict, "WRONG")
    if said.verdict in ("no-failure", "not-ansible"):
        return "unread"
    named = {cause.id for finding in _outer(said) for cause in finding.causes}
    if _speaks_wrongly(said, wanted.cause):
        return "WRONG"
    if _is_right(said, wanted.cause):
        return "right"
    if wanted.cause in named:
        return "asked" if _leads_there(wanted, answer) else "candidate"
    return "missed" if named else "unknown"


def _outer(said: Diagnosis) -> list[Finding]:
    """What is found for each failure as it stands; what failed inside a job is another question."""
    return [finding for finding in said.findings if not finding.failure.within]


def sure(said: Diagnosis) -> set[str]:
    """The causes that are named with confidence."""
    causes = [cause for finding in _outer(said) for cause in finding.causes]
    return {cause.id for cause in causes if cause.confidence in SURE}


def _speaks_wrongly(said: Diagnosis, right: str) -> bool:
    return bool(sure(said) - {right})


def _is_right(said: Diagnosis, right: str) -> bool:
    """The cause first and sure; where nothing is right, nothing that is sure."""
    firsts = [finding.causes[0] for finding in _outer(said) if finding.causes]
    return not right or any(cause.id == right and cause.confidence in SURE for cause in firsts)


def _leads_there(wanted: Expected, answer: Answering) -> bool:
    """True when the questions lead to the cause, whoever answers them truthfully, one after the other."""
    answers: dict[str, str] = {}
    while True:
        said = answer(answers)
        if _is_right(said, wanted.cause) and not _speaks_wrongly(said, wanted.cause):
            return True
        key = next((finding.question.key for finding in _outer(said) if finding.question), "")
        if key not in wanted.truth or key in answers:
            return False
        answers[key] = wanted.truth[key]


def _short(said: Diagnosis) -> str:
    named = [f"{cause.id} ({cause.confidence})" for finding in said.findings for cause in finding.causes]
    asked = [f"asks {finding.question.key}" for finding in said.findings if finding.question]
    return ", ".join(named + asked) or said.verdict
