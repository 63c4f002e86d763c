"""Virtual environments with a tool in them, made once and kept under `.cache/venvs` of the repository."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / ".cache" / "venvs"

OLDEST_AND_NEWEST = {(3, 11): ("2.14", "2.19"), (3, 12): ("2.16", "2.21"), (3, 13): ("2.18", "2.21")}
"""The ansible-core releases that a Python can run as control node, oldest and newest (their `requires-python`)."""


def releases() -> tuple[str, str]:
    """The oldest and the newest ansible-core ("2.14", "2.19") that this Python runs."""
    return OLDEST_AND_NEWEST[sys.version_info[:2]]


def ansible(release: str) -> Path:
    """The `bin` folder with ansible-core of that release ("2.14"), its newest patch level."""
    return with_packages(release, f"ansible-core~={release}.0")


def ansible_lint() -> Path:
    """The `bin` folder with a current ansible-lint."""
    return with_packages("ansible-lint", "ansible-lint")


def with_packages(name: str, *packages: str) -> Path:
    """The `bin` folder of the environment `name` with these packages; made now when it is not there yet.

    Several test processes may ask at once: the first makes it, the others wait. A half-made one is made anew.
    """
    home = STORE / name
    with lock(STORE / f"{name}.lock"):
        if not (home / "ready").exists():
            venv.create(home, clear=True, with_pip=True)
            _pip(home, *packages)
            (home / "ready").write_text("\n".join(packages), encoding="utf-8")
    return home / "bin"


def _pip(home: Path, *packages: str) -> None:
    command = [home / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400)
    if done.returncode:
        raise RuntimeError(f"pip could not install {' '.join(packages)}:\n{done.stdout}{done.stderr}")


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Held by one process (and one thread) at a time on this machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
