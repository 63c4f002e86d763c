"""A second user of this machine, for what needs two homes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prove import venvs

NEEDS_ROOT = "this test makes a second user and must run as root: use a container, or sudo for the tests marked ansible"


@contextmanager
def second_user(name: str) -> Iterator[str]:
    """The path of a Python which the new user `name` can run; the user is gone afterwards.

    One at a time on a machine. Raises PermissionError when we are not root.
    """
    if os.geteuid():
        raise PermissionError(NEEDS_ROOT)
    with venvs.lock(venvs.STORE / "second-user.lock"):
        subprocess.run(["useradd", "--create-home", name], check=True, capture_output=True)
        try:
            yield _python_for(name)
        finally:
            subprocess.run(["userdel", "--remove", "--force", name], check=False, capture_output=True)


def _python_for(user: str) -> str:
    candidates = ["/usr/bin/python3", "/usr/local/bin/python3", os.path.realpath(sys.executable)]
    for python in filter(os.path.exists, candidates):
        tried = subprocess.run(["su", user, "-c", f"{python} -c pass"], cwd="/", capture_output=True, check=False)
        if not tried.returncode:
            return python
    raise FileNotFoundError(f"no Python that {user} may run among {', '.join(candidates)} (see {Path(__file__).name})")
