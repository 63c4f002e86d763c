"""What the user is used to: vi's keys or Emacs', a dark screen or a light one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

DEEPEST = 5
"""So many files may include one another."""


def vi(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether lines are edited with vi's keys: by EDITING_MODE, else as readline is told to, else no.

    https://tiswww.case.edu/php/chet/readline/readline.html#Readline-Init-File: $INPUTRC, ~/.inputrc or
    /etc/inputrc, the first that there is. What stands under a condition there counts, whatever the condition.
    """
    given = environ.get("EDITING_MODE", "").lower()
    if given in ("vi", "emacs"):
        return given == "vi"
    home = Path(environ.get("HOME") or "~").expanduser()
    places = [Path(environ["INPUTRC"]).expanduser()] if environ.get("INPUTRC") else [home / ".inputrc"]
    for path in [*places, Path("/etc/inputrc")]:
        if path.is_file():
            return (list(_modes(path)) or ["emacs"])[-1] == "vi"
    return False


def _modes(path: Path, depth: int = 0) -> Iterator[str]:
    try:
        text = path.read_text("utf-8", "replace") if depth < DEEPEST else ""
    except OSError:
        return
    for line in text.splitlines():
        if found := re.match(r"\s*set\s+editing-mode\s+(vi|emacs)\b", line, re.IGNORECASE):
            yield found[1].lower()
        elif found := re.match(r"\s*\$include\s+(\S+)", line, re.IGNORECASE):
            yield from _modes(Path(found[1]).expanduser(), depth + 1)


def light(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the screen is light, by COLORFGBG ("0;15": black on white), which is all that can be had without asking.

    Asking the terminal would put its answer among what was typed ahead.
    """
    back = environ.get("COLORFGBG", "").rpartition(";")[2]
    return back == "7" or (back.isdigit() and 9 <= int(back) <= 15)
