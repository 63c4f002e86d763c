"""Files written in one step: whole, or as they were."""

from __future__ import annotations

import os


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


def create(path: str, content: str) -> None:
    """Writes a new file; raises OSError, also when there is one already."""
    with open(path, "x", encoding="utf-8", newline="") as file:
        file.write(content)
