"""Things by name, each worked out when it is first asked for: whoever fills one text wants few of all there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Wanted(Mapping[str, "Any"]):
    """A mapping that `find` fills; a name for which it gives nothing is not in it."""

    def __init__(self, names: Iterable[str], find: Callable[[str], Any]) -> None:
        """`names` are all that may be in it; `find` gives one's thing, or nothing ("" or None)."""
        self._names = names
        self._find = find
        self._found: dict[str, Any] = {}

    def _thing(self, name: str) -> Any:
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def __getitem__(self, name: str) -> Any:
        if not self._thing(name):
            raise KeyError(name)
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return bool(self._thing(str(name)))

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._names if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
