"""The conversation's words, laid on what is in the line."""

from __future__ import annotations


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
