"""An ssh server on loopback with throw-away keys, which a scenario may shut in the middle of a play."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from threading import Event, Thread
from typing import Any

SETTINGS = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/key.pub
AllowUsers {user}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
SetEnv PATH={folder}/bin
"""
VARIABLES = """
[all:vars]
ansible_host=127.0.0.1
ansible_port={port}
ansible_user={user}
ansible_ssh_private_key_file={folder}/key
ansible_python_interpreter={python}
ansible_ssh_args="-o ControlMaster=no -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no -o LogLevel=ERROR"
"""
DOOR = "door"
"""A folder of the stage: while the play keeps a file in it, nobody gets in."""
NOT_THERE = ("setfacl",)
"""Programs that whoever logs in does not find."""


class Sshd:
    """A server for one stage; open while used as a context manager."""

    def __init__(self, folder: Path, user: str, python: str) -> None:
        """`user` may log in and has `python`. Makes keys and a folder of programs on the stage."""
        self._folder, self._user, self._python = folder, user, python
        self._program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
        if not self._program:
            raise FileNotFoundError("this needs an ssh server; on Debian: apt-get install openssh-server")
        for name in ("host_key", "key"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(command, check=True, capture_output=True)
        Path("/run/sshd").mkdir(exist_ok=True)
        _programs(folder / "bin")
        self._door = folder / DOOR
        self._door.mkdir()
        self._door.chmod(0o777)
        self._port = _free_port()

    def variables(self) -> str:
        """For the inventory: how to get in."""
        names = {"port": self._port, "user": self._user, "python": self._python, "folder": self._folder}
        return VARIABLES.format(**names)

    def __enter__(self) -> Sshd:
        settings = self._folder / "sshd_config"
        settings.write_text(SETTINGS.format(port=self._port, user=self._user, folder=self._folder), encoding="utf-8")
        for left in self._door.iterdir():
            left.unlink()
        self._server = self._opened()
        self._over = Event()
        self._watch = Thread(target=self._shut_when_told, daemon=True)
        self._watch.start()
        _wait_for(self._port)
        return self

    def __exit__(self, *_: Any) -> None:
        self._over.set()
        self._watch.join()
        self._server.terminate()
        self._server.wait()

    def _opened(self) -> subprocess.Popen[bytes]:
        command = [str(self._program), "-D", "-f", str(self._folder / "sshd_config")]
        return subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)

    def _shut_when_told(self) -> None:
        shut = False
        while not self._over.wait(0.1):
            told = any(self._door.iterdir())
            if told and not shut:
                self._server.terminate()
                self._server.wait()
            elif shut and not told:
                self._server = self._opened()
            shut = told


def _programs(folder: Path) -> None:
    folder.mkdir()
    for program in [*Path("/usr/sbin").iterdir(), *Path("/usr/bin").iterdir(), *Path("/bin").iterdir()]:
        if program.name not in NOT_THERE and not (folder / program.name).is_symlink():
            (folder / program.name).symlink_to(program)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    """Until somebody answers there. Raises TimeoutError after 10 s."""
    for _ in range(100):
        with socket.socket() as one:
            if not one.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise TimeoutError("the ssh server did not come up")
