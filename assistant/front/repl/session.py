"""What lasts as long as the session, whatever is undone: the base, the view, the files that were changed."""

from __future__ import annotations

from assistant.front.forms.view import View
from assistant.model import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.front.repl.state import Change, State
    from assistant.front.terminal.talk import Page
    from assistant.kb import Base


class Told(Record):
    """What a command says, and the state it leads to."""

    text: str
    state: State | None = None
    """None: nothing changed."""
    undoable: bool = False
    """Whether `back` leads to where it was given: for evidence and choices, not for moves within the answer."""
    leave: bool = False
    copy: str = ""
    edit: str | None = None


class Session:
    """Everything that a command needs beside the state."""

    def __init__(self, base: Base, view: View, release: str = "") -> None:
        self.base, self.view, self.release = base, view, release
        self.changes: list[Change] = []
        """Files that were changed, the latest last."""
        self.earlier: list[State] = []
        """States that `back` leads to, the latest last."""

    def page(self, state: State | None = None) -> Page:
        """A page to write on, which can show lines of the state's documents."""
        from assistant.front.terminal.talk import Page

        return Page(self.view, state.texts if state else {})


def line(session: Session, text: str) -> Told:
    """One sentence, and nothing changed."""
    return Told(wrapped(session, text))


def wrapped(session: Session, text: str) -> str:
    """A sentence in the width of the view."""
    from assistant.front.forms.clean import shown

    page = session.page()
    page.say(shown(text))
    return page.text()
