"""`ansible-why site build` and `site serve`: the documentation site, made from the base."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.front.wrong import Wrong

if TYPE_CHECKING:
    from assistant.front.site.build import Built, Options

NEEDS = "the site needs more than the command: pip install 'ansible-why[site]'"


def run(given: Namespace) -> int:
    """Builds or serves; exit status 0, and 2 by `Wrong` or SiteError when something is missing or broken."""
    try:
        from assistant.front.site import build
    except ModuleNotFoundError as error:
        raise Wrong(f"{NEEDS} ({error.name} is missing)") from None
    options = build.Options(given.engine, given.search)
    if given.what == "serve":
        from assistant.front.site.serve import serve

        return serve(given.out, given.port, options, _say, _tell)
    return _build(Path(given.out or "site-pages"), options)


def _build(out: Path, options: Options) -> int:
    from assistant.front.site.build import build
    from assistant.front.site.places import found

    try:
        built = build(found(), out, _say, options)
    finally:
        _say("")
    _tell(f"{summary(built)}, in {out}")
    return 0


def summary(built: Built) -> str:
    """One line: "94 pages, 3 files written, 2 removed, 4.1 s"."""
    written, same, removed = built.written
    parts = [f"{built.pages} pages", f"{written} files written", f"{same} as they were"]
    return ", ".join([*parts, *([f"{removed} removed"] if removed else []), f"{built.seconds:.1f} s"])


def _say(text: str) -> None:
    """Progress on a terminal, one line that is written over; nothing elsewhere."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text[:78]}")
        sys.stderr.flush()


def _tell(text: str) -> None:
    _say("")
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
