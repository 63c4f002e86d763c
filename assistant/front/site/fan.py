"""All messages and all causes in one picture: who leads to whom. Every line of text in it is a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from markupsafe import Markup

from assistant.front.site.signs import Known

ROW, LEFT, RIGHT, WIDE = 25, 410, 640, 1080
"""Pixels: height of a row, right edge of the messages, left edge of the causes, whole width."""
LETTERS = 58, 62
"""Characters of a message and of a title; longer ones are cut."""


def fan(signs: Sequence[Known], titles: Mapping[str, str], link: Callable[[str], str]) -> Markup:
    """The picture; a cause stands at the height where its messages stand on average, so that lines cross little."""
    rows = {sign.path: number for number, sign in enumerate(signs)}
    held: dict[str, list[int]] = {}
    for sign in signs:
        for id in sign.leads_to:
            held.setdefault(id, []).append(rows[sign.path])
    order = sorted(held, key=lambda id: (sum(held[id]) / len(held[id]), held[id]))
    height = max(len(signs), len(order)) * ROW
    left = {sign.path: _y(number, len(signs), height) for number, sign in enumerate(signs)}
    right = {id: _y(number, len(order), height) for number, id in enumerate(order)}
    ways = "".join(_way(left[sign.path], right[id], len(sign.leads_to)) for sign in signs for id in sign.leads_to)
    shown = [_text(left[sign.path], LEFT, sign.title, LETTERS[0], link(sign.path), "end") for sign in signs]
    shown += [_text(right[id], RIGHT, titles[id], LETTERS[1], link(id + "/"), "start") for id in order]
    return Markup(
        f'<svg class="fan" role="group" aria-label="Messages on the left, their causes on the right" '
        f'width="{WIDE}" height="{height}" viewBox="0 0 {WIDE} {height}">{ways}{"".join(shown)}</svg>'
    )


def _y(number: int, of: int, height: int) -> int:
    return round((number + 0.5) * height / of)


def _way(start: int, end: int, of: int) -> str:
    kind = "way one" if of == 1 else "way"
    a, b = LEFT + 10, RIGHT - 10
    middle = (a + b) // 2
    return f'<path class="{kind}" d="M{a} {start}C{middle} {start} {middle} {end} {b} {end}"/>'


def _text(y: int, x: int, text: str, most: int, href: str, anchor: str) -> str:
    short = text if len(text) <= most else text[: most - 1].rstrip() + "…"
    kind = "message" if anchor == "end" else "cause"
    return (
        f'<a class="{kind}" href="{escape(href)}">'
        f'<text x="{x}" y="{y + 4}" text-anchor="{anchor}">{escape(short)}</text></a>'
    )
