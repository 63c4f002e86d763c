"""`ansible-why explain`, `search` and `list`: the base, read by people and scripts."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.front.cli import writing
from assistant.front.cli.bases import opened
from assistant.front.forms.view import decide
from assistant.front.search import Row, found, named, sheet
from assistant.front.wrong import Wrong, meant

if TYPE_CHECKING:
    from assistant.kb import Base, Entry


def explain(given: Namespace) -> int:
    """Shows one entry, or lists a family or a folder of it ("async/patterns")."""
    base = opened(given.kb)
    if given.id.endswith("/") or any(cause.startswith(f"{given.id}/") for cause in base.entries):
        return _family(given, base)
    entry = base.entries[named(given.id, base)]
    if given.format == "json":
        writing.as_json(_as_value(entry))
    elif given.format == "markdown":
        from assistant.front.forms.markdown import page

        sections = ((name, entry.plain(name)) for name in entry.sections)
        writing.text(page(entry.title, entry.id, entry.url, sections), decide(sys.stdout))
    else:
        _explained(entry, given)
    return 0


def search(given: Namespace) -> int:
    """Lists the entries that hold all words, the best first; exit status 1 when there are none."""
    base = opened(given.kb)
    rows = found(" ".join(given.words), base.entries.values())
    if not rows:
        writing.fail(f'nothing found for "{" ".join(given.words)}"; fewer or other words may help')
        return 1
    _list(rows, given, base)
    return 0


def listing(given: Namespace) -> int:
    """Lists all entries."""
    base = opened(given.kb)
    _list([(entry.id, entry.title, "") for entry in base.entries.values()], given, base)
    return 0


def _family(given: Namespace, base: Base) -> int:
    prefix = given.id.rstrip("/") + "/"
    rows = [(entry.id, entry.title, "") for entry in base.entries.values() if entry.id.startswith(prefix)]
    if not rows:
        near = meant(prefix[:-1], base.families) or f" (there are {', '.join(base.families)})"
        raise Wrong(f'no such family "{prefix}"{near}')
    _list(rows, given, base)
    return 0


def _list(rows: Sequence[Row], given: Namespace, base: Base) -> None:
    if given.format == "json":
        writing.as_json([{"id": cause, "title": title, "url": base.entries[cause].url} for cause, title, _ in rows])
        return
    view = decide(sys.stdout, given.color, given.width)
    if given.format == "markdown":
        writing.text("".join(f"- [{cause}]({base.entries[cause].url}): {title}\n" for cause, title, _ in rows), view)
        return
    from assistant.front.terminal.entries import listed

    writing.text(listed(rows, view), view, given.pager)


def _explained(entry: Entry, given: Namespace) -> None:
    from assistant.front.terminal.entries import explained

    view = decide(sys.stdout, given.color, given.width)
    writing.text(explained(*sheet(entry), view, entry.url), view, given.pager)


def _as_value(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "releases": entry.releases,
        "proved": entry.proved,
        "trust": entry.trust,
        "edit": entry.has_edit,
        "check": bool(entry.code),
        "sections": {name: entry.plain(name).strip() for name in entry.sections},
        "see": list(entry.see),
        "url": entry.url,
    }
