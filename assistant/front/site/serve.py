"""The site on a local address, with the headers of a real host; built again when its sources change."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.front.site import clients
from assistant.front.site.build import Options, build
from assistant.front.site.headers import HEADERS, cache_control
from assistant.front.site.material import Say
from assistant.front.site.places import Places, SiteError, found

PAUSE = 0.5
"""Seconds between two looks at the sources."""
SQUEEZED = (".html", ".css", ".js", ".mjs", ".json", ".svg", ".wasm", ".xml", ".txt", ".zip")
"""Files that are sent with gzip to who takes it, as any real host does."""


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder, each with our headers."""

    extensions_map = {  # noqa: RUF012  (so the class above has it)
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".wasm": "application/wasm",
        ".svg": "image/svg+xml",
    }
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """Adds what every answer carries."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", cache_control(self.path.lstrip("/")))
        super().end_headers()

    def do_GET(self) -> None:
        """A file; brotli or gzip when the browser takes it. A page that is missing gets our own."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path = path / "index.html"
        if path.is_dir() or (path.is_file() and not self._packing(path)):
            super().do_GET()
            return
        status = 200 if path.is_file() else 404
        self._send(status, path if status == 200 else Path(self.directory) / "404.html")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: who serves to look at a page needs no log."""

    def _packing(self, path: Path) -> str:
        """How a file is to travel: "br" where the build has packed it so, "gzip", or "" for as it is."""
        taken = self.headers.get("Accept-Encoding", "")
        if "br" in taken and Path(f"{path}.br").is_file():
            return "br"
        return "gzip" if path.suffix in SQUEEZED and "gzip" in taken else ""

    def _send(self, status: int, path: Path) -> None:
        try:
            data, state = path.read_bytes(), path.stat()
        except OSError:
            self.send_error(404)
            return
        tag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
        if status == 200 and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(status)
        if packing := self._packing(path):
            data = _squeezed(path, state.st_mtime_ns) if packing == "gzip" else Path(f"{path}.br").read_bytes()
            self.send_header("Content-Encoding", packing)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", tag)
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


@lru_cache(maxsize=256)
def _squeezed(path: Path, changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class Server(ThreadingHTTPServer):
    """A server of one folder on this machine only; a browser that goes away is no error."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        """`port` 0 takes any that is free."""
        super().__init__(("127.0.0.1", port), partial(Handler, directory=str(folder)))

    @property
    def address(self) -> str:
        """Where it can be reached."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing is said of connections that break off."""


def serve(out: str, port: int, options: Options, say: Say, tell: Say) -> int:
    """Builds into `out` ("": a folder that goes away), serves it, builds again on change; ends with Ctrl-C, status 0.

    `tell` gets the lines that stay: the address, each build, what is wrong. Raises SiteError when the first build fails
    or the port is taken.
    """
    with TemporaryDirectory(prefix="ansible-why-site-") as spare:
        folder, places = Path(out or spare), found()
        before = _state(places)
        build(places, folder, say, options)
        try:
            server = Server(folder, port)
        except OSError as error:
            raise SiteError(f"port {port} cannot be used ({error.strerror}); choose one with --port") from None
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tell(f"{server.address} (Ctrl-C ends it)")
        try:
            _watch(places, before, lambda: _again(places, folder, options, say, tell))
        except KeyboardInterrupt:
            return 0
        finally:
            server.shutdown()
            server.server_close()
    return 0


def _watch(places: Places, state: dict[Path, int], changed: Callable[[], None]) -> None:
    """Calls `changed` whenever a source is another than before, until interrupted."""
    wait = threading.Event()
    while not wait.wait(PAUSE):
        now = _state(places)
        if now != state:
            state = now
            changed()


def _again(places: Places, folder: Path, options: Options, say: Say, tell: Say) -> None:
    try:
        built = build(places, folder, say, options)
    except SiteError as error:
        tell(str(error))
    else:
        tell(f"built again: {built.written.written} files written, {built.seconds:.1f} s")


def _state(places: Places) -> dict[Path, int]:
    """All sources and when they changed."""
    return {path: path.stat().st_mtime_ns for path in _sources(places) if path.is_file()}


def _sources(places: Places) -> Iterator[Path]:
    for folder in ("templates", "styles", "scripts", "icons", "words", "root", "engine"):
        yield from (places.site / folder).rglob("*")
    yield from places.kb.rglob("*")
    yield from (places.documents / name for name in ("CHANGELOG.md", "CONTRIBUTING.md", *clients.FILES))
