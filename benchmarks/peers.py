"""The programs we measure ourselves against, installed under `.cache/venvs` where they are missing."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

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
