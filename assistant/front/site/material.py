"""All that pages are made from, read and worked out once: entries put to their examples, signs, documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from assistant.front.site import clients, forks, signs, study
from assistant.front.site.places import Places, SiteError
from assistant.front.site.signs import Known
from assistant.front.site.study import Study
from assistant.kb import Base, BaseError, Entry, examples
from assistant.kb.compile import Folder, compiled

Say = Callable[[str], None]
"""Told in a few words what is being done; a terminal shows the last of them."""


class Material(NamedTuple):
    """What a site is made from. Entries are in the order of the base."""

    base: Base
    studies: Mapping[str, Study]
    """Causes, by id."""
    alikes: Mapping[str, tuple[examples.Unlike, ...]]
    """What looks like the cause and is another one."""
    unlike: Mapping[str, tuple[examples.Unlike, ...]]
    """What looks like the cause and is no fault at all."""
    others: Mapping[str, Entry]
    """Patterns and pages of prose, by id."""
    playbooks: Mapping[str, str]
    signs: tuple[Known, ...]
    labels: forks.Labels
    """Titles of everything that has a page of its own, by id, and the words of questions."""
    words: Mapping[str, str]
    """Markdown by name: the files of `site/words` ("about", "install/emacs"), and the project's documents as
    "CHANGELOG", "CONTRIBUTING"."""


def gather(places: Places, say: Say) -> Material:
    """Reads the base and runs its examples. Raises SiteError with every mistake of the base."""
    say("reading the base")
    folder = Folder(str(places.kb))
    try:
        base = Base(compiled(folder))
    except BaseError as error:
        raise SiteError(str(error)) from None
    studies, alikes, unlike = {}, {}, {}
    for number, (id, found) in enumerate(folder.examples.items(), 1):
        say(f"examples {number}/{len(folder.examples)}")
        apart = tuple(examples.unlikes(id, found))
        studies[id] = study.study(base.entries[id], tuple(examples.cases(id, found)), base)
        alikes[id] = study.alikes(apart, base)
        unlike[id] = tuple(one for one in apart if one.instead == "none")
    others = {id: entry for id, entry in base.entries.items() if id not in studies}
    titles = {id: entry.title for id, entry in base.entries.items()}
    asks = {key: ask for family in base.families for key, ask in forks.asks(base.tree(family)).items()}
    known = signs.known(base)
    return Material(
        base, studies, alikes, unlike, others, folder.playbooks, known, forks.Labels(titles, asks), _words(places)
    )


def _words(places: Places) -> dict[str, str]:
    folder = places.site / "words"
    try:
        own = {
            path.relative_to(folder).with_suffix("").as_posix(): clients.filled(_read(path), places.documents)
            for path in sorted(folder.rglob("*.md"))
        }
        return own | {name: _read(places.documents / f"{name}.md") for name in DOCUMENTS}
    except OSError as error:
        raise SiteError(f"{error.filename}: cannot be read ({error.strerror})") from None


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


DOCUMENTS = ("CHANGELOG", "CONTRIBUTING")
