"""`ansible-why repl`, and `ansible-why` at a terminal: a conversation, typed or from a script."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence

from assistant.front.cli.bases import opened
from assistant.front.wrong import Wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from assistant.front.repl.conversation import Conversation


def at_terminal() -> bool:
    """Whether somebody sits there: both streams are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def run(given: Namespace) -> int:
    """Answers one call; exit status 0 when a script's last paste has a cause, else 1; 0 when it was typed."""
    from assistant.front.cli.diagnose import checked_release

    release = checked_release(given.ansible)
    if sys.stdin is None:
        raise Wrong("standard input is closed")
    talk = typed if at_terminal() else played
    return talk([*given.task, *given.pastes], given.accessible, release, given.color, given.width, given.kb)


def typed(
    paths: Sequence[str] = (),
    accessible: bool = False,
    release: str = "",
    color: str = "auto",
    width: int = 0,
    folders: Sequence[str] = (),
) -> int:
    """A session at the terminal, which is held quiet before anything heavy is imported."""
    from assistant.front.repl.terminal.hold import TERMINAL

    with TERMINAL:
        conversation, said = _opened(paths, accessible, release, color, width, folders)
        sys.stdout.write(conversation.opening() + said)
        sys.stdout.flush()
        from assistant.front.repl.terminal import run as talk

        return talk(conversation)


def played(paths: Sequence[str], accessible: bool, release: str, color: str, width: int, folders: Sequence[str]) -> int:
    """A session from a script on standard input."""
    from assistant.front.repl.script import run as play

    conversation, said = _opened(paths, accessible, release, color, width, folders)
    _write(said)
    return play(conversation, _lines(), _write)


def _opened(
    paths: Sequence[str], accessible: bool, release: str, color: str, width: int, folders: Sequence[str]
) -> tuple[Conversation, str]:
    """The conversation, and what is said of the files that the call names; raises Wrong when one cannot be read."""
    from assistant.front.forms.view import decide
    from assistant.front.repl.conversation import Conversation

    conversation = Conversation(opened(folders), decide(sys.stdout, color, width), accessible, release)
    return conversation, conversation.read(paths) if paths else ""


def _lines() -> Iterator[str]:
    """The lines of standard input as they come, whatever bytes are in them."""
    return iter(io.TextIOWrapper(sys.stdin.buffer, "utf-8", "replace", newline="\n"))


def _write(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()
