"""The signs of the base as people read them: messages with names in place of holes, and what they lead to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, NamedTuple

from markupsafe import Markup

from assistant.front.site.prose import slug
from assistant.kb import Base, id_of
from assistant.kb.signs import HOLE, Sign
from assistant.kb.tree import leaves

RELEASES = tuple(range(9, 22))
"""The minor releases of Ansible 2 that the base speaks of; a test of the base's own words holds the ends."""


class Text(NamedTuple):
    """One message (or, without words, one shape of a result) of a sign."""

    sign: str
    html: Markup
    plain: str
    """The message with `…` for what differs; the fields of the result when there are no words."""
    worded: bool
    """False when the result has no message and is known by its fields."""
    fields: str
    """What the result must hold besides: "with attempts, without msg"; "" for nothing."""
    module: str
    releases: str
    known: tuple[int, ...]
    """The minor releases that print it; () when it is printed by none or by something else."""
    anchor: str


class Known(NamedTuple):
    """A sign: its texts, and the causes below its branch of the tree, in the order of the tree."""

    family: str
    name: str
    texts: tuple[Text, ...]
    leads_to: tuple[str, ...]
    branch: Any
    """Its subtree, as compiled."""
    title: str
    """The message that most releases print, with its own name behind where several signs have it, or that alone."""
    worded: bool
    """False when the title is no message."""

    @property
    def path(self) -> str:
        """Where its page lies."""
        return f"{self.family}/messages/{slug(self.name)}/"


def known(base: Base) -> tuple[Known, ...]:
    """All signs that lead to a cause, in the order in which they are tried."""
    rows: dict[tuple[str, str], list[Sign]] = {}
    for sign in base.signs:
        rows.setdefault((sign.family, sign.name), []).append(sign)
    found = []
    for (family, name), signs in rows.items():
        branch = base.tree(family)["cases"].get(name, base.tree(family).get("else", "unknown"))
        below = dict.fromkeys(id_of(family, leaf) for leaf in leaves(branch) if leaf != "unknown")
        if below:
            texts = tuple(_text(sign, number) for number, sign in enumerate(signs))
            main = min(texts, key=lambda text: (-len(text.known), not text.worded, len(text.plain)))
            title = main.plain if main.worded else name[:1].upper() + name[1:]
            found.append(Known(family, name, texts, tuple(below), branch, title, main.worded))
    return _told_apart(found)


def _told_apart(found: list[Known]) -> tuple[Known, ...]:
    """The same with the name of the sign behind a title that several have."""
    count = Counter(sign.title for sign in found)
    return tuple(s._replace(title=f"{s.title} ({s.name})") if count[s.title] > 1 else s for s in found)


def of_cause(id: str, signs: Iterable[Known]) -> tuple[Known, ...]:
    """The signs under which a cause can be found."""
    return tuple(sign for sign in signs if id in sign.leads_to)


def _text(sign: Sign, number: int) -> Text:
    fields = _fields(sign.fields)
    message = sign.message or next(iter(sign.said.values()), "")
    plain = HOLE.sub(lambda hole: _words(hole), message) or f"no message; the result {fields}"
    html = Markup("<code>" + _marked(message) + "</code>") if message else Markup(escape(plain))
    anchor = slug(plain)[:60].strip("-")
    return Text(
        sign.name, html, plain, bool(message), fields, ", ".join(sign.module), sign.releases,
        minors(sign.releases), f"{anchor}-{slug(sign.name)}-{number}",
    )  # fmt: skip


def _words(hole: re.Match[str]) -> str:
    return {"number": "N", "quoted": "'…'"}.get(hole[2] or "", "…")


def _marked(message: str) -> str:
    parts, end = [], 0
    for hole in HOLE.finditer(message):
        parts += [escape(message[end : hole.start()], quote=False), f"<var>{escape(_words(hole))}</var>"]
        end = hole.end()
    return "".join([*parts, escape(message[end:], quote=False)])


SAID = {"present": "has {}", "absent": "has no {}", "true": "says {}: true", "false": "says {}: false"}
SAID |= {"list": "has a list {}", "empty": "has an empty {}", "filled": "has {}"}


def _fields(fields: Mapping[str, Any]) -> str:
    """The fields of a result in words, joined with commas."""
    said = []
    for name, wanted in fields.items():
        options = wanted if isinstance(wanted, list) else [wanted]
        said.append(" or ".join(SAID.get(option, "says {}: " + str(option)).format(name) for option in options))
    return ", ".join(said)


def minors(releases: str) -> tuple[int, ...]:
    """The minor numbers of "2.9 - 2.16", "2.17+", "2.9" or "2.14.0 - 2.16.5"; () for other words."""
    found = re.fullmatch(r"2\.(\d+)(?:\.\d+)?(?:\s*(\+)|\s*-\s*2\.(\d+)(?:\.\d+)?)?", releases.strip())
    if not found:
        return ()
    first = int(found[1])
    last = RELEASES[-1] if found[2] else int(found[3] or first)
    return tuple(release for release in RELEASES if first <= release <= last)
