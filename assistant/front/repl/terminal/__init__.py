"""The conversation at a terminal: what is typed or pasted goes in, answers come out, nothing is lost between.

Nothing heavy is imported here: `hold` must be there before all else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping

from assistant.front.repl.terminal.hold import TERMINAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

    from assistant.front.repl.conversation import Conversation
    from assistant.front.repl.terminal.turns import Reader


def run(conversation: Conversation) -> int:
    """Talks until the user leaves; gives back the exit status, which is 0.

    Standard input and output must be a terminal; it is as it was afterwards, whatever ends the session.
    """
    import io
    import signal

    signal.signal(signal.SIGTERM, _ended)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    with TERMINAL:
        plain = conversation.accessible or dumb()
        reader = _plain(conversation) if plain else _line(conversation)
        _soon(conversation.warm)
        from assistant.front.repl.terminal.turns import Turns

        Turns(conversation, reader, plain).talk()
    return 0


def dumb(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal knows no escape sequences, or nobody says what it knows."""
    return environ.get("TERM", "") in ("", "dumb", "unknown")


def _ended(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _soon(action: Callable[[], None]) -> None:
    """Does `action` beside all else, once the first prompt is up and has had time for the first keys."""
    import threading

    later = threading.Timer(0.2, action)
    later.daemon = True
    later.start()


def _plain(conversation: Conversation) -> Reader:
    from assistant.front.repl.terminal.plain import Plain

    return Plain(conversation, TERMINAL.echoes)


def _line(conversation: Conversation) -> Reader:
    """The line editor. It takes a tenth of a second to import: the prompt is up before, and keys are kept meanwhile."""
    TERMINAL.brackets()
    sys.stdout.write(conversation.prompt() + "\r")
    sys.stdout.flush()
    from assistant.front.repl.terminal.line import Line

    return Line(conversation)
