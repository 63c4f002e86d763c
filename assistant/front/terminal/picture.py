"""Time as a picture: one line for each thing that lasts, drawn to one scale, so that the gap can be seen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from assistant.front.terminal.sheet import WIDEST, Sheet
from assistant.model import Bar

SHORTEST = 12
"""A longest bar below this many columns shows nothing: the words then go under the bars."""


def picture(sheet: Sheet, bars: Sequence[Bar], indent: int = 2) -> None:
    """Draws `bars` from 0 to their `seconds`, the longest as wide as the sheet allows.

    The longest ends in an arrow (it would have gone on), the others in a stop.
    """
    usable = [bar for bar in bars if bar.seconds >= 0]
    longest = max((bar.seconds for bar in usable), default=0)
    if not longest or longest == float("inf"):
        return
    if sheet.spoken:
        for bar in usable:
            sheet.put(f"{bar.label}: {bar.text}", indent)
        return
    label = max(cell_len(bar.label) for bar in usable) + 2
    room = min(sheet.width, WIDEST) - indent - label
    scale = _scale(usable, longest, room)
    beneath = scale * longest < SHORTEST or any(cell_len(bar.text) + 3 > room for bar in usable)
    for bar in usable:
        drawn = _drawn(sheet, bar, longest, (room / longest) if beneath else scale)
        line = Text(bar.label.ljust(label)).append(drawn, "bold")
        sheet.raw(line if beneath else line.append(f" {bar.text}"), indent)
        if beneath:
            sheet.put(bar.text, indent + label)


def _scale(bars: Sequence[Bar], longest: float, room: int) -> float:
    """Columns per second so that each bar and the words behind it fit into `room` columns."""
    fits = [(room - cell_len(bar.text) - 1) / bar.seconds for bar in bars if bar.seconds]
    return max(min(*fits, room / longest), 0)


def _drawn(sheet: Sheet, bar: Bar, longest: float, scale: float) -> str:
    columns = max(int(bar.seconds * scale), 2)
    signs = sheet.signs
    end = signs.more if bar.seconds == longest else signs.stop
    return signs.start + signs.line * (columns - 2) + end
