"""A line on its way to the parser: which lines of the paste it covers, and its text as cleaned so far."""

from __future__ import annotations

import re
from functools import cache


class Row:
    """One line, or several that a terminal had broken: the first and last line of the paste, and the text.

    A plain class: there is one for every line of a paste.
    """

    __slots__ = ("first", "last", "text")

    def __init__(self, first: int, last: int, text: str) -> None:
        self.first, self.last, self.text = first, last, text


ADHOC = r" \| (?:FAILED|UNREACHABLE|SUCCESS|CHANGED)(?:!? =>|!:| \| rc=)"
"""What follows the host in the first line of an ad hoc result."""


@cache
def _headline() -> re.Pattern[str]:
    return re.compile(
        r"(?:fatal|failed|ok|changed|skipping|unreachable): \[|TASK \[|PLAY \[|PLAY RECAP \*|RUNNING HANDLER \[|"
        r"FAILED \W{1,3} RETRYING: |\[ERROR\]: |ERROR! |ASYNC (?:POLL|OK|FAILED) on |\.\.\.ignoring|"
        r"[\w.-]{1,100}" + ADHOC
    )


def headline_at(line: str) -> int:
    """Where a headline of Ansible's begins in the first 300 characters of a line; -1 if none does."""
    found = _headline().search(line, 0, 400)
    return found.start() if found and found.start() <= 300 else -1
