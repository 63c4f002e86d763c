"""`python -m assistant`: the command from a source checkout that is not installed."""

from __future__ import annotations

from assistant.front.cli import command

command()
