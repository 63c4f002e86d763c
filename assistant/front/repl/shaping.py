"""Lines that come in and answers that go out, brought into shape."""

from __future__ import annotations

import re

from assistant.front.forms.view import View


def clean(text: str, view: View) -> str:
    """`text` without anything that could steer a terminal, but for our own colours."""
    from assistant.redact import controls

    if not view.colour:
        return controls(text)
    pieces = re.split(r"(\x1b\[[0-9;]{0,20}m)", text)
    return "".join(piece if at % 2 else controls(piece) for at, piece in enumerate(pieces))


def aired(text: str) -> str:
    """An answer and an empty line, so that the eye finds the next prompt."""
    return f"{text}\n" if text else ""


def spoken(view: View) -> View:
    """A view for answers that are read aloud."""
    return view._replace(spoken=True, colour=False, unicode=False)


def number(line: str) -> int:
    """The number that a line is ("2", "2.", "2)"); 0 for none."""
    found = re.fullmatch(r"([1-9][0-9]{0,2})[.)]?", line.strip())
    return int(found[1]) if found else 0


def sentence(message: str) -> str:
    """A complaint as a sentence; a path at its beginning stays as it is."""
    first = message.partition(" ")[0]
    start = message[:1].upper() if first.isalpha() else message[:1]
    return start + message[1:] + ("" if message.endswith((".", "?", "!")) else ".")
