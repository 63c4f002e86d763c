"""The terminal held quiet: what is typed or pasted ahead is kept for us, whole, and not echoed.

The terminal's own line mode cuts lines at 4,095 bytes (Linux, n_tty.c) and echoes what it gets, and
results of Ansible are one long line: so it is left as soon as the process starts, before anything heavy
is imported, and comes back when the session ends.
"""

from __future__ import annotations

import os
from collections.abc import Callable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self, TypeVar

    Value = TypeVar("Value")

BRACKETS, NO_BRACKETS = b"\x1b[?2004h", b"\x1b[?2004l"
"""Asks the terminal to mark pastes with `ESC[200~` and `ESC[201~`, and to stop it."""


class Held:
    """A terminal without line mode, echo and keys that send signals, as a context that may be entered again within.

    A descriptor that is no terminal is left alone.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._before: list[Any] | None = None
        self._depth = 0
        self._brackets = False

    @property
    def echoes(self) -> bool:
        """Whether the terminal itself echoed before: in Emacs' shell buffer, for one, it does not."""
        import termios

        return self._before is not None and bool(self._before[3] & termios.ECHO)

    def __enter__(self) -> Self:
        self._depth += 1
        if self._depth == 1:
            self._take()
        return self

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._give()

    def brackets(self) -> None:
        """Has pastes marked from now on, for terminals that know escape sequences."""
        self._brackets = True
        os.write(self.descriptor, BRACKETS)

    def lent(self, action: Callable[[], Value]) -> Value:
        """What `action` gives back; the terminal is as it was before while it runs."""
        self._give()
        try:
            return action()
        finally:
            self._take()

    def _take(self) -> None:
        import termios

        try:
            self._before = termios.tcgetattr(self.descriptor)
        except termios.error:
            return
        mode = termios.tcgetattr(self.descriptor)
        mode[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF | termios.ISTRIP)
        mode[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        # Not TCSAFLUSH, which would throw away what was typed ahead.
        termios.tcsetattr(self.descriptor, termios.TCSANOW, mode)
        if self._brackets:
            os.write(self.descriptor, BRACKETS)

    def _give(self) -> None:
        if self._before is None:
            return
        import termios

        try:
            if self._brackets:
                os.write(self.descriptor, NO_BRACKETS)
            termios.tcsetattr(self.descriptor, termios.TCSANOW, self._before)
        except (OSError, termios.error):
            pass  # the terminal is gone


TERMINAL = Held(0)
"""The terminal on standard input."""
