"""Entries of the base on a terminal: one in full, or a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from assistant.about import url
from assistant.front.forms.view import View
from assistant.front.terminal.prose import markdown
from assistant.front.terminal.sheet import Sheet


def explained(
    title: str,
    cause: str,
    facts: Sequence[str],
    sections: Iterable[tuple[str, str]],
    see: Sequence[str],
    view: View,
    page: str = "",
) -> str:
    """One entry: `facts` are short lines under its title, `sections` its headings with their Markdown.

    `page` is the address of all of it, that of our site by default.
    """
    sheet = Sheet(view)
    sheet.put(Text(title, "bold"))
    sheet.put(Text(cause, "cyan"))
    for fact in facts:
        sheet.put(Text(fact, "dim"))
    for heading, text in sections:
        sheet.heading(heading)
        markdown(sheet, text)
    if see:
        sheet.heading("See also")
        for each in see:
            sheet.put(Text(each, "cyan"), 2)
    sheet.blank()
    sheet.put(Text(page or url(cause), "dim"))
    return sheet.text()


def listed(rows: Iterable[tuple[str, str, str]], view: View) -> str:
    """Rows of (id, title, a line from the entry or ""), the titles under the ids where there is no room beside."""
    rows = list(rows)
    sheet = Sheet(view)
    column = max((len(cause) for cause, _, _ in rows), default=0) + 2
    beside = view.width >= column + 30
    for cause, title, line in rows:
        if beside:
            sheet.put(Text(title), 0, cause.ljust(column), "cyan")
        else:
            sheet.put(Text(cause, "cyan"))
            sheet.put(Text(title), 2)
        if line:
            sheet.put(Text(line, "dim"), column if beside else 4)
    return sheet.text()
