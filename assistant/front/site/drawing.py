"""Trees as SVG: questions go down, their answers go right to the causes; every cause is a link.

No script and no style attribute: colours come from the page's style, by class.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from assistant.front.site.forks import Branch, Node, going_down

WIDE, GAP, DOWN, LINE, PAD, APART = 236, 140, 34, 18, 9, 14
"""Pixels: width of a box, room for an answer between columns and between rows, line height, padding, distance."""
COLUMNS, ANSWER, LINES = 32, 16, 7
"""Characters in a line of a box and in one of an answer; most lines of a box."""

Link = Callable[[str], str]


class _Box(NamedTuple):
    """A node with its place in pixels, its lines of text, and what is right of it and below it."""

    node: Node
    left: int
    top: int
    lines: tuple[str, ...]
    answer: str
    right: tuple[_Box, ...] = ()
    down: tuple[_Box, ...] = ()

    @property
    def bottom(self) -> int:
        return self.top + len(self.lines) * LINE + 2 * PAD

    @property
    def middle(self) -> int:
        return (self.top + self.bottom) // 2


def tree(node: Node, link: Link, here: str = "", label: str = "Decision tree") -> Markup:
    """A tree as one SVG; `here` is the id of the cause that the page is about."""
    box, height = _placed(Branch("", node), 0, 0)
    boxes = list(_all(box))
    width = max(each.left for each in boxes) + WIDE + 2
    inner = "".join([*map(_ways, boxes), *(_drawn(each, link, here) for each in boxes)])
    return Markup(
        f'<svg class="tree" role="group" aria-label="{escape(label)}" width="{width}" height="{height - APART + 2}" '
        f'viewBox="-1 -1 {width} {height - APART + 2}">{inner}</svg>'
    )


def _placed(branch: Branch, left: int, top: int) -> tuple[_Box, int]:
    """The box of a node with all that follows from it, and the height at which the next one may begin."""
    lines = tuple(textwrap.wrap(branch.node.text.replace("`", ""), COLUMNS, max_lines=LINES, placeholder=" …")) or ("",)
    box = _Box(branch.node, left, top, lines, branch.answer)
    below = going_down(branch.node)
    right, at = [], top
    for child in branch.node.branches:
        if child is not below:
            placed, at = _placed(child, left + WIDE + GAP, at)
            right.append(placed)
    at = max(at, box.bottom + APART)
    if below is None:
        return box._replace(right=tuple(right)), at
    down, at = _placed(below, left, at - APART + DOWN)
    return box._replace(right=tuple(right), down=(down,)), at


def _all(box: _Box) -> Iterator[_Box]:
    yield box
    for each in (*box.right, *box.down):
        yield from _all(each)


def _ways(box: _Box) -> str:
    """The lines from a question to its answers, with the answers on them."""
    start, bend, parts = box.left + WIDE, box.left + WIDE + 14, []
    first = box.right[0].middle if box.right else box.middle
    level = min(max(first, box.top + 12), box.bottom - 12)  # straight across to the first answer where that is possible
    for each in box.right:
        words = textwrap.wrap(each.answer, ANSWER, max_lines=3, placeholder=" …")
        way = f"H{each.left}" if each.middle == level else f"H{bend}V{each.middle}H{each.left}"
        parts.append(f'<path class="way" d="M{start} {level}{way}"/>')
        parts += _answer(words, bend + 7, each.middle - 6 - 14 * (len(words) - 1))
    for each in box.down:
        parts.append(f'<path class="way" d="M{box.left + 20} {box.bottom}V{each.top}"/>')
        parts += _answer([each.answer], box.left + 29, each.top - 12)
    return "".join(parts)


def _answer(lines: Sequence[str], left: int, top: int) -> list[str]:
    return [
        f'<text class="answer" x="{left}" y="{top + number * 14}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]


def _drawn(box: _Box, link: Link, here: str) -> str:
    node = box.node
    kind = "ask" if not node.id else "gap" if node.id == "unknown" else "here" if node.id == here else "cause"
    text = "".join(
        f'<tspan x="{box.left + 12}" y="{box.top + PAD + 13 + number * LINE}">{escape(line)} </tspan>'
        for number, line in enumerate(box.lines)
    )
    size = f'width="{WIDE}" height="{box.bottom - box.top}" rx="{9 if kind == "ask" else 3}"'
    drawn = f'<rect x="{box.left}" y="{box.top}" {size}/><text>{text}</text>'
    if kind != "cause":
        return f'<g class="{kind}">{drawn}</g>'
    return f'<a class="cause" href="{escape(link(node.id + "/"))}">{drawn}</a>'
