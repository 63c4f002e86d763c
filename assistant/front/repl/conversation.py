"""A conversation about failures: text in, text out. No terminal is known here."""

from __future__ import annotations

from assistant.front.forms.view import View
from assistant.model import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.kb import Base


class Reply(Record):
    """What comes back for one entry."""

    text: str
    """Ready to be written, ends with a line end; "" for nothing."""
    leave: bool = False
    """The session is over."""
    copy: str = ""
    """What the terminal may put on the clipboard; `text` says so and is enough where it cannot."""
    edit: str | None = None
    """What the terminal should open in an editor; the result goes to `pasted`."""


class Conversation:
    """A session; `view` may be set anew whenever the width changes."""

    def __init__(self, base: Base, view: View, accessible: bool = False) -> None:
        self.base, self.view, self.accessible = base, view, accessible

    def enter(self, text: str) -> Reply:
        """One line typed by hand: a command, an answer, a number, a path, a cause id, a question, or a failure."""
        return Reply("", leave=text.strip() == "exit")

    def pasted(self, text: str) -> Reply:
        """Text known to be a paste: never taken for commands, whatever lines it holds."""
        return Reply(f"{len(text.splitlines())} lines\n")

    def prompt(self) -> str:
        """What stands before the cursor."""
        return "why> "

    def hint(self) -> str:
        """One line of help that fits the moment."""
        return "Paste a failure, or type help"

    def words(self, before: str) -> list[tuple[str, str]]:
        """How the last word of `before` may go on: (word, meaning)."""
        return []
