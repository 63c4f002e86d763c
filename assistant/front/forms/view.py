"""How wide, in colour or not, and with which signs an answer is shown: decided once, from call and surroundings."""

from __future__ import annotations

import os
from collections.abc import Mapping

from assistant.model import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

NARROWEST, USUAL = 20, 80


class View(Record):
    """What a form has to know of the place where it is shown."""

    width: int = USUAL
    """Columns."""
    colour: bool = False
    unicode: bool = True
    """Whether line drawing signs can be written there; else ASCII."""
    height: int = 0
    """Rows of the screen; 0 when it is no screen and nothing is paged."""
    spoken: bool = False
    """Whether it is read aloud: words where else lines are drawn, and no carets beneath code."""


def decide(stream: TextIO, color: str = "auto", width: int = 0, environ: Mapping[str, str] = os.environ) -> View:
    """The view for `stream`; `color` is auto, always or never, `width` 0 when the call does not say.

    https://no-color.org and https://force-color.org: a value that is not empty counts. The call
    itself is heard first, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal.
    """
    terminal = stream.isatty()
    columns, rows = _size(stream) if terminal else (0, 0)
    given = environ.get("COLUMNS", "")
    wide = width or (int(given) if given.isascii() and given.isdigit() else 0) or columns or USUAL
    spoken = accessible(environ)
    colour = not (spoken and color == "auto") and _colour(terminal, color, environ)
    return View(max(wide, NARROWEST), colour, not spoken and _drawable(stream, environ), rows, spoken)


def accessible(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether ACCESSIBLE asks for plain text that can be read aloud: any value but 0."""
    return environ.get("ACCESSIBLE", "") not in ("", "0")


def _colour(terminal: bool, color: str, environ: Mapping[str, str]) -> bool:
    if color != "auto":
        return color == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return environ["FORCE_COLOR"] != "0"
    return terminal and environ.get("TERM", "") != "dumb"


def _drawable(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether the signs of pictures and frames exist in the encoding; the Linux console's TERM has no such font."""
    try:
        "├─▶┤│·•".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return environ.get("TERM", "") != "dumb"


def _size(stream: TextIO) -> tuple[int, int]:
    try:
        columns, rows = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return 0, 0
    return columns, rows
