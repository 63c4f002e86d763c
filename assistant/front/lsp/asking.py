"""What the editor's commands answer: a cause explained, a selection looked up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.diagnose import diagnose
from assistant.front.forms import values
from assistant.front.forms.clean import shown
from assistant.front.forms.markdown import diagnosis as as_markdown
from assistant.front.forms.markdown import page as as_page
from assistant.front.lsp.documents import Document
from assistant.front.lsp.findings import diagnostics
from assistant.front.search import named
from assistant.markup import plain
from assistant.model import Span
from assistant.paste import read

if TYPE_CHECKING:
    from lsprotocol.types import Diagnostic

    from assistant.kb import Base

NAME = "selection"
"""What stands in an answer for the file of the paste."""


def explained(cause: str, base: Base) -> str:
    """An entry as Markdown. Raises Wrong for an id that the base does not know."""
    entry = base.entries[named(cause, base)]
    return as_page(entry.title, entry.id, entry.url, ((name, entry.plain(name)) for name in entry.sections))


def looked_up(text: str, documents: Sequence[Document], base: Base) -> dict[str, Any]:
    """The answer to what was selected: an error text, with the open files as its tasks.

    The keys: `verdict`, `failures` (both as `diagnose --format json` has them) and `markdown`, to be shown. Where all
    that failed was ignored or rescued, that is what is asked for.
    """
    texts = {document.path: document.text for document in documents if document.wanted}
    paste = read(text, base.known)
    if paste.spared and not paste.failures:
        paste = read(text, base.known, ignored=True)
    report = values.report(NAME, diagnose(paste, base, tuple(texts.items())))
    return {**values.diagnosis([report], texts), "markdown": as_markdown([report])}


def found_in(document: Document, span: Span, base: Base) -> dict[str, Any]:
    """The findings in the selected part of an open text; the keys as in `looked_up`."""
    inside = [each for each in diagnostics(document, base) if _touches(document, each.range, span)]
    lines = [f"- line {each.range.start.line + 1}: {plain(each.message)} {_linked(each)}" for each in inside]
    verdict = "causes" if inside else "no-failure"
    words = "\n".join(lines) if lines else "Nothing to be said against these tasks."
    return {"verdict": verdict, "failures": [], "markdown": shown(words) + "\n"}


def _linked(found: Diagnostic) -> str:
    return f"([{found.code}]({found.code_description.href}))" if found.code_description else ""


def _touches(document: Document, range: Any, span: Span) -> bool:
    found = document.positions.span(range)
    return found.start <= span.end and span.start <= found.end


def page(folder: Path, name: str, markdown: str) -> Path:
    """A file with the text in `folder`, for editors that show files."""
    file = folder / f"{name.replace('/', '-')}.md"
    file.write_text(markdown, encoding="utf-8")
    return file
