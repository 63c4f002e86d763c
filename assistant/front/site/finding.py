"""Search by Pagefind: rendered pages in, the files of its index out. Its binary comes with `pagefind[bin]`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from assistant.front.site.places import SiteError

FOLDER = "pagefind/"
NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
UNUSED = ("-ui.", "modular-ui", "component-ui", "highlight")
"""Parts of the names of files that Pagefind writes and our own search box does not use."""


def index(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """The index of HTML pages (path to content) below `pagefind/`.

    Raises SiteError when Pagefind is not installed or fails.
    """
    try:
        from pagefind.index import PagefindIndex
    except ImportError:
        raise SiteError(
            "search needs Pagefind: pip install 'ansible-why[site]', or leave it out with --no-search"
        ) from None
    logging.getLogger("pagefind").setLevel(logging.ERROR)

    async def made() -> dict[str, bytes]:
        async with PagefindIndex() as held:
            for path, html in pages.items():
                await held.add_html_file(content=html.decode(), source_path=path)
            return {FOLDER + file["path"]: file["content"] for file in await held.get_files()}

    try:
        files = asyncio.run(made())
    except Exception as error:  # the library raises whatever its service said
        raise SiteError(f"Pagefind could not make the index ({error}); --no-search leaves it out") from None
    return {path: data for path, data in files.items() if not any(part in path for part in UNUSED)}
