"""`ansible-why schema` and `completion`: for scripts and shells."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Mapping, Sequence

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMAS = os.path.join(os.path.dirname(os.path.dirname(HERE)), "schema")


def schema(given: Namespace) -> int:
    """Prints the JSON Schema of one output."""
    with open(os.path.join(SCHEMAS, f"{given.output}.schema.json"), encoding="utf-8") as file:
        sys.stdout.write(file.read())
    return 0


def completion(given: Namespace) -> int:
    """Prints a completion script: subcommands, options, files, and the ids for `explain`."""
    import shtab

    sys.stdout.write(shtab.complete(_parser(), shell=given.shell) + "\n")
    return 0


def _parser() -> ArgumentParser:
    """The whole parser with what shtab wants to know: which arguments are files, and which ids there are."""
    import shtab

    from assistant.front.cli.bases import opened
    from assistant.front.cli.commands import whole

    parser = whole()
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            _hint(action.choices, shtab.FILE, list(opened().entries))
    return parser


def _hint(commands: Mapping[str, ArgumentParser], file: object, ids: Sequence[str]) -> None:
    import shtab

    for parser in commands.values():
        for action in parser._actions:
            if isinstance(action, _SubParsersAction):
                _hint(action.choices, file, ids)
            elif action.metavar in ("FILE", "PATH", "PASTE"):
                action.complete = file  # type: ignore[attr-defined]
            elif action.metavar == "DIR":
                action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
            elif action.dest == "id":
                action.choices = ids
