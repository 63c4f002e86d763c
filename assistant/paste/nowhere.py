"""Warnings, and runs that reached no host at all: Ansible ends well (exit 0) and only warns, yet nothing was done.

A failure only where nothing else can be meant: no host did anything, and Ansible says itself that the inventory could
not be read, or that no host has the name it was to run on. A play for localhost needs no inventory, and one play of
several may well find no host: both print the same warnings beside results.
"""

from __future__ import annotations

from assistant.model import Failure
from assistant.paste import errors, shapes
from assistant.paste.groups import Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.paste.state import State

UNREAD = "as an inventory source"
SKIPPED = "Skipping unexpected key"
EMPTY = "No inventory was parsed"
HOSTLESS = "provided hosts list is empty, only localhost is available"
NOBODY = "Could not match supplied host pattern"
NOTHING = "No hosts matched, nothing to do"
"""The warnings, the most telling first (inventory/manager.py; SKIPPED is the yaml plugin's, NOTHING cli/adhoc.py's)."""
MOST = 50


def is_block(line: str) -> bool:
    """True for the first line of a warning that quotes the error of an inventory plugin, with its place from 2.19."""
    return line.startswith(("[WARNING]: Failed to parse inventory with ", "[WARNING]:  * Failed to parse "))


def is_about(warning: str) -> bool:
    """True for a whole warning that says that there is no inventory, or no such host in it."""
    said = warning.removeprefix("[WARNING]: ")
    return said.startswith((SKIPPED, EMPTY, HOSTLESS, NOBODY, NOTHING)) or said.endswith(UNREAD)


def warning(state: State, line: str) -> None:
    """Remembers a warning, the rows that a terminal's width made of it put together; the cursor has taken the first."""
    number, rows, cursor = state.cursor.number, [line], state.cursor
    while (
        (more := cursor.peek()) and more.strip() and more[0] != "{" and not shapes.starts_anew(more) and len(rows) < 8
    ):
        rows.append(cursor.take().strip())
    state.marks += 1
    text = " ".join(rows)
    state.into.saw(Entry("warning", "", state.task, {}, text, number))
    if is_about(text):
        said = text.removeprefix("[WARNING]: ")
        state.nowhere.append(errors.Block((said,), (None,), number, cursor.last, said))


def note(state: State, block: errors.Block) -> None:
    """Remembers the warning of a plugin; like any other it is evidence for what fails later."""
    text = " ".join(block.text.partition("\n\n")[0].split()).removeprefix("* ")
    state.marks += 1
    state.into.saw(Entry("warning", "", state.task, {}, f"[WARNING]: {text}"[:2_000], block.first))
    state.nowhere.append(block._replace(text=text))


def _both(texts: list[str]) -> bool:
    """All that `ansible all -m ping` prints where there is no inventory; a play for localhost prints more."""
    return all(any(text.startswith(words) for text in texts) for words in (EMPTY, HOSTLESS))


def read(state: State) -> None:
    """The failure of a run that reached no host, when nothing else failed."""
    if state.into.groups or state.ran or not state.nowhere:
        return
    texts = [block.text for block in state.nowhere[:MOST]]
    unread = [text for text in texts if text.endswith(UNREAD)]
    telling = [
        *unread,
        *(text for words in (SKIPPED, EMPTY, NOBODY, NOTHING) for text in texts if text.startswith(words)),
    ]
    alone = not state.began and (unread or _both(texts))
    if not telling or not (state.unmatched or NOTHING in texts or alone):
        return
    places = [place for block in state.nowhere for place in block.origins if place is not None and place.line]
    failure = Failure(
        kind="parse", message=telling[0], chain=tuple(dict.fromkeys(texts)), origin=places[0] if places else None,
        lines=(state.nowhere[0].first, state.nowhere[-1].last),
    )  # fmt: skip
    state.into.failed(failure, False, False, telling[0])
