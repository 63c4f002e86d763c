"""The sheet that answers are written on: wraps, indents, colours. Nothing given to it is read as markup."""

from __future__ import annotations

from io import StringIO
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from assistant.front.forms.view import NARROWEST, View

WIDEST = 100
"""Prose is not set wider: longer lines are hard to read."""


class Signs(NamedTuple):
    """The characters of marks and pictures."""

    start: str
    line: str
    stop: str
    more: str
    bar: str
    dot: str
    cut: str


DRAWN = Signs("├", "─", "┤", "▶", "│", "•", "…")
TYPED = Signs("|", "-", "|", ">", "|", "*", "...")
SPOKEN = Signs("", "", "", "", "", "-", "...")


class Sheet:
    """Collects lines; `text()` is what was written, with colour codes where the view wants them."""

    def __init__(self, view: View) -> None:
        self.width = max(view.width, NARROWEST)
        self.spoken = view.spoken
        self.signs = SPOKEN if view.spoken else DRAWN if view.unicode else TYPED
        self._file = StringIO()
        self._console = Console(
            file=self._file,
            width=self.width,
            force_terminal=view.colour,
            color_system="standard" if view.colour else None,
            no_color=not view.colour,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def text(self) -> str:
        """All that was written so far."""
        return self._file.getvalue()

    def blank(self) -> None:
        """An empty line, but never two in a row and none at the top."""
        written = self._file.getvalue()
        if written and not written.endswith("\n\n"):
            self._file.write("\n")

    def raw(self, text: Text | str, indent: int = 0) -> None:
        """One line as it is, however long: code and diffs, which must stay whole when they are copied."""
        line = Text(" " * indent).append_text(text if isinstance(text, Text) else Text(text))
        line.rstrip()
        self._console.print(line, soft_wrap=True)

    def put(self, text: Text | str, indent: int = 0, lead: str = "", style: str = "") -> None:
        """A paragraph, wrapped; `lead` (a number, a bullet, a label) hangs in front of its first line."""
        body = text.copy() if isinstance(text, Text) else Text(text)
        hang = indent + cell_len(lead)
        room = max(min(self.width, WIDEST) - hang, NARROWEST // 2)
        for at, line in enumerate(body.wrap(self._console, room)):
            line.rstrip()
            front = Text(" " * indent).append(lead, style) if at == 0 else Text(" " * hang)
            self._console.print(front.append_text(line), soft_wrap=True)

    def heading(self, text: str) -> None:
        """A short line in bold, with air above it."""
        self.blank()
        self.put(Text(text, "bold"))
