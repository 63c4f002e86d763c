"""What a conversation has come to: a frozen value. Every command makes the next one of it, so "back" drops the last."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.front.sorting import Document
from assistant.model import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.kb import Base
    from assistant.model import Cause, Diagnosis, Finding, Paste, Question


PASTED = "pasted.yml"
"""What code is called that came without a file; there is only one such document, see `evidence`."""


class Said(Record):
    """An answer, and what was asked."""

    key: str
    value: str
    asked: str


class Menu(Record):
    """What a number means now, when it is not an answer to the question: a row of a list that was shown."""

    kind: str
    """"failure", "cause" or "entry"."""
    rows: tuple[str, ...]
    """What each number stands for: ids of entries; else "1", "2", …"""


class Change(Record):
    """A file that is to be written: all of it before and after, "" before when it is not there yet."""

    path: str
    before: str | None
    after: str


class State(Record):
    """All that a conversation knows at one time."""

    label: str = ""
    """What led here, in the words that `back` uses ("the paste of 42 lines")."""
    text: str = ""
    """The paste as given: only ever shown cleaned."""
    name: str = ""
    """The file it came from, "" for a paste."""
    paste: Paste | None = None
    documents: tuple[Document, ...] = ()
    said: tuple[Said, ...] = ()
    diagnosis: Diagnosis | None = None
    """What follows from all of the above; cleaned, ready to be shown."""
    chosen: int = 0
    """The failure that is talked about, from 0."""
    cause: int = 0
    """Likewise the cause."""
    step: int = -1
    """The step of the fix that was shown last, from 0; -1 before the first, their number after the last."""
    menu: Menu | None = None
    pending: Change | None = None
    """What is written after a "yes"."""
    gathering: str = ""
    """The line that ends a paste that is under way; "" when none is."""
    gathered: str = ""

    @property
    def finding(self) -> Finding | None:
        """The failure that is talked about, with its causes."""
        found = self.diagnosis.findings if self.diagnosis else ()
        return found[min(self.chosen, len(found) - 1)] if found else None  # an answer may leave fewer

    @property
    def named(self) -> Cause | None:
        """The cause that is talked about."""
        finding = self.finding
        return finding.causes[self.cause] if finding and finding.causes else None

    @property
    def question(self) -> Question | None:
        """What is asked now."""
        return self.finding.question if self.finding else None

    @property
    def texts(self) -> Mapping[str, str]:
        """The documents by path."""
        return {document.path: document.text for document in self.documents}


def diagnosed(base: Base, release: str, state: State, answers: Mapping[str, str] | None = None) -> Diagnosis | None:
    """The diagnosis of a state, ready to be shown; None without a paste. `answers` are tried beside those given."""
    if state.paste is None:
        return None
    from assistant.diagnose import diagnose
    from assistant.front.forms.clean import cleaned

    given = {said.key: said.value for said in state.said} | dict(answers or {})
    found = diagnose(state.paste, base, tuple(state.texts.items()), given, release)
    return cleaned(found) if state.documents else found


def settled(base: Base, release: str, state: State, chosen: int = 0) -> State:
    """The state after its evidence changed: diagnosed again, and nothing of it shown yet."""
    return state._replace(
        diagnosis=diagnosed(base, release, state), chosen=chosen, cause=0, step=-1, menu=None, pending=None
    )
