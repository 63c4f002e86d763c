"""Writes the files in this folder that come from the base: `make snippets`. A test holds them against it."""

from __future__ import annotations

import json
from pathlib import Path

from assistant import kb
from assistant.front.snippets import as_json

SNIPPETS = Path(__file__).parent / "snippets" / "ansible-why.code-snippets"


def snippets() -> str:
    """The patterns of the base as a file of snippets."""
    return json.dumps(as_json(kb.load()), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SNIPPETS.write_text(snippets(), encoding="utf-8")
