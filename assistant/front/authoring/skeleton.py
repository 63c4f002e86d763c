"""What the beginning of a cause leaves to its author, and where that still stands."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.kb.compile import Folder

MARK = "To write: "
"""How each prompt of a beginning starts."""


def left_to_write(read: Folder) -> Iterator[str]:
    """The prompts that still stand in entries, as `path:line: what is to be written`."""
    for id in read.entries:
        for number, line in enumerate((read.home / f"{id}.md").read_text(encoding="utf-8").splitlines(), 1):
            _, mark, prompt = line.partition(MARK)
            if mark:
                yield f"{read.place(id)}:{number}: still to be written: {prompt.rstrip(chr(34))}"
