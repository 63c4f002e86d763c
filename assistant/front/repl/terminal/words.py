"""The conversation's words, laid on what is in the line."""

from __future__ import annotations

from assistant.front.repl.conversation import Conversation


def typed_ahead(line: str, conversation: Conversation) -> bool:
    """Whether a line may be obeyed that came with others at once: a command or an answer, but none that writes.

    Several commands at once are somebody's who types faster than the line brings it, or else a paste that was
    made to look so: it must not change a file.
    """
    from assistant.front.repl.commands import parse

    call = parse(line)
    writes = line.lower().startswith("y") if call is None else call.command.module == "changing"
    return conversation.is_command(line) and not writes


def overlap(before: str, word: str) -> int:
    """How many characters at the end of `before` the completion `word` takes the place of.

    As many as it goes on from, which may be several words ("not s", "not sure"); else the last word, which it
    may be meant by only in part ("hung", "async/job-hung").
    """
    low, start = before.lower(), word.lower()
    for length in range(min(len(before), len(word)), 0, -1):
        at = len(before) - length
        if start.startswith(low[at:]) and (at == 0 or low[at - 1] == " "):
            return length
    return len(before.rpartition(" ")[2])
