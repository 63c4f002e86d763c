"""YAML with its places, the tasks in it, and the jobs that tie them."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.model.record import Record, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal


class Node(Record):
    """A YAML node with its place. `span` covers exactly its own text (no trailing blanks or comments)."""

    kind: Literal["scalar", "map", "list"]
    tag: str
    """Resolved tag, short: "str", "int", "float", "bool", "null", "vault", "unsafe", "map", "list", or as written."""
    text: str
    """Scalars: the decoded text. Else ""."""
    style: str
    """Scalars: "plain", "single", "double", "literal", "folded". Containers: "block" or "flow"."""
    span: Span
    pairs: tuple[tuple[Node, Node], ...] = ()
    items: tuple[Node, ...] = ()
    anchor: str = ""

    def __init__(
        self,
        kind: Literal["scalar", "map", "list"],
        tag: str,
        text: str,
        style: str,
        span: Span,
        pairs: tuple[tuple[Node, Node], ...] = (),
        items: tuple[Node, ...] = (),
        anchor: str = "",
    ) -> None:
        # Written out, unlike in other records: a long file has thousands of nodes, and this takes a third of the time.
        self.__dict__.update(
            kind=kind, tag=tag, text=text, style=style, span=span, pairs=pairs, items=items, anchor=anchor
        )


class Value(Record):
    """A keyword or argument as far as the file tells: three-valued.

    "absent": not written anywhere that counts. "literal": `value` holds int, float, bool, str, None,
    list or dict, simple Jinja already evaluated. "unknown": it is written, but what it comes to
    depends on something that the file does not set.
    """

    state: Literal["absent", "literal", "unknown"]
    value: Any = None
    node: Node | None = None

    def __init__(
        self, state: Literal["absent", "literal", "unknown"], value: Any = None, node: Node | None = None
    ) -> None:
        self.__dict__.update(state=state, value=value, node=node)

    @property
    def known(self) -> bool:
        """True when the value is literal."""
        return self.state == "literal"


class Ref(Record):
    """A variable that an expression reads: `job.results[0].rc` is Ref("job", ("results", "0", "rc"))."""

    name: str
    path: tuple[str, ...]
    span: Span
    """Place of the whole reference in the file."""


class Task(Record):
    """One task (or handler, include, block) of a file, with everything it inherits."""

    path: str
    """The file, as the caller named it."""
    index: int
    """Position among all tasks of the file, in the order they would run (blocks opened)."""
    name: str
    action: str
    """The action as written ("ansible.builtin.copy", "copy"); "" for a block or an unreadable task."""
    module: str
    """The action without ansible.builtin/ansible.legacy ("copy"); other collections stay whole."""
    action_span: Span
    """Place of the key that names the action."""
    args: Mapping[str, Value]
    """Arguments of the module by name; free-form text under "_raw_params"."""
    own: Mapping[str, Value]
    """Keywords written on this task, by name (not the action)."""
    inherited: Mapping[str, Value]
    """Keywords in force from block, include or play (become, vars, environment, …), without those in `own`."""
    node: Node
    """The task's mapping."""
    span: Span
    """From the dash's mapping start to the end of its last value."""
    play: int
    """Number of the play in the file (from 0); tasks files have one play, 0."""
    section: str
    """"tasks", "handlers", "pre_tasks", "post_tasks", "block"."""
    kind: Literal["task", "block", "include", "import", "play"] = "task"
    within: tuple[tuple[int, str], ...] = ()
    """Blocks around it, outermost first: `index` of the block's Task, and the part: "block", "rescue", "always"."""

    def get(self, keyword: str) -> Value:
        """The keyword in force on this task: its own, else what it inherits, else absent."""
        return self.own.get(keyword) or self.inherited.get(keyword) or Value("absent")


class Job(Record):
    """A launch (a task with async) and the async_status tasks of the same file that belong to it."""

    launch: Task | None
    """None when a wait's launch is not in the file."""
    waits: tuple[Task, ...]
    cleanups: tuple[Task, ...]
    register: str
    """Name under which the launch's result is kept; "" when it is not registered."""
