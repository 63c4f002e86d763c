"""PyYAML's own parser brought to libyaml's answers: the same nodes, places and verdicts without the C library.

PyYAML and libyaml were once the same program, but libyaml 0.2.5, which Ansible reads with, has moved on: it
takes tabs where no indentation is counted, checks escapes and tags more strictly and reads a colon or question
mark inside brackets differently. What differs is written anew here; all else is inherited. Only these modules
import yaml at their top; they are themselves imported on first use.
"""

from __future__ import annotations

from typing import Any

from yaml.parser import Parser
from yaml.scanner import Scanner
from yaml.tokens import FlowEntryToken, FlowSequenceEndToken, Token, ValueToken

from assistant.source.pure.block import BlockScalars
from assistant.source.pure.plain import PlainScalars
from assistant.source.pure.quoted import QuotedScalars
from assistant.source.pure.tags import Tags
from assistant.source.pure.text import Text

__all__ = ["PureParser"]


class PureParser(PlainScalars, QuotedScalars, BlockScalars, Tags, Text, Scanner, Parser):
    """Text in, events out, as `yaml._yaml.CParser`: `get_event` gives None after the last one."""

    def __init__(self, text: str) -> None:
        Text.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def need_more_tokens(self) -> bool:
        """As PyYAML, in the order that costs least: it is asked several times for each token."""
        if self.done:
            return False
        if not self.tokens:
            return True
        keys = self.possible_simple_keys
        if not keys:
            return False
        self.stale_possible_simple_keys()
        return any(key.token_number == self.tokens_taken for key in keys.values())

    def stale_possible_simple_keys(self) -> None:
        """As PyYAML, without copying the keys when none of them is stale."""
        for key in self.possible_simple_keys.values():
            if key.line != self.line or self.index - key.index > 1024:
                super().stale_possible_simple_keys()
                return

    def fetch_flow_collection_end(self, TokenClass: type[Token]) -> None:
        """As PyYAML, but a bracket too many does not open a level below the ground."""
        super().fetch_flow_collection_end(TokenClass)
        self.flow_level = max(self.flow_level, 0)

    def fetch_stream_end(self) -> None:
        """As PyYAML, but the end of the text counts as a line break and a key still open in brackets is an error."""
        if self.column:
            self.line += 1
            self.column = 0
        still_open = self.possible_simple_keys
        super().fetch_stream_end()
        self.possible_simple_keys = still_open
        self.stale_possible_simple_keys()

    def parse_flow_sequence_entry_mapping_key(self) -> Any:
        """As libyaml, which swallows the sign after a `?` without a key in a list in brackets (parser.c, 0.2.5)."""
        # PyYAML's stubs leave these methods untyped.
        parser: Any = self
        parser.get_token()
        if not self.check_token(ValueToken, FlowEntryToken, FlowSequenceEndToken):
            self.states.append(self.parse_flow_sequence_entry_mapping_value)
            return parser.parse_flow_node()
        self.state = self.parse_flow_sequence_entry_mapping_value
        return self.process_empty_scalar(parser.get_token().end_mark)
