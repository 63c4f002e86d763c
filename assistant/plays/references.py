"""Which variables an expression reads: a node in, references with their places out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.model import Node, Ref, Span, Value
from assistant.plays import jinja
from assistant.plays.jinja import Token
from assistant.plays.keywords import wordset

WORDS = wordset(
    "and or not in is if else elif endif for endfor set endset macro endmacro call endcall filter endfilter block "
    "endblock raw endraw with endwith without context recursive include import from as do break continue scoped "
    "ignore missing true false none True False None omit"
)
"""Names that are never a variable: Jinja's grammar, its constants, and Ansible's `omit`."""


def references(node: Node | Value, bare: bool = False, text: str = "") -> tuple[Ref, ...]:
    """The variables that the Jinja in a scalar, or nested in a list or mapping, reads; in the order written.

    `bare`: the scalars are expressions without braces (until, when, that, …). A step of a path that only
    the run can tell (`x[i]`, `x[1:]`) is "*"; `x.get('rc')` is the path ("rc",). Names bound inside
    (`for`, `set`), filters, tests, functions, keyword arguments and text in quotes are no references;
    what is tagged `!unsafe` or `!vault` is not read. `text` is the file: with it, and mostly without,
    spans are exact for scalars on one line; where a block text or an escape makes the place
    uncertain, and the reference's words stand there more than once, the span is the whole scalar's.
    """
    root = node.node if isinstance(node, Value) else node
    if root is None:
        return ()
    found: list[Ref] = []
    for scalar, is_key in _scalars(root):
        found.extend(_read(scalar, bare and not is_key, text))
    return tuple(found)


def _scalars(root: Node) -> Iterator[tuple[Node, bool]]:
    """All scalars that Ansible would template, keys too, each once; aliases make the tree a graph."""
    todo = [(root, False)]
    seen: set[int] = set()
    while todo:
        node, is_key = todo.pop()
        if node.kind == "scalar":
            if node.tag == "str":
                yield node, is_key
            continue
        children = node.pairs or node.items
        if id(children) in seen:
            continue
        seen.add(id(children))
        for key, value in reversed(node.pairs):
            todo += [(value, False), (key, True)]
        todo.extend((item, False) for item in reversed(node.items))


def _read(node: Node, bare: bool, text: str) -> Iterator[Ref]:
    source = node.text
    if not bare and "{{" not in source and "{%" not in source:
        return
    if bare:
        runs: list[tuple[Token, ...]] = [jinja.tokens(source)]
    else:
        runs = [piece.tokens for piece in jinja.pieces(source) if piece.tokens]
    bound = {name for run in runs for name in _bound(run)} if "%" in source else set()
    for run in runs:
        for name, path, start, end in names(run):
            if name not in bound:
                yield Ref(name, path, _place(node, source, start, end, text))


def _bound(run: Sequence[Token]) -> Iterator[str]:
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


def _place(node: Node, source: str, start: int, end: int, text: str) -> Span:
    """The span in the file of source[start:end], where `source` is the decoded text of `node`."""
    shift = _shift(node, source)
    if shift is not None:
        return Span(node.span.start + shift + start, node.span.start + shift + end)
    words = source[start:end]
    raw = text[node.span.start : node.span.end]
    if raw.startswith("*") and node.anchor:
        return node.span
    if words and raw.count(words) == 1:
        at = node.span.start + raw.index(words)
        return Span(at, at + len(words))
    return node.span


def _shift(node: Node, source: str) -> int | None:
    """How far the text stands from the start of its span, None where an escape or a fold hides it.

    Escapes and folds only ever shorten a text, so that equal lengths mean equal texts; an anchored node
    may be met through its alias, whose span is another.
    """
    length = node.span.end - node.span.start
    if node.anchor:
        return None
    if node.style == "plain" and length == len(source):
        return 0
    if node.style in ("single", "double") and length == len(source) + 2:
        return 1
    return None
