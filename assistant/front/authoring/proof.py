"""Examples of entries in, what they do not keep out: a sentence each that says what was expected and what came."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant import paste
from assistant.check import check
from assistant.diagnose import diagnose
from assistant.kb import Base
from assistant.kb.examples import Case, Unlike
from assistant.model import Cause, Diagnosis, Edit
from assistant.source import SourceError, apply, load

FILE = "site.yml"
"""What the code of an example is called."""


class Proof:
    """The base, and its examples as they are read by the whole program; each complaint is one sentence."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self._read: dict[tuple[str, str], Diagnosis] = {}

    def read(self, text: str, before: str = "") -> Diagnosis:
        """The diagnosis of a paste, with the file it came from when there is one."""
        key = (text, before)
        if key not in self._read:
            given = [(FILE, before)] if before else []
            self._read[key] = diagnose(paste.read(text, known=self.base.known), self.base, given)
        return self._read[key]

    def entry(self, case: Case) -> Iterator[str]:
        """All that one example does not keep."""
        for text in case.pastes:
            yield from self.with_task(case, text)
            yield from self.alone(case, text)
            yield from self.holes(case, text)
        try:
            yield from self.edit(case)
            yield from self.code(case)
        except SourceError as error:
            yield f"the code cannot be read: {error}"

    def unlike(self, other: Unlike) -> Iterator[str]:
        """A look-alike leads elsewhere, and sound code is met with silence."""
        if other.code:
            if other.id in self._faults(other.text):
                yield f"check finds {other.id} in code that must be met with silence"
            return
        found = self.read(other.text)
        if other.id in {cause.id for cause in best(found) if cause.confidence != "possible"}:
            yield f"expected {_instead(other)}, came {said(found)}"
        elif other.instead == "none" and named(found):
            yield f"expected no cause, came {said(found)}"
        elif other.instead != "none" and other.instead not in named(found):
            yield f"expected {other.instead}, came {said(found)}"

    def with_task(self, case: Case, text: str) -> Iterator[str]:
        """With its code a paste leads to the entry and to no other."""
        if case.before:
            found = self.read(text, case.before)
            if [cause.id for cause in best(found)] != [case.id]:
                yield f"with its code, expected {case.id}, came {said(found)}"

    def alone(self, case: Case, text: str) -> Iterator[str]:
        """Without its code a paste names the entry, and nothing else with confidence."""
        found = self.read(text)
        if self.base.entries[case.id].deeper and case.before and case.id not in named(found):
            # The task alone shows it: without the task, what failed inside is the answer.
            if _sure(best(found)) != _sure(_inside(self.read(text, case.before))):
                yield f"expected what failed inside, came {said(found)}"
            return
        inside = {cause.id for cause in _inside(found)}
        if case.before and case.id in inside and all(cause.confidence == "possible" for cause in best(found)):
            return  # without the task nobody can tell that the play did not want it; then both are told
        if case.id not in named(found):
            yield f"expected {case.id}, came {said(found)}"
        elif {cause.id for cause in best(found) if cause.confidence != "possible"} - {case.id}:
            yield f"expected {case.id} before all others, came {said(found)}"

    def edit(self, case: Case) -> Iterator[str]:
        """Its edit turns the code before into the code after, and then rests."""
        if not case.after:
            return
        offered = [list(self._offers(case, text, case.before)) for text in case.pastes]
        for edits in offered:
            if len(edits) != 1:
                yield f"expected one step with an edit, came {len(edits)}"
        by_check = [self._edits_of_check(case, case.before)] if self.base.entries[case.id].code else []
        for each in (*(edits[0] for edits in offered if len(edits) == 1), *by_check):
            if apply(case.before, each) != case.after:
                yield f"the edit of the code before is not the code after; it is\n{apply(case.before, each)}"
        load(case.after)
        if any(list(self._offers(case, text, case.after)) for text in case.pastes) or self._edits_of_check(
            case, case.after
        ):
            yield "the edit changes the code after once more; a second time must change nothing"

    def code(self, case: Case) -> Iterator[str]:
        """What check can see, it sees in the code before and not in the code after."""
        if not case.before:
            return
        if not self.base.entries[case.id].code:
            if case.after and not case.pastes:
                yield "an edit that nobody is led to: there is no paste, and check does not see it"
            return
        if case.id not in self._faults(case.before):
            yield f"expected check to find {case.id} in the code before, came nothing of it"
        if case.after and case.id in self._faults(case.after):
            yield f"check still finds {case.id} in the code after"

    def holes(self, case: Case, text: str) -> Iterator[str]:
        """No hole shows, with or without the code."""
        for before in {case.before, ""}:
            for cause in (cause for finding in self.read(text, before).findings for cause in finding.causes):
                for words in _words(cause):
                    if re.search(r"(?<!\{)\{[a-z_]+(\|[^{}]*)?\}(?!\})", words):
                        yield f"a hole of {cause.id} is not filled: {words[:200]}"

    def _offers(self, case: Case, text: str, code: str) -> Iterator[tuple[Edit, ...]]:
        """The edits that the diagnosis of a paste offers for the case's entry."""
        causes = (cause for finding in self.read(text, code).findings for cause in finding.causes)
        return (step.edits for cause in causes if cause.id == case.id for step in cause.steps if step.edits)

    def _edits_of_check(self, case: Case, text: str) -> tuple[Edit, ...]:
        if not self.base.entries[case.id].code:
            return ()
        return tuple(edit for fault in check(FILE, text, self.base) if fault.cause == case.id for edit in fault.edits)

    def _faults(self, text: str) -> set[str]:
        return {fault.cause for fault in check(FILE, text, self.base)}


def best(found: Diagnosis) -> list[Cause]:
    """The first cause of each failure as it stands, without what failed inside: that is other entries' business."""
    return [finding.causes[0] for finding in found.findings if finding.causes and not finding.failure.within]


def named(found: Diagnosis) -> set[str]:
    """All ids that are named."""
    return {cause.id for finding in found.findings if not finding.failure.within for cause in finding.causes}


def said(found: Diagnosis) -> str:
    """What came, in words: the first cause of each failure with its confidence, else the verdict."""
    return ", ".join(f"{cause.id} ({cause.confidence})" for cause in best(found)) or {
        "unknown": "no cause",
        "no-failure": "no failure",
        "not-ansible": "nothing that Ansible printed",
    }.get(found.verdict, "no cause")


def _inside(found: Diagnosis) -> list[Cause]:
    return [finding.causes[0] for finding in found.findings if finding.failure.within]


def _sure(causes: list[Cause]) -> list[tuple[str, str]]:
    return [(cause.id, cause.confidence) for cause in causes]


def _instead(other: Unlike) -> str:
    return "no cause" if other.instead == "none" else other.instead


def _words(cause: Cause) -> list[str]:
    """All that is shown of a cause."""
    steps = [step.text for step in cause.steps]
    return [
        cause.title,
        cause.what,
        cause.why,
        cause.check,
        cause.prevent,
        *steps,
        *(bar.text for bar in cause.picture),
    ]
