"""Private families laid beside ours: compiled bytes in, compiled bytes out.

Nothing is ever laid over: a family or an id that exists already is one clear error. Ours are tried first.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from assistant.kb import BaseError
from assistant.kb.compile import Folder, compiled
from assistant.kb.packed import Packed, joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mmap import mmap


def with_folders(data: bytes | mmap, folders: Sequence[str]) -> bytes | mmap:
    """The compiled base `data` with the families of each `kb/` folder behind its own, in the order given.

    A folder named twice counts once. Raises BaseError: with every mistake of a folder, or for a family that exists.
    """
    owners: dict[str, str] = {}
    for folder in {os.path.realpath(each): each for each in folders}.values():
        read = private(folder, data)
        refuse(read, data, owners)
        owners |= dict.fromkeys(read.families, folder)
        data = joined([data, compiled(read)])
    return data


def private(folder: str, data: bytes | mmap) -> Folder:
    """A private folder as read; it may name the entries of the compiled base `data`. Raises BaseError without one."""
    if not os.path.isfile(os.path.join(folder, "tree.yaml")):
        raise BaseError(
            f"{folder}: no knowledge base there (it has no tree.yaml); ansible-why kb new --to DIR begins one"
        )
    packed = Packed(data)
    return Folder(folder, {*packed.ids, *packed.head["redirects"]}, folder)


def refuse(read: Folder, data: bytes | mmap, owners: Mapping[str, str]) -> None:
    """Raises BaseError when a family exists already in the compiled base `data`; `owners` are folders by family."""
    for family in Packed(data).head["families"]:
        if family in read.families:
            whose = f"of {owners[family]}" if family in owners else "of ansible-why's own"
            raise BaseError(
                f'{read.home}: the family "{family}" is one {whose}; give yours another name, '
                f"in {read.home / 'tree.yaml'} and as the name of its folder"
            )
