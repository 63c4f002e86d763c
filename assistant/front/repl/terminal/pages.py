"""Answers longer than the screen, a screen at a time and without a pager: the prompt comes after each.

A pager would take keys for itself, and a paste that comes meanwhile would be its commands.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.front.forms.view import View
from assistant.redact import controls

LEFT = 3
"""Rows that stay free for the sentence that more is to come, the prompt and its hint."""


class Pages:
    """What of the last answer is still to be shown."""

    def __init__(self) -> None:
        self._rest: list[str] = []

    def first(self, text: str, view: View) -> str:
        """The top of a new answer; what was left of the one before is dropped."""
        self._rest = text.splitlines(keepends=True)
        return self.more(view)

    def more(self, view: View) -> str:
        """The next screen (all where it has no height), with a sentence of what is left; "" when nothing is."""
        count, room = len(self._rest), view.height - LEFT
        # One row more takes no more place than the sentence that it is left.
        if view.height and _fitting(self._rest, view.width, room + 1) < count:
            count = _fitting(self._rest, view.width, room)
        page, self._rest = self._rest[:count], self._rest[count:]
        left = len(self._rest)
        return "".join(page) + (f"({left} more line{'s' if left > 1 else ''})\n" if left else "")

    @property
    def left(self) -> bool:
        """Whether there is more."""
        return bool(self._rest)


def _fitting(lines: Sequence[str], width: int, rows: int) -> int:
    """How many lines fit into so many rows; one at least."""
    used = 0
    for count, line in enumerate(lines):
        used += max(-(-len(controls(line.rstrip("\n"))) // width), 1)
        if used > rows and count:
            return count
    return len(lines)
