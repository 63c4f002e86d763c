"""Nodes to three-valued values: what a keyword or argument comes to as far as its own file tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.model import Node, Span, Value
from assistant.plays import jinja
from assistant.plays.arithmetic import evaluate
from assistant.plays.yaml11 import typed

_DEPTH = 60
_MOST = 20_000


def pairs(node: Node) -> tuple[tuple[Node, Node], ...]:
    """The pairs of a mapping with merge keys (`<<`) opened; own keys come last and so win, as in PyYAML.

    Duplicate keys stay, the last of them is the one that counts. () for anything but a mapping.
    """
    for key, _ in node.pairs:
        if key.text == "<<" and key.tag == "merge":
            return _opened(node)
    return node.pairs


def _opened(node: Node) -> tuple[tuple[Node, Node], ...]:
    merged: list[tuple[Node, Node]] = []
    own: list[tuple[Node, Node]] = []
    for key, value in node.pairs:
        if key.text == "<<" and key.tag == "merge":
            for source in reversed(value.items or (value,)):
                merged += [pair for pair in source.pairs if pair[0].text != "<<"]
        else:
            own.append((key, value))
    return tuple(merged + own)


def entries(node: Node) -> dict[str, tuple[Node, Node]]:
    """Key and value node by the text of the key; of duplicates the last, as Ansible (it warns and goes on)."""
    return {key.text: (key, value) for key, value in pairs(node)}


def made(text: str, span: Span, tag: str = "str") -> Node:
    """A scalar node for a text that the file holds inside another scalar."""
    return Node("scalar", tag, text, "plain", span)


class _Budget:
    """How many nodes one value may still open: aliases can make a small file a huge value."""

    left = _MOST


def value_of(node: Node, scope: Mapping[str, Value]) -> Value:
    """The value of a node: a scalar typed as YAML 1.1, Jinja evaluated with the names of `scope`.

    A mapping of which some entries cannot be told is unknown, and its `value` holds those that can.
    """
    return scalar(node, scope) if node.kind == "scalar" else _value(node, scope, _DEPTH, _Budget())


def _value(node: Node, scope: Mapping[str, Value], depth: int, budget: _Budget) -> Value:
    budget.left -= 1
    if depth == 0 or budget.left < 0:
        return Value("unknown", None, node)
    if node.kind == "scalar":
        return scalar(node, scope)
    if node.tag not in ("map", "list"):
        return Value("unknown", None, node)
    if node.kind == "map":
        return _mapping(node, scope, depth, budget)
    items = [_value(item, scope, depth - 1, budget) for item in node.items]
    if all(item.known for item in items):
        return Value("literal", [item.value for item in items], node)
    return Value("unknown", None, node)


def _mapping(node: Node, scope: Mapping[str, Value], depth: int, budget: _Budget) -> Value:
    told: dict[str, Any] = {}
    sure = True
    for name, (key, item) in entries(node).items():
        value = _value(item, scope, depth - 1, budget)
        if value.known and not jinja.is_template(key.text):
            told[name] = value.value
        else:
            sure = False
    return Value("literal" if sure else "unknown", told, node)


def scalar(node: Node, scope: Mapping[str, Value]) -> Value:
    """The value of a scalar node. `!vault` and unheard-of tags are unknown, `!unsafe` is its text."""
    if node.tag == "str":
        if "{" not in node.text:
            return Value("literal", node.text, node)
        return evaluate(node.text, scope)._replace(node=node)
    if node.tag in ("int", "float", "bool", "null"):
        return Value("literal", typed(node.tag, node.text), node)
    if node.tag in ("unsafe", "timestamp"):
        return Value("literal", node.text, node)
    return Value("unknown", None, node)


def number(value: Value) -> int | float | None:
    """The number that a keyword's value comes to: seconds for async, poll and delay, a count for retries.

    Reads ints, floats and text that Python's int() or float() reads ("600", " 600 "), as Ansible converts
    keywords (playbook/base.py, get_validated_value). None for what is unknown, absent, no number, or a
    bool: `async: true` means 1 up to 2.17 and something else after.
    """
    told = value.value if value.known else None
    if isinstance(told, int | float) and not isinstance(told, bool):
        return told
    if not isinstance(told, str) or len(told) > 40:
        return None
    for kind in (int, float):
        try:
            return kind(told)
        except ValueError:
            continue
    return None


def merged(layers: Iterable[Node]) -> Node | None:
    """One mapping node of several, outermost first; of equal keys the last. Its span is the innermost one's."""
    together: dict[str, tuple[Node, Node]] = {}
    last: Node | None = None
    for layer in layers:
        for part in layer.items if layer.kind == "list" else (layer,):
            together.update(entries(part))
            last = layer
    if last is None:
        return None
    return Node("map", "map", "", "block", last.span, tuple(together.values()))
