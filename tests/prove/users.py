"""Other users of this machine, for what needs two homes or somebody to log in as."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock

from prove import venvs

NEEDS_ROOT = "this makes users of its own and must run as root: use a container, or sudo for the tests marked ansible"
PASSWORD = "why-not"
"""Of each of them, for `su`; they are gone after the run."""


class Guests:
    """Users made when first asked for; see `guests`."""

    def __init__(self) -> None:
        self._pythons: dict[str, str] = {}
        self._lock, self._machine = Lock(), ExitStack()

    def python_of(self, name: str) -> str:
        """The path of a Python which the user `name` can run. Raises PermissionError when we are not root."""
        with self._lock:
            if not self._pythons:
                self._machine.enter_context(venvs.lock(venvs.STORE / "second-user.lock"))
            if name not in self._pythons:
                _make(name)
                self._pythons[name] = _python_for(name)
            return self._pythons[name]

    def send_away(self) -> None:
        """Removes all of them with their homes."""
        for name in self._pythons:
            subprocess.run(["userdel", "--remove", "--force", name], check=False, capture_output=True)
        self._pythons.clear()
        self._machine.close()


@contextmanager
def guests() -> Iterator[Guests]:
    """Users for as long as this lasts; from the first of them on, one process of the machine at a time."""
    made = Guests()
    try:
        yield made
    finally:
        made.send_away()


def _make(name: str) -> None:
    if os.geteuid():
        raise PermissionError(NEEDS_ROOT)
    subprocess.run(["userdel", "--remove", "--force", name], check=False, capture_output=True)  # left by a crash
    subprocess.run(["useradd", "--create-home", "--shell", "/bin/sh", name], check=True, capture_output=True)
    subprocess.run(["chpasswd"], input=f"{name}:{PASSWORD}\n", text=True, check=True, capture_output=True)


def _python_for(user: str) -> str:
    candidates = ["/usr/bin/python3", "/usr/local/bin/python3", os.path.realpath(sys.executable)]
    for python in filter(os.path.exists, candidates):
        tried = subprocess.run(["su", user, "-c", f"{python} -c pass"], cwd="/", capture_output=True, check=False)
        if not tried.returncode:
            return python
    raise FileNotFoundError(f"no Python that {user} may run among {', '.join(candidates)} (see {Path(__file__).name})")
