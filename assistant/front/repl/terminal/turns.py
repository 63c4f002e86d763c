"""Turn by turn: an entry from the reader, to the conversation, its reply onto the screen."""

from __future__ import annotations

import os
import sys

from assistant.front.forms.clean import shown
from assistant.front.forms.view import View, decide
from assistant.front.repl.conversation import Conversation, Reply
from assistant.front.repl.terminal.entry import EDIT, PASTED, SUSPEND, TYPED, Entry
from assistant.front.repl.terminal.hold import TERMINAL
from assistant.front.repl.terminal.pages import Pages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object  # importing typing would be a tenth of the way to the prompt

MORE = "Enter shows more; anything else leaves it"


class Reader(Protocol):
    """Where lines are typed."""

    def read(self, start: str = "", hint: str = "") -> Entry | None:
        """What the user does next, with `start` in the line and `hint` below it; None at the end."""


class Turns:
    """A conversation and the reader of its lines; `plain` where no control sequence may be written."""

    def __init__(self, conversation: Conversation, reader: Reader, plain: bool) -> None:
        self.conversation, self.reader, self.plain = conversation, reader, plain
        self.given = conversation.view
        self.follows = self.given.width == decide(sys.stdout).width
        self.pages = Pages()
        self._start = ""

    def talk(self) -> None:
        """Takes turns until the user leaves."""
        while True:
            entry = self.reader.read(self._start, MORE if self.pages.left else "")
            if entry is None:
                return
            self._start = entry.left
            self._look()
            reply = self._turn(entry)
            while reply.edit is not None:
                self._show(reply)
                reply = self._edited(reply.edit)
            self._show(reply)
            if reply.leave:
                return

    def _turn(self, entry: Entry) -> Reply:
        if entry.kind == SUSPEND:
            TERMINAL.lent(_suspended)
            return Reply("")
        if entry.kind == EDIT:
            return self._edited(entry.text)
        if entry.kind == TYPED and self.pages.left and entry.text.strip() in ("", "more"):
            self._write(self.pages.more(self._screen()))
            return Reply("")
        return self._answer(entry)

    def _edited(self, text: str) -> Reply:
        """The user's editor: one line of it goes back into the line, more is a paste."""
        from assistant.front.repl.terminal.editor import edited

        found = TERMINAL.lent(lambda: edited(text))
        if found is None:
            self._start = "" if "\n" in text else text
            return Reply("No editor could be run, or it failed; $EDITOR names yours.\n\n")
        if found.strip() == text.strip() and "\n" in text:
            return Reply("Nothing was changed.\n\n")
        if "\n" in found.strip():
            return self._answer(Entry(PASTED, found))
        self._start = found.strip()
        return Reply("")

    def _answer(self, entry: Entry) -> Reply:
        """The conversation's reply; what goes wrong in it is told, and is no end."""
        say = self.conversation.pasted if entry.kind == PASTED else self.conversation.enter
        try:
            return say(entry.text)
        except (OSError, ValueError) as error:
            return Reply(f"{shown(str(error))}\n\n")
        except KeyboardInterrupt:
            return Reply("Stopped.\n\n")
        except Exception as error:  # the conversation must live through our mistakes
            words = shown(f"{type(error).__name__}: {error}")
            return Reply(f"That went wrong, and it is our mistake ({words}). Nothing is lost: go on.\n\n")

    def _look(self) -> None:
        """The width of the terminal may have changed; one that the call gave stays."""
        if self.follows:
            self.conversation.view = self.given._replace(width=decide(sys.stdout).width)

    def _screen(self) -> View:
        """What is paged for: no height where it is plain, since there the screen is a roll of paper, or heard."""
        now = decide(sys.stdout)
        return now._replace(height=0) if self.plain else now

    def _show(self, reply: Reply) -> None:
        if reply.text:
            self._write(self.pages.first(reply.text, self._screen()))
        if reply.copy and not self.plain:
            self._copy(reply.copy)

    def _copy(self, text: str) -> None:
        from assistant.front.repl.terminal import clipboard

        if not clipboard.by_tmux(text):
            self._write(clipboard.sequence(text))

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


def _suspended() -> None:
    import signal

    os.kill(0, signal.SIGTSTP)
