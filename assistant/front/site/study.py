"""An entry put to its own examples: what the program says of each, as the pages show it.

Nothing on a page of a cause is the raw text of the base: the examples go through `diagnose` and `check`, so the
titles, numbers, diffs and pictures are those that a reader would get.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant import paste
from assistant.check import check
from assistant.diagnose import diagnose
from assistant.front.forms.values import diff
from assistant.kb import Base, Entry
from assistant.kb.examples import Case, Unlike
from assistant.model import Bar, Cause, Diagnosis, Fact, Fault, Finding, Step

FILE = "site.yml"
"""The name under which an example's tasks are read; it stands in the head of the diffs."""


class Shown(NamedTuple):
    """One example and what came of its newest paste (`finding`), or of its code when it has no paste (`fault`)."""

    case: Case
    newest: int
    """Which of the pastes is of the newest release; -1 without pastes."""
    finding: Finding | None
    fault: Fault | None

    @property
    def cause(self) -> Cause | None:
        """The cause that was named first."""
        return self.finding.causes[0] if self.finding and self.finding.causes else None


class Study(NamedTuple):
    """An entry with its words filled in, and its examples."""

    entry: Entry
    examples: tuple[Shown, ...]
    what: str
    why: str
    steps: tuple[Step, ...]
    check: str
    prevent: str
    picture: tuple[Bar, ...]
    finding: str
    """What `check` says of the code of an example; "" when it does not see this cause."""

    @property
    def main(self) -> Shown:
        """The example that the page opens with."""
        return self.examples[0]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What was seen in the main example, in the order it was asked for."""
        cause = self.main.cause
        return cause.because if cause else self.main.fault.because if self.main.fault else ()


def study(entry: Entry, cases: Sequence[Case], base: Base) -> Study:
    """Runs the examples of a cause; the one that tells most comes first."""
    shown = tuple(sorted((_shown(case, entry.id, base) for case in cases), key=_rank))
    cause, finding = shown[0].cause, _finding(entry, shown, base)
    if cause is None:
        return _of_code(entry, shown, finding)
    return Study(entry, shown, cause.what, cause.why, cause.steps, cause.check, cause.prevent, cause.picture, finding)


def _of_code(entry: Entry, shown: tuple[Shown, ...], finding: str) -> Study:
    """A cause without a failure: the words for when nothing is known, and the change that `check` offers."""
    steps = tuple(_step(text, shown[0]) for text in entry.steps)
    named = ("What you see", "Why", "Check it worked", "Prevent it")
    what, why, worked, prevent = (entry.plain(name) for name in named)
    return Study(entry, shown, what, why, steps, worked, prevent, (), finding)


def _finding(entry: Entry, shown: Sequence[Shown], base: Base) -> str:
    if not entry.code:
        return ""
    faults = (fault for one in shown for fault in ([one.fault] if one.fault else _faults(one.case, entry.id, base)))
    return next((fault.message for fault in faults), "")


def _faults(case: Case, id: str, base: Base) -> list[Fault]:
    return [fault for fault in check(FILE, case.before, base) if fault.cause == id] if case.before else []


def _step(text: str, shown: Shown) -> Step:
    from assistant.kb.holes import fill

    fault = shown.fault
    if "{edit}" not in text or fault is None:
        return Step(fill(text, {}, edit="").strip(), "show")
    return Step(fill(text, {}, edit="").strip(), fault.trust, fault.edits, diff(fault, shown.case.before))


def _shown(case: Case, id: str, base: Base) -> Shown:
    newest = max(range(len(case.pastes)), key=lambda at: (_release(case.labels[at]), -at), default=-1)
    if newest >= 0:
        findings = run(case.pastes[newest], base, case.before).findings
        named = [finding for finding in findings if finding.causes and finding.causes[0].id == id]
        return Shown(case, newest, named[0] if named else None, None)
    return Shown(case, -1, None, next(iter(_faults(case, id, base)), None))


def run(text: str, base: Base, before: str = "") -> Diagnosis:
    """The diagnosis of a paste, with the code it came from when there is some."""
    return diagnose(paste.read(text, known=base.known), base, [(FILE, before)] if before else [])


def _rank(shown: Shown) -> tuple[bool, bool, bool]:
    """Best first: a cause that was named with a diff, and a picture."""
    cause = shown.cause
    changes = bool(cause and any(step.diff for step in cause.steps)) or bool(shown.fault and shown.fault.edits)
    return (cause is None and shown.fault is None, not changes, not (cause and cause.picture))


def _release(label: str) -> tuple[int, ...]:
    """(2, 19, 14) of "ansible-core 2.19.14, -v"; outputs with options count as older."""
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", label)
    numbers = tuple(int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return (*numbers, int("," not in label))


def alikes(unlikes: Sequence[Unlike], base: Base) -> tuple[Unlike, ...]:
    """The look-alikes that lead to another cause, each cause once."""
    found: dict[str, Unlike] = {}
    for one in unlikes:
        if not one.code and one.instead in base.entries:
            found.setdefault(one.instead, one)
    return tuple(found.values())


def parting(study: Study, alike: Unlike, base: Base) -> tuple[Fact | None, Fact | None]:
    """What tells a cause and its look-alike apart: a fact of each, None when none does."""
    named = (f for f in run(alike.text, base).findings if alike.instead in [cause.id for cause in f.causes])
    return _first_difference(study.main.finding, next(named, None))


def _first_difference(here: Finding | None, there: Finding | None) -> tuple[Fact | None, Fact | None]:
    """The first fact of which the two have different values."""
    if here is None or there is None:
        return None, None
    theirs = {fact.key: fact for fact in there.facts}
    for fact in here.facts:
        other = theirs.get(fact.key)
        if other is not None and other.value != fact.value:
            return fact, other
    return None, None
