"""Build hook: the base is compiled once, when the wheel is made, so that a start reads one file and no YAML."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledBase(BuildHookInterface):  # type: ignore[type-arg,misc]
    """Puts `kb/` into the wheel as `assistant/kb.jsonl`. An editable install reads `kb/` itself instead."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a wheel is made; `version` is "standard" or "editable"."""
        if version == "editable":
            return
        self._folder = TemporaryDirectory()
        out = Path(self._folder.name) / "kb.jsonl"
        sys.path.insert(0, self.root)
        from assistant.kb import compile_to

        compile_to(str(Path(self.root) / "kb"), str(out))
        build_data["force_include"][str(out)] = "assistant/kb.jsonl"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called when the wheel is written."""
        if version != "editable":
            self._folder.cleanup()
