"""The one error of a wrong call, and the words that name its mend."""

from __future__ import annotations

from collections.abc import Iterable


class Wrong(Exception):
    """The call cannot be answered; the text is one line that says why and what would be right."""


def meant(given: str, known: Iterable[str]) -> str:
    """What `given` was likely meant to be, as "; did you mean x?", or "" when nothing comes near."""
    from difflib import get_close_matches

    names = list(known)
    near = get_close_matches(given, names, n=3, cutoff=0.6)
    near.sort(key=lambda name: sorted(name) != sorted(given))  # letters that changed places come first
    if not near and "/" not in given:
        last = {name.rpartition("/")[2]: name for name in names}
        near = [last[name] for name in get_close_matches(given, last, n=1, cutoff=0.6)]
    return f"; did you mean {near[0]}?" if near else ""
