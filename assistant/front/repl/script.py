"""A session without a terminal: lines in, a transcript out that reads like the session typed.

After `paste <<WORD` all lines up to `WORD` are a paste, whatever they say. A command, an answer, the path of a file or
the id of a cause is obeyed. Other lines that stand together are one paste, with the blank lines between them, up to
the next command, path or id; one such line by itself is taken as typed. A `#` outside a paste begins a comment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.front.forms.clean import shown
from assistant.front.repl.answer import counted
from assistant.front.repl.conversation import Conversation, Reply

Write = Callable[[str], object]


def run(conversation: Conversation, lines: Iterable[str], write: Write) -> int:
    """Plays `lines`; gives back the exit status: 0 when the last paste has a cause, else 1."""
    return _Player(conversation, write).play(lines)


class _Player:
    """The session and the lines that are not yet answered."""

    def __init__(self, conversation: Conversation, write: Write) -> None:
        self.conversation, self.write = conversation, write
        self.held: list[str] = []

    def play(self, lines: Iterable[str]) -> int:
        for raw in lines:
            if self._line(raw.rstrip("\r\n")):
                return self.conversation.status()
        if not self._flushed() and self.conversation.gathering:
            end = self.conversation.gathering
            self.write(f"(no line {shown(end)}: the rest was taken for the paste)\n")
            self._answer(self.conversation.enter(end))
        return self.conversation.status()

    def _line(self, line: str) -> bool:
        """Takes one line; true when the session is over."""
        if self.conversation.gathering:
            return self._answer(self.conversation.enter(line))
        # Output may hold numbers and words that would answer a question, alone on their line.
        if self.conversation.ends_paste(line) or (not self.held and self.conversation.is_command(line)):
            return self._flushed() or self._typed(line)
        if not self.held and (not line.strip() or line.startswith("#")):
            self.write(f"{shown(line)}\n")
        else:
            self.held.append(line)
        return False

    def _flushed(self) -> bool:
        """Answers the lines that were held; true when the session is over."""
        while self.held and not self.held[-1].strip():
            self.held.pop()
        held, self.held = self.held, []
        if len(held) < 2:
            return bool(held) and self._typed(held[0])
        self.write(f"{self.conversation.prompt()}({counted(len(held), 'line')} pasted)\n")
        return self._answer(self.conversation.pasted("\n".join(held) + "\n"))

    def _typed(self, line: str) -> bool:
        self.write(f"{self.conversation.prompt()}{shown(line)}\n")
        reply = self.conversation.enter(line)
        # Who writes a script need not be told how a paste ends.
        return self._answer(Reply("") if self.conversation.gathering else reply)

    def _answer(self, reply: Reply) -> bool:
        self.write(reply.text)
        if reply.edit is not None:
            self.write("A script has no editor.\n")
        return reply.leave
