"""What failed in a run, at its place in the code: findings that stay until the task is changed or a run passes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol.types import CodeDescription, Diagnostic, DiagnosticSeverity

from assistant.diagnose import diagnose
from assistant.front.folders import MOST, files
from assistant.front.forms.clean import cleaned, shown
from assistant.front.forms.words import headline, nothing_named
from assistant.front.lsp.findings import data
from assistant.front.lsp.positions import Positions
from assistant.looks import locate
from assistant.model import Cause, Edit, Failure, Finding, Origin, Span
from assistant.paste import read
from assistant.plays import File, task_at
from assistant.plays import read as read_plays

if TYPE_CHECKING:
    from assistant.kb import Base

SEARCHING = 0.15
"""Seconds that may be spent on finding a task by its name in the folders."""
SOURCE = "ansible-why run"


class Places(NamedTuple):
    """Where the code of a run can be."""

    text_of: Callable[[str], str | None]
    """The text of a file by its path: as the editor shows it where it is open, else from the disk; None without one."""
    folders: Sequence[Path]
    """Folders in which a task is looked for by its name."""
    bases: Sequence[Path]
    """Folders that relative paths may start from."""
    opened: Sequence[str]
    """The editor's files."""


class Failed(NamedTuple):
    """One failure at its place."""

    path: str
    task: str
    """The text of the whole task: as long as it stands in the file, the failure is shown."""
    mark: Span
    """What is marked, from the start of `task`."""
    at: int
    """Where the task started in the file, in case the same text stands there twice."""
    finding: Finding

    def place(self, text: str) -> Span | None:
        """Where it is in the text of the file as it is now; None when the task was changed."""
        before, after = text.rfind(self.task, 0, self.at + len(self.task)), text.find(self.task, self.at)
        found = [at for at in (before, after) if at >= 0]
        if not found:
            return None
        start = min(found, key=lambda at: abs(at - self.at))
        return Span(start + self.mark.start, start + self.mark.end)


def failed(printed: str, base: Base, places: Places) -> list[Failed] | None:
    """The failures of a run by what it has printed so far, as far as they can be placed; None while it may pass."""
    paste = read(printed, base.known)
    if paste.verdict != "failures":
        return [] if "PLAY RECAP" in printed else None
    found: list[Failed] = []
    for failure in paste.failures:
        documents = list(_documents(failure, places))
        told = cleaned(diagnose(paste._replace(failures=(failure,)), base, documents))
        placed = _placed(told.findings[0], [read_plays(*document) for document in documents])
        found += [placed] if placed else []
    return found


def diagnostic(failure: Failed, text: str, positions: Positions) -> Diagnostic | None:
    """A failure as the editor shows it; None when its task was changed since."""
    span = failure.place(text)
    if span is None:
        return None
    cause = failure.finding.causes[0] if failure.finding.causes else None
    return Diagnostic(
        positions.range(span),
        _words(failure.finding, cause),
        DiagnosticSeverity.Error,
        code=cause.id if cause else None,
        code_description=CodeDescription(cause.url) if cause else None,
        source=SOURCE,
        data=data(cause.id, "review", edits(failure, text), positions) if cause else None,
    )


def edits(failure: Failed, text: str) -> tuple[Edit, ...]:
    """The changes that mend it, where the task stands where it stood when the run failed."""
    causes = failure.finding.causes
    if not causes or text[failure.at : failure.at + len(failure.task)] != failure.task:
        return ()
    return next((step.edits for step in causes[0].steps if step.edits), ())


def _words(finding: Finding, cause: Cause | None) -> str:
    failure = finding.failure
    if cause is None:
        return shown(f"{headline(failure)}: {failure.message or nothing_named('unknown')}")
    because = f": {cause.because[-1].because}" if cause.because else ""
    return shown(f"{headline(failure)}. {cause.title}{because}")


def _placed(finding: Finding, read: Sequence[File]) -> Failed | None:
    """The failure at the place that Ansible names, else at the task that it can only have been."""
    origin = finding.failure.origin or finding.failure.task_origin
    file, task = locate(finding.failure, tuple(read))
    if file is None and origin:
        file = next((each for each in read if os.path.basename(each.path) == os.path.basename(origin.path)), None)
        task = task_at(file, origin.line, origin.column) if file else None
    if file is None or task is None:
        return None
    span = _marked(file.text, origin, task.span) or task.action_span
    start, end = min(task.span.start, span.start), max(task.span.end, span.end)
    mark = Span(span.start - start, span.end - start)
    return Failed(file.path, file.text[start:end], mark, start, finding)


def _marked(text: str, origin: Origin | None, task: Span) -> Span | None:
    """From the place that Ansible names to the end of its line; None where it is not in the task."""
    if origin is None:
        return None
    from assistant.source import Lines

    lines = Lines(text)
    start = lines.offset(origin.line, origin.column or 1)
    end = lines.content_end(origin.line) if origin.line <= len(lines.starts) else start
    start += len(text[start:end]) - len(text[start:end].lstrip(" -"))
    return Span(start, end) if task.start - 2 <= start < end else None


def _documents(failure: Failure, places: Places) -> Iterator[tuple[str, str]]:
    """The files that may hold the task: those that Ansible names, else those with its name in them."""
    named = [origin.path for origin in (failure.task_origin, failure.origin) if origin]
    paths = dict.fromkeys(path for name in named for path in _resolved(name, places))
    for path in paths or _by_name(failure, places):
        text = places.text_of(path)
        if text is not None:
            yield path, text


def _resolved(name: str, places: Places) -> list[str]:
    """The file that Ansible means by a path, which may be of another machine or relative to where it ran."""
    here = next((base / name for base in places.bases if (base / name).is_file()), None)
    if here is None:
        return [path for path in places.opened if os.path.basename(path) == os.path.basename(name)]
    same = (path for path in places.opened if os.path.exists(path) and here.samefile(path))
    return [next(same, str(here))]


def _by_name(failure: Failure, places: Places) -> Iterator[str]:
    words = failure.task.rpartition(" : ")[2].partition("{{")[0].strip() or failure.module
    if not words:
        return
    until = monotonic() + SEARCHING
    for path in dict.fromkeys((*places.opened, *_below(places.folders))):
        if monotonic() > until:
            return
        text = places.text_of(path)
        if text is not None and words in text:
            yield path


def _below(folders: Iterable[Path]) -> Iterator[str]:
    for path, _ in files([str(folder) for folder in folders if folder.is_dir()], lambda _: None):
        if os.path.getsize(path) < MOST:
            yield path
