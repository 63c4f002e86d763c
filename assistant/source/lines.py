"""Between offsets and lines: text in; places, whole lines, indentation and line ends out.

Lines end at LF, CRLF or a lone CR, as editors count them. Columns count characters from 1; a byte-order
mark at the start of the text has no column, as in editors and in Ansible's messages.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from assistant.model import Span

BOM = "\ufeff"
_BREAK = re.compile(r"\r\n?|\n")


class Lines:
    """An index of one text for repeated use: making it costs one pass, each question a binary search."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [1 if text.startswith(BOM) else 0]
        self.starts += [found.end() for found in _BREAK.finditer(text)]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of a character offset; offsets outside the text are moved to its rim."""
        offset = min(max(offset, self.starts[0]), len(self.text))
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """Character offset of a line and column from 1; beyond the end of a line means its end (before the break)."""
        if line < 1:
            return self.starts[0]
        if line > len(self.starts):
            return len(self.text)
        start = self.starts[line - 1]
        return min(start + max(column, 1) - 1, self.content_end(line))

    def content_end(self, line: int) -> int:
        """Offset where the text of a line (from 1) ends, before its line break."""
        end = self.line_end(line)
        while end > self.starts[line - 1] and self.text[end - 1] in "\r\n":
            end -= 1
        return end

    def line_end(self, line: int) -> int:
        """Offset where the next line starts."""
        return self.starts[line] if line < len(self.starts) else len(self.text)


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character offset in `text`."""
    return Lines(text).place(offset)


def offset(text: str, line: int, column: int = 1) -> int:
    """Character offset of a line and column from 1 in `text`."""
    return Lines(text).offset(line, column)


def line_span(text: str, span: Span) -> Span:
    """The whole lines that `span` touches, with the line break of the last one."""
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    if start == 0 and text.startswith(BOM):
        start = 1
    end = _BREAK.search(text, max(span.end - 1, start) if span.end > span.start else span.end)
    return Span(start, end.end() if end else len(text))


def indent_of(text: str, offset: int) -> str:
    """The blanks at the start of the line in which `offset` stands."""
    start = line_span(text, Span(offset, offset)).start
    end = start
    while end < len(text) and text[end] in " \t\u00a0":
        end += 1
    return text[start:end]


def newline(text: str) -> str:
    """The line break that most lines of `text` use: CRLF or LF (also for a text without any)."""
    crlf = text.count("\r\n")
    return "\r\n" if crlf > text.count("\n") - crlf else "\n"
