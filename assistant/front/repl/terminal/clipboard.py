"""Text onto the clipboard of the terminal in front of the user, be it over ssh: OSC 52."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Mapping

MOST = 74_994
"""Bytes of text; more is 100,000 characters in base64, where several terminals stop (xterm's and hterm's old limit)."""


def sequence(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """What to write to the terminal to have `text` copied; "" where that is known to be in vain.

    tmux hands on only what is wrapped (`allow-passthrough on`); the Linux console has no clipboard, and
    GNU screen swallows the sequence.
    """
    data = text.encode("utf-8", "replace")
    term = environ.get("TERM", "")
    if not data or len(data) > MOST or term in ("", "dumb", "linux") or environ.get("STY"):
        return ""
    plain = f"\x1b]52;c;{base64.b64encode(data).decode()}\x07"
    if not environ.get("TMUX"):
        return plain
    return "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def by_tmux(text: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Has tmux take `text` into its own buffer and to the terminal around it (3.2 and newer), as it does for itself."""
    if not environ.get("TMUX") or len(text) > MOST:
        return False
    try:
        done = subprocess.run(
            ["tmux", "load-buffer", "-w", "-"],
            input=text.encode("utf-8", "replace"),
            env=dict(environ),
            capture_output=True,
            timeout=5,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
