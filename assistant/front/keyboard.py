"""A paste into a terminal that has no line editor in front of it."""

from __future__ import annotations

import os

END = b"\x04"
"""Ctrl-D."""


def typed(descriptor: int) -> bytes:
    """All that is typed or pasted into the terminal `descriptor` until Ctrl-D.

    The terminal's own line mode would cut a line at 4,095 bytes (Linux, n_tty.c), and results of
    Ansible are one long line: so it is switched off meanwhile. Ctrl-C works as always.
    """
    import termios

    before = termios.tcgetattr(descriptor)
    mode = termios.tcgetattr(descriptor)
    mode[3] &= ~termios.ICANON
    mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
    termios.tcsetattr(descriptor, termios.TCSANOW, mode)
    try:
        return _until_end(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSANOW, before)


def _until_end(descriptor: int) -> bytes:
    pieces: list[bytes] = []
    while piece := os.read(descriptor, 65536):
        before, end, _ = piece.partition(END)
        pieces.append(before)
        if end:
            break
    return b"".join(pieces)
