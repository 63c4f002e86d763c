"""Opening plays and blocks: root nodes in; their tasks in the order they run out, still as nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from assistant.model import Node
from assistant.plays import keywords
from assistant.plays.actions import named
from assistant.plays.kinds import is_play
from assistant.plays.values import entries

_MOST = 20_000
_DEPTH = 60
TaskKind = Literal["task", "block", "include", "import", "play"]


class Around(NamedTuple):
    """A play or block around a task: its keys, and the one around it."""

    keys: dict[str, tuple[Node, Node]]
    is_play: bool
    outer: Around | None
    depth: int


class Raw(NamedTuple):
    """A task before its values are read; the fields as in model.Task."""

    node: Node
    keys: dict[str, tuple[Node, Node]]
    kind: TaskKind
    section: str
    play: int
    around: Around | None
    within: tuple[tuple[int, str], ...]


def opened(roots: Sequence[Node], section: str = "tasks") -> list[Raw]:
    """All plays, blocks and tasks of the documents; at most 20,000 (aliases can make many of few).

    `section` is that of tasks outside any play: "handlers" for a role's handlers file.
    """
    opener = _Opener(section)
    for root in roots:
        opener.document(root)
    return opener.found


class _Opener:
    def __init__(self, section: str) -> None:
        self.section = section
        self.found: list[Raw] = []
        self.play = -1

    def document(self, root: Node) -> None:
        items = root.items if root.kind == "list" else (root,)
        for item in items:
            keys = entries(item)
            if not keys:
                continue
            if is_play(keys) or (any(name in keys for name in keywords.SECTIONS) and not named_action(keys)):
                self.open_play(item, keys)
            else:
                self.play += self.play < 0 or _is_import(keys)
                self.task(item, keys, self.section, None, ())

    def open_play(self, node: Node, keys: dict[str, tuple[Node, Node]]) -> None:
        self.play += 1
        self.add(Raw(node, keys, "play", "tasks", self.play, None, ()))
        around = Around(keys, True, None, 1)
        for section in keywords.SECTIONS:
            if section in keys:
                self.tasks(keys[section][1], section, around, ())

    def tasks(self, node: Node, section: str, around: Around, within: tuple[tuple[int, str], ...]) -> None:
        for item in node.items:
            if item.kind == "map":
                self.task(item, entries(item), section, around, within)

    def task(
        self,
        node: Node,
        keys: dict[str, tuple[Node, Node]],
        section: str,
        around: Around | None,
        within: tuple[tuple[int, str], ...],
    ) -> None:
        depth = around.depth if around else 1
        if len(self.found) >= _MOST or depth > _DEPTH or not keys:
            return
        if not any(part in keys for part in keywords.PARTS):
            self.add(Raw(node, keys, _kind(keys), section, self.play, around, within))
            return
        index = len(self.found)
        self.add(Raw(node, keys, "block", section, self.play, around, within))
        inner = Around(keys, False, around, depth + 1)
        for part in keywords.PARTS:
            if part in keys:
                self.tasks(keys[part][1], section, inner, (*within, (index, part)))

    def add(self, raw: Raw) -> None:
        self.found.append(raw)


def named_action(keys: dict[str, tuple[Node, Node]]) -> bool:
    """Whether some key of a mapping with task lists is neither a play's nor a task's keyword."""
    return any(not keywords.is_keyword(key) and key not in keywords.PLAY for key in keys)


def _is_import(keys: dict[str, tuple[Node, Node]]) -> bool:
    return keywords.short_module(named(keys)) == "import_playbook"


def _kind(keys: dict[str, tuple[Node, Node]]) -> TaskKind:
    action = named(keys)
    if action in ("action", "local_action"):
        thing = keys[action][1]
        action = (thing.text.split() or [""])[0] if thing.kind == "scalar" else ""
    short = keywords.short_module(action)
    if short in keywords.INCLUDES:
        return "include"
    return "import" if short in keywords.IMPORTS else "task"


def layers(around: Around | None) -> Iterator[Around]:
    """The play and blocks around a task, outermost first."""
    chain: list[Around] = []
    while around:
        chain.append(around)
        around = around.outer
    return reversed(chain)
