"""A text in the user's own editor."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Mapping

FALLBACKS = ("sensible-editor", "nano", "vi")


def edited(text: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """`text` after the user has changed it in $VISUAL or $EDITOR; None when no editor could be run or it failed.

    The file is for its owner's eyes only and is gone afterwards: it may hold what was pasted.
    """
    given = environ.get("VISUAL") or environ.get("EDITOR") or ""
    descriptor, path = tempfile.mkstemp(prefix="ansible-why-", suffix=".txt")
    try:
        with open(descriptor, "w", encoding="utf-8", errors="replace", newline="") as file:
            file.write(text)
        if not any(_ran(command, path) for command in ([given] if given else FALLBACKS)):
            return None
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return None
    finally:
        if os.path.exists(path):
            os.unlink(path)


def _ran(command: str, path: str) -> bool:
    """Whether the editor ran; Ctrl-C is the editor's meanwhile, which would inherit it if it were ignored."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run([*shlex.split(command), path], check=False).returncode == 0
    except (OSError, ValueError):
        return False
    finally:
        signal.signal(signal.SIGINT, before)
