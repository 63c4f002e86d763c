"""Virtual environments with a tool in them, made once and kept under `.cache/venvs` of the repository."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / ".cache" / "venvs"

PYTHONS = {
    "2.14": (9, 11),
    "2.15": (9, 11),
    "2.16": (10, 12),
    "2.17": (10, 12),
    "2.18": (11, 13),
    "2.19": (11, 13),
    "2.20": (12, 14),
    "2.21": (12, 14),
}
"""The Pythons (3.x, oldest and newest) that each ansible-core is made for as control node."""


def releases() -> tuple[str, str]:
    """The oldest and the newest ansible-core ("2.14", "2.19") that this Python runs."""
    runs = [release for release, (low, high) in PYTHONS.items() if low <= sys.version_info.minor <= high]
    return runs[0], runs[-1]


def all_releases() -> tuple[str, ...]:
    """Every ansible-core that some Python of this machine runs."""
    return tuple(release for release in PYTHONS if python_for(release))


@cache
def python_for(release: str) -> str:
    """A Python that runs this ansible-core ("2.14", "2.14.4") as control node: ours, else one found; "" for none."""
    low, high = PYTHONS[".".join(release.split(".")[:2])]
    if low <= sys.version_info.minor <= high:
        return sys.executable
    return next((found for minor in range(low, high + 1) for found in _pythons(minor)), "")


def _pythons(minor: int) -> Iterator[str]:
    """Pythons 3.`minor` on the path and among those of pyenv, tried before they are named."""
    name = f"python3.{minor}"
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for found in [shutil.which(name), *map(str, sorted(versions.glob(f"3.{minor}.*/bin/{name}")))]:
        if found and not subprocess.run([found, "-c", "import venv"], capture_output=True, check=False).returncode:
            yield found


def ansible(release: str) -> Path:
    """The `bin` folder with ansible-core of that release: "2.14" for its newest patch level, or exactly "2.14.4"."""
    wanted = f"=={release}" if release.count(".") == 2 else f"~={release}.0"
    return with_packages(release, f"ansible-core{wanted}", python=python_for(release))


@cache
def exact(release: str) -> str:
    """What is installed for a release ("2.14"): "2.14.18"."""
    script = "import ansible.release; print(ansible.release.__version__)"
    done = subprocess.run([str(ansible(release) / "python"), "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def ansible_lint() -> Path:
    """The `bin` folder with a current ansible-lint."""
    return with_packages("ansible-lint", "ansible-lint")


COLLECTIONS = ("ansible_collections/ansible/posix/", "ansible_collections/community/general/")


def collections() -> Path:
    """A folder with ansible.posix, which holds the callback json since ansible-core lacks it, and community.general.

    They are on PyPI only as a part of the package `ansible`; 12 goes with ansible-core 2.19.
    """
    home = STORE / "collections"
    with lock(STORE / "collections.lock"):
        if not all((home / one).exists() for one in (*COLLECTIONS, "ready")):
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(home), "ansible~=12.0"]
            subprocess.run(command, check=True, capture_output=True, timeout=400)
            (package,) = home.glob("ansible-*.whl")
            with zipfile.ZipFile(package) as all_files:
                wanted = [name for name in all_files.namelist() if name.startswith(COLLECTIONS)]
                all_files.extractall(home, wanted)
            package.unlink()
            (home / "ready").write_text(package.name, encoding="utf-8")
    return home


def with_packages(name: str, *packages: str, python: str = sys.executable) -> Path:
    """The `bin` folder of the environment `name` with these packages; `python` makes it now when it is not there yet.

    Several test processes may ask at once: the first makes it, the others wait. A half-made one is made anew.
    """
    home = STORE / name
    with lock(STORE / f"{name}.lock"):
        if not (home / "ready").exists():
            subprocess.run([python, "-m", "venv", "--clear", str(home)], check=True, capture_output=True)
            _pip(home, *packages)
            (home / "ready").write_text("\n".join(packages), encoding="utf-8")
    return home / "bin"


def _pip(home: Path, *packages: str) -> None:
    command = [str(home / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", *packages]
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
