"""Time as a picture: bars on one scale as an SVG whose words keep their size however wide the page is.

The drawing is a tree of plain values, [name, {attribute: value}, child, ...] with texts as they are: a build writes it
as markup, a page makes elements of it. It has no style: colours come from the page, by class.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from assistant.model import Bar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Tree = list[Any]

ROW, TOP, THICK = 52, 20, 14
"""Pixels: height of a bar with its words, from the top of a row to its bar, thickness of a bar."""

NAMED = frozenset(("job", "limit", "wait", "poll"))
"""Labels that have a colour of their own."""


def picture(bars: Sequence[Bar]) -> Tree | None:
    """The drawing of `bars` (seconds from 0), None when there is nothing to compare.

    The longest bar ends in an arrow, since it would have gone on; a mark on each shows where the shortest ends.
    """
    usable = [bar for bar in bars if isfinite(bar.seconds) and bar.seconds >= 0]
    longest = max((bar.seconds for bar in usable), default=0)
    if len(usable) < 2 or not longest:
        return None
    height = ROW * len(usable) + 6
    said = "; ".join(f"{bar.label}: {bar.text}" for bar in usable)
    rows = [part for number, bar in enumerate(usable) for part in _row(bar, number, longest)]
    shortest = min(bar.seconds for bar in usable)
    if shortest < longest:
        rows += [_tick(number, _percent(shortest, longest)) for number in range(len(usable))]
    return ["svg", {"class": "time", "role": "img", "aria-label": said, "width": "100%", "height": height}, *rows]


def _row(bar: Bar, number: int, longest: float) -> list[Tree]:
    y, end = number * ROW + TOP, _percent(bar.seconds, longest)
    kind = bar.label if bar.label in NAMED else "other"
    label = ["tspan", {"class": "label"}, bar.label]
    parts: list[Tree] = [
        ["text", {"x": 0, "y": y - 6}, label, f" {bar.text}"],
        ["rect", {"class": kind, "x": 0, "y": y, "width": end, "height": THICK, "rx": 2}],
    ]
    if bar.seconds == longest:
        arrow = ["path", {"class": kind, "d": f"M-1 -4L11 {THICK // 2}L-1 {THICK + 4}Z"}]
        parts.append(["svg", {"x": end, "y": y, "overflow": "visible", "width": 1, "height": THICK}, arrow])
    return parts


def _tick(number: int, at: str) -> Tree:
    """A mark across one bar, where the shortest of them ends; not through the words between the bars."""
    y = number * ROW + TOP
    return ["line", {"class": "stop", "x1": at, "x2": at, "y1": y - 4, "y2": y + THICK + 4}]


def _percent(seconds: float, longest: float) -> str:
    """Place on the scale; the longest ends a little before the edge, so that its arrow has room."""
    return f"{max(seconds / longest * 97, 0.6):.2f}%"
