"""Time as a picture: bars on one scale, as SVG whose words keep their size however wide the page is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import isfinite

from markupsafe import Markup

from assistant.model import Bar

ROW, TOP, THICK = 52, 20, 14
"""Pixels: height of a bar with its words, from the top of a row to its bar, thickness of a bar."""


def time(bars: Sequence[Bar]) -> Markup:
    """The picture of `bars` (seconds from 0), "" when there is nothing to compare.

    The longest bar ends in an arrow, since it would have gone on; the others in a stop.
    """
    usable = [bar for bar in bars if isfinite(bar.seconds) and bar.seconds >= 0]
    longest = max((bar.seconds for bar in usable), default=0)
    if len(usable) < 2 or not longest:
        return Markup("")
    rows = "".join(_row(bar, number, longest) for number, bar in enumerate(usable))
    said = "; ".join(f"{bar.label}: {bar.text}" for bar in usable)
    shortest = min(bar.seconds for bar in usable)
    stop = _percent(shortest, longest)
    height = ROW * len(usable) + 6
    mark = f'<line class="stop" x1="{stop}" x2="{stop}" y1="{TOP}" y2="{height - 12}"/>' if shortest < longest else ""
    return Markup(
        f'<svg class="time" role="img" aria-label="{escape(said)}" width="100%" height="{height}">{rows}{mark}</svg>'
    )


def _row(bar: Bar, number: int, longest: float) -> str:
    y, end = number * ROW + TOP, _percent(bar.seconds, longest)
    kind = bar.label if bar.label in ("job", "limit", "wait", "poll") else "other"
    head = (
        f'<svg x="{end}" y="{y}" overflow="visible" width="1" height="{THICK}">'
        f'<path class="{kind}" d="M-1 -4L11 {THICK / 2}L-1 {THICK + 4}Z"/></svg>'
        if bar.seconds == longest
        else ""
    )
    return (
        f'<text x="0" y="{y - 6}"><tspan class="label">{escape(bar.label)}</tspan> {escape(bar.text)}</text>'
        f'<rect class="{kind}" x="0" y="{y}" width="{end}" height="{THICK}" rx="2"/>{head}'
    )


def _percent(seconds: float, longest: float) -> str:
    """Place on the scale; the longest ends a little before the edge, so that its arrow has room."""
    return f"{max(seconds / longest * 97, 0.6):.2f}%"
