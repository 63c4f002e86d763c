"""A stage on a machine of its own: the same as the plain one, with another user's home and another way to run."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from prove import venvs
from prove.scenes import Scene
from prove.stage import PATIENCE, SUDO, Ran, Stage, share_inventory

OWNER = "ops"
"""Whose home the project is in; see image.sh for the others."""
SITE = f"/home/{OWNER}/site"
PATH = f"/home/{OWNER}/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
NAMESPACES = ("--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd")
KNOWN = "/etc/sudoers.d/zz-password-known"
FROM_THE_SCENE = ("setup.sh",)
"""Files of a scenario that do not belong to its project."""


class Machine(Stage):
    """The project in /home/ops/site of a machine that is up, seen from outside through /proc."""

    def __init__(self, pid: int, release: str, scene: Scene) -> None:
        """`pid` is the machine's first process as seen here."""
        self._pid, self._player = pid, scene.player
        self._helper = scene.steps_by or scene.player
        folder = Path(f"/proc/{pid}/root{SITE}")
        super().__init__(folder, release, scene, scene.arguments, None)

    def _furnish(self, scene: Scene) -> None:
        if scene.folder.is_dir():
            left_out = shutil.ignore_patterns(*FROM_THE_SCENE)
            shutil.copytree(scene.folder, self.folder, dirs_exist_ok=True, ignore=left_out)
        self.playbook.write_text(scene.playbook, encoding="utf-8")
        share_inventory(scene, self.folder)
        self.inside(["chown", "-R", f"{OWNER}:", SITE])
        self._with_bash((Path(__file__).parent / "services.sh").read_text(encoding="utf-8"), *scene.machine)
        if (scene.folder / "setup.sh").exists():
            self._with_bash((scene.folder / "setup.sh").read_text(encoding="utf-8"))

    def environment(self) -> dict[str, str]:
        """That of a login, and what the scene or a step set."""
        return self._login(self._player)

    def _login(self, user: str) -> dict[str, str]:
        home = "/root" if user == "root" else f"/home/{user}"
        who = {"HOME": home, "USER": user, "LOGNAME": user, "SHELL": "/bin/bash"}
        ours = {"PATH": PATH, "LANG": "C.UTF-8", "TERM": "xterm", "PYTHONWARNINGS": "ignore"}
        return {**who, **ours, **self.settings}

    def do(self, line: str) -> Ran:
        """By whoever plays. He knows his password: where the line has sudo, it does not ask while that lasts."""
        asks = "sudo " in line and self._helper != "root"
        if asks:
            self.inside(["sh", "-c", f"echo '{self._helper} ALL=(ALL) NOPASSWD: ALL' > {KNOWN}"])
        try:
            return self._as(self._helper, ["sh", "-c", ("" if asks else SUDO) + line], self._login(self._helper))
        finally:
            self.inside(["rm", "-f", KNOWN])

    def _executed(self, command: list[str], environment: dict[str, str]) -> Ran:
        return self._as(self._player, command, environment)

    def _as(self, user: str, command: list[str], environment: dict[str, str]) -> Ran:
        player = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]
        return self.inside([*player, "env", "-i", *self._assigned(environment), *command])

    def inside(self, command: list[str]) -> Ran:
        """Run by root in the project, without a terminal."""
        entered = ["nsenter", f"--target={self._pid}", *NAMESPACES]
        limited = ["timeout", "--kill-after=5", str(PATIENCE), "sh", "-c", f'cd {SITE} && exec "$@"', "sh", *command]
        done = subprocess.run(
            [*entered, *limited],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            timeout=PATIENCE + 20,
        )
        return Ran(done.returncode, done.stdout)

    def _with_bash(self, script: str, *arguments: str) -> None:
        """Preparation: what it leaves behind counts, not how it ends."""
        self.inside(["env", f"PATH={PATH}", "LANG=C.UTF-8", "HOME=/root", "bash", "-c", script, "bash", *arguments])

    @staticmethod
    def _assigned(environment: dict[str, str]) -> list[str]:
        return [f"{name}={value}" for name, value in environment.items()]


def programs(release: str) -> tuple[Path, str]:
    """The environment of a release here, and the path under which its programs look for it."""
    folder = venvs.ansible(release)
    first = (folder / "ansible-playbook").read_text(encoding="utf-8").splitlines()[0]
    return folder.parent, str(Path(first.removeprefix("#!").strip()).parents[1])
