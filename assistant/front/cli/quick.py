"""The call that scripts make most, read without argparse: that would be a sixth of what the whole call costs."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

LISTED = {"--task": "task", "--answer": "answer", "--kb": "kb"}
PLAIN = {"--format": "format", "--ansible": "ansible"}


def quick(given: Sequence[str]) -> SimpleNamespace | None:
    """The arguments of a `diagnose` call with JSON as its form, spelt out as the help spells them; None for any other.

    Whatever is odd is left to argparse, which knows how to complain.
    """
    rest = list(given[1:] if given[:1] == ["diagnose"] else given)
    if given[:1] != ["diagnose"] and not (rest and rest[0] in (*LISTED, *PLAIN)):
        return None
    found = SimpleNamespace(
        pastes=[],
        task=[],
        answer=[],
        kb=[],
        format="text",
        ansible="",
        ignored=False,
        color="auto",
        width=0,
        pager=True,
    )
    while rest:
        word = rest.pop(0)
        if word in LISTED and rest and not rest[0].startswith("-"):
            getattr(found, LISTED[word]).append(rest.pop(0))
        elif word in PLAIN and rest and not rest[0].startswith("-"):
            setattr(found, PLAIN[word], rest.pop(0))
        elif word == "--ignored":
            found.ignored = True
        elif word == "-" or not word.startswith("-"):
            found.pastes.append(word)
        else:
            return None
    return found if found.format == "json" else None
