"""Which module a task ran, as far as the paste says so; never guessed from the shape of a result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_CORE = ("ansible.builtin.", "ansible.legacy.", "ansible_collections.ansible.builtin.plugins.action.")


def bare(name: str) -> str:
    """A module's name without ansible.builtin or ansible.legacy."""
    for prefix in _CORE:
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name


@cache
def _fqcn() -> re.Pattern[str]:
    return re.compile(r"(?:[^:]{1,200} : )?([a-z_][a-z0-9_]{0,60}(?:\.[a-z_][a-z0-9_]{0,60}){2,5})$")


@cache
def _said() -> re.Pattern[str]:
    return re.compile(
        r"(?:This action \(|Finalization of task args for '|Unsupported parameters for \(|"
        r"Invalid options for |<adhoc ')"
        r"(?P<name>[A-Za-z_][\w.]{0,200})"
    )


def from_name(task: str) -> str:
    """A task without a name is printed as its action in full: `TASK [ansible.builtin.async_status]`."""
    found = _fqcn().match(task)
    return bare(found.group(1)) if found else ""


def from_result(result: Mapping[str, Any], chain: tuple[str, ...]) -> str:
    """The action that a message or an `invocation` names, else ""."""
    said = result.get("msg")
    for text in (*chain, said if isinstance(said, str) else ""):
        if found := _said().search(text[:2000]):
            return bare(found["name"])
    invocation = result.get("invocation")
    given = invocation.get("module_args") if isinstance(invocation, dict) else None
    if isinstance(invocation, dict) and isinstance(invocation.get("module_name"), str):
        return bare(invocation["module_name"])
    return "async_status" if isinstance(given, dict) and "jid" in given and "mode" in given else ""
