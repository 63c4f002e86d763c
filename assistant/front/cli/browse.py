"""`ansible-why explain`, `search` and `list`: the base, read by people and scripts."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from assistant.about import url
from assistant.front.cli import writing
from assistant.front.cli.wrong import Wrong, meant
from assistant.front.forms.view import decide

if TYPE_CHECKING:
    from assistant.kb import Base, Entry

Row = tuple[str, str, str]
"""An id, a title, and a line of the entry or ""."""

SEEN = ("What you see", "When")
"""The headings of causes and patterns under which stands what people have before their eyes when they search."""
PHRASE = 1000
"""What an entry gains that holds the words as they were given, side by side; others are then left out."""
GLANCE = 90
EDITS = {"safe": "a safe edit", "review": "an edit to be read before it is applied", "show": "an example of an edit"}


def explain(given: Namespace) -> int:
    """Shows one entry, or lists a family or a folder of it ("async/patterns")."""
    from assistant import kb

    base = kb.load()
    if given.id.endswith("/") or any(cause.startswith(f"{given.id}/") for cause in base.entries):
        return _family(given, base)
    entry = base.entries[named(given.id, base)]
    if given.format == "json":
        writing.as_json(_as_value(entry))
    elif given.format == "markdown":
        writing.text(_as_markdown(entry), decide(sys.stdout))
    else:
        _explained(entry, given)
    return 0


def named(given: str, base: Base) -> str:
    """The id that `given` means: as it is, by its old name, or by its last parts where only one has them."""
    given = given.removesuffix(".md").removeprefix("kb/")
    current = base.redirects.get(given, given)
    if current in base.entries:
        return current
    short = [cause for cause in base.entries if cause.endswith(f"/{given}")]
    if len(short) == 1:
        return short[0]
    raise Wrong(f'no such cause "{given}"{meant(given, base.entries) or "; ansible-why list shows all"}')


def search(given: Namespace) -> int:
    """Lists the entries that hold all words, the best first; exit status 1 when there are none."""
    from assistant import kb

    rows = found(" ".join(given.words), kb.load().entries.values())
    if not rows:
        writing.fail(f'nothing found for "{" ".join(given.words)}"; fewer or other words may help')
        return 1
    _list(rows, given)
    return 0


def found(words: str, entries: Iterable[Entry]) -> list[Row]:
    """The entries that hold all `words` (upper and lower case alike), those with them in their title first."""
    wanted = words.lower().split()
    scored = [(_score(wanted, entry), entry) for entry in entries]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    if best and best[0][0] > PHRASE:
        best = [pair for pair in best if pair[0] > PHRASE]
    return [(entry.id, entry.title, _line(wanted, entry)) for _, entry in best]


def listing(given: Namespace) -> int:
    """Lists all entries."""
    from assistant import kb

    _list([(entry.id, entry.title, "") for entry in kb.load().entries.values()], given)
    return 0


def _family(given: Namespace, base: Base) -> int:
    prefix = given.id.rstrip("/") + "/"
    rows = [(entry.id, entry.title, "") for entry in base.entries.values() if entry.id.startswith(prefix)]
    if not rows:
        near = meant(prefix[:-1], base.families) or f" (there are {', '.join(base.families)})"
        raise Wrong(f'no such family "{prefix}"{near}')
    _list(rows, given)
    return 0


def _list(rows: Sequence[Row], given: Namespace) -> None:
    if given.format == "json":
        writing.as_json([{"id": cause, "title": title, "url": url(cause)} for cause, title, _ in rows])
        return
    view = decide(sys.stdout, given.color, given.width)
    if given.format == "markdown":
        writing.text("".join(f"- [{cause}]({url(cause)}): {title}\n" for cause, title, _ in rows), view)
        return
    from assistant.front.terminal.entries import listed

    writing.text(listed(rows, view), view, given.pager)


def _explained(entry: Entry, given: Namespace) -> None:
    from assistant.front.terminal.entries import explained

    view = decide(sys.stdout, given.color, given.width)
    facts = [f"ansible-core {entry.releases}"] if entry.releases else []
    facts += [f"with {EDITS[entry.trust]}"] if entry.has_edit else []
    facts += ["ansible-why check finds it"] if entry.code else []
    lines = [", ".join(facts), *([f"Proved on ansible-core {entry.proved}"] if entry.proved else [])]
    sections = [(name, entry.plain(name)) for name in entry.sections]
    writing.text(explained(entry.title, entry.id, lines, sections, entry.see, view), view, given.pager)


def _as_markdown(entry: Entry) -> str:
    sections = (f"## {name}\n\n{entry.plain(name).strip()}" for name in entry.sections)
    return "\n\n".join([f"# {entry.title}", f"[{entry.id}]({url(entry.id)})", *sections]) + "\n"


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
        "url": url(entry.id),
    }


def _score(wanted: Sequence[str], entry: Entry) -> int:
    """0 when a word is missing; a word in title or id counts most, then one in what is seen, then the phrase."""
    head = f"{entry.id} {entry.title}".lower()
    seen = " ".join(entry.sections.get(name, "") for name in SEEN).lower()
    rest = " ".join(entry.sections.values()).lower()
    total = 0
    for word in wanted:
        total += 9 if word in head else 3 if word in seen else 1
        if word not in head and word not in rest:
            return 0
    return total + (PHRASE if " ".join(wanted) in rest else 0)


def _line(wanted: Sequence[str], entry: Entry) -> str:
    """The sentence of the entry that holds most of the words, "" when the title says it all."""
    if all(word in f"{entry.id} {entry.title}".lower() for word in wanted):
        return ""
    text = "\n".join(entry.plain(name) for name in entry.sections).replace("**", "").replace(". ", ".\n")
    phrase = " ".join(wanted)
    best = max(
        text.splitlines(), key=lambda line: (phrase in line.lower(), sum(word in line.lower() for word in wanted))
    )
    return _around(best.strip(), phrase if phrase in best.lower() else wanted[0])


def _around(line: str, words: str) -> str:
    """`line` if it is short, else as much of it around `words` as can be read at a glance."""
    if len(line) <= GLANCE:
        return line
    start = max(line.lower().find(words) - GLANCE // 2, 0)
    start = line.find(" ", start) + 1 if start else 0
    end = line.rfind(" ", start, start + GLANCE)
    return ("... " if start else "") + line[start:end] + (" ..." if end < len(line) else "")
