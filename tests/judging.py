"""What the lab's outputs must lead to (`tests/score/expected.yaml`), and how far an answer is from it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assistant import kb
from assistant.diagnose import diagnose
from assistant.model import Cause, Diagnosis
from assistant.paste import read
from lab import Run, playbook

SURE = ("certain", "likely")

GRADES = {
    "right": "named first",
    "candidate": "named, but not first",
    "asked": "not named; the question that would tell was asked",
    "fits": "another cause that the evidence fits as well",
    "unknown": "no cause named",
    "unread": "a failed run taken for a good one, or a run for no output of Ansible at all",
    "missed": "only other causes named, none of them with confidence",
    "WRONG": "a wrong cause with confidence, or a good run called a failure",
}


class Expected(NamedTuple):
    """What one run must lead to."""

    causes: tuple[str, ...]
    """Right answers; () where nothing of the catalogue is right."""
    also: tuple[str, ...]
    """Causes that the evidence fits as well: no answer to be proud of, none to be ashamed of."""
    in_reach: bool
    """The right cause is one that we claim to know."""
    mild: bool
    """Naming the cause among others, or asking, is all that the evidence allows."""
    blind: bool = False
    """The evidence says nothing of async: knowing nothing is right as well."""


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
        if self.grade == "right" or not self.expected.in_reach:
            return self.grade not in ("WRONG", "unread")
        if self.expected.blind and self.grade == "unknown":
            return True
        return self.expected.mild and self.grade in ("candidate", "asked")


@functools.cache
def table() -> dict[str, Any]:
    """The file as written."""
    text = Path(__file__).with_name("score").joinpath("expected.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def expected(run: Run, with_task: bool) -> Expected:
    """What the run must lead to. A run that ended with 0 must lead to no cause at all."""
    if run.code == 0:
        return Expected((), (), in_reach=True, mild=False)
    row = table()["scenarios"][run.scenario]
    causes = _causes(run.release, row["cause"])
    mild = _in(run.release, row.get("never")) or (not with_task and _in(run.release, row.get("alone")))
    blind = run.form in row.get("mute", ()) or (not with_task and run.form in row.get("blind", ()))
    in_reach = bool(causes) and causes[0] in table()["first"]
    return Expected(causes, tuple(row.get("also", ())), in_reach, mild, blind)


def _causes(release: str, written: Any) -> tuple[str, ...]:
    if isinstance(written, dict):
        written = next(value for span, value in written.items() if _in(release, span))
    return tuple(written) if isinstance(written, list) else tuple(filter(None, [written]))


def _in(release: str, span: str | None) -> bool:
    if span in (None, "all"):
        return span == "all"
    first, last = (_numbers(one) for one in span.split(" - "))
    return first <= _numbers(release)[:2] <= last


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(map(int, release.split(".")))


@functools.cache
def base() -> kb.Base:
    """The knowledge base of this checkout."""
    return kb.load()


def answer(run: Run, with_task: bool) -> Diagnosis:
    """Our diagnosis of what the run printed."""
    text = playbook(run.scenario, "fixed.yml" if run.fixed else "repro.yml") if with_task else None
    documents = (("repro.yml", text),) if text is not None else ()
    return diagnose(read(run.text, known=base().known), base(), documents, {}, "")


def judge(run: Run, with_task: bool) -> Judged:
    """The run, answered and graded."""
    wanted, said = expected(run, with_task), answer(run, with_task)
    return Judged(run, with_task, wanted, grade(run, wanted, said), _short(said))


def grade(run: Run, wanted: Expected, said: Diagnosis) -> str:
    """The grade of an answer, one of GRADES."""
    if run.code == 0:
        return {"no-failure": "right", "not-ansible": "unread"}.get(said.verdict, "WRONG")
    if said.verdict in ("no-failure", "not-ansible"):
        return "unread"
    named = [cause for finding in said.findings for cause in finding.causes]
    firsts = [finding.causes[0] for finding in said.findings if finding.causes]
    if any(_is_wrong(cause, wanted) for cause in named):
        return "WRONG"
    if any(cause.id in wanted.causes for cause in firsts):
        return "right"
    if any(cause.id in wanted.causes for cause in named):
        return "candidate"
    if any(finding.question for finding in said.findings):
        return "asked"
    if any(cause.id in wanted.also for cause in firsts):
        return "fits"
    return "missed" if named else "unknown"


def _is_wrong(cause: Cause, wanted: Expected) -> bool:
    if cause.id in wanted.causes:
        return False
    return cause.confidence in (("certain",) if cause.id in wanted.also else SURE)


def _short(said: Diagnosis) -> str:
    named = [f"{cause.id} ({cause.confidence})" for finding in said.findings for cause in finding.causes]
    asked = [f"asks {finding.question.key}" for finding in said.findings if finding.question]
    return ", ".join(named + asked) or said.verdict
