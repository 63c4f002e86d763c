"""Search by Pagefind: rendered pages in, the files of its index out. Its binary comes with `pagefind[bin]`.

The command is run, not the library's service: that one was seen to wait for ever.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.front.site.places import SiteError

FOLDER = "pagefind/"
UNUSED = ("-ui.", "component-ui", "highlight")
"""Parts of the names of files that Pagefind writes and our own search does not use."""
LONGEST = 300
"""Seconds; 3,000 pages take about 10."""


def index(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """The index of HTML pages (path to content) below `pagefind/`.

    Raises SiteError when Pagefind is not installed or fails.
    """
    if find_spec("pagefind") is None:
        raise SiteError("search needs Pagefind: pip install 'ansible-why[site]', or leave it out with --no-search")
    with TemporaryDirectory(prefix="ansible-why-search-") as folder:
        home = Path(folder)
        for path, html in pages.items():
            (home / "pages" / path).parent.mkdir(parents=True, exist_ok=True)
            (home / "pages" / path).write_bytes(html)
        _run(home / "pages", home / "index")
        found = {path.relative_to(home / "index").as_posix(): path for path in sorted((home / "index").rglob("*"))}
        return {
            FOLDER + name: path.read_bytes()
            for name, path in found.items()
            if path.is_file() and not any(part in name for part in UNUSED)
        }


def _run(pages: Path, out: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(out), "--quiet"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        raise SiteError(f"Pagefind did not end within {LONGEST} s; --no-search leaves the search out") from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "no word").splitlines()[-1]
        raise SiteError(f"Pagefind could not make the index ({said}); --no-search leaves the search out")
