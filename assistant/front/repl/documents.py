"""The code that belongs to a failure, held together: files as they are now, and what was pasted."""

from __future__ import annotations

from assistant.front.sorting import Document, joined
from assistant.front.wrong import Wrong


def with_code(documents: tuple[Document, ...], new: Document) -> tuple[Document, ...]:
    """Documents and a new one: a file takes its own place, pasted code that of pasted code with the same tasks.

    Other pasted code is kept with it as one text, since a launch and its wait are often pasted one after the other.
    """
    if not new.pasted:
        return (*(d for d in documents if d.path != new.path), new)
    kept = [d for d in documents if d.pasted and not _tasks(d) & _tasks(new)]
    return (*(d for d in documents if not d.pasted), joined([*kept, new]))


def _tasks(document: Document) -> set[str]:
    from assistant.plays import read

    return {task.name or task.module for task in read(document.path, document.text).tasks if task.kind != "play"}


def as_it_is_now(document: Document) -> Document:
    """A document of a file as the file is now; as it was, when it cannot be read any more."""
    if document.pasted:
        return document
    from assistant.front.reading import document as text_of

    try:
        return document._replace(text=text_of(document.path))
    except Wrong:
        return document
