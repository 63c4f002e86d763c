"""Bars of time as lines of plain text, for places with a fixed font and no colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.model import Bar

WIDTH = 30
"""Signs of the longest bar."""


def bars(given: Sequence[Bar], width: int = WIDTH) -> Iterator[str]:
    """One line for each bar, all to one scale: label, bar, words."""
    longest = max((bar.seconds for bar in given), default=0)
    label = max((len(bar.label) for bar in given), default=0)
    for bar in given:
        signs = max(round(width * bar.seconds / longest), 1) if longest else 1
        yield f"{bar.label.ljust(label)} {('━' * signs).ljust(width)} {bar.text}"
