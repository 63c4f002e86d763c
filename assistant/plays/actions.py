"""What a task does: its mapping in; action, module and arguments out, in all the forms Ansible takes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from assistant.model import Node, Span, Value
from assistant.plays import keywords
from assistant.plays.freeform import words
from assistant.plays.values import entries, made, value_of


class Action(NamedTuple):
    """The action of a task. `key` is the mapping's key that names it, None when there is none."""

    key: Node | None
    name: str
    span: Span
    args: Mapping[str, Value]
    local: bool = False
    """Written as local_action, so that it runs on the controller."""


Keys = Mapping[str, tuple[Node, Node]]


def named(keys: Keys) -> str:
    """Which key of a task is its action: the one that is no keyword; "" when none is.

    Of several, one with a collection's name is taken first, then a module that ansible-core has, then the
    first: the others are misplaced options or misspelt keywords.
    """
    return _named(tuple(keys))


@lru_cache(maxsize=1024)
def _named(keys: tuple[str, ...]) -> str:
    """Asked several times of each task, and most tasks of a file have the same few keys."""
    for key in ("action", "local_action"):
        if key in keys:
            return key
    free = [key for key in keys if not keywords.is_keyword(key)]
    if len(free) < 2:
        return free[0] if free else ""
    whole = [key for key in free if key.count(".") >= 2]
    known = [key for key in free if keywords.short_module(key) in keywords.BUILTIN]
    return (whole or known or free)[0]


def read(keys: Keys, node: Node, scope: Mapping[str, Value]) -> Action:
    """The action of the task whose keys are `keys`, with its arguments; `args:` fills in what is not given."""
    key = named(keys)
    if not key:
        return Action(None, "", Span(node.span.start, node.span.start), {})
    key_node, thing = keys[key]
    extra = _extra(keys, scope)
    if key in ("action", "local_action"):
        name, args = _old_style(thing, scope)
        return Action(key_node, name, key_node.span, _finished(name, {**extra, **args}), key == "local_action")
    args = {**extra, **_arguments(key, thing, scope)}
    return Action(key_node, key, key_node.span, _finished(key, args))


def _extra(keys: Keys, scope: Mapping[str, Value]) -> dict[str, Value]:
    if "args" not in keys:
        return {}
    node = keys["args"][1]
    if node.kind == "map":
        return _mapped(node, scope)
    return {"_variable_params": value_of(node, scope)} if node.tag != "null" else {}


def _mapped(node: Node, scope: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value_of(value, scope) for name, (_, value) in entries(node).items()}


def _arguments(action: str, thing: Node, scope: Mapping[str, Value]) -> dict[str, Value]:
    if thing.kind == "map":
        return _mapped(thing, scope)
    if thing.tag == "null":
        return {}
    if thing.tag != "str":
        return {"_raw_params": value_of(thing, scope)}
    return _worded(action, thing, 0, scope)


def _worded(action: str, thing: Node, start: int, scope: Mapping[str, Value]) -> dict[str, Value]:
    """The arguments in the text of a scalar from the character `start` on."""
    found: dict[str, Value] = {}
    text = thing.text[start:]
    if start == 0 and "=" not in text:
        return {"_raw_params": value_of(thing, scope)} if text.strip() else {}
    for word in words(text, is_free_form(action)):
        span = _span(thing, start + word.start, start + word.end)
        found[word.name] = value_of(made(word.text, span), scope)
    return found


def _span(node: Node, start: int, end: int) -> Span:
    """The place in the file of a part of a scalar; the whole scalar where escapes or folds hide it."""
    length = node.span.end - node.span.start
    shift = {"plain": 0, "single": 1, "double": 1}.get(node.style, -1)
    if shift < 0 or node.anchor or length != len(node.text) + 2 * shift:
        return node.span
    return Span(node.span.start + shift + start, node.span.start + shift + end)


def _old_style(thing: Node, scope: Mapping[str, Value]) -> tuple[str, dict[str, Value]]:
    """`action: copy src=a` and `action: {module: copy, src: a}` (parsing/mod_args.py, _normalize_old_style_args)."""
    if thing.kind == "scalar":
        name, start = _first_word(thing.text)
        return name, _worded(name, thing, start, scope) if start < len(thing.text) else {}
    keys = entries(thing)
    if "module" not in keys:
        return "", _mapped(thing, scope)
    module = keys["module"][1]
    name, start = _first_word(module.text)
    args = _mapped(thing, scope)
    del args["module"]
    inner = keys.get("args")
    if inner and inner[1].kind == "map":
        del args["args"]
        args.update(_mapped(inner[1], scope))
    if start < len(module.text):
        args.update(_worded(name, module, start, scope))
    return name, args


def _first_word(text: str) -> tuple[str, int]:
    start = len(text) - len(text.lstrip())
    parts = text[start:].split(None, 1)
    if not parts:
        return "", len(text)
    return parts[0], len(text) - len(parts[1]) if len(parts) > 1 else len(text)


def is_free_form(action: str) -> bool:
    """Whether the module takes a command line (constants.py, MODULE_REQUIRE_ARGS)."""
    short = keywords.short_module(action).removeprefix("ansible.windows.")
    return short in keywords.FREE_FORM


def _finished(action: str, args: dict[str, Value]) -> dict[str, Value]:
    """`cmd` of a command module is its free text (task.py, preprocess_data); it is kept under both names."""
    if "cmd" in args and "_raw_params" not in args and is_free_form(action):
        args["_raw_params"] = args["cmd"]
    return args
