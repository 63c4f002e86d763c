"""A page with nothing but the paste box, served with the site's headers, and a browser to look at it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from assistant import kb
from assistant.front.site import engine, headers, places
from assistant.front.site.serve import Server

ROOT = Path(__file__).resolve().parent.parent
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The box</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<link rel="stylesheet" href="page.css"><link rel="stylesheet" href="box.css">
<script src="assets/box.js" defer></script></head>
<body><main><h1>The box</h1>{% include "_box.html" %}</main></body></html>"""


def write(folder: Path, compressed: bool = False) -> None:
    """The page, its scripts and the engine, in `folder`."""
    found = places.found()
    (folder / "assets" / "engine").mkdir(parents=True)
    for name, data in engine.engine(found, found.cache, compressed).items():
        (folder / "assets" / "engine" / name).write_bytes(data)
    for name, data in engine.scripts(found, kb.load()).items():
        (folder / "assets" / Path(name).name).write_bytes(data)
    for name in ("page.css", "box.css"):
        (folder / name).write_bytes((ROOT / "site" / "styles" / name).read_bytes())
    templates = Environment(loader=FileSystemLoader(ROOT / "site" / "templates"), autoescape=True)
    page = templates.from_string(PAGE).render(
        root="", policy=headers.POLICY, asset=_asset, link=lambda path="": path or "./"
    )
    (folder / "favicon.ico").write_bytes(b"")
    (folder / "index.html").write_text(page)


def _asset(name: str) -> str:
    return "assets/" + name.removeprefix("scripts/")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `folder` while it is served."""
    server = Server(folder, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.address
    finally:
        server.shutdown()
        server.server_close()
