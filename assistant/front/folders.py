"""Folders walked as a person would expect: Ansible's own code in, other people's and other tools' out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

ENDS = (".yml", ".yaml")
MOST = 10_000_000
"""Bytes; no playbook is larger, and a dump that is would take a minute to read."""

OTHERS = frozenset({"node_modules", "__pycache__", "ansible_collections", "venv", "site-packages"})
"""Folders that hold other people's code, wherever they are. Hidden ones (.git, .tox, .cache) are left out too."""

NO_TASKS = frozenset({"templates", "files", "group_vars", "host_vars"})
"""Folders of Ansible's own layout without tasks in them."""

NO_TASKS_IN_ROLE = frozenset({"vars", "defaults", "meta"})
"""The same, where they stand beside `tasks` or `handlers`; elsewhere these names mean nothing."""

Note = Callable[[str], None]


def files(paths: list[str], note: Note) -> Iterator[tuple[str, bool]]:
    """The files to read, each once and in a steady order, with whether the call named it itself.

    `note` is told, in a sentence, of what is left out though a person may miss it.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if not os.path.isdir(path):
            yield path, True
            continue
        for found in _below(path, seen):
            if _wanted(found, note):
                yield found, False


def _below(root: str, seen: set[tuple[int, int]]) -> Iterator[str]:
    """YAML files below `root`; links are followed, a folder is entered once however it is reached."""
    state = os.stat(root)
    if (state.st_dev, state.st_ino) in seen:
        return
    seen.add((state.st_dev, state.st_ino))
    try:
        with os.scandir(root) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    names = {entry.name for entry in found}
    if "pyvenv.cfg" in names:
        return
    role = "tasks" in names or "handlers" in names
    for entry in found:
        if entry.is_dir():
            if not _left_out(entry.name, role):
                yield from _below(os.path.join(root, entry.name), seen)
        elif entry.name.endswith(ENDS) and not entry.name.startswith(".") and entry.is_file():
            yield os.path.normpath(entry.path)


def may_hold_tasks(path: str) -> bool:
    """Whether a file can be Ansible's by its name and place; what it holds has the last word."""
    *folders, name = path.replace("\\", "/").split("/")
    if not name.endswith(ENDS) or not NO_TASKS.isdisjoint(folders):
        return False
    role = "/".join(folders[:-1])
    in_role = folders and folders[-1] in NO_TASKS_IN_ROLE
    return not (in_role and any(os.path.isdir(f"{role}/{beside}") for beside in ("tasks", "handlers")))


def _left_out(name: str, role: bool) -> bool:
    if name.startswith(".") or name in OTHERS or name in NO_TASKS:
        return True
    return role and name in NO_TASKS_IN_ROLE


def _wanted(path: str, note: Note) -> bool:
    try:
        size = os.stat(path).st_size
        with open(path, "rb") as file:
            vault = file.read(14) == b"$ANSIBLE_VAULT"
    except OSError:
        return True
    if size > MOST and not vault:
        note(f"{path}: left out, larger than {MOST // 1_000_000} MB")
    return size <= MOST and not vault
