"""The subcommands: what each is for, its arguments, its examples, and where it lives.

A parser is built for the one subcommand that was called; all of them only for completion.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn

from assistant.front.cli import arguments
from assistant.front.wrong import Wrong, meant

Run = Callable[[argparse.Namespace], int]


class Command(NamedTuple):
    """A subcommand: one line of help, a function that adds its arguments, examples, its module and function."""

    help: str
    add: Callable[[argparse.ArgumentParser], None]
    examples: tuple[tuple[str, str], ...]
    module: str
    function: str

    def run(self) -> Run:
        """The function that does it, imported now: from parsed arguments to the exit status."""
        from importlib import import_module

        run: Run = getattr(import_module(f"assistant.front.cli.{self.module}"), self.function)
        return run


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line and become `Wrong`."""

    def error(self, message: str) -> NoReturn:
        raise Wrong(f"{message} (see {self.prog} --help)")


def _formatter(prog: str, **options: Any) -> argparse.HelpFormatter:
    # With a width given argparse does not import shutil, which would cost a third of a cold start.
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isascii() and columns.isdigit() else 0
    try:
        width = width or os.get_terminal_size().columns
    except OSError:
        width = 80
    return argparse.RawDescriptionHelpFormatter(prog, width=max(min(width, 100), 40) - 2, max_help_position=26)


COMMANDS = {
    "diagnose": Command(
        "find the cause of a pasted failure (the default)",
        arguments.diagnose,
        (
            ("ansible-playbook site.yml 2>&1 | ansible-why", "what comes in by a pipe"),
            ("ansible-why diagnose build.log", "a log"),
            ("ansible-why diagnose error.txt --task roles/db/tasks/main.yml", "with its task: surer, and with a diff"),
            ("ansible-why diagnose error.txt --format json | jq .verdict", "for scripts"),
        ),
        "diagnose",
        "run",
    ),
    "repl": Command(
        "talk about a failure: paste, answer, be led through the fix (the default at a terminal)",
        arguments.repl,
        (
            ("ansible-why", "the same, at a terminal"),
            ("ansible-why repl build.log --task site.yml", "with what is there already"),
            ("ansible-why repl < session.txt", "from a script, which may hold: paste <<END ... END"),
        ),
        "repl",
        "run",
    ),
    "check": Command(
        "find faults in code that has not failed yet",
        arguments.check,
        (
            ("ansible-why check playbooks/ roles/", "everything in these folders"),
            ("ansible-why check --diff site.yml", "with the changes that would mend it"),
            ("ansible-why check --fix site.yml", "makes the safe ones"),
            ("ansible-why check --format github .", "annotations in GitHub Actions"),
        ),
        "check",
        "run",
    ),
    "explain": Command(
        "show all that is known of one cause",
        arguments.explain,
        (
            ("ansible-why explain async/wait-shorter-than-job", "one cause"),
            ("ansible-why explain async/", "the causes of a family"),
        ),
        "browse",
        "explain",
    ),
    "search": Command(
        "find causes by words",
        arguments.search,
        (("ansible-why search could not find job", "words of a message, or your own"),),
        "browse",
        "search",
    ),
    "list": Command(
        "list all causes",
        arguments.listing,
        (("ansible-why list --format json", "for scripts"),),
        "browse",
        "listing",
    ),
    "schema": Command(
        "print the JSON Schema of an output",
        arguments.schema,
        (("ansible-why schema diagnose > diagnose.schema.json", "draft 2020-12"),),
        "extra",
        "schema",
    ),
    "site": Command(
        "build the documentation site, or serve it here",
        arguments.site,
        (
            ("ansible-why site build --out public", "all pages, ready for any host"),
            ("ansible-why site serve", "look at them, with the headers of a real host"),
        ),
        "site",
        "run",
    ),
    "lookup": Command(
        "answer in a line or two, for editors",
        arguments.lookup,
        (("xclip -o | ansible-why lookup", "what is selected"),),
        "lookup",
        "run",
    ),
    "lsp": Command(
        "serve an editor: findings while you type, and their changes",
        arguments.lsp,
        (
            ("ansible-why lsp", "what an editor starts"),
            ("ansible-why lsp --watch ansible.log", "and shows there why a run failed"),
        ),
        "lsp",
        "run",
    ),
    "kb": Command(
        "write causes of your own: begin one, try a paste, check a base, draw the tree",
        arguments.kb,
        (
            ("ansible-why kb new shop/kettle-empty error.txt", "begin a cause from a failure"),
            ("ansible-why kb check", "hold your own base to its examples"),
        ),
        "authoring",
        "run",
    ),
    "completion": Command(
        "print a shell's completion script",
        arguments.completion,
        (
            ("ansible-why completion bash > ~/.local/share/bash-completion/completions/ansible-why", "for bash"),
            ("ansible-why completion zsh > ~/.zfunc/_ansible-why", "for zsh"),
        ),
        "extra",
        "completion",
    ),
}

EXITS = """\
exit status:
  diagnose  0 a cause is named, 1 none is (unknown, no failure, not Ansible);
            with --ignored the cause may be one of a failure that was ignored or rescued
  repl      from a script: that of diagnose for the last paste; typed: 0
  check     0 nothing found, 1 something found
  kb check  0 nothing wrong, 1 something is
  always    2 the call was wrong or a file could not be read
"""


def chosen(given: Sequence[str]) -> tuple[str, list[str]]:
    """The subcommand that a call means, and its arguments; without one it is `diagnose`."""
    if not given or given[0].startswith("-"):
        return "diagnose", list(given)
    if given[0] in COMMANDS:
        return given[0], list(given[1:])
    if os.path.exists(given[0]):
        raise Wrong(f'no such command "{given[0]}"; for the file, write ansible-why diagnose {given[0]}')
    near = meant(given[0], COMMANDS) or f" (there are {', '.join(COMMANDS)})"
    raise Wrong(f'no such command "{given[0]}"{near}')


def parse(name: str, rest: Sequence[str]) -> argparse.Namespace:
    """The arguments of one subcommand; raises Wrong, and ends the process for `--help`."""
    command = COMMANDS[name]
    parser = Parser(prog=f"ansible-why {name}", **_texts(command))
    command.add(parser)
    return parser.parse_intermixed_args(rest) if name in ("diagnose", "repl") else parser.parse_args(rest)


def whole() -> argparse.ArgumentParser:
    """One parser for everything, for completion scripts."""
    parser = Parser(prog="ansible-why", formatter_class=_formatter)
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command")
    for name, command in COMMANDS.items():
        command.add(commands.add_parser(name, help=command.help, **_texts(command)))
    return parser


def overview() -> str:
    """The help of the whole command."""
    lines = [
        "usage: ansible-why [COMMAND] [OPTION]...",
        "",
        "Paste an Ansible failure, learn its cause, get the exact fix.",
    ]
    lines += ["", "commands:", *(f"  {name:11}{command.help}" for name, command in COMMANDS.items())]
    lines += ["", "Without a command it diagnoses standard input; at a terminal it opens the repl.", "", "examples:"]
    lines += [f"  $ {command.examples[0][0]}" for command in COMMANDS.values()]
    return "\n".join([*lines, "", EXITS, "Each command has its own help: ansible-why COMMAND --help\n"])


def _texts(command: Command) -> dict[str, Any]:
    examples = "\n".join(f"  {what}:\n    $ {call}" for call, what in command.examples)
    return {
        "description": command.help[0].upper() + command.help[1:] + ".",
        "epilog": f"examples:\n{examples}",
        "formatter_class": _formatter,
        "allow_abbrev": False,
    }
