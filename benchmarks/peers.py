"""The programs we measure ourselves against, installed under `.cache/venvs` where they are missing."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))

from prove import venvs  # noqa: E402  (the tests keep the same environments)


@functools.cache
def ansible() -> Path:
    """`ansible` of the newest release that this Python runs."""
    return venvs.ansible(venvs.releases()[1]) / "ansible"


@functools.cache
def interpreter(name: str) -> Path:
    """A current release of a program with a prompt: ptpython, litecli, ipython."""
    return venvs.with_packages(name, name) / name


@functools.cache
def ansible_lint() -> Path:
    """A current `ansible-lint`."""
    return venvs.ansible_lint() / "ansible-lint"


class LanguageServer(NamedTuple):
    """How a language server is started, and what it is told when it asks for its settings."""

    command: list[str]
    env: dict[str, str]
    settings: dict[str, Any]


@functools.cache
def language_server() -> LanguageServer:
    """`@ansible/ansible-language-server` from npm, with the `ansible-lint` above."""
    place = ROOT / ".cache" / "npm" / "ansible-language-server"
    script = place / "node_modules" / "@ansible" / "ansible-language-server" / "out" / "server" / "src" / "server.js"
    if not script.exists():
        install = ["npm", "install", "--silent", "--prefix", str(place), "@ansible/ansible-language-server"]
        subprocess.run(install, check=True)
    lint = ansible_lint()
    settings = {
        "ansible": {"path": "ansible", "useFullyQualifiedCollectionNames": True},
        "validation": {"enabled": True, "lint": {"enabled": True, "path": str(lint), "arguments": "--offline"}},
        "python": {"interpreterPath": str(lint.with_name("python")), "activationScript": ""},
        "executionEnvironment": {"enabled": False},
        "completion": {"provideRedirectModules": True, "provideModuleOptionAliases": True},
    }
    path = f"{lint.parent}{os.pathsep}{os.environ['PATH']}"
    return LanguageServer(["node", str(script), "--stdio"], {"PATH": path}, settings)
