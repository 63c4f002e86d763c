"""From opened nodes to tasks: values read, inheritance worked out."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.model import Node, Span, Task, Value
from assistant.plays import actions, keywords
from assistant.plays.opening import Around, Raw, layers
from assistant.plays.scope import Scope
from assistant.plays.values import made, merged, value_of
from assistant.plays.variables import Names

_LISTS = frozenset({*keywords.PARTS, *keywords.SECTIONS})


class Builder:
    """Builds the tasks of one file; what a block or play hands down is worked out once."""

    def __init__(self, path: str, names: Names) -> None:
        self.path = path
        self.names = names
        self.handed: dict[int, dict[str, Value]] = {}

    def task(self, index: int, raw: Raw) -> Task:
        """The task that `raw` describes."""
        scope = self.names.task_scope(raw)
        group = raw.kind in ("block", "play")
        action = _container(raw) if group else actions.read(raw.keys, raw.node, scope)
        own = self._own(raw, action, scope)
        inherited = self.inherited(raw.around)
        if not own.keys().isdisjoint(inherited):
            inherited = {k: v for k, v in inherited.items() if k not in own or k in keywords.MERGED}
        return Task(
            path=self.path,
            index=index,
            name=raw.keys["name"][1].text if "name" in raw.keys else "",
            action=action.name,
            module=keywords.short_module(action.name),
            action_span=action.span,
            args=action.args,
            own=own,
            inherited=inherited,
            node=raw.node,
            span=raw.node.span,
            play=raw.play,
            section=raw.section,
            kind=raw.kind,
            within=raw.within,
        )

    def _own(self, raw: Raw, action: actions.Action, scope: Scope) -> dict[str, Value]:
        skipped = action.key.text if action.key else ""
        group = raw.kind in ("block", "play")
        own = {
            name: value_of(node, scope)
            for name, (_, node) in raw.keys.items()
            if name != skipped and not (group and name in _LISTS)
        }
        if action.local and action.key:
            own["delegate_to"] = Value("literal", "localhost", action.key)
        return own

    def inherited(self, around: Around | None) -> Mapping[str, Value]:
        """The keywords in force inside a play or block: of each the nearest; those of `keywords.MERGED` joined."""
        if around is None:
            return {}
        key = id(around.keys)
        if key not in self.handed:
            self.handed[key] = self._inherited(around)
        return self.handed[key]

    def _inherited(self, around: Around) -> dict[str, Value]:
        scope = self.names.scope(around)
        found = dict(self.inherited(around.outer))
        wanted = keywords.FROM_PLAY if around.is_play else keywords.FROM_BLOCK
        for name, (_, node) in around.keys.items():
            if name in wanted and name not in keywords.MERGED:
                found[name] = value_of(node, scope)
        for name in keywords.MERGED:
            joined = _joined(name, [layer.keys[name][1] for layer in layers(around) if name in layer.keys])
            if joined:
                found[name] = value_of(joined, scope)
        return found


def _joined(name: str, nodes: list[Node]) -> Node | None:
    """What several layers say of a merged keyword: one mapping, or one list of all conditions or tags."""
    if not nodes:
        return None
    if name in ("vars", "environment") and all(node.kind != "scalar" for node in nodes):
        return merged(nodes)
    items = tuple(item for node in nodes for item in (node.items if node.kind == "list" else (node,)))
    return Node("list", "list", "", "block", nodes[-1].span, (), items)


def _container(raw: Raw) -> actions.Action:
    """A play or block does nothing itself; the place that stands for it is its key."""
    for key in ("block", "hosts", *keywords.PARTS):
        if key in raw.keys:
            return actions.Action(None, "", raw.keys[key][0].span, {})
    start = raw.node.span.start
    return actions.Action(made("", Span(start, start)), "", Span(start, start), {})
