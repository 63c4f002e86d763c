"""An inventory for a playbook that names hosts as people do: all of them are this machine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.plays import read
from prove.scenes import Scene

if TYPE_CHECKING:
    from prove.sshd import Sshd

LOCAL = """
[all:vars]
ansible_connection=local
ansible_python_interpreter="{{ ansible_playbook_python }}"
"""


def write(folder: Path, scene: Scene, door: Sshd | None) -> None:
    """`inventory.ini` in the folder, unless the scenario brought its own (over ssh it only adds how to get in)."""
    path = folder / "inventory.ini"
    if door:
        path.write_text("".join(f"{host}\n" for host in hosts(scene.playbook)) + door.variables(), encoding="utf-8")
    elif not path.exists():
        path.write_text("".join(map(_line, hosts(scene.playbook))) + LOCAL, encoding="utf-8")


def hosts(playbook: str) -> list[str]:
    """The host names of a playbook: those of `hosts` and of `delegate_to`, each once."""
    written = [task.get(keyword) for task in read("broken.yml", playbook).tasks for keyword in ("hosts", "delegate_to")]
    names = [name for one in written if one.known for name in re.split(r"[:,\s]+", str(one.value))]
    return list(dict.fromkeys(name for name in names if name and name not in ("all", "localhost")))


def _line(host: str) -> str:
    """One host, with a folder of its own for its job files: what two machines have, two names of one have not."""
    return f'{host} ansible_async_dir="{{{{ inventory_dir }}}}/{host}/.ansible_async"\n'
