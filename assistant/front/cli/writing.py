"""Answers out: standard output, a pager."""

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
