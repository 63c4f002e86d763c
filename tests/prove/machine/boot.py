"""Boots a machine for one scenario and takes it down again."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prove import venvs
from prove.machine.stage import Machine, programs
from prove.scenes import Scene

HERE = Path(__file__).parent
IMAGE = venvs.STORE.parent / "machine"
NEEDS = "scenarios on a machine of their own need root and Linux namespaces (unshare, overlay)"
OWN = ("--mount", "--pid", "--net", "--uts", "--ipc", "--cgroup", "--fork", "--kill-child")
READY = "run/machine-is-up"
"""A file that a machine makes when it is up; this one has none of that name."""


@contextmanager
def booted(scene: Scene, release: str) -> Iterator[Machine]:
    """The scenario on a machine of its own. Raises PermissionError where none can be made."""
    image, (venv, there) = _image(), programs(release)
    folder = Path(tempfile.mkdtemp(prefix="ansible-why-machine-"))
    group = _control_group(folder.name) if "systemd" in scene.machine else None
    shell = [str(HERE / "boot.sh"), str(folder), str(image), str(venv), there, "systemd" if group else ""]
    enter = ["sh", "-c", 'echo $$ > "$0/cgroup.procs"; exec "$@"', str(group)] if group else []
    command = [*enter, "unshare", *OWN, "bash", *shell]
    with (folder / "log").open("w") as log:
        outer = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    try:
        yield Machine(_first_process(outer, folder), release, scene)
    finally:
        outer.kill()
        outer.wait()
        shutil.rmtree(folder, ignore_errors=True)
        if group:
            _remove(group)


def can_boot() -> bool:
    """True where namespaces can be made."""
    if os.geteuid() or not shutil.which("unshare"):
        return False
    return not subprocess.run(["unshare", *OWN, "true"], capture_output=True, check=False).returncode


def _image() -> Path:
    """What the machines have beyond this one; made now when it is not there yet, or what it is made of changed."""
    made_of = "".join((HERE / name).read_text(encoding="utf-8") for name in ("image.sh", "www.py"))
    if not can_boot():
        raise PermissionError(NEEDS)
    with venvs.lock(IMAGE / "lock"):
        ready = IMAGE / "ready"
        if not ready.exists() or ready.read_text(encoding="utf-8") != made_of:
            shutil.rmtree(IMAGE / "image", ignore_errors=True)
            command = ["unshare", *OWN[:2], *OWN[3:], "bash", str(HERE / "image.sh"), str(IMAGE)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise PermissionError(f"{NEEDS}\n{done.stdout}{done.stderr}")
            ready.write_text(made_of, encoding="utf-8")
    return IMAGE / "image"


def _first_process(outer: subprocess.Popen[bytes], folder: Path) -> int:
    """The machine's process 1 as it is numbered here, once the machine is up. Raises TimeoutError after 60 s."""
    for _ in range(600):
        for pid in Path(f"/proc/{outer.pid}/task/{outer.pid}/children").read_text(encoding="utf-8").split():
            if Path(f"/proc/{pid}/root/{READY}").exists():
                return int(pid)
        if outer.poll() is not None:
            break
        time.sleep(0.1)
    raise TimeoutError(f"the machine did not come up; {NEEDS}\n{(folder / 'log').read_text(encoding='utf-8')}")


def _control_group(name: str) -> Path:
    """A control group for systemd. Raises FileNotFoundError without cgroups of version 2."""
    for root in (Path("/sys/fs/cgroup/unified"), Path("/sys/fs/cgroup")):
        if (root / "cgroup.controllers").exists():
            (root / name).mkdir()
            return root / name
    raise FileNotFoundError("systemd in a machine needs cgroups of version 2 under /sys/fs/cgroup")


def _remove(group: Path) -> None:
    """The group with all that systemd made in it, as soon as its processes are gone."""
    for _ in range(50):
        done = subprocess.run(["find", group, "-depth", "-type", "d", "-exec", "rmdir", "{}", ";"], capture_output=True)
        if not group.exists() or not done.stderr:
            return
        time.sleep(0.1)
