"""Lines typed where nothing may be moved or drawn: TERM=dumb, and ACCESSIBLE for people who hear the screen.

Only text and line ends are written. What is erased cannot be taken back on such a screen, so the
line is written anew below, as far as it is left.
"""

from __future__ import annotations

import sys

from assistant.front.repl.conversation import Conversation
from assistant.front.repl.terminal.delivery import INSERT, PASTE, Closed, Delivery, Piece
from assistant.front.repl.terminal.entry import MARK, PASTED, TYPED, Entry
from assistant.front.repl.terminal.words import overlap, typed_ahead

ENTER, LEAVE, CLEAR, TAB, ESCAPE = "\r", "\x04", "\x03", "\t", "\x1b"
ERASE, ERASE_WORD, ERASE_LINE = "\x7f\x08", "\x17", "\x15"


class Plain:
    """A line editor for hard copy: it types, erases, completes, and that is all."""

    def __init__(self, conversation: Conversation, echo: bool = True) -> None:
        self.conversation, self.echo = conversation, echo
        self.line = ""
        self._waiting: list[Piece] = []
        self._delivery = Delivery(0, lambda: self.line, lambda line: typed_ahead(line, conversation))

    def read(self, start: str = "", hint: str = "") -> Entry | None:
        """What the user does at the next prompt, with `start` in the line; None at the end. `hint` is not shown."""
        self.line = start
        self._write(self.conversation.prompt() + start)
        while True:
            try:
                entry = self._next()
            except (Closed, EOFError):
                self._write("\n")
                return None
            except KeyboardInterrupt:
                self._press(CLEAR)
                continue
            if entry:
                self._write("\n" if self.echo else "")
                return entry

    def _next(self) -> Entry | None:
        """Deals with one piece of what comes in; an entry once a line or a paste is whole."""
        self._waiting = self._waiting or self._delivery.read()
        piece = self._waiting.pop(0) if self._waiting else Piece(INSERT, "")
        if piece.kind == PASTE:
            self._write(MARK if self.echo else "")
            return Entry(PASTED, piece.text, "" if piece.takes_line else self.line)
        if piece.kind == INSERT:
            self._type(piece.text)
            return None
        keys, enter, rest = piece.text.partition(ENTER)
        self._press(keys)
        if not enter:
            return None
        if rest:
            self._waiting.insert(0, Piece(piece.kind, rest))
        return Entry(PASTED if "\n" in self.line.strip() else TYPED, self.line)

    def _press(self, keys: str) -> None:
        """Keys one by one; an escape sequence and what follows it is nothing here, as there is nothing to move."""
        erased = False
        for key in keys.partition(ESCAPE)[0]:
            shorter = self._shortened(key)
            if shorter is not None:
                erased, self.line = True, shorter
                continue
            if erased:
                self._anew()
                erased = False
            if key == LEAVE and not self.line:
                raise EOFError
            if key == TAB:
                self._complete()
            elif key.isprintable():
                self._type(key)
        if erased:
            self._anew()

    def _shortened(self, key: str) -> str | None:
        """The line after a key that erases; None for other keys."""
        if key in ERASE:
            return self.line[:-1]
        if key == ERASE_WORD:
            return self.line[: self.line.rstrip().rfind(" ") + 1]
        return "" if key in (ERASE_LINE, CLEAR) else None

    def _complete(self) -> None:
        """Adds what can only be meant, or names what could be."""
        found = [word for word, _ in self.conversation.words(self.line)]
        if len(found) > 1:
            self._write("\n" + ", ".join(found))
            self._anew()
        elif found:
            whole = self.line[: len(self.line) - overlap(self.line, found[0])] + found[0]
            if whole.startswith(self.line):
                self._type(whole[len(self.line) :])
            else:
                self.line = whole
                self._anew()

    def _type(self, text: str) -> None:
        self.line += text
        self._write(text if self.echo else "")

    def _anew(self) -> None:
        self._write("\n" + self.conversation.prompt() + self.line)

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()
