"""The last look before something is shown: no secrets, no control characters."""

from __future__ import annotations


def shown(text: str) -> str:
    """`text` without secrets and without control characters other than line ends and tabs.

    The paste is cleaned when it is read; lines of task files and diffs come here, since the files
    themselves must stay as they are.
    """
    from assistant import redact

    return redact.controls(redact.text(text)[0])
