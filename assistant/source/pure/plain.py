"""Scalars without quotes."""

from __future__ import annotations

import re

from yaml.tokens import ScalarToken

from assistant.source.pure.text import BLANKS_BREAKS_END, Text

_STOP = re.escape(BLANKS_BREAKS_END)
_FLOW = re.escape(",[]{}")
# A single space is taken along when a word follows it: most lines are one match.
_IN_BLOCK = re.compile(f"(?:[^{_STOP}:]|:(?![{_STOP}])| (?![{_STOP}#:]))+")
_IN_FLOW = re.compile(f"(?:[^{_STOP}:{_FLOW}]|:(?![{_STOP}{_FLOW}?])| (?![{_STOP}#:{_FLOW}]))+")
_CONTEXT = "while scanning a plain scalar"


class PlainScalars(Text):
    """Tabs separate words; inside brackets a colon ends the scalar only before a blank or a sign."""

    indent: int

    def scan_plain(self) -> ScalarToken:
        """The token of the scalar that starts here."""
        pattern = _IN_FLOW if self.flow_level else _IN_BLOCK
        start = end = self.get_mark()
        chunks: list[str] = []
        gap, on_new_line = "", False
        while not self.at_document_sign() and self.peek() != "#":
            words = self.take(pattern)
            if words:
                chunks += [gap, words]
                end, on_new_line = self.get_mark(), False
            self._check_colon()
            if self.peek() not in BLANKS_BREAKS_END or self.peek() == "\0":
                break
            gap, on_new_line = self._plain_gap()
            if not self.flow_level and self.column <= self.indent:
                break
        if on_new_line:
            self.allow_simple_key = True
        return ScalarToken("".join(chunks), True, start, end)

    def _check_colon(self) -> None:
        if self.flow_level and self.peek() == ":" and self.peek(1) in ",?[]{}":
            raise self.error(_CONTEXT, "found unexpected ':'")

    def _plain_gap(self) -> tuple[str, bool]:
        """What the blanks and line breaks here come to in the scalar, and whether there was a line break."""
        blanks = self.take_blanks()
        if not self.at_break():
            return blanks, False
        first, more = self.scan_line_break(), ""
        while True:
            self.skip_spaces()
            if self.peek() == "\t" and self.column <= self.indent:
                raise self.error(_CONTEXT, "found a tab character that violates indentation")
            self.take_blanks()
            if not self.at_break():
                return (more or " ") if first == "\n" else first + more, True
            more += self.scan_line_break()
