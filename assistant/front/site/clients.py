"""What pages show of `editors/`: the files as they are to be copied, so that no setting is written twice."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILES = (
    "editors/emacs/ansible-why.el",
    "editors/helix/languages.toml",
    "editors/kakoune/ansible-why.kak",
    "editors/neovim/plugin/ansible-why.lua",
    "editors/sublime/LSP.sublime-settings",
    "editors/vscode/package.json",
)
"""All that is shown; a wheel brings these along."""
HOLE = re.compile(r"\{(editors/[\w./-]+)\}")


def filled(text: str, folder: Path) -> str:
    """`text` with the file of `folder` in the place of each `{editors/…}`; of a package.json its settings.

    Raises OSError for a file that is not there.
    """
    return HOLE.sub(lambda hole: _shown(folder / hole[1]), text)


def _shown(path: Path) -> str:
    text = path.read_text(encoding="utf-8").strip("\n")
    return settings(json.loads(text)) if path.name == "package.json" else text


def settings(package: Mapping[str, Any]) -> str:
    """What an extension of VS Code lets one set, as its `settings.json` with the values that hold without one."""
    given = package["contributes"]["configuration"]["properties"].items()
    rows = [
        f"  // {about['description']}\n  {json.dumps(name)}: {json.dumps(about['default'])}" for name, about in given
    ]
    return "{\n" + ",\n".join(rows) + "\n}"
