"""The text under the scanner's finger: where it stands, what comes next, and how it moves on."""

from __future__ import annotations

import re

from yaml.error import Mark
from yaml.scanner import ScannerError

END = "\0"
BREAKS = "\r\n\x85\u2028\u2029"
BLANKS_BREAKS_END = " \t" + BREAKS + END

_BREAK = re.compile(f"\r\n|[{BREAKS}]")
_SPACES = re.compile(" *")
_BLANKS = re.compile("[ \t]*")
_COMMENT = re.compile(f"#[^{BREAKS}{END}]*")


class Text:
    """Takes the place of PyYAML's Reader, for one text that is in memory as a whole."""

    flow_level: int
    allow_simple_key: bool

    def __init__(self, text: str) -> None:
        # libyaml takes one leading mark off as part of the encoding and does not count it.
        self.buffer = text.removeprefix("\ufeff") + END
        self.encoding = None
        self.index = self.line = self.column = 0

    def peek(self, index: int = 0) -> str:
        """The character `index` places ahead; NUL at and after the end."""
        try:
            return self.buffer[self.index + index]
        except IndexError:
            return END

    def prefix(self, length: int = 1) -> str:
        """The next `length` characters."""
        return self.buffer[self.index : self.index + length]

    def forward(self, length: int = 1) -> None:
        """Moves on by characters of which none is part of a line break."""
        self.index += length
        self.column += length

    def take(self, pattern: re.Pattern[str]) -> str:
        """Moves over what `pattern` (that must not match line breaks) finds here, and gives it."""
        found = pattern.match(self.buffer, self.index)
        if not found:
            return ""
        self.forward(found.end() - self.index)
        return found.group()

    def get_mark(self) -> Mark:
        """Where the scanner stands."""
        return Mark("", self.index, self.line, self.column, None, 0)

    def error(self, context: str, problem: str) -> ScannerError:
        """The error for the place where the scanner stands."""
        return ScannerError(context, None, problem, self.get_mark())

    def at_break(self) -> bool:
        """True at a line break."""
        return self.peek() in BREAKS

    def at_document_sign(self) -> bool:
        """True at a `---` or `...` that starts a line and stands alone."""
        return self.column == 0 and self.prefix(3) in ("---", "...") and self.peek(3) in BLANKS_BREAKS_END

    def scan_line_break(self) -> str:
        """Moves over a line break, if here is one, and gives how it reads in a scalar."""
        found = _BREAK.match(self.buffer, self.index)
        if not found:
            return ""
        self.index = found.end()
        self.line += 1
        self.column = 0
        return found.group() if found.group() in "\u2028\u2029" else "\n"

    def skip_spaces(self) -> None:
        """Moves over spaces."""
        self.take(_SPACES)

    def take_blanks(self) -> str:
        """Moves over spaces and tabs, and gives them."""
        return self.take(_BLANKS)

    def scan_to_next_token(self) -> None:
        """Moves over blanks, comments and line breaks; a tab is no blank where indentation is counted."""
        while True:
            if self.column == 0 and self.peek() == "\ufeff":
                self.forward()
            self.take(_BLANKS if self.flow_level or not self.allow_simple_key else _SPACES)
            self.take(_COMMENT)
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def skip_rest_of_line(self, context: str) -> None:
        """Moves over blanks, a comment and the line break; an error when something else stands there."""
        self.take_blanks()
        self.take(_COMMENT)
        if not self.scan_line_break() and self.peek() != END:
            raise self.error(context, "did not find expected comment or line break")
