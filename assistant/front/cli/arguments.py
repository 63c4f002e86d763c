"""The arguments of each subcommand, added to its parser."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def _beside(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--kb", metavar="DIR", action="append", default=[], help="a knowledge base of your own beside ours; repeatable"
    )


def diagnose(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `diagnose`."""
    parser.add_argument("pastes", metavar="FILE", nargs="*", help="what Ansible printed; - or nothing: standard input")
    add = parser.add_argument
    add("--task", metavar="FILE", action="append", default=[], help="the playbook or task file that failed; repeatable")
    add(
        "--answer", metavar="KEY=VALUE", action="append", default=[], help="answers a question asked before; repeatable"
    )
    add("--ansible", metavar="VERSION", default="", help="release of ansible-core, when the paste does not say it")
    add("--ignored", action="store_true", help="failures too that were ignored or rescued, and stopped nothing")
    add("--format", choices=("text", "json", "markdown"), default="text", help="form of the answer (text)")
    _beside(parser)
    _manners(parser)


def repl(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `repl`."""
    parser.add_argument("pastes", metavar="FILE", nargs="*", help="what Ansible printed, to begin with")
    add = parser.add_argument
    add("--task", metavar="FILE", action="append", default=[], help="the playbook or task file that failed; repeatable")
    add("--ansible", metavar="VERSION", default="", help="release of ansible-core, when the paste does not say it")
    add("--accessible", action="store_true", help="plain text to be read aloud, as with ACCESSIBLE=1")
    _beside(parser)
    _manners(parser, pager=False)


def check(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `check`."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help="playbooks, task files, roles or folders")
    parser.add_argument("--fix", action="store_true", help="make the changes that are safe, and report what is left")
    parser.add_argument("--diff", action="store_true", help="show the changes that would mend each finding")
    parser.add_argument(
        "--format", choices=("text", "json", "github", "sarif"), default="text", help="form of the findings (text)"
    )
    _beside(parser)
    _manners(parser, pager=False)


def explain(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `explain`."""
    parser.add_argument("id", metavar="ID", help="id of a cause (async/job-hung), or a family (async/)")
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="form (text)")
    _beside(parser)
    _manners(parser)


def search(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `search`."""
    parser.add_argument("words", metavar="WORD", nargs="+", help="words that the entry must hold, all of them")
    listing(parser)


def listing(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `listing`."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form of the list (text)")
    _beside(parser)
    _manners(parser)


def schema(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `schema`."""
    parser.add_argument("output", choices=("diagnose", "check"), help="whose JSON output")


def site(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `site`."""
    add = parser.add_argument
    add("what", choices=("build", "serve"), help="build: write the pages; serve: show them here, built again on change")
    add(
        "--out",
        metavar="DIR",
        default="",
        help="where the pages go (build: site-pages; serve: nowhere to stay)",
    )
    add("--port", metavar="N", type=int, default=8000, help="port of serve, 0 for any (8000)")
    add("--no-engine", dest="engine", action="store_false", help="without the engine of the paste box")
    add("--no-search", dest="search", action="store_false", help="without the search index")


def lookup(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `lookup`."""
    add = parser.add_argument
    add("--task", metavar="FILE", action="append", default=[], help="the playbook or task file that failed; repeatable")
    add("--ignored", action="store_true", help="failures too that were ignored or rescued, and stopped nothing")
    add("--format", choices=("text", "vim", "emacs", "json"), default="text", help="form of the answer (text)")
    _beside(parser)


def lsp(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `lsp`."""
    add = parser.add_argument
    add("--tcp", metavar="PORT", type=int, default=0, help="serve on this port of localhost instead, to be debugged")
    add(
        "--watch",
        metavar="PATH",
        action="append",
        default=[],
        help="log or ansible-runner artifacts to show failures of; repeatable",
    )
    add("--stdio", action="store_true", help="serve on standard input and output (as it does anyway)")
    _beside(parser)


def kb(parser: argparse.ArgumentParser) -> None:
    """Adds the subcommands of `kb`."""
    parts = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    for name, (words, add, examples) in KB.items():
        part = parts.add_parser(
            name,
            help=words,
            description=f"{words[0].upper()}{words[1:]}.",
            epilog="examples:\n" + "\n".join(f"  {what}:\n    $ {call}" for call, what in examples),
            formatter_class=parser.formatter_class,
            allow_abbrev=False,
        )
        add(part)
        _beside(part)


def _check_base(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", nargs="?", default="", help="the base (~/.config/ansible-why/kb)")


def _new_cause(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("cause", metavar="FAMILY/NAME", help="the id of the new cause")
    add("paste", metavar="PASTE", help="what Ansible printed; - for standard input")
    add("--task", metavar="FILE", default="", help="the playbook or task file that failed")
    add("--to", metavar="DIR", default="", help="the base to write into (~/.config/ansible-why/kb)")


def _try_paste(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("paste", metavar="PASTE", help="what Ansible printed; - for standard input")
    add("--task", metavar="FILE", action="append", default=[], help="the playbook or task file that failed; repeatable")
    add("--format", choices=("text", "json"), default="text", help="form of the answer (text)")


def _draw_tree(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("family", metavar="FAMILY", nargs="?", default="", help="one family (all of them)")
    parser.add_argument("--format", choices=("text", "dot", "mermaid"), default="text", help="form (text)")


KB: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None], tuple[tuple[str, str], ...]]] = {
    "check": (
        "hold a base to its rules and to its own examples",
        _check_base,
        (
            ("ansible-why kb check", "your own, in ~/.config/ansible-why/kb"),
            ("ansible-why kb check ./kb", "any other"),
        ),
    ),
    "new": (
        "begin a cause from a failure: its entry, its sign, its place in the tree",
        _new_cause,
        (
            ("ansible-why kb new shop/kettle-empty error.txt", "in your own base, ~/.config/ansible-why/kb"),
            ("ansible-why kb new shop/kettle-empty error.txt --task tasks.yml --to ./kb", "with a scenario, elsewhere"),
        ),
    ),
    "try": (
        "show how a paste is answered: its fields, the signs that fit, each walk, what is named and why",
        _try_paste,
        (
            ("ansible-why kb try error.txt --task tasks.yml", "with the task that failed"),
            ("ansible-why kb try - --format json", "for scripts"),
        ),
    ),
    "graph": (
        "draw the decision tree",
        _draw_tree,
        (
            ("ansible-why kb graph async", "one family, as text"),
            ("ansible-why kb graph --format dot | dot -Tsvg > tree.svg", "all of them, by Graphviz"),
        ),
    ),
}
"""The subcommands of `kb`: what each is for, what adds its arguments, and its examples."""


def completion(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `completion`."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish", "tcsh"), help="for which shell")


def _manners(parser: argparse.ArgumentParser, pager: bool = True) -> None:
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colour (auto)")
    parser.add_argument("--width", metavar="N", type=_columns, default=0, help="columns to write for")
    if pager:
        parser.add_argument("--no-pager", dest="pager", action="store_false", help="never page a long answer")


def _columns(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 20 <= int(text) <= 1000):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of columns from 20 to 1000")
    return int(text)
