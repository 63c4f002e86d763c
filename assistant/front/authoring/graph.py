"""The tree of a family in; text, Graphviz's dot or Mermaid out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from assistant.kb import Base, id_of
from assistant.model import Record
from assistant.walk import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Branch(Record):
    """One node with the answer that leads to it: its number, that of the node above (-1 for none), how deep it is."""

    number: int
    above: int
    depth: int
    answer: str
    text: str
    leaf: bool


def drawn(base: Base, families: Sequence[str], form: str) -> str:
    """The trees of `families`; `form` is "text", "dot" or "mermaid"."""
    branches: list[Branch] = []
    for family in families:
        _walk(family, base.tree(family), Branch(len(branches), -1, 0, family, "", False), branches)
    return {"text": _text, "dot": _dot, "mermaid": _mermaid}[form](branches)


def _walk(family: str, node: Any, at: Branch, found: list[Branch]) -> None:
    if isinstance(node, str):
        found.append(at._replace(text="no cause" if node == UNKNOWN else id_of(family, node), leaf=True))
        return
    asks = f" asks: {node['ask']}" if "ask" in node else ""
    found.append(at._replace(text=f"{node.get('look') or node['key']}?{asks}"))
    branches = [*node["cases"].items(), *([("else", node["else"])] if "else" in node else [])]
    for answer, child in branches:
        usual = " (usual)" if answer == node.get("usual") else ""
        _walk(family, child, Branch(len(found), at.number, at.depth + 1, f"{answer}{usual}", "", False), found)


def _text(branches: list[Branch]) -> str:
    return "".join(f"{'  ' * one.depth}{one.answer}: {one.text}\n" for one in branches)


def _dot(branches: list[Branch]) -> str:
    def lines() -> Iterator[str]:
        for one in branches:
            yield f"  n{one.number} [label={_quoted(one.text)}, shape={'box' if one.leaf else 'ellipse'}];"
            if one.above >= 0:
                yield f"  n{one.above} -> n{one.number} [label={_quoted(one.answer)}];"

    return "\n".join(["digraph causes {", "  rankdir=LR;", *lines(), "}", ""])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _mermaid(branches: list[Branch]) -> str:
    def lines() -> Iterator[str]:
        for one in branches:
            open, close = ("[", "]") if one.leaf else ("{{", "}}")
            yield f'  n{one.number}{open}"{_entities(one.text)}"{close}'
            if one.above >= 0:
                yield f'  n{one.above} -- "{_entities(one.answer)}" --> n{one.number}'

    return "\n".join(["flowchart LR", *lines(), ""])


def _entities(text: str) -> str:
    """Mermaid knows no escapes but entities, which begin with #."""
    return text.replace("#", "#35;").replace('"', "#quot;").replace("`", "#96;").replace("<", "#lt;")
