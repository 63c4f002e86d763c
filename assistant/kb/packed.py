"""The compiled file: the parts of a base in, bytes out, and back again, each part only when it is wanted.

One JSON document a line: a head; an index each of words, signs and entries (of signs only digits, ten each), and what
`check` looks for; then a line for each sign, each family's tree and each entry. A diagnosis reads the head, the words
and the few lines it needs, so its time hardly grows with the base.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from assistant.kb.signs import Sign, index_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mmap import mmap
    from typing import Any, overload

VERSION = 3
DIGITS = 10
"""Of a place in the index of signs, so that each is found without reading the others."""


def pack(
    families: Sequence[str],
    redirects: Mapping[str, str],
    signs: Sequence[list[Any]],
    trees: Mapping[str, Any],
    entries: Mapping[str, Mapping[str, Any]],
) -> bytes:
    """The compiled file. `signs` are rows as `Sign.from_json` takes them, in the order they are tried."""
    lines = [_line(part) for part in (*signs, *trees.values(), *entries.values())]
    begins = _begins(lines)
    first_tree, first_entry = len(signs), len(signs) + len(trees)
    index = {
        "words": _line(index_of(map(Sign.from_json, signs))),
        "signs": b"".join(b"%0*d" % (DIGITS, at) for at in begins[:first_tree]) + b"\n",
        "entries": _line(dict(zip(entries, begins[first_entry:], strict=True))),
        "coded": _line({id: entry["code"] for id, entry in entries.items() if entry["code"]}),
    }
    head = {
        "version": VERSION,
        "families": list(families),
        "redirects": dict(redirects),
        "trees": dict(zip(trees, begins[first_tree:first_entry], strict=True)),
        "index": dict(zip(index, _begins(index.values()), strict=True)),
        "body": sum(map(len, index.values())),
    }
    return b"".join([_line(head), *index.values(), *lines])


def _begins(lines: Iterable[bytes]) -> list[int]:
    """Where each line begins, counted from the first."""
    begins, at = [], 0
    for line in lines:
        begins.append(at)
        at += len(line)
    return begins


def _line(part: Any) -> bytes:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def mapped(path: str) -> bytes | mmap:
    """A file of which only what is looked at is read, so that a base ten times as large costs a start nothing.

    Windows, which lets nobody replace a file that is mapped, and browsers read it whole.
    """
    with open(path, "rb") as file:
        try:
            from mmap import PROT_READ, mmap

            return mmap(file.fileno(), 0, prot=PROT_READ)
        except (ImportError, ValueError):  # ValueError: it is empty
            return file.read()


class Packed:
    """A compiled file, opened. Raises ValueError or KeyError when it is none."""

    def __init__(self, data: bytes | mmap) -> None:
        self._data = data
        end = data.find(b"\n")
        self.head: dict[str, Any] = json.loads(data[:end])
        if self.head["version"] != VERSION:
            raise ValueError(f"its form is {self.head['version']}, not {VERSION}")
        self._index = end + 1
        self._body = self._index + self.head["body"]

    def part(self, begin: int) -> Any:
        """The part that begins there, decoded."""
        return self._decoded(self._body + begin)

    def index(self, name: str) -> Any:
        """An index, decoded: "words", "entries" (id to where it begins), "coded"."""
        return self._decoded(self._index + self.head["index"][name])

    def _decoded(self, begin: int) -> Any:
        return json.loads(self._data[begin : self._data.find(b"\n", begin)])

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all entries."""
        return tuple(self.index("entries"))

    def entry(self, id: str) -> Any:
        """One entry, its place found without reading those of the others. Raises KeyError."""
        begin = self._index + self.head["index"]["entries"]
        key = json.dumps(id, ensure_ascii=False).encode() + b":"
        found = self._data.find(key, begin, self._data.find(b"\n", begin))
        if found < 0:
            raise KeyError(id)
        digits = self._data[found + len(key) : found + len(key) + DIGITS + 2]
        return self.part(int(digits.partition(b"}")[0].partition(b",")[0]))

    def signs(self) -> int:
        """How many signs there are."""
        begin: int = self._index + self.head["index"]["signs"]
        return (self._data.find(b"\n", begin) - begin) // DIGITS

    def sign(self, number: int) -> Any:
        """The row of one sign."""
        at = self._index + self.head["index"]["signs"] + number * DIGITS
        return self.part(int(self._data[at : at + DIGITS]))

    def parts(self) -> dict[str, Any]:
        """Everything, as `pack` takes it."""
        places = {"trees": self.head["trees"], "entries": self.index("entries")}
        return {
            "families": self.head["families"],
            "redirects": self.head["redirects"],
            "signs": [self.sign(number) for number in range(self.signs())],
            **{name: {key: self.part(at) for key, at in its.items()} for name, its in places.items()},
        }


class Signs(Sequence[Sign]):
    """All signs, in the order they are tried, each decoded when first asked for."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._count = packed.signs()
        self._read: dict[int, Sign] = {}

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, at: int) -> Sign: ...
        @overload
        def __getitem__(self, at: slice) -> Sequence[Sign]: ...

    def __getitem__(self, at: int | slice) -> Sign | Sequence[Sign]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        if at not in self._read:
            self._read[at] = Sign.from_json(self._packed.sign(at))
        return self._read[at]

    def __iter__(self) -> Iterator[Sign]:
        return (self[number] for number in range(len(self)))

    def __len__(self) -> int:
        return self._count


def joined(packed: Iterable[bytes | mmap]) -> bytes:
    """Compiled files as one: the parts of each behind those of the one before."""
    whole: dict[str, Any] = {"families": [], "redirects": {}, "signs": [], "trees": {}, "entries": {}}
    for data in packed:
        for name, part in Packed(data).parts().items():
            whole[name] = whole[name] + part if isinstance(part, list) else {**whole[name], **part}
    return pack(**whole)
