"""For whoever writes edits: values in, the YAML that says them out."""

from __future__ import annotations

from assistant.model import Node, Span


def pair_span(mapping: Node, key: str) -> Span:
    """From the start of the last pair with `key` to the end of its value; KeyError when there is none.

    The last one, because Ansible uses the last of duplicate keys.
    """
    for name, value in reversed(mapping.pairs):
        if name.text == key and name.kind == "scalar":
            return Span(name.span.start, max(name.span.end, value.span.end))
    raise KeyError(key)
