"""`[ERROR]: …` blocks with Origin and causes (2.19+), and `ERROR! …` with "The error appears to be in" (older)."""

from __future__ import annotations

import re
from functools import cache

from assistant.model import Origin, Record
from assistant.paste import shapes
from assistant.paste.cursor import Cursor

MAX_LINES = 2_000
CAUSED = "<<< caused by >>>"


class Block(Record):
    """An error as Ansible prints it outside of a result."""

    chain: tuple[str, ...]
    """Messages, outermost first."""
    origins: tuple[Origin | None, ...]
    """Place of each message; as long as `chain`."""
    first: int
    last: int
    text: str
    new: bool = True
    """False for the shape of 2.18 and older."""


@cache
def _origin() -> re.Pattern[str]:
    return re.compile(r"Origin: (?P<path>.{1,500}?)(?::(?P<line>\d{1,9}))?(?::(?P<column>\d{1,9}))?\s*$")


@cache
def _appears() -> re.Pattern[str]:
    return re.compile(
        r"The (?:error|offending line) appears to (?:be in|have been in) '(?P<path>[^'\n]{1,500})'"
        r"\s{0,3}:\s{1,3}line\s{1,3}(?P<line>\d{1,9}),\s{1,3}column\s{1,3}(?P<column>\d{1,9})"
    )


def appears(text: str) -> Origin | None:
    """The place in "The error appears to be in 'site.yml': line 13, column 7", as 2.9 to 2.18 print it."""
    found = _appears().search(text) if " appears to " in text else None
    place = Origin(found["path"], int(found["line"]), int(found["column"])) if found else None
    return _with_lines(text, place) if place and "Syntax Error while loading YAML" in text else place


def before_place(text: str) -> str:
    """A message without the place and the source lines that older releases put after it."""
    for words in ("\n\nThe error appears to ", "\nThe error appears to ", "The error appears to "):
        at = text.find(words)
        if at > 0:
            return _without_front(text[:at].rstrip())
    return _without_front(text)


def _without_front(text: str) -> str:
    """What YAML said, without the words that it was no JSON either, with which 2.9 to 2.18 begin."""
    said = text.find("Syntax Error while loading YAML.") if text.startswith(NEITHER) else -1
    return text[said:] if said > 0 else text


NEITHER = "We were unable to read either as JSON nor YAML"


def is_start(line: str) -> bool:
    """True for the first line of a block."""
    return bool(
        line.startswith(("[ERROR]: ", "ERROR! ", "[ERROR]:", *shapes.SPUN, *shapes.BEFORE_START)) or shapes.usage(line)
    )


def _without_head(line: str) -> str:
    line = line[1:] if line.startswith(shapes.SPUN) else line
    for head in ("ERROR! ", "ERROR: ", "[ERROR]:"):
        if line.startswith(head):
            return line[len(head) :].lstrip()
    return line.partition("]:")[2].lstrip()  # a warning that stands for an error


def block(cursor: Cursor) -> Block:
    """The block that begins with the cursor's next line; the cursor stands behind it."""
    line = cursor.take()
    first = cursor.number
    if front := shapes.usage(line):  # one line; below it from 2.11 on the whole help
        said = line[len(front) :].rstrip()
        return Block((said,), (None,), first, cursor.last, said)
    old = line.startswith(("ERROR! ", *shapes.SPUN))
    rows = [_without_head(line)]
    while (line := cursor.peek() or "") or cursor.peek() is not None:
        if len(rows) >= MAX_LINES or _ends(cursor, line):
            break
        rows.append(cursor.take())
    text = "\n".join(rows).rstrip()
    old = old or " appears to be in '" in text
    chain, origins = _old(text) if old else links(rows)
    return Block(chain, origins, first, cursor.last, text, not old)


def _ends(cursor: Cursor, line: str) -> bool:
    if shapes.starts_anew(line) or (line.startswith(("<<<<", "$ ")) and not line.startswith("<<<<<<< ")):
        return True
    if line.strip():
        return False
    found = cursor.next_said()
    return found is None or shapes.starts_anew(found[1])


def _old(text: str) -> tuple[tuple[str, ...], tuple[Origin | None, ...]]:
    place = appears(text)
    return (before_place(text),), (place and _with_lines(text, place),)


def _with_lines(text: str, place: Origin) -> Origin:
    """The place with the line that stands above "^ here", and the one before it."""
    rows = text.partition("The offending line appears to be:")[2].strip("\n").split("\n")
    at = next((number for number, row in enumerate(rows) if row.strip() == "^ here"), 0)
    if not at:
        return place
    return place._replace(quoted=rows[at - 1], above=rows[at - 2] if at > 1 else "")


def links(rows: list[str]) -> tuple[tuple[str, ...], tuple[Origin | None, ...]]:
    """The first line holds the whole chain in one; with causes below, each link says its own part again."""
    parts: list[list[str]] = [[]]
    for row in rows:
        if row.strip() == CAUSED:
            parts.append([])
        else:
            parts[-1].append(row)
    links = [_link(part) for part in parts]
    chain = [text for text, _ in links if text]
    origins = [place for text, place in links if text]
    return tuple(chain), tuple(origins)


def _link(rows: list[str]) -> tuple[str, Origin | None]:
    said: list[str] = []
    for row in rows:
        found = _origin().match(row) if row.startswith("Origin: ") else None
        if found:
            line = int(found["line"] or 0)
            above, quoted = _quoted(rows, line - 1), _quoted(rows, line)
            place = Origin(found["path"], line, int(found["column"] or 0), quoted, above, _under(rows, line))
            return _said(said), None if place.path.startswith("<") and not place.line else place
        said.append(row)
    return _said(said), None


def _quoted(rows: list[str], number: int) -> str:
    """The line with that number among those quoted below an Origin, without it: "  until: job.stdout"."""
    for row in rows:
        head, gap, text = row.lstrip().partition(" ")
        if gap and head == str(number):
            return text
    return ""


def _under(rows: list[str], number: int) -> str:
    """The key of the list or block that the line with that number lies in, "" when it is not among those quoted."""
    line = _quoted(rows, number)
    for above in (_quoted(rows, number - 1), _quoted(rows, number - 2)):
        if found := _opening().match(above):
            return found["key"] if len(found["margin"]) <= len(line) - len(line.lstrip()) else ""
    return ""


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(r"(?P<margin> {0,80})(?:- )?(?P<key>[a-z_]{1,40}): *[|>]?[+-]? *$")


def _said(rows: list[str]) -> str:
    text = "\n".join(rows).strip()
    # The block's head repeats the outermost message as a paragraph of its own ("Task failed.").
    head, gap, tail = text.partition("\n\n")
    return head if gap and head.startswith(tail.rstrip(".")) else text


def stripped(text: str) -> str:
    """A block's message without the words that only say in which layer it came up."""
    text = text.partition("\n\n")[0] if text.startswith("Task failed") else text
    for words in ("Task failed: ", "Module failed: ", "Action failed: "):
        text = text.removeprefix(words)
    return "" if text in ("Action failed.", "Module failed.", "Task failed.") else text
