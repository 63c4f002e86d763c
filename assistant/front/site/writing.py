"""All files of a site in, a folder on disk out: only what changed is written, and what an earlier build left goes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from assistant.front.site.places import SiteError

MANIFEST = ".ansible-why-site.json"
"""The list of files that a build wrote; only these may a later build remove."""


class Written(NamedTuple):
    """How many files were written, were already as they should be, and were removed."""

    written: int
    same: int
    removed: int


def write(files: Mapping[str, bytes], out: Path) -> Written:
    """Makes `out` hold `files` (path below it to content); files that no build wrote stay as they are.

    Raises SiteError when something cannot be written.
    """
    try:
        return _write(files, out)
    except OSError as error:
        raise SiteError(f"{error.filename or out}: cannot be written ({error.strerror})") from None


def _write(files: Mapping[str, bytes], out: Path) -> Written:
    out.mkdir(parents=True, exist_ok=True)
    old = _listed(out / MANIFEST)
    written = 0
    for name, data in files.items():
        path = out / name
        if not (path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data):
            path.parent.mkdir(parents=True, exist_ok=True)
            _put(path, data)
            written += 1
    removed = sum(_remove(out, name) for name in sorted(old - files.keys()))
    _put(out / MANIFEST, json.dumps(sorted(files), indent=0).encode())
    return Written(written, len(files) - written, removed)


def _put(path: Path, data: bytes) -> None:
    """Writes in one step: a server or a break in between never shows half a page."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(path)


def _listed(manifest: Path) -> set[str]:
    """The files of the build before; none when there was none. Names that lead out of the folder do not count."""
    try:
        names = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    return {name for name in names if isinstance(name, str) and ".." not in name.split("/") and name[:1] != "/"}


def _remove(out: Path, name: str) -> bool:
    path = out / name
    if not path.is_file():
        return False
    path.unlink()
    for parent in path.parents:
        if parent == out or any(parent.iterdir()):
            break
        parent.rmdir()
    return True
