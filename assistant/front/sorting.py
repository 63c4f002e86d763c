"""What a text is: what Ansible printed, tasks, both in one, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.model import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.kb import Base
    from assistant.model import Paste

MOST = 200_000
"""Characters; no playbook is larger, and reading YAML takes a second per megabyte."""
RUNS = 20
"""So many pieces of a paste are tried as tasks; what holds more that look so is a log."""
DASH = re.compile(r"^([ ]*)- +(?:\{|[\w.\"'-]+ *:(?: |$))", re.M)
"""How a task or a play begins."""


QUOTED = re.compile(r"^ *\^ here *\r?$", re.M)
"""Ansible's finger under a line that it quotes from the file that failed (2.9 to 2.18): its words, no pasted code."""


class Document(Record):
    """Code that belongs to the failure."""

    path: str
    """A file, or what pasted code is called."""
    text: str
    pasted: bool
    tasks: int
    kind: str
    """"playbook" or "tasks"."""


class Sorted(Record):
    """A text, sorted. Without a paste and documents it is neither; `problem` says why tasks in it cannot be read."""

    paste: Paste | None
    """What Ansible printed, when there is any; the lines count as in the whole text."""
    documents: tuple[Document, ...]
    problem: str = ""


def sort(
    text: str, base: Base, name: str, most: int = MOST, ignored: bool = False, paste: Paste | None = None
) -> Sorted:
    """Sorts `text`; tasks in it get `name` as their path. Never raises for what it holds.

    Linear, and but for YAML quick; YAML longer than `most` characters is not tried. `ignored`: failures that were
    ignored or rescued are among those of the paste too. `paste`: what reading `text` gave, for who has done that.
    """
    from assistant.paste import read

    text = text.removeprefix("\ufeff")
    paste = paste or read(text, base.known, ignored)
    printed = paste.verdict == "no-failure" or any(failure.host or failure.task for failure in paste.failures)
    if not printed and len(text) <= most and (whole := _document(name, text, strict=bool(paste.failures))).kind:
        return Sorted(None, (whole,))
    runs = [run for run in _runs(text) if run[1] - run[0] <= most and not _printed(run, text, paste)]
    found = [document for start, end in runs if (document := _document(name, text[start:end])).kind]
    if found:
        return _both(text, found, base, ignored)
    if paste.verdict != "not-ansible":
        return Sorted(paste, ())
    return Sorted(None, (), _problem(name, text, most) if runs or text[:3] == "---" else "")


def _both(text: str, found: list[Document], base: Base, ignored: bool) -> Sorted:
    """Output with tasks before, behind or within; the tasks are blanked, so that the lines keep their numbers."""
    from assistant.paste import read

    for document in found:
        text = text.replace(document.text, re.sub(r"[^\n]+", "", document.text), 1)
    rest = read(text, base.known, ignored) if text.strip("`~- \t\r\n") else None
    document = joined(found)
    return Sorted(rest if rest and rest.verdict != "not-ansible" else None, (document,))


def joined(documents: list[Document]) -> Document:
    """Pieces of code as one text, launches before what waits for them; a single piece stays as it is."""
    if len(documents) == 1:
        return documents[0]
    from assistant.plays import is_launch, read

    def waits(document: Document) -> bool:
        return not any(is_launch(task) for task in read(document.path, document.text).tasks)

    text = "---\n".join(_dedented(document.text).rstrip() + "\n" for document in sorted(documents, key=waits))
    return _document(documents[-1].path, text)


def _document(path: str, text: str, strict: bool = False) -> Document:
    """`text` as tasks; kind "" when it is something else, or with `strict` when it had to be mended to be read."""
    from assistant.plays import read

    file = read(path, text)
    if file.loose and (dedented := _dedented(text)) != text:
        text, file = dedented, read(path, dedented)
    tasks = sum(task.kind not in ("play", "block") for task in file.tasks)
    other = file.kind == "other" or not file.tasks or (strict and file.loose)
    return Document(path, text, True, tasks, "" if other else file.kind)


def _problem(path: str, text: str, most: int) -> str:
    """Why a text that looks like tasks cannot be read, "" when it can."""
    from assistant.plays import read

    if len(text) > most:
        return f"code of more than {most} characters is not read from a paste; type the path of its file"
    return str(read(path, text).problem or "")


def _dedented(text: str) -> str:
    import textwrap

    return textwrap.dedent(text.expandtabs() if text[:1] == "\t" else text)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Pieces that may be tasks: from a dash on, as far as lines are empty, deeper in, or another such dash."""
    at = tried = 0
    while tried < RUNS and (found := DASH.search(text, at)):
        deep = len(found[1])
        outside = re.compile(rf"^(?![ ]{{{deep}}}(?:[ ]|- |#)|[ \t]*\r?$)", re.M)
        end = outside.search(text, found.end())
        at = end.start() if end else len(text)
        tried += 1
        yield found.start(), at


def _printed(run: tuple[int, int], text: str, paste: Paste) -> bool:
    """Whether a piece is Ansible's own words: a quotation, or a part of a result that it printed as YAML."""
    if QUOTED.search(text, *run):
        return True
    if not paste.failures:
        return False
    first, last = text.count("\n", 0, run[0]) + 1, text.count("\n", 0, run[1])
    return any(f.result and f.lines[0] < first and last <= f.lines[1] for f in paste.failures)
