"""A page with nothing but the paste box, served with the site's headers, and a browser to look at it."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import Environment, FileSystemLoader

from assistant import kb
from assistant.front.site import engine, headers, places

ROOT = Path(__file__).resolve().parent.parent
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The box</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<link rel="stylesheet" href="page.css"><link rel="stylesheet" href="box.css">
<script src="assets/box.js" defer></script></head>
<body><main>{% include "_box.html" %}</main></body></html>"""


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
        root="", policy=headers.META_POLICY, asset=_asset, link=lambda path="": path or "./"
    )
    (folder / "favicon.ico").write_bytes(b"")
    (folder / "index.html").write_text(page)


def _asset(name: str) -> str:
    return "assets/" + name.removeprefix("scripts/")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers with the headers that the site is meant to be served with."""

    protocol_version = "HTTP/1.1"
    extensions_map: ClassVar = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".wasm": "application/wasm"}
    extensions_map |= {".js": "text/javascript", ".mjs": "text/javascript"}

    def send_head(self) -> Any:
        packed = Path(self.translate_path(self.path + ".br"))
        if "br" not in self.headers.get("Accept-Encoding", "") or not packed.is_file():
            return super().send_head()
        self.send_response(200)
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Type", self.guess_type(self.path))
        self.send_header("Content-Length", str(packed.stat().st_size))
        self.end_headers()
        return packed.open("rb")

    def end_headers(self) -> None:
        for name, value in headers.HEADERS.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", headers.cache_control(self.path.lstrip("/")))
        super().end_headers()

    def log_message(self, *_: object) -> None:
        return None


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `folder` while it is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
