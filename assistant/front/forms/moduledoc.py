"""What a module's own documentation says of an option, read from the Ansible that is installed beside us.

Nothing of Ansible's is imported or run: the module's file is found, its DOCUMENTATION is taken out of its syntax
tree, and read by our own reader of YAML. Where there is no Ansible, or no such module, nothing is said.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from assistant.model import Node, Record

LARGEST = 2_000_000
"""Bytes; no module is larger."""
SENTENCES = 2


class Option(Record):
    """An option of a module: its name, the first sentences on it, and the values it may have, () for any."""

    module: str
    name: str
    says: str
    choices: tuple[str, ...]


def at_fault(module: str, message: str, written: Sequence[str]) -> tuple[Option, ...]:
    """The options that `message` is about: those it names in quotes, or by their word where the task has them.

    `module` is its name with or without a collection, `written` the options of the task. At most two, () for none.
    """
    named = [name for name in _quoted(message) if name.isidentifier()]
    named += [name for name in written if re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", message)]
    options = _options(module) if named else None
    if options is None:
        return ()
    found = dict.fromkeys(options.get(name, "") for name in named)
    return tuple(option for option in found if isinstance(option, Option))[:2]


def _quoted(message: str) -> list[str]:
    return re.findall(r"['\"`]([a-z_]{1,60})['\"`]", message[:20_000])


def _options(module: str) -> dict[str, Option] | None:
    """Every option of a module by its name and its other names; None when it cannot be found or read."""
    path = _file(module)
    try:
        if not path or os.stat(path).st_size > LARGEST:
            return None
        with open(path, encoding="utf-8") as file:
            text = _documentation(file.read())
        from assistant.source import load

        documents = load(text) if text else ()
    except (OSError, ValueError, SyntaxError, RecursionError):
        return None
    found: dict[str, Option] = {}
    options = _under(documents[0] if documents else None, "options")
    for key, node in options.pairs if options else ():
        option = Option(module, key.text, _said(_under(node, "description")), tuple(_texts(_under(node, "choices"))))
        found |= dict.fromkeys([key.text, *_texts(_under(node, "aliases"))], option)
    return found


def _file(module: str) -> str:
    """The file of a module, "" for none: a name of Ansible's own, or of a collection in full."""
    from importlib.util import find_spec

    if not re.fullmatch(r"(?:[a-z0-9_]{1,60}\.[a-z0-9_]{1,60}\.)?[a-z0-9_]{1,80}", module):
        return ""
    *collection, name = module.removeprefix("ansible.builtin.").removeprefix("ansible.legacy.").split(".")
    parts = [*collection, "plugins", "modules"] if collection else ["modules"]
    try:
        spec = find_spec("ansible_collections" if collection else "ansible")
    except (ImportError, ValueError):
        return ""
    places = spec.submodule_search_locations if spec else None
    paths = (os.path.join(place, *parts, f"{name}.py") for place in places or ())
    return next((path for path in paths if os.path.isfile(path)), "")


def _documentation(source: str) -> str:
    """The text that a module gives the name DOCUMENTATION, "" for none."""
    import ast

    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Constant):
            continue
        if any(isinstance(target, ast.Name) and target.id == "DOCUMENTATION" for target in node.targets):
            return str(node.value.value)
    return ""


def _under(node: Node | None, name: str) -> Node | None:
    return next((value for key, value in node.pairs if key.text == name), None) if node else None


def _texts(node: Node | None) -> Iterator[str]:
    if node:
        yield from [key.text for key, _ in node.pairs] or [item.text for item in node.items] or [node.text]


def _said(description: Node | None) -> str:
    """The first sentences, without the marks of Ansible's documentation (`C(...)`, `O(...)`, `L(words, address)`)."""
    text = " ".join(" ".join(_texts(description)).split())
    text = re.sub(r"\b[LR]\(([^(),]{1,200}),[^()]{0,300}\)", r"\1", text[:5_000])
    text = re.sub(r"\b[BCEIMOPUV]{1,2}\(([^()]{1,200})\)", r"\1", text)
    return " ".join(re.split(r"(?<=[.!?])\s", text)[:SENTENCES])
