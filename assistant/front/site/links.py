"""Every internal link and anchor of the rendered pages, held against what is there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

POINTS = {
    "a": ("href",),
    "link": ("href",),
    "script": ("src",),
    "img": ("src",),
    "use": ("href",),
    "source": ("src", "srcset"),
}
"""The attributes that point somewhere, by element."""


class Link(NamedTuple):
    """Where a page points to: its line, and the address as written."""

    line: int
    target: str


class _Reader(HTMLParser):
    """Collects the links and the ids of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.ids: set[str] = set()
        self.twice: list[Link] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                if value in self.ids:
                    self.twice.append(Link(self.getpos()[0], value))
                self.ids.add(value)
            elif name in POINTS.get(tag, ()) and value is not None:
                self.links.append(Link(self.getpos()[0], value))


def problems(files: Mapping[str, bytes], root: str) -> list[str]:
    """One line for each link that leads nowhere and each id that stands twice in a page, in order of the pages.

    `files` are path and content of the whole site, `root` is the path of the site's root on its host ("/").
    """
    pages = {path: _read(data) for path, data in files.items() if path.endswith(".html")}
    found = []
    for path, page in sorted(pages.items()):
        found += [f'{path}:{link.line}: the id "{link.target}" stands twice' for link in page.twice]
        found += [
            f"{path}:{link.line}: {link.target} leads nowhere ({why})"
            for link in page.links
            if (why := _wrong(link.target, path, files, pages, root))
        ]
    return found


def _read(data: bytes) -> _Reader:
    reader = _Reader()
    reader.feed(data.decode())
    return reader


def _wrong(target: str, page: str, files: Mapping[str, bytes], pages: Mapping[str, _Reader], root: str) -> str:
    """Why a link is wrong, "" when it is not, or leads out of the site."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return "" if parts.scheme in ("https", "mailto", "data") else f"scheme {parts.scheme}"
    path = _file(unquote(parts.path), page, root)
    if path not in files:
        return f"there is no {path}"
    if parts.fragment and path in pages and unquote(parts.fragment) not in {*pages[path].ids, "top"}:
        return f"there is no #{parts.fragment} in {path}"
    return ""


def _file(target: str, page: str, root: str) -> str:
    """The file that a path leads to, seen from `page`."""
    if not target:
        return page
    if target.startswith(root):
        path = target[len(root) :]
    else:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
        path = "" if path == "." else path + ("/" if target.endswith("/") or target.endswith("..") else "")
    return path + "index.html" if not path or path.endswith("/") else path


def outside(files: Mapping[str, bytes]) -> Iterator[str]:
    """Addresses on other hosts from which a page would load something; there must be none."""
    for path, data in files.items():
        if path.endswith(".html"):
            reader = _Loads()
            reader.feed(data.decode())
            yield from (f"{path}:{link.line}: loads {link.target}" for link in reader.links)


class _Loads(HTMLParser):
    """Collects what a page loads from elsewhere (links that a person follows are not loaded)."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" or (tag == "link" and given.get("rel") in ("canonical", "alternate")):
            return
        for name in ("src", "href", "srcset", "data", "poster"):
            value = given.get(name) or ""
            if urlsplit(value).netloc:
                self.links.append(Link(self.getpos()[0], value))
