"""Which variables an expression reads: a node in, references with their places out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assistant.model import Node, Ref, Span, Value
from assistant.plays import jinja
from assistant.plays.jinja import Token
from assistant.plays.steps import bound, names


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
    for name, path, start, end in _read_in(source, bare):
        yield Ref(name, path, _place(node, source, start, end, text))


@lru_cache(maxsize=1024)
def _read_in(source: str, bare: bool) -> tuple[tuple[str, tuple[str, ...], int, int], ...]:
    """The variables of one text, cut only once: many looks ask the same few tasks."""
    if bare:
        runs: list[tuple[Token, ...]] = [jinja.tokens(source)]
    else:
        runs = [piece.tokens for piece in jinja.pieces(source) if piece.tokens]
    inner = {name for run in runs for name in bound(run)} if "%" in source else set()
    return tuple(found for run in runs for found in names(run) if found[0] not in inner)


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
