"""Literal (|) and folded (>) scalars."""

from __future__ import annotations

import re

from yaml.error import Mark
from yaml.tokens import ScalarToken

from assistant.source.pure.text import BREAKS, END, Text

_LINE = re.compile(f"[^{BREAKS}{END}]*")
_CONTEXT = "while scanning a block scalar"


class BlockScalars(Text):
    """A tab is an error where their indentation is counted."""

    indent: int

    def scan_block_scalar(self, style: str) -> ScalarToken:
        """The token of the scalar whose sign `style` stands here."""
        start = self.get_mark()
        self.forward()
        chomping, increment = self._signs()
        self.skip_rest_of_line(_CONTEXT)
        indent = max(self.indent, 0) + increment if increment else 0
        indent, breaks, end = self._breaks(indent)
        text, last_break = "", ""
        blank_before = False
        chunks: list[str] = []
        while self.column == indent and self.peek() != END:
            blank_here = self.peek() in " \t"
            if style == ">" and last_break == "\n" and not blank_before and not blank_here:
                chunks.append("" if breaks else " ")
            else:
                chunks.append(last_break)
            chunks += [breaks, self.take(_LINE)]
            blank_before = blank_here
            last_break = self.scan_line_break()
            _, breaks, end = self._breaks(indent)
        text = "".join(chunks)
        text += last_break if chomping != "-" else ""
        text += breaks if chomping == "+" else ""
        return ScalarToken(text, False, start, end, style)

    def _signs(self) -> tuple[str, int]:
        """The chomping sign ("" when there is none) and the indentation indicator (0 likewise)."""
        chomping = increment = ""
        for _ in range(2):
            if self.peek() in "+-" and not chomping:
                chomping = self.peek()
            elif self.peek() in "0123456789" and not increment:
                increment = self.peek()
            else:
                break
            if increment == "0":
                raise self.error(_CONTEXT, "found an indentation indicator equal to 0")
            self.forward()
        return chomping, int(increment or 0)

    def _breaks(self, indent: int) -> tuple[int, str, Mark]:
        """Moves over empty lines and the indentation of the next one.

        Gives the indentation (found here when `indent` is 0), the line breaks and where the last one ended.
        """
        end, breaks, widest = self.get_mark(), "", 0
        while True:
            self._indentation(indent)
            widest = max(widest, self.column)
            if (not indent or self.column < indent) and self.peek() == "\t":
                raise self.error(_CONTEXT, "found a tab character where an indentation space is expected")
            if not self.at_break():
                return indent or max(widest, self.indent + 1, 1), breaks, end
            breaks += self.scan_line_break()
            end = self.get_mark()

    def _indentation(self, indent: int) -> None:
        if not indent:
            self.skip_spaces()
        while self.column < indent and self.peek() == " ":
            self.forward()
