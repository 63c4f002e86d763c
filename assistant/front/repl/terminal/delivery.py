"""How text comes in: keys pressed, or a paste, however the terminal hands it over.

A terminal sends a paste as bytes like any others: between two marks when it knows how (bracketed paste),
else as if somebody typed very fast, in one piece or in many. What tells a paste from typing is that its
bytes come in a burst: so a burst is collected until it is quiet, and several lines in it are one paste.
"""

from __future__ import annotations

import os
import re
import select
import time
from collections.abc import Callable

from assistant.model import Record

START, END = b"\x1b[200~", b"\x1b[201~"
QUIET = 0.05
"""Seconds without a byte after which a burst is over; nobody types so fast, and nobody notices so short a wait."""
QUIET_LINES = 0.1
"""The same after several lines without marks, where stopping too early would cut a paste in two."""
SLOWEST = 0.5
"""Seconds that a burst whose pieces came slowly is waited for at most."""
LOST = 2.0
"""Seconds after which the end mark of a paste is given up."""
SHORT = 240
"""Characters that one line may have to be put where the cursor is, for editing; longer ones are pastes."""
ROLLED = 3
"""Letters that fingers press at once."""
FEW = 64
"""Bytes of a burst that may be keys pressed on a slow line, although some of them are control characters."""
AT_A_TIME = 5
"""Commands that somebody may type ahead."""
AT_ONCE = 65536

KEYS, INSERT, PASTE = "keys", "insert", "paste"


class Piece(Record):
    """A part of what came in."""

    kind: str
    """KEYS: for the line editor; INSERT: text for where the cursor is; PASTE: a whole paste."""
    text: str
    takes_line: bool = False
    """The paste begins with what is in the line, which came right before it and stands in `text` too."""


class Closed(Exception):
    """Nobody will type any more."""


class Delivery:
    """Reads the terminal `descriptor`; `line` gives what is in the line now, `is_command` knows what may be obeyed."""

    def __init__(self, descriptor: int, line: Callable[[], str], is_command: Callable[[str], bool]) -> None:
        self.descriptor, self.line, self.is_command = descriptor, line, is_command
        self._last = 0.0

    def idle(self) -> None:
        """To be called when the last keys have been dealt with, which may take longer than the next ones to come."""
        self._last = time.monotonic()

    def read(self) -> list[Piece]:
        """What has come; waits only while a burst goes on. Raises Closed at the end of the input."""
        fast = time.monotonic() - self._last < QUIET
        data = self._some()
        if (fast and data in (b"\r", b"\n")) or not _one_key(data):
            data = self._whole(data)
        self.idle()
        return pieces(data, self.line() if fast else "", self.is_command)

    def _some(self) -> bytes:
        try:
            data = os.read(self.descriptor, AT_ONCE)
        except OSError:  # Linux says EIO when the terminal is gone
            data = b""
        if not data:
            raise Closed
        return data

    def _whole(self, first: bytes) -> bytes:
        """`first` and all that follows until it is quiet."""
        burst = Burst(first)
        while select.select([self.descriptor], [], [], burst.patience())[0]:
            try:
                burst.add(self._some())
            except Closed:
                break  # it will be seen again
        return b"".join(burst.chunks)


class Burst:
    """Bytes that come one upon the other, and how long to wait for more of them."""

    def __init__(self, first: bytes) -> None:
        self.chunks: list[bytes] = []
        self._open = self._marked = False
        self._lines, self._tail = 0, b""
        self._slowest, self._at = 0.0, time.monotonic()
        self.add(first)

    def add(self, chunk: bytes) -> None:
        """Takes in the next bytes."""
        now = time.monotonic()
        self._slowest, self._at = max(self._slowest, now - self._at), now
        self.chunks.append(chunk)
        seen = self._tail + chunk
        start, end = seen.rfind(START), seen.rfind(END)
        if start >= 0 or end >= 0:
            self._marked, self._open = True, start > end
        self._lines += chunk.count(b"\r") + chunk.count(b"\n")
        self._tail = seen[1 - len(START) :]

    def patience(self) -> float:
        """Seconds to wait for more."""
        if self._open:
            return LOST
        if self._marked or self._lines < 2:
            return QUIET
        return max(QUIET_LINES, min(5 * self._slowest, SLOWEST))


def pieces(data: bytes, before: str, is_command: Callable[[str], bool]) -> list[Piece]:
    """What a burst is; `before` is what came right before it and stands in the line, "" for nothing.

    The last end mark is the genuine one, since a terminal sends its own last: those before it are part of what
    was copied, and would else make keys of the rest. What follows it within the burst is taken for the paste's too,
    and what stands before the start mark, unless it is commands.
    """
    if START not in data and END not in data:
        return _unmarked(_text(data), before, is_command)
    typed, start, pasted = data.partition(START)
    found: list[Piece] = []
    if start and typed and _commands(lines(_text(typed)), is_command):
        found, data = _unmarked(_text(typed), before, is_command), pasted
    text = lines(_text(data.replace(START, b"").replace(END, b"")))
    return [*found, _one_line(text.strip("\n")) or Piece(PASTE, text)] if text.strip("\n") else found


def _commands(text: str, is_command: Callable[[str], bool]) -> bool:
    """Whether all lines are commands, as when somebody types faster than they are obeyed; a paste has more lines."""
    given = [line for line in text.split("\n", AT_A_TIME + 1) if line]
    return len(given) <= AT_A_TIME and all(len(line) <= FEW and is_command(line) for line in given)


def _unmarked(text: str, before: str, is_command: Callable[[str], bool]) -> list[Piece]:
    if text.endswith("\x1b\r"):  # Alt-Enter
        return [*(_unmarked(text[:-2], before, is_command) if text[:-2] else []), Piece(INSERT, "\n")]
    bare = text.strip("\r\n")
    if not bare:
        return [Piece(KEYS, "\r")]
    if "\n" not in lines(bare) and not (before and text[0] in "\r\n"):
        return _single(bare, text, before)
    whole = lines(before + text)
    if _commands(whole, is_command):
        return [Piece(KEYS, lines(text).replace("\n", "\r"))]
    return [Piece(PASTE, whole, bool(before))]


def _single(bare: str, text: str, before: str) -> list[Piece]:
    """One line, `bare`, and in `text` with the Enter that was pressed before or after it."""
    first = [Piece(KEYS, "\r")] if text[0] in "\r\n" else []
    enter = [Piece(KEYS, "\r")] if text[-1] in "\r\n" else []
    if len(bare) <= ROLLED or (len(bare) <= FEW and not bare.isprintable()):
        return [*first, Piece(KEYS, bare), *enter]
    short = _one_line(bare)
    return [*first, short, *enter] if short else [*first, Piece(PASTE, f"{before}{bare}\n", bool(before))]


def _one_line(text: str) -> Piece | None:
    """`text` for where the cursor is, if it is one line and short."""
    if "\n" in text or len(text) > SHORT:
        return None
    from assistant.redact import controls

    return Piece(INSERT, controls(text).replace("\t", " "))


def _one_key(data: bytes) -> bool:
    """Whether this is a key pressed, for which nobody should wait; it may be one that sends several bytes."""
    if data[:1] == b"\x1b":  # alone it may be the first byte of a mark
        return re.fullmatch(rb"\x1b(?:[\[O][0-9;]{0,8}[A-Za-z~]|[ -Z\\-~])", data) is not None and data != START
    try:
        return len(data.decode()) == 1
    except UnicodeDecodeError:
        return False


def lines(text: str) -> str:
    """`text` with `\\n` as its line ends: terminals send `\\r`, and pastes hold what they like.

    Many terminals (xterm, tmux) make two `\\r` of `\\r\\n`: so where all line ends are doubled, they are halved.
    """
    if "\r\r" in text and "\n" not in text:
        ends = re.findall("\r+", text)
        if len(ends) > 2 and all(len(end) % 2 == 0 for end in ends):
            text = text.replace("\r\r", "\n")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
