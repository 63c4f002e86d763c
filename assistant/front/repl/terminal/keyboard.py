"""prompt_toolkit's input, with pastes taken out of the stream before it sees them.

It would make keys of a paste without marks and deal with them one by one: 10 s for 500 lines (3.0.53).
"""

from __future__ import annotations

import sys
from typing import TextIO

from prompt_toolkit.input.vt100 import Vt100Input
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys

from assistant.front.repl.terminal.delivery import KEYS, PASTE, Closed, Delivery


class Whole(str):
    """A paste that goes past the line; `takes_line` when it begins with what is in the line."""

    takes_line = False


class Keyboard(Vt100Input):
    """The terminal's input; a burst is one `BracketedPaste`, with a `Whole` as its data if it is not for the line."""

    def __init__(self, delivery: Delivery, stdin: TextIO = sys.stdin) -> None:
        super().__init__(stdin)
        self.delivery = delivery
        self._gone = False

    def read_keys(self) -> list[KeyPress]:
        """The keys and pastes that have come."""
        try:
            found = self.delivery.read()
        except Closed:
            self._gone, found = True, []
        for piece in found:
            if piece.kind == KEYS:
                self.vt100_parser.feed("".join(sign for sign in piece.text if sign.isascii() or sign.isprintable()))
                continue
            text = piece.text
            if piece.kind == PASTE:
                text = Whole(text)
                text.takes_line = piece.takes_line
            self._buffer.append(KeyPress(Keys.BracketedPaste, text))
        keys, self._buffer = self._buffer, []
        return keys

    @property
    def closed(self) -> bool:
        """Whether nobody will type any more."""
        return self._gone
