"""Pasted output in, failures out. `read` takes a text, `read_file` a stream of any size; both give the same answer."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator

from assistant.model import Paste
from assistant.paste import large, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO


def _nobody_knows(_: str) -> bool:
    return False


def read(text: str, known: Callable[[str], bool] = _nobody_knows, ignored: bool = False) -> Paste:
    """Read any paste, already decoded.

    `known` tells whether a bare text is one of Ansible's messages: only the base can say so of a text that
    holds no other mark of Ansible. `ignored`: failures that were ignored or rescued are among the failures too,
    and say so; else they are notes. Never raises on content; linear in the text's length.
    """
    text = text.removeprefix("\ufeff")
    if len(text) <= large.LIMIT and text.count("\n") <= large.MAX_LINES:
        return whole.read(text, known, ignored)
    return large.read((text[i : i + large.PIECE] for i in range(0, len(text), large.PIECE)), ignored)


def read_file(
    stream: BinaryIO,
    progress: Callable[[int], None] | None = None,
    known: Callable[[str], bool] = _nobody_knows,
    ignored: bool = False,
) -> Paste:
    """Read a stream of bytes of any length: UTF-8, with or without a byte order mark, faulty bytes replaced.

    `progress` hears of the bytes read so far about once a megabyte. Memory stays bounded however long the stream
    is: beyond 2 million characters or 40,000 lines only
    what failed is kept. The answer is that of `read` on the same text.
    """
    pieces = _decoded(stream, progress)
    head: list[str] = []
    size = lines = 0
    for piece in pieces:
        head.append(piece)
        size += len(piece)
        lines += piece.count("\n")
        if size > large.LIMIT or lines > large.MAX_LINES:
            return large.read(_chain(head, pieces), ignored)
    return whole.read("".join(head), known, ignored)


def _chain(head: list[str], rest: Iterator[str]) -> Iterator[str]:
    yield from head
    head.clear()
    yield from rest


def _decoded(stream: BinaryIO, progress: Callable[[int], None] | None) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    done = 0
    while block := stream.read(large.PIECE):
        text = decoder.decode(block)
        yield text.removeprefix("\ufeff") if not done else text
        done += len(block)
        if progress is not None:
            progress(done)
    yield decoder.decode(b"", True)
