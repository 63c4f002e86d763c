"""Conversations written down: what is typed behind `why> `, then what is answered, with `[...]` for any lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from calls import EXAMPLES
from readme import fits

from assistant import kb
from assistant.front.forms.view import View
from assistant.front.repl.conversation import Conversation, Reply

PASTES = Path(__file__).parent / "pastes"
PROMPTS = ("why> ", "yes or no> ", "> ")
PASTE = "<<"
"""What stands for a paste: `why> <<NAME`, its text given beside the session, or that of examples/NAME."""


@cache
def base() -> kb.Base:
    """The base, read once."""
    return kb.load()


def conversation(width: int = 80, **more: bool) -> Conversation:
    """A new one, without colour."""
    return Conversation(base(), View(width), **more)


def example(name: str) -> str:
    """A file of examples/."""
    return (EXAMPLES / name).read_text()


def play(written: str, talk: Conversation | None = None, **pastes: str) -> Conversation:
    """Plays a conversation as written and compares what is answered; gives it back to go on with."""
    talk = talk or conversation()
    for line, expected in turns(written):
        prompt = next(prompt for prompt in PROMPTS if line.startswith(prompt))
        assert talk.prompt() == prompt, line
        reply = said(talk, line.removeprefix(prompt), pastes)
        now = "\n".join(row.rstrip() for row in reply.text.rstrip("\n").split("\n"))
        assert fits(expected, now), f"{line}\nis answered by:\n{now}\nwhere the test has:\n{expected}"
    return talk


def said(talk: Conversation, line: str, pastes: Mapping[str, str]) -> Reply:
    """The reply to what is typed, or pasted for `<<NAME`."""
    if not line.startswith(PASTE):
        return talk.enter(line)
    name = line.removeprefix(PASTE)
    return talk.pasted(pastes[name] if name in pastes else example(name))


def turns(written: str) -> Iterator[tuple[str, str]]:
    """Each line typed, with the answer that is written below it."""
    lines = written.strip("\n").split("\n")
    starts = [at for at, line in enumerate(lines) if line.startswith(PROMPTS)]
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start], "\n".join(lines[start + 1 : stop]).strip("\n")
