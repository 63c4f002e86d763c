"""What a template comes to when the file itself says so: literals, names the file sets, and simple sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.model import Value
from assistant.plays import jinja
from assistant.plays.jinja import Token

UNKNOWN = Value("unknown")
_DEPTH = 40
_LARGEST = 10**18
_LONGEST = 10_000
_CONSTANTS = {"true": True, "True": True, "false": False, "False": False, "none": None, "None": None}


class _Unknown(Exception):
    """Raised inside where a part cannot be told."""


def evaluate(value_text: str, variables: Mapping[str, Value]) -> Value:
    """What the text of a scalar comes to: the text itself without Jinja, else its value if it is certain.

    Evaluated are numbers, strings, names in `variables` that are literal (and their items), + - * // / %,
    parentheses and the filters int, string and default. A single {{ }} keeps the type of its value, as
    native types do since ansible-core 2.19. Everything else is unknown, `default` of an unknown name too:
    another file may set it. Numbers above 10**18 and texts above 10,000 characters are unknown.
    """
    if not jinja.is_template(value_text):
        return Value("literal", value_text)
    try:
        parts = [_part(value_text, piece, variables) for piece in jinja.pieces(value_text)]
    except _Unknown:
        return UNKNOWN
    if len(parts) == 1:
        return Value("literal", parts[0])
    return UNKNOWN if "{{-" in value_text or "-}}" in value_text else _joined(parts)


def _joined(parts: list[Any]) -> Value:
    """The text that several parts make; how a float, a list or none is written depends on the release."""
    if any(part is None or isinstance(part, bool | float | list | dict) for part in parts):
        return UNKNOWN
    text = "".join(map(str, parts))
    return Value("literal", text) if len(text) <= _LONGEST else UNKNOWN


def _part(source: str, piece: jinja.Piece, variables: Mapping[str, Value]) -> Any:
    if piece.kind == "text":
        return source[piece.start : piece.end]
    if piece.kind != "expression" or not piece.closed:
        raise _Unknown
    run = piece.tokens
    if run and run[0].text == "-" and run[0].start == piece.start + 2:
        run = run[1:]  # "{{-" takes blanks before it away; it is no minus.
    return _Sum(run, variables).whole()


class _Sum:
    """A recursive descent over the tokens of one expression; precedence as in Jinja's parser."""

    def __init__(self, run: Sequence[Token], variables: Mapping[str, Value]) -> None:
        self.run = run
        self.at = 0
        self.depth = 0
        self.variables = variables

    def whole(self) -> Any:
        """The value of the complete expression."""
        value = self.sum()
        if self.at != len(self.run):
            raise _Unknown
        return value

    def sum(self) -> Any:
        value = self.product()
        while self.peek() in ("+", "-"):
            value = _reckon(value, self.take().text, self.product())
        return value

    def product(self) -> Any:
        value = self.signed()
        while self.peek() in ("*", "/", "//", "%"):
            value = _reckon(value, self.take().text, self.signed())
        return value

    def signed(self) -> Any:
        """A value with its sign and filters; Jinja applies filters after the sign."""
        signs = []
        while self.peek() in ("+", "-"):
            signs.append(self.take().text)
        value = self.item()
        for sign in reversed(signs):
            value = _reckon(0, sign, value)
        while self.peek() == "|":
            self.take()
            value = self.filtered(value)
        return value

    def item(self) -> Any:
        value = self.primary()
        while self.peek() in (".", "["):
            dot = self.take().text == "."
            step = self.take()
            if not dot and self.take().text != "]":
                raise _Unknown
            value = _step(value, step, dot)
        return value

    def primary(self) -> Any:
        token = self.take()
        if token.text == "(":
            return self.nested()
        if token.kind == "string":
            return jinja.unquoted(token)
        if token.kind == "number":
            return _number(token.text)
        if token.kind == "name":
            return self.named(token.text)
        raise _Unknown

    def nested(self) -> Any:
        self.depth += 1
        if self.depth > _DEPTH:
            raise _Unknown
        value = self.sum()
        self.depth -= 1
        if self.take().text != ")":
            raise _Unknown
        return value

    def named(self, name: str) -> Any:
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        value = self.variables.get(name, UNKNOWN)
        if not value.known:
            raise _Unknown
        return value.value

    def filtered(self, value: Any) -> Any:
        name = self.take().text
        if name in ("default", "d") and self.peek() == "(":
            return self.defaulted(value)
        if self.peek() == "(":
            raise _Unknown
        if name == "int" and isinstance(value, int | float | str):
            return _as_int(value)
        if name == "string" and isinstance(value, int | str) and not isinstance(value, bool):
            return str(value)
        raise _Unknown

    def defaulted(self, value: Any) -> Any:
        """Passes over default's arguments: the value is known, unless a second one replaces empty values."""
        depth = 0
        while True:
            sign = self.take().text
            depth += (sign in ("(", "[", "{")) - (sign in (")", "]", "}"))
            if sign == "," and depth == 1 and not value:
                raise _Unknown
            if depth == 0:
                return value

    def peek(self) -> str:
        """The text of the next token if it is a sign, else ""."""
        if self.at < len(self.run) and self.run[self.at].kind == "sign":
            return self.run[self.at].text
        return ""

    def take(self) -> Token:
        if self.at >= len(self.run):
            raise _Unknown
        self.at += 1
        return self.run[self.at - 1]


def _step(value: Any, step: Token, dot: bool) -> Any:
    key = jinja.unquoted(step) if step.kind == "string" else step.text
    if isinstance(value, dict) and key in value and (dot or step.kind == "string"):
        return value[key]
    if isinstance(value, list) and key.isascii() and key.isdigit() and int(key[:9]) < len(value):
        return value[int(key[:9])]
    raise _Unknown


def _number(text: str) -> int | float:
    digits = text.replace("_", "")
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        raise _Unknown
    try:
        return _bounded(int(digits) if digits.isdigit() and len(digits) < 20 else float(digits))
    except ValueError:
        raise _Unknown from None


def _as_int(value: int | float | str) -> int:
    if isinstance(value, str) and len(value) > 18:
        raise _Unknown
    try:
        return int(value)
    except (ValueError, OverflowError):
        raise _Unknown from None


def _bounded(number: int | float) -> int | float:
    if not -_LARGEST <= number <= _LARGEST:
        raise _Unknown
    return number


def _reckon(left: Any, sign: str, right: Any) -> int | float:
    for side in (left, right):
        if isinstance(side, bool) or not isinstance(side, int | float):
            raise _Unknown
    if sign == "+":
        return _bounded(left + right)
    if sign == "-":
        return _bounded(left - right)
    if sign == "*":
        return _bounded(left * right)
    if right == 0:
        raise _Unknown
    if sign == "/":
        return _bounded(left / right)
    return _bounded(left // right if sign == "//" else left % right)
