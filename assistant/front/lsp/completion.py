"""What may be written next: the base's patterns, the wait for a job of this file, and the names of its registers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    InsertTextFormat,
    MarkupContent,
    MarkupKind,
    TextEdit,
)

from assistant.front.lsp.documents import Document, Understood
from assistant.front.snippets import Snippet, snippets, wait_for
from assistant.looks import gather
from assistant.looks.values import values
from assistant.model import Job, Span
from assistant.plays import registers

if TYPE_CHECKING:
    from assistant.kb import Base

TASK = re.compile(r"[ ]*(-[ ]+[\w-]*|as[\w-]*|-)$")
"""A line on which a task may begin: a dash, or the first letters of a snippet's name."""
JID = re.compile(r"[ ]*jid:[ ]*([\"']?)(\{\{)?[ ]*(\w*)$")
READ = re.compile(r"(?:\{\{[^}\n]*?|^[ ]*(?:until|when|failed_when|changed_when):[ ]*(?:[^\n]*?[ (])?)(\w*)$")
"""Where an expression reads a variable."""


class Completion:
    """Completion with one base."""

    def __init__(self, base: Base) -> None:
        self.patterns = snippets(base)
        self.wait = wait_for(base)
        self.whens = {f"async-{key.rpartition('/')[2]}": e.sections.get("When", "") for key, e in base.entries.items()}

    def items(self, document: Document, offset: int) -> Iterator[CompletionItem]:
        """What may stand at `offset`, with what is typed of it taken off."""
        line = document.text[document.text.rfind("\n", 0, offset) + 1 : offset]
        known = document.understood
        if found := JID.match(line):
            yield from _ids(found, document, offset, known)
        elif found := READ.search(line):
            yield from _names(found[1], document, offset, known)
        elif found := TASK.match(line):
            yield from self._tasks(found[1], document, offset, known)

    def _tasks(self, typed: str, document: Document, offset: int, known: Understood | None) -> Iterator[CompletionItem]:
        for job in known.file.jobs if known else ():
            if job.launch and job.register and not job.waits:
                yield self._wait(job, typed, document, offset, known)
        for snippet in self.patterns:
            yield _item(snippet, {}, typed, document, offset, self.whens.get(snippet.name, ""))

    def _wait(self, job: Job, typed: str, document: Document, offset: int, known: Understood | None) -> CompletionItem:
        """The wait for a job that nobody waits for yet, its names and numbers filled in."""
        assert known and job.launch
        numbers = values(gather(None, known.file, job.launch))
        kept = {registers(task) for task in known.file.tasks}
        short = job.register.removesuffix("_job")
        names = {
            "name": f"Wait for {job.register.removesuffix('_job').replace('_', ' ')}",
            "register": job.register,
            "wait": f"{job.register}_result" if short in kept else short,
            **{key: numbers[f"{key}_needed"] for key in ("retries", "delay") if f"{key}_needed" in numbers},
        }
        snippet = self.wait._replace(name=f"async-wait {job.register}", title=f"Wait for “{job.launch.name}”")
        return _item(snippet, names, typed, document, offset, "")


def _item(
    snippet: Snippet, names: dict[str, str], typed: str, document: Document, offset: int, when: str
) -> CompletionItem:
    filled = document.client.snippets
    text = snippet.body(names) if filled else snippet.plain(names)
    indent = " " * (offset - len(typed) - document.text.rfind("\n", 0, offset) - 1)
    return CompletionItem(
        snippet.name,
        kind=CompletionItemKind.Snippet,
        detail=snippet.title,
        documentation=MarkupContent(MarkupKind.Markdown, f"{when}\n\n```yaml\n{snippet.plain(names)}\n```".strip()),
        filter_text=("- " if typed.startswith("-") else "") + snippet.name,
        insert_text_format=InsertTextFormat.Snippet if filled else InsertTextFormat.PlainText,
        text_edit=TextEdit(
            document.positions.range(Span(offset - len(typed), offset)),
            text if filled else text.replace("\n", f"\n{indent}").replace(f"\n{indent}\n", "\n\n"),
        ),
    )


def _ids(found: re.Match[str], document: Document, offset: int, known: Understood | None) -> Iterator[CompletionItem]:
    """The ids of the jobs that the file starts, with quotes and braces where they are not there yet."""
    quote, braces, typed = found[1], found[2], found[3]
    for job in known.file.jobs if known else ():
        if job.launch and job.register:
            text = f"{job.register}.ansible_job_id"
            text = text if braces else f"{{{{ {text} }}}}"
            text = text if quote or braces else f'"{text}"'
            yield _name(text, job.register, f"the id of “{job.launch.name}”", typed, document, offset)


def _names(typed: str, document: Document, offset: int, known: Understood | None) -> Iterator[CompletionItem]:
    seen: set[str] = set()
    for task in known.file.tasks if known else ():
        name = registers(task)
        if name and name not in seen:
            seen.add(name)
            yield _name(name, name, f"kept by “{task.name or task.action}”", typed, document, offset)


def _name(text: str, label: str, detail: str, typed: str, document: Document, offset: int) -> CompletionItem:
    span = Span(offset - len(typed), offset)
    edit = TextEdit(document.positions.range(span), text)
    return CompletionItem(label, kind=CompletionItemKind.Variable, detail=detail, filter_text=label, text_edit=edit)
