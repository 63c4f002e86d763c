"""A stage for one scenario of `lab/`: a folder of its own in which real Ansible may do as it likes."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from prove import inventory, venvs
from prove.scenes import LAB, Scene
from prove.sshd import Sshd
from prove.users import Guests

PATIENCE = 200
"""Seconds after which a run counts as hung; the longest needs about 40 on a quiet machine."""

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""Where programs are looked for, that environment of Python apart in which Ansible lives."""
SURROUNDINGS = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "PYTEST_"))}
"""The caller's environment, but nothing in it that tells Ansible how to behave. Taken once, for plays run side by side
while pytest writes the name of each test into the live one: who walks through that then loses a name under his feet."""
SUDO = 'sudo() { "$@"; }\n'
"""Whoever plays is root already, and may have no sudo."""
PLACES = {"HOME": "home", "ANSIBLE_HOME": "ansible", "ANSIBLE_LOCAL_TEMP": "temp", "ANSIBLE_REMOTE_TEMP": "there"}
"""Where on the stage things go that Ansible would put into the user's home."""


class Ran(NamedTuple):
    """What one run of ansible-playbook left."""

    code: int
    text: str
    """Standard output and error together, as a terminal shows them."""


class Stage:
    """A scenario's folder, its environment, and the release of ansible-core that plays in it."""

    def __init__(self, folder: Path, release: str, scene: Scene, extra: tuple[str, ...], door: Sshd | None) -> None:
        """`extra` are arguments for every run; `door` is the ssh server through which it plays, if any."""
        self.folder, self.release, self.extra, self.door = folder, release, extra, door
        self.playbook = folder / "broken.yml"
        self.settings: dict[str, str] = dict(one.split("=", 1) for one in scene.settings)
        """Environment variables, those of the scene and those that a step of our answer told to set, and…"""
        self.options: tuple[str, ...] = ()
        """…further arguments, that a step told to give."""
        if scene.collections:
            self.settings["ANSIBLE_COLLECTIONS_PATH"] = str(venvs.collections())
        self._run = scene.run
        self._places = {**PLACES} if not door else {"HOME": "home", "ANSIBLE_HOME": "ansible"}
        self._furnish(scene)

    def _furnish(self, scene: Scene) -> None:
        (self.folder / "home").mkdir(exist_ok=True)
        self.playbook.write_text(scene.playbook, encoding="utf-8")
        inventory.write(self.folder, scene, self.door)

    def run(self, **settings: str) -> Ran:
        """Play `broken.yml` as it stands now. `settings` are environment variables, such as a callback."""
        typed = self._run or f"ansible-playbook -i inventory.ini {self.playbook.name}"
        with self.door or ExitStack():
            command = ["sh", "-c", f'{typed} "$@"', "sh", *self.extra, *self.options]
            return self._executed(command, {**self.environment(), **settings})

    def do(self, line: str) -> Ran:
        """One line of shell, as somebody types it who has this in front of him."""
        return self._executed(["sh", "-c", SUDO + line], self.environment())

    def _executed(self, command: list[str], environment: dict[str, str]) -> Ran:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=PATIENCE,
        )
        return Ran(done.returncode, done.stdout)

    def environment(self) -> dict[str, str]:
        """The caller's, but nothing in it that tells Ansible how to behave or where other Pythons are."""
        mine = {name: str(self.folder / place) for name, place in self._places.items()}
        path = f"{venvs.ansible(self.release)}:{PATH}"
        return {**SURROUNDINGS, **mine, "PATH": path, "LC_ALL": "C.UTF-8", "ANSIBLE_NOCOLOR": "1", **self.settings}


@contextmanager
def stage(scene: Scene, release: str, guests: Guests) -> Iterator[Stage]:
    """The scenario on a stage of its own; the folder goes when the work is done."""
    folder = Path(tempfile.mkdtemp(prefix="ansible-why-"))
    try:
        folder.chmod(0o755)  # another user has to get in
        if scene.folder.is_dir():
            shutil.copytree(scene.folder, folder, dirs_exist_ok=True)
        share_inventory(scene, folder)
        python = guests.python_of(scene.user) if scene.user else ""
        extra = ("-e", f"ansible_python_interpreter={python}") if python and not scene.ssh else ()
        door = Sshd(folder, scene.ssh, guests.python_of(scene.ssh)) if scene.ssh else None
        yield Stage(folder, release, scene, (*extra, *scene.arguments), door)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def share_inventory(scene: Scene, folder: Path) -> None:
    """That of the family or of all, where the scenario has none of its own and means that one."""
    of_family = LAB / scene.family / "inventory.ini"
    shared = of_family if of_family.exists() else LAB / "inventory.ini"
    meant = shared != of_family or "hosts: shop" in scene.playbook
    if meant and not (folder / "inventory.ini").exists():
        shutil.copy(shared, folder)
