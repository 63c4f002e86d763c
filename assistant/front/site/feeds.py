"""What programs read: sitemap, feed of changes, llms.txt, robots.txt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from assistant.about import SITE
from assistant.front.site.material import Material
from assistant.front.site.prose import Prose, slug
from assistant.front.site.render import Page

UNRELEASED = "1970-01-01"
"""The date of what has no release yet: a feed must not change because a day went by."""


class Change(NamedTuple):
    """One heading of the changelog: "0.2.0" with its date, or "Unreleased" without one."""

    name: str
    date: str
    text: str


def changes(changelog: str) -> Iterator[Change]:
    """The versions of a changelog in the form of Keep a Changelog, newest first."""
    parts = re.split(r"(?m)^## \[?([^\]\s]+)\]?(?: - (\d{4}-\d{2}-\d{2}))?[^\n]*\n", changelog)
    for name, date, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        yield Change(name, date or "", text.strip())


def files(pages: Iterable[Page], material: Material) -> dict[str, bytes]:
    """sitemap.xml, feed.xml, llms.txt and robots.txt."""
    listed = [page for page in pages if page.listed]
    return {
        "sitemap.xml": _sitemap(listed).encode(),
        "feed.xml": _feed(list(changes(material.words["CHANGELOG"]))).encode(),
        "llms.txt": _llms(listed, material).encode(),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {SITE}sitemap.xml\n".encode(),
    }


def _sitemap(pages: Iterable[Page]) -> str:
    rows = "".join(f"<url><loc>{escape(page.address)}</loc></url>\n" for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )


def _feed(found: list[Change]) -> str:
    newest = next((change.date for change in found if change.date), UNRELEASED)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        f"<title>ansible-why: what changed</title>\n<id>{SITE}changes/</id>\n<updated>{newest}T00:00:00Z</updated>\n"
        f'<link rel="self" href="{SITE}feed.xml"/>\n<link href="{SITE}changes/"/>\n'
        "<author><name>The ansible-why authors</name></author>\n" + "".join(map(_entry, found)) + "</feed>\n"
    )


def _entry(change: Change) -> str:
    html = Prose({}, lambda path: SITE + path).html(change.text)
    address = f"{SITE}changes/#{slug(change.name + ' ' + change.date)}"
    return (
        f"<entry>\n<title>{escape(change.name)}</title>\n<id>{SITE}changes/{slug(change.name)}</id>\n"
        f'<link href="{address}"/>\n<updated>{change.date or UNRELEASED}T00:00:00Z</updated>\n'
        f'<content type="html">{escape(html)}</content>\n</entry>\n'
    )


def _llms(pages: Iterable[Page], material: Material) -> str:
    """https://llmstxt.org: what this is, then every page with a line about it."""
    held = {page.path: page for page in pages}
    lines = [
        "# ansible-why",
        "",
        "> Paste an Ansible failure, learn its cause, get the exact fix. Causes of failures with async, poll and "
        "async_status, from ansible-core 2.9 to 2.21, each with its messages by release and its fix.",
        "",
        "A message alone often has several causes: `could not find job` has a dozen. The pages under Messages hold the "
        "questions that tell them apart. On a machine, `ansible-why diagnose --format json` answers from the output.",
    ]
    causes = {f"{id}/" for id in material.studies}
    signs = {sign.path for sign in material.signs}
    for title, paths in (
        ("Messages", [path for path in held if path in signs]),
        ("Causes", [path for path in held if path in causes]),
        ("Patterns and pages", [path for path in held if path not in signs | causes]),
    ):
        lines += ["", f"## {title}", "", *(_llms_line(held[path]) for path in paths)]
    return "\n".join([*lines, ""])


def _llms_line(page: Page) -> str:
    return f"- [{page.title}]({page.address}): {page.description}"
