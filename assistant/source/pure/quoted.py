"""Scalars in single and double quotes."""

from __future__ import annotations

import re

from yaml.scanner import ScannerError
from yaml.tokens import ScalarToken

from assistant.source.pure.text import BLANKS_BREAKS_END, BREAKS, END, Text

_STOP = re.escape(BLANKS_BREAKS_END)
_RUNS = {
    "'": re.compile(f"(?:[^{_STOP}']| (?![{_STOP}]))+"),
    '"': re.compile(rf'(?:[^{_STOP}"\\]| (?![{_STOP}]))+'),
}
_HEX = re.compile("[0-9A-Fa-f]*")
_CONTEXT = "while scanning a quoted scalar"
_ESCAPES = dict(zip('0abt\tnvfre "\\/N_LP', '\0\a\b\t\t\n\v\f\r\x1b "\\/\x85\xa0\u2028\u2029', strict=True))
_LENGTHS = {"x": 2, "u": 4, "U": 8}


class QuotedScalars(Text):
    """Escapes must name a character that exists; an error points at the backslash."""

    def scan_flow_scalar(self, style: str) -> ScalarToken:
        """The token of the scalar whose opening quote `style` stands here."""
        start = self.get_mark()
        self.forward()
        chunks: list[str] = []
        while True:
            self._check_open()
            escaped_break = self._words(style, chunks)
            if self.peek() == style:
                break
            chunks.append(self._quoted_gap(escaped_break))
        self.forward()
        return ScalarToken("".join(chunks), False, start, self.get_mark(), style)

    def _check_open(self) -> None:
        if self.at_document_sign():
            raise self.error(_CONTEXT, "found unexpected document indicator")
        if self.peek() == END:
            raise self.error(_CONTEXT, "found unexpected end of stream")

    def _words(self, quote: str, chunks: list[str]) -> bool:
        """Adds the text up to the quote, a blank or a line break; True when that break is escaped."""
        while self.peek() not in BLANKS_BREAKS_END:
            words = self.take(_RUNS[quote])
            if words:
                chunks.append(words)
            elif quote == "'" and self.prefix(2) == "''":
                chunks.append("'")
                self.forward(2)
            elif self.peek() == quote:
                return False
            elif self.peek(1) in BREAKS:
                self.forward()
                self.scan_line_break()
                return True
            else:
                chunks.append(self._escape())
        return False

    def _escape(self) -> str:
        sign = self.peek(1)
        if sign in _ESCAPES:
            self.forward(2)
            return _ESCAPES[sign]
        if sign not in _LENGTHS:
            raise self._bad_escape("found unknown escape character")
        self.forward(2)
        length = _LENGTHS[sign]
        found = _HEX.match(self.buffer, self.index, self.index + length)
        if not found or len(found.group()) < length:
            raise self._bad_escape("did not find expected hexadecimal number")
        code = int(found.group(), 16)
        if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            raise self._bad_escape("found invalid Unicode character escape code")
        self.forward(length)
        return chr(code)

    def _bad_escape(self, problem: str) -> ScannerError:
        return self.error("while parsing a quoted scalar", problem)

    def _quoted_gap(self, escaped_break: bool) -> str:
        """What the blanks and line breaks here come to; after an escaped break only further breaks count."""
        blanks = self.take_blanks()
        if not self.at_break():
            return "" if escaped_break else blanks
        first = "" if escaped_break else self.scan_line_break()
        more = ""
        self.take_blanks()
        while self.at_break():
            more += self.scan_line_break()
            self.take_blanks()
        return (more or " ") if first == "\n" else first + more
