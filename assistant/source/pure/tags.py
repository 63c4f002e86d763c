"""Tags and directives."""

from __future__ import annotations

import re

from yaml.error import Mark
from yaml.parser import ParserError
from yaml.tokens import DirectiveToken, TagToken

from assistant.source.pure.text import BLANKS_BREAKS_END, END, Text

_WORD = re.compile("[0-9A-Za-z_-]*")
_NUMBER = re.compile("[0-9]*")
_URI = re.compile(r"[0-9A-Za-z_\-;/?:@&=+$.!~*'(),\[\]]*")
_SUFFIX = re.compile(r"[0-9A-Za-z_\-;/?:@&=+$.!~*'()]*")
_OCTET = re.compile("%([0-9A-Fa-f]{2})")


class Tags(Text):
    """Only %YAML 1.1, %YAML 1.2 and %TAG are directives; a tag ends at a blank, in brackets also at a comma."""

    def scan_tag(self) -> TagToken:
        """The token of the tag that starts here."""
        start = self.get_mark()
        handle, suffix = self._verbatim() if self.peek(1) == "<" else self._shorthand()
        if self.peek() not in BLANKS_BREAKS_END and not (self.flow_level and self.peek() == ","):
            raise self.error("while scanning a tag", "did not find expected whitespace or line break")
        return TagToken((handle, suffix), start, self.get_mark())

    def _verbatim(self) -> tuple[None, str]:
        self.forward(2)
        uri = self._uri("while parsing a tag", _URI)
        if not uri:
            raise self.error("while parsing a tag", "did not find expected tag URI")
        if self.peek() != ">":
            raise self.error("while scanning a tag", "did not find the expected '>'")
        self.forward()
        return None, uri

    def _shorthand(self) -> tuple[str | None, str]:
        handle = self._handle()
        suffix = self._uri("while parsing a tag", _SUFFIX)
        if len(handle) > 1 and handle.endswith("!"):
            if not suffix:
                raise self.error("while parsing a tag", "did not find expected tag URI")
            return handle, suffix
        suffix = handle[1:] + suffix
        return ("!", suffix) if suffix else (None, "!")

    def _handle(self) -> str:
        self.forward()
        handle = "!" + self.take(_WORD)
        if self.peek() == "!":
            self.forward()
            handle += "!"
        return handle

    def _uri(self, context: str, allowed: re.Pattern[str]) -> str:
        chunks = [self.take(allowed)]
        while self.peek() == "%":
            chunks += [self._escaped(context), self.take(allowed)]
        # libyaml hands tags on as C strings.
        return "".join(chunks).partition(END)[0]

    def _escaped(self, context: str) -> str:
        """One character written as %XX octets of UTF-8."""
        octets = bytearray()
        while True:
            found = _OCTET.match(self.buffer, self.index)
            if not found:
                raise self.error(context, "did not find URI escaped octet")
            octet = int(found.group(1), 16)
            if octets and octet & 0xC0 != 0x80:
                raise self.error(context, "found an incorrect trailing UTF-8 octet")
            octets.append(octet)
            width = _width(octets[0])
            if not width:
                raise self.error(context, "found an incorrect leading UTF-8 octet")
            self.forward(3)
            if len(octets) == width:
                return octets.decode("utf-8")

    def scan_directive(self) -> DirectiveToken:
        """The token of the directive whose % stands here."""
        start = self.get_mark()
        self.forward()
        name = self.take(_WORD)
        if not name or self.peek() not in BLANKS_BREAKS_END:
            raise self.error("while scanning a directive", "could not find expected directive name")
        if name not in ("YAML", "TAG"):
            raise self.error("while scanning a directive", "found unknown directive name")
        self.take_blanks()
        value = self._version(start) if name == "YAML" else self._tag_directive()
        end = self.get_mark()
        self.skip_rest_of_line("while scanning a directive")
        return DirectiveToken(name, value, start, end)

    def _version(self, start: Mark) -> tuple[int, int]:
        major = self._digits()
        if self.peek() != ".":
            raise self.error("while scanning a %YAML directive", "did not find expected digit or '.' character")
        self.forward()
        minor = self._digits()
        if (major, minor) not in ((1, 1), (1, 2)):
            raise ParserError(None, None, "found incompatible YAML document", start)
        return major, minor

    def _digits(self) -> int:
        digits = self.take(_NUMBER)
        if not 0 < len(digits) < 10:
            raise self.error("while scanning a %YAML directive", "did not find expected version number")
        return int(digits)

    def _tag_directive(self) -> tuple[str, str]:
        context = "while scanning a %TAG directive"
        if self.peek() != "!":
            raise self.error(context, "did not find expected '!'")
        handle = self._handle()
        if len(handle) > 1 and not handle.endswith("!"):
            raise self.error(context, "did not find expected '!'")
        if not self.take_blanks():
            raise self.error(context, "did not find expected whitespace")
        prefix = self._uri(context, _URI)
        if not prefix:
            raise self.error(context, "did not find expected tag URI")
        if self.peek() not in BLANKS_BREAKS_END:
            raise self.error(context, "did not find expected whitespace or line break")
        return handle, prefix


def _width(octet: int) -> int:
    """How many octets a character has that starts with `octet`; 0 when none can."""
    for mask, lead, width in ((0x80, 0, 1), (0xE0, 0xC0, 2), (0xF0, 0xE0, 3), (0xF8, 0xF0, 4)):
        if octet & mask == lead:
            return width
    return 0
