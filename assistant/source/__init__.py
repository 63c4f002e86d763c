"""YAML text in, positioned nodes out; edits in, new text and diff out."""

from assistant.source.edits import apply, diff, mended, shared_ends
from assistant.source.errors import SourceError
from assistant.source.lines import Lines, indent_of, line_span, newline, offset, place
from assistant.source.loose import load_loose
from assistant.source.nodes import load
from assistant.source.writing import bare_span, pair_span, quote_like

__all__ = [
    "Lines",
    "SourceError",
    "apply",
    "bare_span",
    "diff",
    "indent_of",
    "line_span",
    "load",
    "load_loose",
    "mended",
    "newline",
    "offset",
    "pair_span",
    "place",
    "quote_like",
    "shared_ends",
]
