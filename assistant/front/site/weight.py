"""What a page weighs: bytes as they travel, compressed, with the style and the scripts that the page asks for."""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection, Iterator, Mapping

from assistant.front.site.headers import POLICY

LIMIT = 60_000
"""Bytes that a page, its style and its scripts may weigh together, gzip at its best; the engine is not counted."""

LOADS = re.compile(rb'<(?:script|link rel="stylesheet")[^>]*(?:src|href)="(?:\.\./)*/?(assets/[^"]+)"')


def numbers(engine: int) -> dict[str, str]:
    """What the page about this site says of sizes; `engine` in bytes, 0 when there is none."""
    return {
        "policy": POLICY.replace("; ", ";\n"),
        "engine": f"{engine / 1_000_000:.1f} MB" if engine else "not part of this copy",
        "page": f"at most {LIMIT // 1000} kB",
    }


def weights(files: Mapping[str, bytes]) -> dict[str, int]:
    """Bytes of every page with what it loads, gzip."""
    squeezed: dict[str, int] = {}

    def of(path: str) -> int:
        if path not in squeezed:
            squeezed[path] = len(gzip.compress(files[path], 9, mtime=0))
        return squeezed[path]

    return {path: of(path) + sum(map(of, loads(data))) for path, data in files.items() if path.endswith(".html")}


def loads(html: bytes) -> Iterator[str]:
    """The assets that a page asks for when it is opened."""
    for found in LOADS.finditer(html):
        yield found[1].decode()


def too_heavy(files: Mapping[str, bytes], growing: Collection[str] = ()) -> list[str]:
    """One line for each page over the limit that should not be. `growing` are lists: those of a family grow with it,
    and that is no mistake of who adds to it. A test holds them for our own."""
    return [
        f"{path}: {size:,} bytes with style and scripts, more than {LIMIT:,}"
        for path, size in weights(files).items()
        if size > LIMIT and path not in growing
    ]
