"""PyYAML's own parser brought to libyaml's answers: the same nodes, places and verdicts without the C library.

The only module that imports yaml at its top; it is itself imported on first use.
"""

from __future__ import annotations

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner


class PureParser(Reader, Scanner, Parser):
    """Text in, events out."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
