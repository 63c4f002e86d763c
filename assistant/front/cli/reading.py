"""Files and standard input in, text out; what cannot be read is one clear sentence."""

from __future__ import annotations

import io
import os
import sys
from typing import BinaryIO, TextIO

from assistant.front.cli.wrong import Wrong

STDIN = "-"


def paste_stream(name: str) -> TextIO:
    """A paste to read from: the file `name`, or standard input for "-". Bytes that are not UTF-8 become U+FFFD.

    A log may hold anything that a job printed, so single bad bytes do not stop it; a binary file does.
    UTF-16 with its mark is read as such: PowerShell writes logs so.
    """
    if name == STDIN:
        return _decoded(_stdin(), "standard input")
    return _decoded(_opened(name), name)


def document(path: str) -> str:
    """The text of a file that may be changed: strict UTF-8, every character kept (byte-order mark and line ends).

    Raises Wrong with the line of the first byte that is not UTF-8.
    """
    with _opened(path) as file:
        data = file.read()
    if b"\0" in data[:8192]:
        raise Wrong(f"{path}: a binary file, no YAML")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        raise Wrong(f"{path}: line {line} is not UTF-8 (byte 0x{byte:02x}); save the file as UTF-8") from None


def _opened(path: str) -> BinaryIO:
    try:
        return open(path, "rb")
    except IsADirectoryError:
        raise Wrong(f"{path}: a folder, where a file is wanted") from None
    except OSError as error:
        raise Wrong(f"{path}: cannot be read ({(error.strerror or str(error)).lower()})") from None


def _stdin() -> BinaryIO:
    if not sys.stdin.isatty():
        return sys.stdin.buffer
    from assistant.front.cli.keyboard import typed

    sys.stderr.write("Paste the failure, then press Ctrl-D.\n")
    return io.BytesIO(typed(sys.stdin.fileno()))


def _decoded(file: BinaryIO, name: str) -> TextIO:
    try:
        head = file.peek(8192)[:8192] if isinstance(file, io.BufferedReader) else file.getvalue()[:8192]  # type: ignore[attr-defined]
    except IsADirectoryError:
        raise Wrong(f"{name}: a folder, where a file is wanted") from None
    encoding = "utf-8"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        raise Wrong(f"{name}: a compressed file; unpack it first, as in: zcat {os.path.basename(name)} | ansible-why")
    elif b"\0" in head:
        raise Wrong(f"{name}: a binary file, not what Ansible printed")
    return io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
