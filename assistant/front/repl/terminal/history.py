"""What was typed before, from session to session: commands and questions, never what was pasted, never a secret."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

KEPT = 1000
"""Lines; the file is cut to them when it has twice as many."""


def place(environ: Mapping[str, str] = os.environ) -> Path:
    """The file, under $XDG_STATE_HOME or ~/.local/state (XDG Base Directory Specification 0.8)."""
    given = environ.get("XDG_STATE_HOME", "")
    home = Path(given) if os.path.isabs(given) else Path(environ.get("HOME") or "~").expanduser() / ".local" / "state"
    return home / "ansible-why" / "history"


def fit(line: str) -> bool:
    """Whether a typed line may be kept: one line, no secret in it, and nothing that steers a terminal."""
    from assistant import redact

    return bool(line.strip()) and line.isprintable() and redact.text(line)[0] == line


def load(path: Path) -> list[str]:
    """The lines kept, the oldest first; none when there is no file or it cannot be read."""
    try:
        found = [line for line in path.read_text("utf-8", "replace").splitlines() if line.isprintable() and line]
    except OSError:
        return []
    if len(found) > 2 * KEPT:
        _rewrite(path, found[-KEPT:])
    return found[-KEPT:]


def keep(path: Path, line: str) -> None:
    """Adds one line; the file is for its owner's eyes only. A place that cannot be written to keeps nothing."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(descriptor, "a", encoding="utf-8") as file:
            os.fchmod(descriptor, 0o600)
            file.write(f"{line}\n")
    except (OSError, UnicodeEncodeError):
        pass


def _rewrite(path: Path, lines: list[str]) -> None:
    draft = path.with_name(f".history-{os.getpid()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
