"""A progress bar on standard error, for many files on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

Item = TypeVar("Item")


def shown_progress(items: Sequence[Item], verb: str) -> Iterator[Item]:
    """The same items in order, with a bar that goes away at the end; `verb` stands before it ("checking")."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield from bar.track(items, description=verb)
