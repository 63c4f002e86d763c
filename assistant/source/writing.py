"""For whoever writes edits: values in, the YAML that says them and the places to put it out."""

from __future__ import annotations

from assistant.model import Node, Span
from assistant.source.errors import SourceError
from assistant.source.events import FORBIDDEN
from assistant.source.nodes import load

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def pair_span(mapping: Node, key: str) -> Span:
    """From the start of the last pair with `key` to the end of its value; KeyError when there is none.

    The last one, because Ansible uses the last of duplicate keys.
    """
    for name, value in reversed(mapping.pairs):
        if name.text == key and name.kind == "scalar":
            return Span(name.span.start, max(name.span.end, value.span.end))
    raise KeyError(key)


def bare_span(text: str, node: Node) -> Span:
    """The span of `node` without its tag and anchor: what to replace so that these stay."""
    start, end = node.span
    while start < end and text[start] in "!&":
        while start < end and not text[start].isspace():
            start += 1
        while start < end and text[start].isspace():
            start += 1
    return Span(start, end)


def quote_like(text_value: str, style: str) -> str:
    """How to write the string `text_value` in the style of a `Node` so that it reads as that very string.

    "plain" becomes single quotes where no quotes would make it a number, a boolean or something else;
    single quotes become double ones for line breaks and control characters, as do "literal" and "folded".
    """
    if style in ("plain", "single"):
        if style == "plain" and _safe_plain(text_value):
            return text_value
        quoted = "'" + text_value.replace("'", "''") + "'"
        if all(_printable(sign) for sign in text_value):
            return quoted
    return '"' + "".join(map(_escaped, text_value)) + '"'


def _safe_plain(value: str) -> bool:
    """True when `value` without quotes is that string in a block and inside brackets alike."""
    if not all(_printable(sign) for sign in value):
        return False
    try:
        block, flow = load(f"k: {value} # c")[0], load(f"[{value}]")[0]
    except (SourceError, IndexError):
        return False
    found = [pair[1] for pair in block.pairs] + list(flow.items)
    return len(found) == 2 and all((node.tag, node.text) == ("str", value) for node in found)


def _printable(sign: str) -> bool:
    return sign not in "\t\n\r\x85\u2028\u2029\ufeff" and not FORBIDDEN.match(sign)


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if _printable(sign):
        return sign
    code = ord(sign)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
