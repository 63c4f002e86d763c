"""`ansible-why check`: files and folders in, findings out; with --fix the safe changes are made."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from assistant.front.cli import writing
from assistant.front.cli.bases import opened
from assistant.front.reading import document
from assistant.front.wrong import Wrong
from assistant.model import Fault

if TYPE_CHECKING:
    from assistant.kb import Base

MANY = 20
"""More files than this get a progress bar on a terminal."""
Found = tuple[Fault, str]
"""A fault, and the text of its file as it was checked."""


class Checked(NamedTuple):
    """What came of one file: faults left and faults fixed."""

    left: tuple[Found, ...]
    fixed: tuple[Found, ...] = ()


def run(given: Namespace) -> int:
    """Answers one call; exit status 0 nothing found (or all of it fixed), 1 something found, 2 a file was not read."""
    from assistant.front.folders import files

    base = opened(given.kb)
    listed = list(dict.fromkeys(files(given.paths, writing.fail)))
    results: list[Checked] = []
    unread = 0
    for path, _ in _with_progress(listed):
        try:
            results.append(_checked(path, base, given.fix))
        except Wrong as error:
            writing.fail(str(error))
            unread += 1
    left = [each for result in results for each in result.left]
    fixed = [each for result in results for each in result.fixed]
    _write(left, fixed, given, base)
    if given.format == "text":
        from assistant.front.forms.lines import summary

        sys.stdout.flush()  # the summary comes last on a terminal that shows both
        sys.stderr.write(summary(len(left), len(fixed), len(results), unread) + "\n")
    return 2 if unread else 1 if left else 0


def _checked(path: str, base: Base, fix: bool) -> Checked:
    from assistant.check import check, mend
    from assistant.source import SourceError

    text = document(path)
    if text.startswith("$ANSIBLE_VAULT"):
        raise Wrong(f"{path}: encrypted by ansible-vault; decrypt a copy to check it")
    try:
        if not fix:
            return Checked(_shown((fault, text) for fault in check(path, text, base)))
        mended = mend(path, text, base)
    except SourceError as error:
        raise Wrong(f"{path}: {error}") from None
    if mended.text != text:
        _save(path, mended.text)
    return Checked(_shown((fault, mended.text) for fault in mended.left), _shown(mended.made))


def _shown(found: Iterable[Found]) -> tuple[Found, ...]:
    from assistant.front.forms.clean import cleaned

    return tuple((cleaned(fault), text) for fault, text in found)


def _save(path: str, content: str) -> None:
    from assistant.front.saving import replace

    try:
        replace(path, content)
    except OSError as error:
        raise Wrong(
            f"{path}: cannot be written ({(error.strerror or str(error)).lower()}); nothing was changed"
        ) from None


def _with_progress(listed: Sequence[tuple[str, bool]]) -> Iterable[tuple[str, bool]]:
    if len(listed) <= MANY or not sys.stderr.isatty():
        return listed
    from assistant.front.terminal.progress import shown_progress

    return shown_progress(listed, "checking")


def _write(left: Sequence[Found], fixed: Sequence[Found], given: Namespace, base: Base) -> None:
    if given.format == "json":
        from assistant.front.forms.values import faults

        writing.as_json(faults(left, fixed))
    elif given.format == "sarif":
        from assistant.front.forms.sarif import log

        entries = [base.entries[fault.cause] for fault, _ in left]
        writing.as_json(log(left, {entry.id: (entry.title, entry.url) for entry in entries}))
    elif given.format == "github":
        from assistant.front.forms.github import commands

        sys.stdout.write(commands(left))
    else:
        _lines(left, fixed, given)


def _lines(left: Sequence[Found], fixed: Sequence[Found], given: Namespace) -> None:
    from assistant.front.forms import lines
    from assistant.front.forms.view import decide

    view = decide(sys.stdout, given.color, given.width)
    paint = lines.coloured if view.colour else lines.plain
    writing.text(lines.report(left, paint, given.diff), view)
    if given.diff:
        writing.text("".join(_made(fixed)), view)


def _made(fixed: Sequence[Found]) -> Iterator[str]:
    from assistant.front.forms.values import diff

    for fault, text in fixed:
        yield f"fixed: {fault.cause}\n{diff(fault, text)}"
