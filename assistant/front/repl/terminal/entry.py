"""What comes of one prompt."""

from __future__ import annotations

from assistant.model import Record

TYPED, PASTED, EDIT, SUSPEND = "typed", "pasted", "edit", "suspend"


MARK = "(pasted)"
"""What stands at the prompt where something was pasted, which is not shown itself."""


class Entry(Record):
    """What the user did: typed a line, pasted, asked for the editor, or for the shell that started us."""

    kind: str
    text: str = ""
    """The line, the paste, or what to edit."""
    left: str = ""
    """What stays in the line for the next prompt."""
