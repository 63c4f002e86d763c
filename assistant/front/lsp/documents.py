"""The texts that the editor has open, and what was last understood of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol.types import TextDocumentContentChangeEvent, TextDocumentContentChangePartial
from pygls.uris import to_fs_path

from assistant.front.folders import may_hold_tasks
from assistant.front.lsp.positions import Positions
from assistant.model import Fault, Span, Task
from assistant.source import shared_ends

if TYPE_CHECKING:
    from assistant.plays import File
    from assistant.source import SourceError

OURS = frozenset({"ansible", "yaml.ansible"})
"""Names under which editors know Ansible's files; what comes under another is judged by its place and content."""


class Client(NamedTuple):
    """What the editor can do, as far as it matters to us."""

    encoding: str = "utf-16"
    """The unit of its columns: "utf-8", "utf-16" or "utf-32"."""
    versioned: bool = False
    """It checks that a change belongs to the text it has."""
    snippets: bool = False
    """It fills in snippets with stops."""
    shows: bool = False
    """It opens a document when asked to."""
    refreshes: bool = False
    """It asks again for inlay hints when told to."""


class Understood:
    """One text as it was read: its tasks and faults. Kept while the next one cannot be read."""

    def __init__(self, positions: Positions, file: File, faults: Sequence[Fault]) -> None:
        self.positions = positions
        self.file = file
        self.faults = tuple(faults)

    @property
    def text(self) -> str:
        """The text that was read."""
        return self.file.text

    def task_around(self, offset: int) -> Task | None:
        """The innermost task (no play or block) with the character in it."""
        found = [t for t in self.file.tasks if t.kind not in ("play", "block") and t.span.start <= offset <= t.span.end]
        return min(found, key=lambda task: task.span.end - task.span.start, default=None)


class Document:
    """An open text."""

    def __init__(self, uri: str, language: str, version: int, text: str, client: Client) -> None:
        self.uri = uri
        self.language = language
        self.version = version
        self.client = client
        self.path = to_fs_path(uri) or uri
        self.positions = Positions(text, client.encoding)
        self.understood: Understood | None = None
        self.problem: SourceError | None = None
        self.cost = 0.0
        """Seconds that the last check took."""

    @property
    def text(self) -> str:
        """The text as the editor shows it."""
        return self.positions.text

    @property
    def named(self) -> bool:
        """Whether the editor calls it Ansible's."""
        return self.language in OURS

    @cached_property
    def wanted(self) -> bool:
        """Whether it may be Ansible's, by its language and place; its content has the last word."""
        return self.named or may_hold_tasks(self.path)

    @property
    def current(self) -> Understood | None:
        """What is understood of the very text that the editor shows; None while it cannot be read."""
        known = self.understood
        return known if known and known.text == self.text else None

    def change(self, version: int, changes: Iterable[TextDocumentContentChangeEvent]) -> None:
        """Makes the editor's changes, each on what the ones before have left."""
        text = self.text
        for change in changes:
            if isinstance(change, TextDocumentContentChangePartial):
                span = self.positions.span(change.range)
                text = text[: span.start] + change.text + text[span.end :]
            else:
                text = change.text
            self.positions = Positions(text, self.client.encoding)
        self.version = version

    def faults(self) -> list[tuple[Fault, Span]]:
        """The faults and where they are now: of this text, or of the last that could be read.

        Of the latter those that can be placed: where all the text before or all behind has not changed since.
        """
        known = self.understood
        if known is None:
            return []
        if known.text == self.text:
            return [(fault, fault.span) for fault in known.faults]
        head, tail = shared_ends(known.text, self.text)
        shift = len(self.text) - len(known.text)
        placed = []
        for fault in known.faults:
            if fault.span.end <= head:
                placed.append((fault, fault.span))
            elif fault.span.start >= len(known.text) - tail:
                placed.append((fault, Span(fault.span.start + shift, fault.span.end + shift)))
        return placed
