"""Files and standard input in, text out; what cannot be read is one clear sentence."""

from __future__ import annotations

import io
import os
import sys

from assistant.front.wrong import Wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

STDIN = "-"
PEEK = 8192
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
"""How gzip, bzip2, xz and zstd start."""


def paste_stream(name: str) -> BinaryIO:
    """A paste to read from, as UTF-8: the file `name`, or standard input for "-".

    A log may hold anything that a job printed, so single bad bytes do not stop it (the reader shows
    them as U+FFFD); a binary file does. UTF-16 with its mark is taken too: PowerShell writes logs so.
    """
    if name == STDIN:
        return _readable(_stdin(), "standard input")
    return _readable(_opened(name), name)


def document(path: str) -> str:
    """The text of a file that may be changed: strict UTF-8, every character kept (byte-order mark and line ends).

    Raises Wrong with the line of the first byte that is not UTF-8.
    """
    with _opened(path) as file:
        data = file.read()
    if b"\0" in data[:PEEK]:
        raise Wrong(f"{path}: a binary file, no YAML")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        raise Wrong(f"{path}: line {line} is not UTF-8 (byte 0x{byte:02x}); save the file as UTF-8") from None


def _opened(path: str) -> io.BufferedReader:
    try:
        return open(path, "rb")
    except IsADirectoryError:
        raise Wrong(f"{path}: a folder, where a file is wanted") from None
    except OSError as error:
        raise Wrong(f"{path}: cannot be read ({(error.strerror or str(error)).lower()})") from None


def _stdin() -> io.BufferedReader:
    if sys.stdin is None:
        raise Wrong("standard input is closed")
    if not sys.stdin.isatty():
        return sys.stdin.buffer  # type: ignore[return-value]  # a pipe's or a file's buffer
    from assistant.front.keyboard import typed

    sys.stderr.write("Paste the failure, then press Ctrl-D.\n")
    return io.BufferedReader(io.BytesIO(typed(sys.stdin.fileno())))


def _readable(file: io.BufferedReader, name: str) -> BinaryIO:
    try:
        head = file.peek(PEEK)[:PEEK]
    except OSError as error:
        raise Wrong(f"{name}: cannot be read ({(error.strerror or str(error)).lower()})") from None
    if head.startswith(UTF_16):
        return io.BytesIO(file.read().decode("utf-16", "replace").encode("utf-8", "replace"))
    if head.startswith(PACKED):
        raise Wrong(f"{name}: a compressed file; unpack it first, as in: zcat {os.path.basename(name)} | ansible-why")
    if b"\0" in head:
        raise Wrong(f"{name}: a binary file, not what Ansible printed")
    return file
