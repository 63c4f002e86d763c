"""A stage for one scenario of `lab/`: a copy of its folder in which real Ansible may do as it likes."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from prove import venvs

LAB = venvs.ROOT / "lab"
PATIENCE = 150
"""Seconds after which a run counts as hung; the longest needs about 30 on a quiet machine."""

PLACES = {"HOME": "home", "ANSIBLE_HOME": "ansible", "ANSIBLE_LOCAL_TEMP": "temp", "ANSIBLE_REMOTE_TEMP": "there"}
"""Where on the stage things go that Ansible would put into the user's home."""


class Ran(NamedTuple):
    """What one run of ansible-playbook left."""

    code: int
    text: str
    """Standard output and error together, as a terminal shows them."""


class Stage:
    """A scenario's folder, its environment, and the release of ansible-core that plays in it."""

    def __init__(self, folder: Path, release: str, extra: tuple[str, ...] = ()) -> None:
        """`extra` are arguments for every run."""
        self.folder, self.release, self.extra = folder, release, extra
        self.playbook = folder / "broken.yml"
        (folder / "home").mkdir(exist_ok=True)

    def run(self) -> Ran:
        """Play `broken.yml` as it stands now."""
        program = venvs.ansible(self.release) / "ansible-playbook"
        command = [str(program), "-i", "inventory.ini", self.playbook.name, *self.extra]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )
        return Ran(done.returncode, done.stdout)

    def _environment(self) -> dict[str, str]:
        """The caller's, but nothing in it that tells Ansible how to behave."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "PYTEST_"))}
        mine = {name: str(self.folder / place) for name, place in PLACES.items()}
        return {**kept, **mine, "LC_ALL": "C.UTF-8", "ANSIBLE_NOCOLOR": "1"}


@contextmanager
def stage(cause: str, release: str, *extra: str) -> Iterator[Stage]:
    """The scenario `lab/<cause>` on a stage of its own; the folder goes when the work is done."""
    folder = Path(tempfile.mkdtemp(prefix="ansible-why-"))
    try:
        folder.chmod(0o755)  # another user has to get in
        shutil.copy(LAB / "inventory.ini", folder)
        shutil.copytree(LAB / cause, folder, dirs_exist_ok=True)
        yield Stage(folder, release, extra)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
