"""From evidence to verdict: facts, questions, causes with their steps, and faults in code."""

from __future__ import annotations

from assistant.model.paste import Failure, Paste
from assistant.model.record import Record, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal


class Fact(Record):
    """Evidence: a key, its value in words, the reason, and where in which file it can be seen."""

    key: str
    value: str
    because: str
    span: Span | None = None
    path: str = ""


NOT_SURE = "not sure"
"""Always a possible answer: what was asked stays open, and is not asked again."""


SAID_SO = "you said so"
"""How `because` begins in a fact that is the reader's own answer."""


class Question(Record):
    """What evidence could not tell. `answers` never holds NOT_SURE: every front end offers that itself."""

    key: str
    text: str
    answers: tuple[str, ...]
    paste: str
    """What to paste so that nobody needs to be asked; "" when nothing would help."""


class Edit(Record):
    """A change of one text: `text` takes the place of `span`; empty span inserts, empty text deletes."""

    path: str
    span: Span
    text: str


if TYPE_CHECKING:
    Trust = Literal["safe", "review", "show"]
    Confidence = Literal["certain", "likely", "possible"]
else:
    Trust = Confidence = str
"""Trust: safe (same meaning, or cannot be wrong), review (a person should read it), show (only an illustration)."""


class Step(Record):
    """One step of a fix, its holes filled. `diff` is unified, "" without edits."""

    text: str
    trust: Trust
    edits: tuple[Edit, ...] = ()
    diff: str = ""


class Bar(Record):
    """One line of a time picture: from 0 to `seconds`, and what happens there."""

    label: str
    seconds: float
    text: str


class Cause(Record):
    """A cause that fits, ready to be shown."""

    id: str
    title: str
    confidence: Confidence
    because: tuple[Fact, ...]
    what: str
    """What happened: Markdown, holes filled."""
    why: str
    steps: tuple[Step, ...]
    check: str
    prevent: str
    picture: tuple[Bar, ...]
    url: str
    releases: str
    see: tuple[str, ...]
    proved: str = ""
    """Releases, to the patch level, on which it was played and named: "2.14.18, 2.21.5 (2026-11-22)"; "" for none."""


class Refuted(Record):
    """Causes (ids) that do not fit, and the fact that says so."""

    by: Fact
    causes: tuple[str, ...]


class Finding(Record):
    """What was found for one failure: the causes that fit, best first, the question still open, what was seen."""

    failure: Failure
    causes: tuple[Cause, ...]
    question: Question | None
    facts: tuple[Fact, ...]
    refuted: tuple[Refuted, ...] = ()
    """By the facts that decided a fork below the sign's, in the order of the forks."""
    action: str = ""
    """The action of the failed task as its file writes it; this and the next three only where no cause fits."""
    options: tuple[str, ...] = ()
    """The names of the options that it is given there."""
    span: Span | None = None
    """Where its action stands in the file `path`."""
    path: str = ""


class Diagnosis(Record):
    """The answer to a whole paste."""

    verdict: Literal["causes", "unknown", "no-failure", "not-ansible"]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    paste: Paste


class Fault(Record):
    """A cause that `check` sees in code which has not failed yet."""

    path: str
    span: Span
    cause: str
    message: str
    confidence: Confidence
    trust: Trust
    edits: tuple[Edit, ...]
    because: tuple[Fact, ...]
