"""The open texts, kept understood: each change is looked at soon, in small steps, and given up for the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.check import in_order, in_steps, readable
from assistant.front.lsp.documents import Document, Understood
from assistant.model import Fault
from assistant.plays import File
from assistant.source import SourceError

if TYPE_CHECKING:
    from assistant.kb import Base

SLICE = 0.008
"""Seconds of work after which the editor's next message gets its turn."""
SOONEST, LATEST, SHARE = 0.002, 0.3, 16
"""Seconds of silence before a text is looked at: a share of what it cost last time, within the two others."""


class Checking:
    """Checks open texts one by one and says when one is done."""

    def __init__(self, base: Base, done: Callable[[Document], None]) -> None:
        self.base = base
        self.done = done
        self.pending: dict[str, asyncio.Task[None]] = {}

    def soon(self, document: Document) -> None:
        """Looks at the text when it has been left alone for a moment; what was under way for it is given up."""
        self.drop(document)
        self.pending[document.uri] = asyncio.get_running_loop().create_task(self._later(document))

    def drop(self, document: Document) -> None:
        """Gives up what is under way for a text."""
        task = self.pending.pop(document.uri, None)
        if task:
            task.cancel()

    def now(self, document: Document) -> None:
        """Looks at the text at once, where that has not been done: somebody asks about it."""
        if document.uri in self.pending:
            self.drop(document)
            self.at_once(document)

    def at_once(self, document: Document) -> None:
        """Looks at the text, whatever else there is to do."""
        for _ in self._steps(document):
            pass
        self.done(document)

    async def _later(self, document: Document) -> None:
        await asyncio.sleep(min(max(document.cost / SHARE, SOONEST), LATEST))
        try:
            await self._slowly(document)
        finally:
            if self.pending.get(document.uri) is asyncio.current_task():
                del self.pending[document.uri]
        self.done(document)

    async def _slowly(self, document: Document) -> None:
        start = since = perf_counter()
        for _ in self._steps(document):
            if perf_counter() - since > SLICE:
                await asyncio.sleep(0)
                since = perf_counter()
        document.cost = perf_counter() - start

    def _steps(self, document: Document) -> Iterator[None]:
        """Understands the text; a text that is not wanted, or not Ansible's, is understood as one without faults."""
        text, found = document.text, list[Fault]()
        try:
            file = readable(document.path, text) if document.wanted else File(document.path, text)
            yield
            for faults in in_steps(file, self.base):
                found += faults
                yield
        except SourceError as problem:
            document.problem = problem if _was_ours(document) else None
        else:
            document.problem = None
            document.understood = Understood(document.positions, file, in_order(found))


def _was_ours(document: Document) -> bool:
    """Whether complaints about the YAML are our business: the text was Ansible's before, or the editor says it is."""
    known = document.understood
    return document.named if known is None else known.file.kind != "other"
