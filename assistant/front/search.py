"""The base, found by words or by id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from math import log

from assistant.front.wrong import Wrong, meant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.kb import Base, Entry

Row = tuple[str, str, str]
"""An id, a title, and a line of the entry or ""."""

SEEN = ("What you see", "When")
"""The headings of causes and patterns under which stands what people have before their eyes when they search."""
PHRASE = 1000
"""What an entry gains whose id or text holds the words as they were given, side by side; others are left out."""
GLANCE = 90
EDITS = {"safe": "a safe edit", "review": "an edit to be read before it is applied", "show": "an example of an edit"}
EVERYDAY = frozenset(
    "a about after again all am an and any are as at be because been but by can cannot could did do does doesn don for "
    "from get gets getting got had has have how i if in into is isn it its just like me mean means my no not of on "
    "or our out please say says should so some still than that the their them then there these they this to too up us "
    "want was way we were what when where which while who why will with without won would you your".split()
)
"""Words of any question; "not" and "no" are among them, since entries say a thing in many ways."""
ENDINGS = ("ing", "ed", "es", "s")


def named(given: str, base: Base) -> str:
    """The id that `given` means: as it is, by its old name, or by its last parts where only one has them."""
    found = known(given, base)
    if found:
        return found
    raise Wrong(f'no such cause "{given}"{meant(given, base.entries) or "; ansible-why list shows all"}')


def known(given: str, base: Base) -> str:
    """The same, "" for none."""
    given = given.removesuffix(".md").removeprefix("kb/")
    current = base.redirects.get(given, given)
    if current in base.entries:
        return current
    short = [cause for cause in base.entries if cause.endswith(f"/{given}")]
    return short[0] if len(short) == 1 else ""


def found(words: str, entries: Iterable[Entry]) -> list[Row]:
    """The entries that hold all `words` (upper and lower case alike), those with them in their title first."""
    wanted = words.lower().split()
    scored = [(_score(wanted, entry), entry) for entry in entries]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    if best and best[0][0] > PHRASE:
        best = [pair for pair in best if pair[0] > PHRASE]
    return [(entry.id, entry.title, _line(wanted, entry)) for _, entry in best]


def asked(question: str, entries: Iterable[Entry]) -> list[Row]:
    """The entries that a plain question is about, the best first: those that hold it word for word, if there are any.

    Else everyday words are passed over, and half of the others are enough.
    """
    entries = list(entries)
    phrase = " ".join(question.lower().split())
    if any(phrase in " ".join((entry.id, *entry.sections.values())).lower() for entry in entries):
        return found(question, entries)
    words = [
        word
        for word in dict.fromkeys(re.findall(r"[\w.]*\w", question.lower()))
        if word not in EVERYDAY and not word.isdigit()
    ]
    if not words:
        return found(question, entries)
    heads = {entry.id: f"{entry.id} {entry.title}".lower() for entry in entries}
    texts = {entry.id: f"{heads[entry.id]} {' '.join(entry.sections.values())}".lower() for entry in entries}
    holds = {word: {id for id, text in texts.items() if _beginning(word).search(text)} for word in words}

    def weight(entry: Entry) -> float:
        """A rare word counts more than one that many hold, and one in the title more than one in the text."""
        held = [word for word in words if entry.id in holds[word]]
        places = [4 if _beginning(word).search(heads[entry.id]) else 1 for word in held]
        total = sum(place * log(1 + len(entries) / len(holds[word])) for place, word in zip(places, held, strict=True))
        return total if 2 * len(held) >= len(words) else 0

    scored = sorted(((weight(entry), entry) for entry in entries), key=lambda pair: -pair[0])
    return [(entry.id, entry.title, "") for score, entry in scored if score and score >= scored[0][0] / 2]


@cache
def _beginning(word: str) -> re.Pattern[str]:
    """Words that begin as `word` does without its ending."""
    stem = next((word[: -len(end)] for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= 4), word)
    return re.compile(rf"(?<![^\W_]){re.escape(stem)}")


def sheet(entry: Entry) -> tuple[str, str, list[str], list[tuple[str, str]], tuple[str, ...]]:
    """What an entry says when it is shown whole: title, id, facts about it, its sections, what to see also."""
    facts = [f"ansible-core {entry.releases}"] if entry.releases else []
    facts += [f"with {EDITS[entry.trust]}"] if entry.has_edit else []
    facts += ["ansible-why check finds it"] if entry.code else []
    lines = [", ".join(facts), *([f"Proved on ansible-core {entry.proved}"] if entry.proved else [])]
    return entry.title, entry.id, lines, [(name, entry.plain(name)) for name in entry.sections], entry.see


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
    return total + (PHRASE if " ".join(wanted) in f"{entry.id} {rest}" else 0)


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
