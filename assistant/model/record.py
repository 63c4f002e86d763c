"""What every value is made of: records with named fields, and places in texts.

Neither dataclasses nor named tuples, because a cold start has 40 ms: importing `dataclasses` costs 8 of
them, `typing` 12, and each named tuple is compiled anew at every start. Hence `Record`, and
`TYPE_CHECKING` as a name that type checkers know without an import.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self, dataclass_transform
else:

    def dataclass_transform(**_: object) -> object:
        """What type checkers read; at run time it changes nothing."""
        return lambda cls: cls


@dataclass_transform(frozen_default=True)
class Record:
    """A frozen value with named fields, given by place or by name; those with a value in the class have a default."""

    _fields: tuple[str, ...] = ()
    _needed = 0

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(name for name in cls.__annotations__ if not name.startswith("_"))
        cls._needed = sum(name not in cls.__dict__ for name in cls._fields)

    def __init__(self, *values: Any, **named: Any) -> None:
        held, fields = self.__dict__, self._fields
        held.update(zip(fields, values))  # noqa: B905  (strict costs a third of the call, and what is too long is seen below)
        if named:
            held.update(named)
        if len(values) > len(fields) or not self._needed <= len(held) <= len(fields):
            raise TypeError(f"{type(self).__name__} takes {', '.join(fields)}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; use _replace")

    def __iter__(self) -> Iterator[Any]:
        return (getattr(self, name) for name in self._fields)

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and tuple(self) == tuple(other))

    def __lt__(self, other: Self) -> bool:
        return tuple(self) < tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"

    def _replace(self, **changed: Any) -> Self:
        """The same with other values in some fields."""
        return type(self)(**{**dict(zip(self._fields, self, strict=True)), **changed})


class Span(tuple[int, int]):
    """A piece of one text: characters from its start, half-open. Lines and columns are made at the rim."""

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        """`start` and `end` in characters."""
        return tuple.__new__(cls, (start, end))

    start: int = property(itemgetter(0))  # type: ignore[assignment]
    end: int = property(itemgetter(1))  # type: ignore[assignment]
