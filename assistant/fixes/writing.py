"""How a change is written: scalars in the quotes they need, new lines where and as the text has them."""

from __future__ import annotations

import re

from assistant.fixes.subjects import Subjects
from assistant.model import Edit, Node, Span
from assistant.source import indent_of, line_span, newline, offset, place


def scalar(value: str, style: str) -> str:
    """The value as YAML: in quotes where it needs them or where the one it replaces has them."""
    needs = bool(re.match(r"[\s{}\[\]&*!|>'\"%@`#,?:-]|$", value)) or ": " in value or " #" in value
    if style == "single" and "'" not in value:
        return f"'{value}'"
    if style == "double" or needs:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value


def same(node: Node, wanted: str) -> bool:
    return node.kind == "scalar" and node.text == wanted


def append(subjects: Subjects, mapping: Node, added: list[str]) -> Edit:
    """New pairs at the end of a mapping, block or flow."""
    text = subjects.text
    last = max(mapping.pairs, key=lambda pair: pair[0].span.start)
    end = max(last[0].span.end, last[1].span.end)
    if mapping.style == "flow":
        return Edit(subjects.path, Span(end, end), "".join(f", {pair}" for pair in added))
    line, column = place(text, last[0].span.start)
    before = text[offset(text, line, 1) : last[0].span.start]
    indent = indent_of(text, last[0].span.start) if not before.strip() else " " * (column - 1)
    at = _content_end(text, end)
    return Edit(subjects.path, Span(at, at), "".join(f"{newline(text)}{indent}{pair}" for pair in added))


def _content_end(text: str, offset: int) -> int:
    """Where the text of the line ends, its comment included, its line break not."""
    match = re.compile(r"[\r\n]").search(text, offset)
    return match.start() if match else len(text)


def removal(text: str, mapping: Node, index: int) -> Span:
    """What goes with a pair: its lines in a block, itself and one comma in a flow mapping."""
    key, value = mapping.pairs[index]
    span = Span(key.span.start, max(key.span.end, value.span.end))
    following = mapping.pairs[index + 1][0].span.start if index + 1 < len(mapping.pairs) else None
    if mapping.style == "flow":
        if following is not None:
            return Span(span.start, following)
        previous = mapping.pairs[index - 1]
        return Span(max(previous[0].span.end, previous[1].span.end), span.end)
    lines = line_span(text, span)
    first_on_line = not text[lines.start : span.start].strip()
    return lines if first_on_line or following is None else Span(span.start, following)
