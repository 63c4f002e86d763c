"""The sessions of README.md: what stands there, and what the commands print now.

A fenced `console` block is a session: lines that start with `$ ` are commands, the lines after one its output, and
a line that is only `[...]` stands for any lines. `python tests/readme.py` writes what is printed now into the file.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from calls import ROOT, surroundings

README = ROOT / "README.md"
CUT = "[...]"


class Session(NamedTuple):
    """One command of a `console` block, its output as written, and the lines of the file where that stands."""

    command: str
    output: str
    first: int
    last: int


def sessions(text: str) -> Iterator[Session]:
    """All commands of the `console` blocks in `text`; lines count from 0, `last` is the one after the output."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if lines[at] == "```console":
            end = lines.index("```", at)
            starts = [number for number in range(at + 1, end) if lines[number].startswith("$ ")]
            for start, stop in zip(starts, [*starts[1:], end], strict=True):
                yield Session(lines[start][2:], "\n".join(lines[start + 1 : stop]), start + 1, stop)
            at = end
        at += 1


def printed(command: str) -> str:
    """What a command prints at the top of this checkout, both streams together, 80 columns wide."""
    # This checkout, whether it is installed or not.
    named = f'ansible-why() {{ {shlex.quote(sys.executable)} -m assistant "$@"; }}; {command}'
    done = subprocess.run(
        ["bash", "-c", named],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env=surroundings(COLUMNS="80"),
        timeout=60,
    )
    return "\n".join(line.rstrip() for line in done.stdout.rstrip("\n").split("\n"))


def fits(written: str, now: str) -> bool:
    """Whether the output as written, with its cuts, is what is printed now."""
    at = 0
    pieces = [piece.strip("\n") for piece in written.split(CUT)]
    if len(pieces) == 1:
        return written.rstrip("\n") == now
    for piece in pieces:
        found = now.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return now.startswith(pieces[0]) and now.endswith(pieces[-1])


def main() -> None:
    """Writes what is printed now into the file; outputs with cuts that still fit stay as they are."""
    text = README.read_text(encoding="utf-8")
    lines = text.split("\n")
    for session in reversed(list(sessions(text))):
        now = printed(session.command)
        if not fits(session.output, now):
            lines[session.first : session.last] = now.split("\n")
    README.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
