"""`--answer KEY=VALUE`: held against the questions that the base can ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.front.wrong import Wrong, meant
from assistant.model import NOT_SURE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.kb import Base


def read(given: Sequence[str], base: Base, name: str = "--answer") -> dict[str, str]:
    """Answers by key; raises Wrong where the base asks nothing such or knows no such answer; `name` is what they are
    called there.

    An answer may be given by its number in the question, from 1.
    """
    if not given:
        return {}
    known = questions(base)
    return dict(_answer(each, known, name) for each in given)


def _answer(given: str, known: Mapping[str, Sequence[str]], name: str) -> tuple[str, str]:
    key, equals, value = (part.strip() for part in given.partition("="))
    if not equals:
        raise Wrong(f'{name} wants KEY=VALUE, not "{given}"')
    if key not in known:
        near = meant(key, known) or f" (it asks for {', '.join(sorted(known))})"
        raise Wrong(f'no question has the key "{key}"{near}')
    answers = [*known[key], NOT_SURE]
    for answer in answers:
        if value.lower() == answer.lower():
            return key, answer
    if value.isascii() and value.isdigit() and 0 < int(value) <= len(answers):
        return key, answers[int(value) - 1]
    named = ", ".join(f'"{answer}"' for answer in answers)
    raise Wrong(f'"{value}" is no answer for {key}; possible are {named}')


def questions(base: Base) -> dict[str, list[str]]:
    """What the base can ask, by key, with the answers it knows."""
    found: dict[str, list[str]] = {}
    for family in base.families:
        for key, answers in _asked(base.tree(family)):
            kept = found.setdefault(key, [])
            kept += [answer for answer in answers if answer not in kept]
    return found


def _asked(node: Any) -> Iterator[tuple[str, list[str]]]:
    """Keys and answers of all forks at and below `node` that can ask."""
    if not isinstance(node, dict):
        return
    if "ask" in node:
        yield node.get("look") or node["key"], node["answers"]
    for child in [*node["cases"].values(), node.get("else")]:
        yield from _asked(child)
