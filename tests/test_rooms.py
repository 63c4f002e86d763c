"""Who may import whom. The table is the architecture: a new line in it is a decision, not a chore."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import assistant

HOME = Path(assistant.__file__).parent

ROOMS: dict[str, set[str]] = {
    "": set(),
    "__main__": {"front.cli"},
    "about": set(),
    "model": set(),
    "markup": set(),
    "redact": {"model"},
    "paste": {"model", "redact"},
    "source": {"model"},
    "plays": {"model", "source"},
    "looks": {"model", "plays", "source", "kb"},
    "fixes": {"model", "plays", "source"},
    "kb": {"about", "model", "markup", "looks", "fixes"},  # it names looks and fixes in its mistakes
    "walk": {"model"},
    "diagnose": {"about", "model", "paste", "source", "plays", "looks", "fixes", "kb", "walk", "redact"},
    "check": {"model", "source", "plays", "looks", "fixes", "kb", "walk", "diagnose"},
    "budget": {"model", "plays", "looks"},
    "front": set(),
    "front.wrong": set(),
    "front.folders": set(),
    "front.keyboard": set(),
    "front.saving": set(),
    "front.reading": {"front.wrong", "front.keyboard"},
    "front.answers": {"model", "front.wrong", "kb"},
    "front.search": {"front.wrong", "kb"},
    "front.snippets": {"markup", "model", "plays", "kb"},
    "front.authoring": {
        "model",
        "markup",
        "paste",
        "source",
        "plays",
        "redact",
        "looks",
        "kb",
        "walk",
        "diagnose",
        "check",
        "front.wrong",
        "front.forms",
    },
    "front.lsp": {
        "about",
        "model",
        "markup",
        "paste",
        "source",
        "plays",
        "looks",
        "kb",
        "diagnose",
        "check",
        "budget",
        "front.folders",
        "front.search",
        "front.snippets",
        "front.forms",
    },
    "front.forms": {"about", "model", "markup", "redact", "source"},
    "front.terminal": {"about", "model", "source", "front.forms"},
    "front.sorting": {"model", "paste", "plays", "kb"},
    "front.box": {"model", "kb", "diagnose", "paste", "front.sorting", "front.forms"},
    "front.site": {"about", "model", "paste", "looks", "kb", "diagnose", "check", "front.forms"},
    "front.repl": {
        "redact",
        "about",
        "markup",
        "model",
        "paste",
        "source",
        "plays",
        "kb",
        "diagnose",
        "check",
        "front.wrong",
        "front.saving",
        "front.reading",
        "front.answers",
        "front.search",
        "front.sorting",
        "front.forms",
        "front.terminal",
    },
    "front.cli": {
        "about",
        "model",
        "paste",
        "source",
        "kb",
        "diagnose",
        "check",
        "front.wrong",
        "front.folders",
        "front.saving",
        "front.reading",
        "front.answers",
        "front.search",
        "front.forms",
        "front.terminal",
        "front.authoring",
        "front.repl",
        "front.site",
        "front.lsp",
    },
}
"""Each room and the rooms of ours that it may import, at the top of a file or inside a function."""

OUTSIDE: dict[str, set[str]] = {
    "yaml": {"source", "kb"},
    "markdown_it": {"kb", "front.terminal.prose", "front.box.prose", "front.site.prose"},
    "prompt_toolkit": {f"front.repl.terminal.{name}" for name in ("keyboard", "keys", "layout", "line")},
    "rich": {"front.terminal"},
    "shtab": {"front.cli"},
    "pygls": {"front.lsp"},
    "lsprotocol": {"front.lsp"},
    "mdit_py_plugins": {"front.site.prose"},
    "markupsafe": {"front.site"},
    "pygments": {"front.site.prose"},
    "jinja2": {"front.site.render"},
}
"""Each outside library and its rooms, or the one file of a room that may have it."""

LAZY = {
    "front.authoring",
    "front.site",
    "front.lsp",
    "front.terminal",
    "front.repl",
    "front.forms",
    "front.folders",
    "paste",
    "source",
    "kb",
    "diagnose",
    "check",
}
"""What the command line imports only inside the subcommand that needs it."""


def files() -> list[Path]:
    """Every module of the package."""
    return sorted(HOME.rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax of one module."""
    return ast.parse(path.read_text())


def room_of(name: str) -> str:
    """The room of a module by its dotted name without "assistant."."""
    parts = name.split(".")
    return ".".join(parts[:2]) if parts[0] == "front" else parts[0]


def name_of(path: Path) -> str:
    """The dotted name of a module's file, without "assistant."."""
    parts = path.relative_to(HOME).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST) -> Iterator[str]:
    """Dotted names of all that is imported anywhere below `tree`, names from modules as `module.name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def wrong(path: Path, tree: ast.AST) -> list[str]:
    """What `path` imports though it may not."""
    here = room_of(name_of(path))
    names = {here, name_of(path)}
    found = []
    for name in imports(tree):
        top, _, rest = name.partition(".")
        if top == "assistant":
            there = room_of(rest) if rest.split(".")[0] in {room.split(".")[0] for room in ROOMS} else ""
            if there not in (here, "", *ROOMS[here]):
                found.append(f"{here} imports {there}")
        elif top not in sys.stdlib_module_names and not names & OUTSIDE.get(top, set()):
            found.append(f"{here} imports {top}")
    return found


@pytest.mark.parametrize(
    ("path", "code", "complaint"),
    [
        ("model/x.py", "import assistant.source", "model imports source"),
        ("walk.py", "def f():\n    from assistant import kb", "walk imports kb"),
        ("walk.py", "import rich.text", "walk imports rich"),
        ("front/terminal/x.py", "from assistant.front.cli import main", "front.terminal imports front.cli"),
        ("front/terminal/x.py", "import markdown_it", "front.terminal imports markdown_it"),
        ("plays/x.py", "import requests", "plays imports requests"),
    ],
)
def test_the_table_is_held(path: str, code: str, complaint: str) -> None:
    assert wrong(HOME / path, ast.parse(code)) == [complaint]


def test_every_file_has_a_room() -> None:
    assert len(files()) > 20
    assert {room_of(name_of(path)) for path in files()} <= set(ROOMS)


def test_nobody_imports_what_is_not_his() -> None:
    assert [complaint for path in files() for complaint in wrong(path, parsed(path))] == []


@pytest.mark.parametrize("path", sorted((HOME / "front" / "cli").glob("*.py")), ids=name_of)
def test_the_command_line_imports_lazily(path: Path) -> None:
    tree = parsed(path)
    tops = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    rooms = {
        room_of(name.partition(".")[2]) for node in tops for name in imports(node) if name.startswith("assistant.")
    }
    light = {"front.forms"} if path.name in ("diagnose.py", "browse.py", "writing.py") else set()
    assert rooms & LAZY <= light


def shown_imports(path: Path) -> Iterator[str]:
    """Our modules that one of ours imports at its top or for its types, where a circle would bite."""
    for node in parsed(path).body:
        for name in imports(node) if isinstance(node, ast.Import | ast.ImportFrom | ast.If) else ():
            while name.startswith("assistant.") and not _is_module(name):
                name = name.rpartition(".")[0]
            if name.startswith("assistant.") and name != f"assistant.{name_of(path)}":
                yield name.removeprefix("assistant.")


def _is_module(name: str) -> bool:
    place = HOME.parent.joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def test_no_module_imports_in_a_circle() -> None:
    graph = {name_of(path): set(shown_imports(path)) for path in files()}
    assert graph["paste.parse"] >= {"paste.state", "paste.tree", "model"}
    list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


LONGEST_MODULE, LONGEST_FUNCTION = 250, 40


def too_long(path: Path) -> Iterator[str]:
    """The functions of a file that are too long, and itself when it is."""
    functions = (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef))
    for node in functions:
        if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION:
            yield f"{name_of(path)}.{node.name}"
    if len(path.read_text().splitlines()) > LONGEST_MODULE:
        yield name_of(path)


def test_modules_and_functions_stay_short() -> None:
    assert [name for path in files() for name in too_long(path)] == []
