"""Figures with their aims, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """One measured figure."""

    what: str
    value: float
    unit: str
    """"ms", "MB/s", "s", or "x" for a ratio."""
    aim: str = ""
    """The aim in words; "" where there is none."""
    met: bool | None = None


def ratio(what: str, value: float, at_most: float = 0.0, at_least: float = 0.0) -> Row:
    """A ratio with its aim, if it has one."""
    if at_most:
        return Row(what, value, "x", f"at most {at_most:g} x", value <= at_most)
    if at_least:
        return Row(what, value, "x", f"at least {at_least:g} x", value >= at_least)
    return Row(what, value, "x")


def shown(title: str, rows: Iterable[Row]) -> str:
    """A table of one benchmark as text."""
    lines = [f"\n{title}"]
    for row in rows:
        verdict = "" if row.met is None else "  met" if row.met else "  MISSED"
        aim = f"  (aim: {row.aim}){verdict}" if row.aim else ""
        digits = 2 if row.unit == "x" and row.value < 2 else 1
        lines.append(f"  {row.what:66}{row.value:>9.{digits}f} {row.unit:4}{aim}")
    return "\n".join(lines)
