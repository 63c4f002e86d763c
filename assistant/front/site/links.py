"""Every internal link and anchor of the rendered pages, held against what is there; nothing loaded from elsewhere.

Pages are read with two patterns, not with a parser, which would take as long as all the rest of a build: they are
our own, with every value in double quotes and every sign of HTML inside it escaped.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

TAG = re.compile(r'<([a-z][a-z0-9]*)\s((?:[^<>"]|"[^"]*")*)>')
POINTER = re.compile(r'(?:^|\s)(id|href|src|srcset|poster|rel)="([^"]*)"')
FOLLOWED = ("canonical", "alternate")
"""What a `link` element names without loading it."""


class Link(NamedTuple):
    """Where a page points to: the place of the element in the page, the address, and whether it is loaded with it."""

    at: int
    target: str
    loaded: bool


class _Read(NamedTuple):
    """What was found in one page."""

    text: str
    links: list[Link]
    ids: set[str]
    twice: list[Link]

    def told(self, path: str, link: Link, what: str) -> str:
        """A problem in one line, with its place."""
        return f"{path}:{self.text.count(chr(10), 0, link.at) + 1}: {what}"


def problems(files: Mapping[str, bytes], root: str) -> list[str]:
    """One line for each link that leads nowhere, each id that stands twice in a page, and each thing that a page would
    load from another host, in order of the pages.

    `files` are path and content of the whole site, `root` is the path of the site's root on its host ("/").
    """
    pages = {path: _read(data.decode()) for path, data in files.items() if path.endswith(".html")}
    found = []
    for path, page in sorted(pages.items()):
        found += [page.told(path, link, f'the id "{link.target}" stands twice') for link in page.twice]
        for link in page.links:
            if link.loaded and urlsplit(link.target).netloc:
                found.append(page.told(path, link, f"loads {link.target} from elsewhere"))
            elif why := _wrong(link.target, path, files, pages, root):
                found.append(page.told(path, link, f"{link.target} leads nowhere ({why})"))
    return found


def _read(text: str) -> _Read:
    page = _Read(text, [], set(), [])
    for tag in TAG.finditer(text):
        given = {name: unescape(value) for name, value in POINTER.findall(tag[2])}
        if not given:
            continue
        id = given.get("id", "")
        if id and id in page.ids:
            page.twice.append(Link(tag.start(), id, False))
        if id:
            page.ids.add(id)
        loaded = tag[1] != "a" and given.get("rel") not in FOLLOWED
        page.links.extend(Link(tag.start(), given[name], loaded) for name in POINTS if name in given)
    return page


POINTS = ("href", "src", "srcset", "poster")


def _wrong(target: str, page: str, files: Mapping[str, bytes], pages: Mapping[str, _Read], root: str) -> str:
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
