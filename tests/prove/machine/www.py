"""The web server of files.example.net in a machine: http on 8080, https on 8443. The path decides how it answers."""

from __future__ import annotations

import hashlib
import http.server
import json
import re
import ssl
import threading
import time
from pathlib import Path

ADDRESS = "10.20.0.41"
PATIENCE = {"/slow": 30, "/hang": 600}
"""Seconds until the answer."""
JSON = "application/json"
FILES = Path("/srv/www")
"""Collections that were built there are offered as Galaxy offers them, by its API v3."""
COLLECTION = re.compile(r"/api/v3/collections/(\w+)/(\w+)/(versions/)?(?:([\d.]+)/)?")
SINCE = {"created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"}
ANSWERS = {
    "/missing": (404, "text/html", b"<html><head><title>404 Not Found</title></head></html>\n"),
    "/private": (401, "text/plain", b"Unauthorized\n"),
    "/forbidden": (403, "text/plain", b"Forbidden\n"),
    "/busy": (503, "text/plain", b"no server is available to handle this request\n"),
    "/broken": (500, JSON, b'{"error":"database is locked"}\n'),
    "/health": (200, JSON, b'{"status":"degraded","workers":0}'),
    "/created": (201, JSON, b'{"id":7}'),
    "/release": (200, "text/plain", b"hello\n"),
    "/api/v3/": (404, JSON, b'{"errors":[{"status":"404","title":"Not found."}]}'),
    "/api/v2/": (404, JSON, b'{"errors":[{"status":"404","title":"Not found."}]}'),
    "/api/v1/roles": (200, JSON, b'{"count":0,"next":null,"previous":null,"results":[]}'),
    "/api": (200, JSON, b'{"available_versions":{"v3":"v3/","v1":"v1/"},"current_version":"v3"}'),
    "": (200, "text/plain", b"ok\n"),
}


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by the first of ANSWERS that the path begins with."""

    def do_GET(self) -> None:
        """Any method: late where PATIENCE says so, and never below /drop: the connection is closed."""
        if self.path.startswith("/drop"):
            return
        time.sleep(next((seconds for path, seconds in PATIENCE.items() if self.path.startswith(path)), 0))
        code, kind, body = galaxy(self.path) or next(
            answer for path, answer in ANSWERS.items() if self.path.startswith(path)
        )
        self._answer(code, body, ("Content-Type", kind))

    do_POST = do_PUT = do_HEAD = do_GET

    def do_CONNECT(self) -> None:
        """As a proxy: not without a password."""
        self._answer(407, b"", ("Proxy-Authenticate", "Basic"))

    def _answer(self, code: int, body: bytes, header: tuple[str, str]) -> None:
        self.send_response(code)
        self.send_header(*header)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def galaxy(path: str) -> tuple[int, str, bytes] | None:
    """A collection, its versions, one of them, or its archive; None for what is not there."""
    archive = FILES / path.removeprefix("/archives/")
    if path.startswith("/archives/") and archive.is_file():
        return 200, "application/gzip", archive.read_bytes()
    asked = COLLECTION.match(path)
    built = sorted(FILES.glob(f"{asked[1]}-{asked[2]}-{asked[4] or '*'}.tar.gz")) if asked else []
    if not asked or not built:
        return None
    namespace, name, listed, version = asked.groups()
    found = _version(namespace, name, version, built[0]) if version else _versions(built) if listed else SINCE
    return 200, JSON, json.dumps(found).encode()


def _versions(built: list[Path]) -> dict[str, object]:
    versions = [file.name.removesuffix(".tar.gz").rsplit("-", 1)[1] for file in built]
    data = [{"version": one, "href": f"versions/{one}/"} for one in versions]
    return {"meta": {"count": len(data)}, "links": {"next": None}, "data": data}


def _version(namespace: str, name: str, version: str, archive: Path) -> dict[str, object]:
    whole = hashlib.sha256(archive.read_bytes()).hexdigest()
    return {
        "namespace": {"name": namespace},
        "collection": {"name": name},
        "version": version,
        "href": f"/api/v3/collections/{namespace}/{name}/versions/{version}/",
        "download_url": f"http://galaxy.example.net:8080/archives/{archive.name}",
        "artifact": {"filename": archive.name, "sha256": whole, "size": archive.stat().st_size},
        "metadata": {"dependencies": {}},
        "signatures": [],
    }


def serve(port: int, tls: bool) -> None:
    """For ever."""
    server = http.server.ThreadingHTTPServer((ADDRESS, port), Handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain("/srv/tls/c.pem", "/srv/tls/k.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


if __name__ == "__main__":
    threading.Thread(target=serve, args=(8443, True)).start()
    serve(8080, False)
