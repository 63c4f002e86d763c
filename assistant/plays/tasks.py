"""Short questions about one task that every room asks: its register, loop, conditions and references."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.model import Node, Ref, Task
from assistant.plays import keywords
from assistant.plays.references import references
from assistant.plays.values import entries


def is_task(task: Task) -> bool:
    """Whether it does something itself: no play, block, include or import."""
    return task.kind == "task"


def registers(task: Task) -> str:
    """The name under which the task's result is kept; "" when it keeps none."""
    value = task.own.get("register")
    return value.node.text if value and value.node else ""


def is_launch(task: Task) -> bool:
    """Whether the task has an `async` of its own that is not literally 0 (or empty); blocks hand none down."""
    value = task.own.get("async")
    if value is None or not is_task(task):
        return False
    return not (value.known and (value.value is None or value.value == 0 or value.value == "0"))


def is_status(task: Task) -> bool:
    """Whether the task looks at a job or removes its file."""
    return is_task(task) and task.module == "async_status"


def is_cleanup(task: Task) -> bool:
    """Whether an async_status task removes the job's file (mode: cleanup)."""
    mode = task.args.get("mode")
    return is_status(task) and mode is not None and mode.value == "cleanup"


def loop(task: Task) -> Node | None:
    """The node of what the task loops over: `loop` or the first `with_*`; None without a loop."""
    for name, value in task.own.items():
        if (name == "loop" or name.startswith("with_")) and value.node:
            return value.node
    return None


def loop_var(task: Task) -> str:
    """The name that stands for one item of the task's loop (loop_control.loop_var, "item" by default)."""
    control = task.own.get("loop_control")
    if control and control.node:
        pair = entries(control.node).get("loop_var")
        if pair:
            return pair[1].text
    return "item"


def conditions(task: Task) -> tuple[Node, ...]:
    """All `when` conditions in force on the task, those of its blocks first; each an expression without braces."""
    found: list[Node] = []
    for value in (task.inherited.get("when"), task.own.get("when")):
        if value and value.node:
            found.extend(value.node.items or (value.node,))
    return tuple(found)


def reads(task: Task, text: str = "") -> Iterator[tuple[str, Ref]]:
    """Every variable that the task itself reads, each with the keyword or argument ("args.msg") that reads it."""
    for name, value in task.own.items():
        if name == "register" or value.node is None or (name == "args" and task.action):
            continue
        bare = name in keywords.EXPRESSIONS
        for ref in references(value, bare, text):
            yield name, ref
        if name == "loop_control":
            yield from _break_when(value.node, text)
    bare_args = keywords.EXPRESSION_ARGS.get(task.module, frozenset())
    seen: set[int] = set()
    for name, value in task.args.items():
        if value.node is None or id(value.node) in seen:
            continue
        seen.add(id(value.node))
        for ref in references(value, name in bare_args, text):
            yield f"args.{name}", ref


def _break_when(node: Node, text: str) -> Iterator[tuple[str, Ref]]:
    """loop_control.break_when (ansible-core 2.18+) is an expression without braces."""
    pair = entries(node).get("break_when")
    if pair:
        for ref in references(pair[1], True, text):
            yield "loop_control", ref
