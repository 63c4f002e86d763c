"""Variables in a run of Jinja tokens: tokens in; names with the steps of their paths out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.plays import jinja
from assistant.plays.jinja import Token
from assistant.plays.keywords import wordset

WORDS = wordset(
    "and or not in is if else elif endif for endfor set endset macro endmacro call endcall filter endfilter block "
    "endblock raw endraw with endwith without context recursive include import from as do break continue scoped "
    "ignore missing true false none True False None omit"
)
"""Names that are never a variable: Jinja's grammar, its constants, and Ansible's `omit`."""


def bound(run: Sequence[Token]) -> Iterator[str]:
    """Names that a statement itself sets."""
    head = run[0].text if run else ""
    if run and head == "-" and len(run) > 1:
        run = run[1:]
        head = run[0].text
    if head == "for":
        yield "loop"
        for token in run[1:]:
            if token.text == "in":
                return
            if token.kind == "name":
                yield token.text
    elif head in ("set", "macro") and len(run) > 1:
        yield run[1].text


def names(run: Sequence[Token]) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
    """Every variable read in a run of tokens: name, path, start and end in the text that was cut."""
    closers = _closers(run)
    nested = 0
    for at, token in enumerate(run):
        if token.text in ("(", "[", "{"):
            nested += 1
        elif token.text in (")", "]", "}"):
            nested -= 1
        elif token.kind == "name" and token.text not in WORDS and _is_variable(run, at, nested > 0):
            path, last = _path(run, at, closers)
            yield token.text, path, token.start, run[last].end


def _is_variable(run: Sequence[Token], at: int, nested: bool) -> bool:
    before = run[at - 1].text if at else ""
    after = run[at + 1].text if at + 1 < len(run) else ""
    if before in (".", "|", "is") or after == "(":
        return False
    if before == "not" and at > 1 and run[at - 2].text == "is":
        return False
    return not (nested and after == "=")


def _path(run: Sequence[Token], at: int, closers: dict[int, int]) -> tuple[tuple[str, ...], int]:
    """The steps after the name at `at`, and the index of the last token that belongs to them."""
    steps: list[str] = []
    while at + 2 < len(run):
        sign, step = run[at + 1].text, run[at + 2]
        if sign == "[":
            closer = closers.get(at + 1, 0)
            if not closer:
                break
            steps.append(_subscript(run[at + 2 : closer]) if closer < at + 6 else "*")
            at = closer
        elif sign == "." and step.kind in ("name", "number"):
            if at + 3 < len(run) and run[at + 3].text == "(":
                closer = closers.get(at + 3, 0)
                if step.text != "get" or not closer or run[at + 4].kind != "string":
                    break
                steps.append(jinja.unquoted(run[at + 4]))
                at = closer
            else:
                steps.extend(part for part in step.text.split(".") if part)
                at += 2
        else:
            break
    return tuple(steps), at


def _subscript(inner: Sequence[Token]) -> str:
    if len(inner) == 1 and inner[0].kind == "string":
        return jinja.unquoted(inner[0])
    if len(inner) == 1 and inner[0].kind == "number":
        return inner[0].text
    if len(inner) == 2 and inner[0].text == "-" and inner[1].kind == "number":
        return "-" + inner[1].text
    return "*"


def _closers(run: Sequence[Token]) -> dict[int, int]:
    """The index of the closing sign for the index of each opening bracket or parenthesis."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for at, token in enumerate(run):
        if token.text in ("(", "["):
            opened.append(at)
        elif token.text in (")", "]") and opened:
            found[opened.pop()] = at
    return found
