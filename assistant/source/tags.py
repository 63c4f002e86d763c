"""Tags: what a loader says of a node in, the short names of `model.Node.tag` out."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

CORE = "tag:yaml.org,2002:"
_SHORT = {"seq": "list", "!vault-encrypted": "vault", "!vault": "vault", "!unsafe": "unsafe"}
_TABLE: dict[str | None, list[tuple[str, Any]]] = {}


def short(tag: str) -> str:
    """`tag:yaml.org,2002:int` becomes "int", `!vault` "vault"; other tags stay as written."""
    tag = tag.removeprefix(CORE)
    return _SHORT.get(tag, tag)


def implied(text: str) -> str:
    """The short tag of an untagged plain scalar, by YAML 1.1 as PyYAML's SafeLoader (and so Ansible) reads it."""
    return _often(text) if len(text) < _LONG else _implied(text)


_LONG = 40
"""From so many characters on a scalar is hardly met twice, and not kept."""


@lru_cache(maxsize=4096)
def _often(text: str) -> str:
    return _implied(text)


def _implied(text: str) -> str:
    if not _TABLE:
        from yaml.resolver import Resolver

        _TABLE.update(Resolver.yaml_implicit_resolvers)
    for tag, pattern in _TABLE.get(text[:1], ()):
        if pattern.match(text):
            return short(tag)
    return "str"
