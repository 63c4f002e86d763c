"""Signs: how a failure is recognised, by words of its messages and fields of its result.

A sign's message is a template, not a regular expression, so whoever writes one cannot write one that is
slow: literal text with holes, every hole bounded. A failure is tried only against the signs whose rare word
stands in it, so the time does not grow with the number of signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from assistant.model import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# What a hole matches, all bounded: a message of n characters costs n times a constant.
HOLES = {
    "": r"[^\n]{0,200}?",
    "number": r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?",
    "word": r"[^\s'\"]{1,300}",
    "quoted": r"'[^'\n]{0,300}'",
}
HOLE = re.compile(r"\{([a-z_]+)(?::([a-z]+))?\}")
WORD = re.compile(r"[A-Za-z_]{4,}")
JOINT = "__"
"""Ends a word too: what Ansible makes up is a word, this, and a number, as in `__omit_place_holder__d52d44a5`."""
LONGEST = 40_000  # characters of a message that are searched: its first and last half
SAID = ("cmd", "exception", "message", "module_stderr", "module_stdout", "reason", "stderr", "stdout")
"""Fields of a result in which a sign may look for words besides the message: what a program or a module said."""


class Sign(Record):
    """One way to recognise a failure."""

    family: str
    name: str
    message: str
    fields: Mapping[str, Any]
    module: tuple[str, ...]
    kind: str
    releases: str
    said: Mapping[str, str]
    """Templates that must stand in fields of the result, by field: one of SAID."""
    word: str
    """The rare word that must stand in the message or in what was said; "field:rc" for a field that must be there."""

    @classmethod
    def from_json(cls, row: list[Any]) -> Sign:
        """A sign from its row in the compiled file."""
        return cls(row[0], row[1], row[2], row[3], tuple(row[4]), row[5], row[6], row[7], row[8])


class Match(Record):
    """A sign that fits, what its holes caught and the words of the paste that did it."""

    sign: Sign
    holes: Mapping[str, str]
    words: str


@cache
def pattern(message: str) -> re.Pattern[str]:
    """The template as a pattern; compiled when first tried."""
    parts, end = [], 0
    for hole in HOLE.finditer(message):
        parts.append(re.escape(message[end : hole.start()]))
        kind = HOLES[hole[2] or ""]
        last = hole.end() == len(message)
        parts.append(f"(?P<{hole[1]}>{kind[:-1] if last and not hole[2] else kind})")
        end = hole.end()
    return re.compile("".join([*parts, re.escape(message[end:])]))


def literal_words(message: str) -> list[str]:
    """The whole words of a template's literal text; those that touch a hole may be cut and do not count.

    A word that ends with JOINT is whole.
    """
    found = []
    for word in WORD.finditer(HOLE.sub("\0", message)):
        text = word.string
        open_end = text[word.end() : word.end() + 1] == "\0" and not word[0].endswith(JOINT)
        touches = open_end or text[word.start() - 1 : word.start()] == "\0"
        if not touches:
            found.append(word[0])
    return found


def index_of(signs: Iterable[Sign]) -> dict[str, tuple[int, ...]]:
    """Rare word (or field) to the numbers of the signs that have it."""
    index: dict[str, list[int]] = {}
    for number, sign in enumerate(signs):
        index.setdefault(sign.word, []).append(number)
    return {word: tuple(numbers) for word, numbers in index.items()}


def shorten(text: str) -> str:
    """A message as far as it is searched: very long ones lose their middle."""
    half = LONGEST // 2
    return text if len(text) <= LONGEST else text[:half] + "\n" + text[-half:]


def find_all(
    signs: Sequence[Sign],
    words: Mapping[str, tuple[int, ...]],
    texts: tuple[str, ...],
    result: Mapping[str, Any],
    *,
    kind: str,
    module: str,
) -> Iterator[Match]:
    """The signs, in written order, that fit the messages `texts` and the `result`.

    `kind` ("failed", "unreachable", "parse") and `module` ("" when not known: then it rules nothing out).
    """
    searched = [shorten(text) for text in texts if text]
    said = {name: shorten(_text(result[name])) for name in SAID if result.get(name)}
    keys = {word for text in (*searched, *said.values()) for word in WORD.findall(text)}
    keys |= {word.rpartition(JOINT)[0] + JOINT for word in keys if JOINT in word}
    keys |= {f"field:{name}" for name in result}
    numbers = sorted({number for key in keys & words.keys() for number in words[key]})
    for number in numbers:
        match = _fits(signs[number], searched, said, result, kind, module)
        if match:
            yield match


def _text(value: Any) -> str:
    """A field as text: a command given as a list reads as one line."""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _fits(
    sign: Sign, texts: list[str], said: Mapping[str, str], result: Mapping[str, Any], kind: str, module: str
) -> Match | None:
    """The match of one sign, or None."""
    if (sign.kind and kind and sign.kind != kind) or (sign.module and module and module not in sign.module):
        return None
    if not all(field_fits(result, name, wanted) for name, wanted in sign.fields.items()):
        return None
    hits = [_first(template, [said.get(name, "")]) for name, template in sign.said.items()]
    if sign.message:
        hits.insert(0, _first(sign.message, texts))
    if None in hits:
        return None
    holes = {name: caught for hit in hits if hit for name, caught in hit.groupdict().items()}
    return Match(sign, holes, ", ".join(hit[0] for hit in hits if hit))


def _first(template: str, texts: list[str]) -> re.Match[str] | None:
    """Where a template stands first in texts, or None."""
    return next((hit for text in texts if (hit := pattern(template).search(text))), None)


def field_fits(result: Mapping[str, Any], name: str, wanted: Any) -> bool:
    """True when a field (dots lead inwards) is as wanted: present, absent, true, false, list, empty, or a text.

    Numbers 0 and 1 count as false and true: `finished` and `started` were numbers up to 2.18 and are booleans
    from 2.19 (modules/async_status.py).
    """
    if isinstance(wanted, list):
        return any(field_fits(result, name, one) for one in wanted)
    value: Any = result
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return bool(wanted == "absent")
        value = value[part]
    tests: dict[str, bool] = {
        "present": True,
        "absent": False,
        "true": value in (True, 1, "1", "true", "True"),
        "false": value in (False, 0, "0", "false", "False"),
        "list": isinstance(value, list),
        "empty": value in ("", None),
        "filled": value not in ("", None, 0, False),
    }
    return tests[wanted] if wanted in tests else bool(str(value) == wanted)
