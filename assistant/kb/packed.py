"""The compiled file: the parts of a base in, bytes out, and back again, each part only when it is wanted.

One JSON document a line: a head that says where everything stands and which sign goes by which word, then a line for
each sign, each family's tree and each entry. A diagnosis reads the head and the few lines it needs, so its time does
not grow with the base.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.kb.signs import Sign, index_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, overload

VERSION = 2


def pack(
    families: Sequence[str],
    redirects: Mapping[str, str],
    signs: Sequence[list[Any]],
    trees: Mapping[str, Any],
    entries: Mapping[str, Mapping[str, Any]],
) -> bytes:
    """The compiled file. `signs` are rows as `Sign.from_json` takes them, in the order they are tried."""
    lines = [_line(part) for part in (*signs, *trees.values(), *entries.values())]
    begins, at = [], 0
    for line in lines:
        begins.append(at)
        at += len(line)
    first_tree, first_entry = len(signs), len(signs) + len(trees)
    head = {
        "version": VERSION,
        "families": list(families),
        "redirects": dict(redirects),
        "words": index_of(map(Sign.from_json, signs)),
        "coded": {id: entry["code"] for id, entry in entries.items() if entry["code"]},
        "signs": begins[:first_tree],
        "trees": dict(zip(trees, begins[first_tree:first_entry], strict=True)),
        "entries": dict(zip(entries, begins[first_entry:], strict=True)),
    }
    return b"".join([_line(head), *lines])


def _line(part: Any) -> bytes:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Packed:
    """A compiled file, opened. Raises ValueError or KeyError when it is none."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        end = data.find(b"\n")
        self.head: dict[str, Any] = json.loads(data[:end])
        if self.head["version"] != VERSION:
            raise ValueError(f"its form is {self.head['version']}, not {VERSION}")
        self._start = end + 1

    def part(self, begin: int) -> Any:
        """The part that begins there, decoded."""
        begin += self._start
        return json.loads(self._data[begin : self._data.find(b"\n", begin)])

    def parts(self) -> dict[str, Any]:
        """Everything, as `pack` takes it."""
        head = self.head
        return {
            "families": head["families"],
            "redirects": head["redirects"],
            "signs": [self.part(begin) for begin in head["signs"]],
            **{name: {key: self.part(at) for key, at in head[name].items()} for name in ("trees", "entries")},
        }


class Signs(Sequence[Sign]):
    """All signs, in the order they are tried, each decoded when first asked for."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._begins: list[int] = packed.head["signs"]
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
            self._read[at] = Sign.from_json(self._packed.part(self._begins[at]))
        return self._read[at]

    def __iter__(self) -> Iterator[Sign]:
        return (self[number] for number in range(len(self)))

    def __len__(self) -> int:
        return len(self._begins)


def joined(packed: Iterable[bytes]) -> bytes:
    """Compiled files as one: the parts of each behind those of the one before."""
    whole: dict[str, Any] = {"families": [], "redirects": {}, "signs": [], "trees": {}, "entries": {}}
    for data in packed:
        for name, part in Packed(data).parts().items():
            whole[name] = whole[name] + part if isinstance(part, list) else {**whole[name], **part}
    return pack(**whole)
