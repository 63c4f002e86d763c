"""Building nodes: a text in, its documents' root nodes with exact places out; depth and number are bounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from assistant.model import Node, Span
from assistant.source.errors import SourceError, error_at, translated
from assistant.source.events import events
from assistant.source.spans import block_scalar_end, empty_place
from assistant.source.tags import implied, short

MAX_DEPTH = 200
MAX_NODES = 250_000
_STYLES = {None: "plain", "": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}


def load(text: str, pure: bool = False) -> tuple[Node, ...]:
    """The root nodes of the documents in `text`, one for each document; () for an empty text.

    Spans are offsets in `text` as given (a byte-order mark counts) and cover a node's own text
    with its tag and anchor as Ansible's Origin does, without the blanks and comments after it.
    An alias is the node it stands for with the alias's span: its text starts with "*". Duplicate
    keys stay as pairs in order, merge keys are pairs with the key "<<".

    `pure` forces the Python parser. Raises SourceError for text that is not YAML, larger than
    10,000,000 characters, nested deeper than 200 levels or, aliases opened, of more than 250,000 nodes.
    """
    return _Builder(text).documents(events(text, pure))


class _Open:
    """A list or mapping whose end has not been read."""

    def __init__(self, event: Any, start: int) -> None:
        self.event = event
        self.start = start
        self.children: list[Node] = []
        self.size = 1
        self.height = 1


class _Builder:
    """The state of one load."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.roots: list[Node] = []
        self.anchors: dict[str, tuple[Node, int, int] | None] = {}
        self.last = 0

    def documents(self, stream: Iterator[tuple[Any, int, int]]) -> tuple[Node, ...]:
        from yaml import events as kinds

        handlers = {
            kinds.ScalarEvent: self._scalar,
            kinds.AliasEvent: self._alias,
            kinds.SequenceStartEvent: self._open,
            kinds.MappingStartEvent: self._open,
            kinds.SequenceEndEvent: self._close_list,
            kinds.MappingEndEvent: self._close_map,
            kinds.DocumentStartEvent: self._document,
        }
        for event, start, end in stream:
            handler = handlers.get(type(event))
            if handler:
                handler(event, start, end)
        return tuple(self.roots)

    def _document(self, event: Any, start: int, end: int) -> None:
        self.anchors = {}
        self.last = end

    def _scalar(self, event: Any, start: int, end: int) -> None:
        style = _STYLES[event.style]
        if start == end:
            start = end = empty_place(self.text, self.last, start)
        elif style in ("literal", "folded"):
            end = block_scalar_end(self.text, start, end)
        if event.anchor is not None:
            self._name(event, start)
        node = Node("scalar", self._tag(event), event.value, style, Span(start, end), (), (), event.anchor or "")
        self._add(node, 1, 1)

    def _tag(self, event: Any) -> str:
        if event.tag is not None and event.tag != "!":
            return short(event.tag)
        # The tag "!" before nothing: libyaml calls it a string, PyYAML null.
        if not event.implicit[0] or (event.tag == "!" and not event.style and not event.value):
            return "str"
        return implied(event.value)

    def _alias(self, event: Any, start: int, end: int) -> None:
        if event.anchor not in self.anchors:
            raise translated(self.text, start, "", "found undefined alias")
        known = self.anchors[event.anchor]
        if known is None:
            raise error_at(self.text, start, "An alias stands inside the node it repeats.", "Take the alias out.")
        node, size, height = known
        self._add(node._replace(span=Span(start, end)), size, height)

    def _name(self, event: Any, start: int) -> None:
        """Notes an anchor as being read; its node follows when it is complete."""
        if event.anchor in self.anchors:
            raise translated(self.text, start, "", "found duplicate anchor")
        self.anchors[event.anchor] = None

    def _open(self, event: Any, start: int, end: int) -> None:
        if event.anchor is not None:
            self._name(event, start)
        if len(self.stack) >= MAX_DEPTH:
            raise self._too_deep(start)
        self.stack.append(_Open(event, start))
        self.last = end

    def _close_list(self, event: Any, start: int, end: int) -> None:
        opened = self.stack.pop()
        self._close("list", opened, (), tuple(opened.children), start, end)

    def _close_map(self, event: Any, start: int, end: int) -> None:
        opened = self.stack.pop()
        both = iter(opened.children)
        self._close("map", opened, tuple(zip(both, both, strict=True)), (), start, end)

    def _close(
        self,
        kind: Literal["map", "list"],
        opened: _Open,
        pairs: tuple[tuple[Node, Node], ...],
        items: tuple[Node, ...],
        start: int,
        end: int,
    ) -> None:
        children, begun = opened.children, opened.event
        flow = bool(begun.flow_style)
        # A block has no closing sign, nor has the pair of `[a: b]`: it ends where its last child ends.
        if children and (not flow or start == end):
            end = children[-1].span.end
        tag = kind if begun.tag in (None, "!") else short(begun.tag)
        span = Span(opened.start, end)
        node = Node(kind, tag, "", "flow" if flow else "block", span, pairs, items, begun.anchor or "")
        self._add(node, opened.size, opened.height)

    def _add(self, node: Node, size: int, height: int) -> None:
        if node.span.end > self.last:
            self.last = node.span.end
        if len(self.stack) + height > MAX_DEPTH + 1:
            raise self._too_deep(node.span.start)
        if node.anchor and self.anchors.get(node.anchor, 0) is None:
            self.anchors[node.anchor] = (node, size, height)
        if not self.stack:
            self.roots.append(node)
            return
        parent = self.stack[-1]
        parent.children.append(node)
        parent.size += size
        if height >= parent.height:
            parent.height = height + 1
        if parent.size > MAX_NODES:
            raise self._too_many(node.span.start)

    def _too_deep(self, offset: int) -> SourceError:
        message = f"Lists and mappings are nested more than {MAX_DEPTH} levels deep here."
        return error_at(self.text, offset, message, "Give only the task that failed.")

    def _too_many(self, offset: int) -> SourceError:
        message = f"The text holds more than {MAX_NODES:,} values, its aliases opened."
        return error_at(self.text, offset, message, "Give only the task that failed.")
