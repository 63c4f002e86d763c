"""The headers that make the promise "nothing leaves your browser" hold, for our server and for others."""

from __future__ import annotations

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
)
"""The Content-Security-Policy. 'wasm-unsafe-eval' lets WebAssembly be compiled (the engine and the search are
WebAssembly); it does not let a text become a script. Pages say it again in a meta tag, for hosts that send no headers;
that one does not reach a worker."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""What every answer of a server carries."""

FOR_EVER, FRESH = "public, max-age=31536000, immutable", "no-cache"
"""Cache-Control of `assets/`, whose names change with their content, and of everything else."""


def cache_control(path: str) -> str:
    """How long a browser may keep what lies at `path` below the root."""
    return FOR_EVER if path.startswith("assets/") else FRESH


def files() -> dict[str, bytes]:
    """`_headers` (Netlify, Cloudflare Pages), and samples for nginx and Apache."""
    return {
        "_headers": _netlify().encode(),
        "server/nginx.conf": _nginx().encode(),
        "server/apache.conf": _apache().encode(),
        ".nojekyll": b"",
    }


def _netlify() -> str:
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS.items())]
    return "\n".join([*lines, "/assets/*", f"  Cache-Control: {FOR_EVER}", ""])


def _nginx() -> str:
    headers = "\n".join(f'    add_header {name} "{value}" always;' for name, value in HEADERS.items())
    return f"""\
# A sample for nginx: put your own name and folder in. Headers stand in each location, since nginx
# forgets those of the level above as soon as a level has its own.
server {{
    listen 443 ssl;
    server_name why.example.org;
    root /srv/ansible-why;
    gzip on;
    gzip_types text/css text/javascript application/javascript application/json application/wasm image/svg+xml;
    error_page 404 /404.html;

    location / {{
{_indented(headers)}
        add_header Cache-Control "{FRESH}" always;
    }}
    location /assets/ {{
{_indented(headers)}
        add_header Cache-Control "{FOR_EVER}" always;
    }}
}}
"""


def _indented(text: str) -> str:
    return "\n".join("    " + line for line in text.split("\n"))


def _apache() -> str:
    headers = "\n".join(f'    Header always set {name} "{value}"' for name, value in HEADERS.items())
    return f"""\
# A sample for Apache 2.4 with mod_headers and mod_deflate: put your own folder in.
<Directory "/srv/ansible-why">
    Require all granted
    ErrorDocument 404 /404.html
{headers}
    Header always set Cache-Control "{FRESH}"
    AddOutputFilterByType DEFLATE text/html text/css text/javascript application/json application/wasm image/svg+xml
</Directory>
<Location "/assets/">
    Header always set Cache-Control "{FOR_EVER}"
</Location>
"""
