"""The knowledge base of a call: ours, and beside it the private families of the reader."""

from __future__ import annotations

import os
from collections.abc import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.kb import Base


def opened(folders: Sequence[str] = ()) -> Base:
    """Our base with the families of the reader's own folder, if there is one, and of `folders`. Raises BaseError."""
    from assistant import kb

    return kb.load(folders=[*kept(), *folders])


def home() -> str:
    """The folder of private families: `$XDG_CONFIG_HOME/ansible-why/kb`, or below ~/.config."""
    config = os.environ.get("XDG_CONFIG_HOME", "")
    if not os.path.isabs(config):  # the XDG specification: a relative path is to be ignored
        config = os.path.expanduser("~/.config")
    return os.path.join(config, "ansible-why", "kb")


def kept() -> list[str]:
    """That folder, when it holds a base."""
    return [home()] if os.path.isfile(os.path.join(home(), "tree.yaml")) else []
