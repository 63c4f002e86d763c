"""Build hook: the base is compiled once, when the wheel is made, so that a start reads one file and no YAML."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SITE = ("engine", "icons", "root", "scripts", "styles", "templates", "words", "package.json", "package-lock.json")
"""What `ansible-why site` needs of `site/`: all but what npm puts there."""

MADE_FROM = ("kb", "lab/proved.json", "CHANGELOG.md", "CONTRIBUTING.md")
"""What the pages are made from besides, with the files of editors: the compiled base has no examples."""


class CompiledBase(BuildHookInterface):  # type: ignore[type-arg,misc]
    """Puts `kb/` into the wheel as `assistant/kb.jsonl`, and what the site is made from below `assistant/site/`.

    An editable install reads both where they lie.
    """

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a wheel is made; `version` is "standard" or "editable"."""
        if version == "editable":
            return
        self._folder = TemporaryDirectory()
        out = Path(self._folder.name) / "kb.jsonl"
        sys.path.insert(0, self.root)
        from assistant.front.site.clients import FILES
        from assistant.kb import compile_to

        compile_to(str(Path(self.root) / "kb"), str(out))
        build_data["force_include"][str(out)] = "assistant/kb.jsonl"
        for name in (*(f"site/{part}" for part in SITE), *MADE_FROM, *FILES):
            build_data["force_include"][str(Path(self.root) / name)] = f"assistant/site/{name.removeprefix('site/')}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called when the wheel is written."""
        if version != "editable":
            self._folder.cleanup()
