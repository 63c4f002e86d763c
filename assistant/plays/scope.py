"""The variables in force at some place of a file: nodes by name in, values out, evaluated when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.model import Node, Value
from assistant.plays.arithmetic import UNKNOWN
from assistant.plays.values import value_of


class Scope(Mapping[str, Value]):
    """Variables that the file sets, evaluated when they are asked for, with one another.

    `nodes` are the values by name. A chain of names longer than 20, and one that leads back to itself, is unknown.
    """

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self.nodes = nodes
        self.known: dict[str, Value] = {}
        self.open: set[str] = set()

    def __getitem__(self, name: str) -> Value:
        if name in self.known:
            return self.known[name]
        node = self.nodes[name]
        if name in self.open or len(self.open) >= 20:
            return UNKNOWN
        self.open.add(name)
        found = value_of(node, self)
        self.open.discard(name)
        self.known[name] = found
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)

    def __contains__(self, name: object) -> bool:
        return name in self.nodes
