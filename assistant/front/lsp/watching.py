"""The watch on runs: every tenth of a second a look whether one has written, and its failures told at once."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.front.lsp.failures import Failed, Places, failed
from assistant.front.lsp.runs import Source, source

if TYPE_CHECKING:
    from assistant.kb import Base

EVERY = 0.1
"""Seconds between two looks; the aim is 300 ms from a failure's writing to its showing."""


class Watching:
    """The runs that are watched, and what failed in the last of each."""

    def __init__(self, base: Base, text_of: Callable[[str], str | None], changed: Callable[[set[str]], None]) -> None:
        """`text_of` gives the text of a file by its path, `changed` is told of the files whose failures changed."""
        self.base = base
        self.text_of = text_of
        self.changed = changed
        self.roots: list[Path] = []
        self.opened: Callable[[], Sequence[str]] = lambda: ()
        self.sources: dict[str, Source] = {}
        self.failures: dict[str, list[Failed]] = {}
        self.printed: dict[str, str] = {}
        self.stamps: dict[str, float] = {}
        self.task: asyncio.Task[None] | None = None

    def watch(self, path: str) -> None:
        """Watches one more log or folder of artifacts; a relative path is of the first folder of the editor."""
        if path and path not in self.sources:
            self.sources[path] = source(str(self.roots[0] / path) if self.roots else path)
            self.task = self.task or asyncio.get_running_loop().create_task(self._forever())

    def of(self, path: str) -> list[Failed]:
        """What failed in a file, in the last runs."""
        return [each for failures in self.failures.values() for each in failures if each.path == path]

    def look(self) -> None:
        """Looks once at all sources, and whether a file with failures was saved meanwhile."""
        touched = self._saved()
        for name, watched in self.sources.items():
            printed = watched.news()
            if printed is not None:
                touched |= self._heard(name, watched, printed)
        if touched:
            self.changed(touched)

    def _saved(self) -> set[str]:
        paths = {each.path for failures in self.failures.values() for each in failures}
        before, self.stamps = self.stamps, {path: _stamp(path) for path in paths}
        return {path for path in paths if before.get(path, self.stamps[path]) != self.stamps[path]}

    def _heard(self, name: str, watched: Source, printed: str) -> set[str]:
        places = Places(self.text_of, self.roots, [*self.roots, *watched.path.parents], self.opened())
        found = failed(printed, self.base, places)
        if found is None:
            return set()  # a run has begun: what failed in the last one is shown until this one fails or passes
        before, same_run = self.failures.get(name, []), printed.startswith(self.printed.get(name, "\0"))
        known = {_mark(each): each for each in before} if same_run else {}
        fresh = (each for each in found if not _changed_since(each.path, watched.written()))
        self.failures[name] = [known.get(_mark(each), each) for each in fresh]
        self.printed[name] = printed
        self.stamps |= {each.path: _stamp(each.path) for each in self.failures[name] if each.path not in self.stamps}
        return {each.path for each in (*before, *self.failures[name])}

    async def _forever(self) -> None:
        while True:
            with suppress(OSError):  # what went away between two looks is seen at the next
                self.look()
            await asyncio.sleep(EVERY)


def _mark(failure: Failed) -> tuple[object, ...]:
    """What tells a failure from the others of its run: seen again, its task is the one that failed, changed or not."""
    told = failure.finding.failure
    return failure.path, told.task, told.host, told.origin, told.message


def _changed_since(path: str, when: float) -> bool:
    """Whether a file was saved after the run wrote its last line: then nobody knows whether it would fail again."""
    return _stamp(path) > when


def _stamp(path: str) -> float:
    """When a file was saved, in seconds of the system's clock; 0 for one that is not there."""
    try:
        return os.stat(path).st_mtime
    except OSError:
        return 0.0
