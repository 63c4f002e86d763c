"""What a file itself sets: opened tasks in; the names that can be taken as literal, with their nodes, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from assistant.model import Node, Value
from assistant.plays import keywords
from assistant.plays.actions import named
from assistant.plays.freeform import words
from assistant.plays.opening import Around, Raw, layers
from assistant.plays.scope import Scope
from assistant.plays.values import entries


def var_nodes(keys: dict[str, tuple[Node, Node]]) -> Iterator[tuple[str, Node]]:
    """Names and value nodes under `vars` of a play, block or task; plays may give a list of mappings."""
    if "vars" not in keys:
        return
    node = keys["vars"][1]
    for part in node.items if node.kind == "list" else (node,):
        for name, (_, value) in entries(part).items():
            yield name, value


class Names:
    """The names of one file: how often each is set, and which the run may change."""

    def __init__(self, raws: Iterable[Raw]) -> None:
        self.times: Counter[str] = Counter()
        self.moving: set[str] = {"item"}
        self.places: dict[int, dict[str, Node]] = {}
        self.scopes: dict[int, Scope] = {}
        for raw in raws:
            self._note(raw)

    def _note(self, raw: Raw) -> None:
        found = self.places.setdefault(raw.play, {})
        for name, node in var_nodes(raw.keys):
            self.times[name] += 1
            found[name] = node
        for name, node in _moving(raw):
            self.moving.add(name)
            found[name] = node

    def scope(self, around: Around | None) -> Scope:
        """The names in force inside a play or block; kept, since its tasks share them."""
        key = id(around.keys) if around else 0
        if key not in self.scopes:
            nodes = {name: node for layer in layers(around) for name, node in self._sure(layer.keys)}
            self.scopes[key] = Scope(nodes)
        return self.scopes[key]

    def task_scope(self, raw: Raw) -> Scope:
        """The names in force on a task: those around it and its own."""
        around = self.scope(raw.around)
        own = dict(self._sure(raw.keys))
        return Scope({**around.nodes, **own}) if own else around

    def _sure(self, keys: dict[str, tuple[Node, Node]]) -> Iterator[tuple[str, Node]]:
        for name, node in var_nodes(keys):
            if self.times[name] == 1 and name not in self.moving:
                yield name, node

    def by_play(self) -> tuple[dict[str, Value], ...]:
        """For each play the names that it sets: their values where certain, else unknown with the node."""
        plays = range(max(self.places, default=-1) + 1)
        return tuple(self._values(self.places.get(play, {})) for play in plays)

    def _values(self, nodes: dict[str, Node]) -> dict[str, Value]:
        sure = Scope({name: node for name, node in nodes.items() if name not in self.moving and self.times[name] == 1})
        return {name: sure[name] if name in sure else Value("unknown", None, node) for name, node in nodes.items()}


def _moving(raw: Raw) -> Iterator[tuple[str, Node]]:
    """Names that a task or play sets while it runs."""
    for key in ("register", "vars_prompt", "loop_control"):
        if key in raw.keys:
            yield from _set_by(key, raw.keys[key][1])
    action = named(raw.keys)
    if keywords.short_module(action) in ("set_fact", "set_stats"):
        for name, (_, value) in entries(raw.keys[action][1]).items():
            yield name, value
        for word in words(raw.keys[action][1].text, False):
            yield word.name, raw.keys[action][1]


def _set_by(key: str, node: Node) -> Iterator[tuple[str, Node]]:
    if key == "register":
        yield node.text, node
    elif key == "vars_prompt":
        for item in node.items:
            prompt = entries(item).get("name")
            if prompt:
                yield prompt[1].text, node
    else:
        for name, (_, value) in entries(node).items():
            if name in ("loop_var", "index_var"):
                yield value.text, value
