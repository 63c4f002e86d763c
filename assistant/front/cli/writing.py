"""Answers out: standard output, a pager, a file changed in one step."""

from __future__ import annotations

import os
import sys

from assistant.front.forms.view import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def as_json(value: Any) -> None:
    """Writes JSON in ASCII, so that it is the same in every encoding and no control character survives.

    Indented for people on a terminal; in one line for programs, which is quicker by the Python encoder's time.
    """
    import json

    sys.stdout.write(json.dumps(value, indent=2 if sys.stdout.isatty() else None) + "\n")


def text(answer: str, view: View, pager: bool = False) -> None:
    """Writes text; with `pager`, through $PAGER when it is longer than the screen."""
    if pager and view.height and answer.count("\n") >= view.height and _paged(answer):
        return
    encoding = sys.stdout.encoding or "utf-8"
    try:
        answer.encode(encoding)
    except UnicodeEncodeError:
        answer = answer.encode(encoding, "backslashreplace").decode(encoding)
    sys.stdout.write(answer)


def replace(path: str, content: str) -> None:
    """Writes `content` to `path` in one step, keeping its mode and, where it is a link, the link.

    Raises OSError; the file is then as it was.
    """
    import tempfile

    path = os.path.realpath(path)
    descriptor, draft = tempfile.mkstemp(prefix=".ansible-why-", dir=os.path.dirname(path))
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        state = os.stat(path)
        os.chmod(draft, state.st_mode & 0o7777)
        _keep_owner(draft, state)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def _keep_owner(draft: str, state: os.stat_result) -> None:
    """As root the file keeps its owner; others cannot give files away and need not."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.chown(draft, state.st_uid, state.st_gid)


def _paged(answer: str) -> bool:
    """Shows `answer` in the pager; False when there is none."""
    import shlex
    import subprocess

    command = shlex.split(os.environ.get("PAGER", "") or "less -R")
    if not command or command == ["cat"]:
        return False
    surroundings = {**os.environ, "LESS": os.environ.get("LESS", "FRX")}
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=surroundings)
    except OSError:
        return False
    _feed(pager, answer)
    return True


def _feed(pager: Any, answer: str) -> None:
    try:
        pager.communicate(answer.encode("utf-8", "replace"))
    except KeyboardInterrupt:
        # Ctrl-C belongs to the pager while it runs.
        pager.wait()


def fail(message: str) -> None:
    """One line on standard error that does not end the call."""
    sys.stderr.write(f"ansible-why: {message}\n")
