"""Pasted snippets: text with broken outer indentation in, nodes with places in that same text out."""

from __future__ import annotations

from assistant.model import Node
from assistant.source.nodes import load


def load_loose(text: str) -> tuple[Node, ...]:
    """As `load`."""
    return load(text)
