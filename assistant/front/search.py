"""The base, found by words or by id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.front.wrong import Wrong, meant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.kb import Base, Entry

Row = tuple[str, str, str]
"""An id, a title, and a line of the entry or ""."""

SEEN = ("What you see", "When")
"""The headings of causes and patterns under which stands what people have before their eyes when they search."""
PHRASE = 1000
"""What an entry gains that holds the words as they were given, side by side; others are then left out."""
GLANCE = 90


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


def found(words: str, entries: Iterable[Entry]) -> list[Row]:
    """The entries that hold all `words` (upper and lower case alike), those with them in their title first."""
    wanted = words.lower().split()
    scored = [(_score(wanted, entry), entry) for entry in entries]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    if best and best[0][0] > PHRASE:
        best = [pair for pair in best if pair[0] > PHRASE]
    return [(entry.id, entry.title, _line(wanted, entry)) for _, entry in best]


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
