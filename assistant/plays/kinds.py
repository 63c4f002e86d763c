"""What a YAML document is: a playbook, tasks, or nothing of Ansible's; silence on the latter is the point."""

from __future__ import annotations

from typing import Literal

from assistant.model import Node
from assistant.plays import keywords
from assistant.plays.values import entries

Kind = Literal["playbook", "tasks", "other"]

_STRONG = keywords.wordset(
    "register when become async until notify delegate_to loop loop_control changed_when failed_when ignore_errors "
    "no_log run_once"
)
"""Keywords that hardly stand in a mapping that is no task; the others (name, tags, port, …) do."""
_STRINGY = keywords.FREE_FORM | keywords.INCLUDES | keywords.IMPORTS | {"meta", "include_vars"}
_DATA_FOLDERS = frozenset({"group_vars", "host_vars", "vars", "defaults", "meta"})
_TASK_FOLDERS = frozenset({"tasks", "handlers", "pre_tasks", "post_tasks"})
_NO_MODULES = keywords.wordset("version src scm type source url repo image uses run value key hosts id")

Keys = dict[str, tuple[Node, Node]]


def kind_of(node: Node, path: str) -> Kind:
    """The kind of a document's root node; `path` tells apart what a list alone does not ("roles/x/tasks/main.yml")."""
    folders = set(path.replace("\\", "/").split("/")[:-1])
    if node.kind == "map":
        return _kind_of_map(entries(node), folders)
    items = [entries(item) for item in node.items if item.kind == "map"]
    if any(is_play(keys) or _imports_playbook(keys) for keys in items):
        return "playbook"
    if any(sure_task(keys) for keys in items):
        return "tasks"
    hinted = bool(folders & _TASK_FOLDERS)
    if items and len(items) == len(node.items) and all(_maybe_task(keys, hinted) for keys in items):
        return "tasks"
    return "other"


def _kind_of_map(keys: Keys, folders: set[str]) -> Kind:
    if is_play(keys) or _cut_play(keys):
        return "playbook"
    strong = sum(_is_strong(key) for key in keys)
    if sure_task(keys) and (strong or "name" in keys or any("." in key for key in keys)):
        return "other" if folders & _DATA_FOLDERS else "tasks"
    bare = {"async", "until", "register", "poll"} & keys.keys()
    if bare and len(keys) > 1 and all(keywords.is_keyword(key) for key in keys):
        return "tasks"
    return "other"


def is_play(keys: Keys) -> bool:
    """Whether a mapping is a play: `hosts` with a list of tasks or roles, or with nothing but play keywords."""
    if "hosts" not in keys:
        return False
    return any(key in keys for key in (*keywords.SECTIONS, "roles")) or all(key in keywords.PLAY for key in keys)


def _cut_play(keys: Keys) -> bool:
    """A play whose head is missing from the paste."""
    lists = [keys[name][1] for name in keywords.SECTIONS if name in keys]
    tasks = [entries(item) for node in lists for item in node.items if item.kind == "map"]
    return all(key in keywords.PLAY for key in keys) and any(sure_task(task) for task in tasks)


def _imports_playbook(keys: Keys) -> bool:
    names = {keywords.short_module(key) for key in keys}
    return "import_playbook" in names and names <= keywords.TASK | {"import_playbook"}


def sure_task(keys: Keys) -> bool:
    """Whether a mapping can only be a task or block."""
    if any(keys[part][1].kind == "list" for part in keywords.PARTS if part in keys):
        return True
    if "action" in keys or "local_action" in keys:
        return _is_strong_enough(keys)
    free = [key for key in keys if not keywords.is_keyword(key)]
    if any(_is_action(key, keys[key][1]) for key in free):
        return len(free) == 1 or any("." in key or _is_strong(key) for key in keys)
    return len(free) == 1 and free[0] not in _NO_MODULES and any(_is_strong(key) for key in keys)


def _is_strong_enough(keys: Keys) -> bool:
    thing = (keys.get("action") or keys["local_action"])[1]
    words = thing.text.split() if thing.kind == "scalar" else []
    known = bool(words) and keywords.short_module(words[0]) in keywords.BUILTIN
    return known or "." in (words or [""])[0] or thing.kind == "map" or any(_is_strong(key) for key in keys)


def _is_strong(key: str) -> bool:
    return key in _STRONG or key.startswith("with_")


def _is_action(key: str, value: Node) -> bool:
    """A module's full name, or a known short one with something that can be its arguments."""
    if key.count(".") >= 2 and key.replace(".", "").replace("_", "").isalnum():
        return True
    short = keywords.short_module(key)
    if short not in keywords.BUILTIN:
        return False
    return value.kind == "map" or value.tag == "null" or "=" in value.text or (short in _STRINGY and bool(value.text))


def _maybe_task(keys: Keys, hinted: bool) -> bool:
    """A task by its looks: one key that can be a module's name, with arguments; in a task folder any key."""
    free = [key for key in keys if not keywords.is_keyword(key)]
    if hinted:
        return bool(free)
    if len(free) != 1 or "name" not in keys or free[0] in _NO_MODULES or not free[0].isidentifier():
        return False
    value = keys[free[0]][1]
    return value.kind == "map" or "=" in value.text
