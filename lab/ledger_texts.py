"""Failure texts of Ansible: a release's package folder in, every text that its files fail with out.

Read from the syntax trees; nothing of Ansible is imported or run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

FAILS = frozenset("fail_json fail fail_on_missing_module error".split())
"""Calls whose first argument is a failure's message."""
QUIET = frozenset(
    "v vv vvv vvvv vvvvv vvvvvv debug display verbose warn warning deprecate deprecated deprecated_value "
    "deprecate_value error_as_warning exit_json add_argument".split()
)
"""Calls whose `msg` is no failure's."""
PLAIN = frozenset("to_native to_text to_bytes str _ dedent".split())
"""Calls that give their first argument back as text."""
NEWER = (
    (re.compile(r"(?m)^(\s*(?:class|def|async def) \w+)\[[^\]\n]*\](?=[(:])"), r"\1"),
    (re.compile(r"(?m)^(\s*)type (\w+)(?:\[[^\]\n]*\])? ="), r"\1\2 ="),
    (re.compile(r'\{"([^"\n]*)"\.join\('), r"{'\1'.join("),
)
"""What no Python before 3.12 reads, and what it is read as: type parameters, and double quotes inside double quotes."""

JOINT = re.compile(r"""["'][ \t]*(?:#[^\n]*)?\n\s*[a-zA-Z]?["']""")
"""Between two pieces of a text on two lines."""

Message = tuple[ast.expr, frozenset[str], str]
"""An expression that becomes a failure's message, the keys beside it, the exception that carries it."""


class Text(NamedTuple):
    """A failure text: where it stands, its template with %s for what a run fills in, the fields beside it."""

    place: str
    template: str
    fields: frozenset[str]
    raised: str = ""
    """The exception it is raised with: a traceback prints its name before the text."""

    @property
    def file(self) -> str:
        """Its file, from the package's folder."""
        return self.place.partition(":")[0]


class Release(NamedTuple):
    """An installed ansible-core: its version and its package folder."""

    version: str
    home: Path


def releases(places: list[str]) -> list[Release]:
    """The releases in these folders: environments, site-packages or ansible packages, each once, oldest first."""
    found: dict[str, Release] = {}
    for place in places:
        homes = [Path(place), *Path(place).glob("ansible"), *Path(place).glob("lib/python3*/site-packages/ansible")]
        for home in homes:
            if (home / "release.py").is_file():
                version = re.search(r"__version__ = '([^']+)'", (home / "release.py").read_text(encoding="utf-8"))
                told = version[1] if version else "?"
                found.setdefault(told, Release(told, home))
    return sorted(found.values(), key=lambda release: number(release.version))


def number(version: str) -> tuple[int, ...]:
    """ "2.16.19" to (2, 16, 19)."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def texts(release: Release, files: Mapping[str, Sequence[str]]) -> Iterator[Text]:
    """The failure texts of a release in `files`: patterns of paths, with the functions that count; none for all."""
    for pattern, functions in files.items():
        for path in sorted(release.home.glob(pattern)):
            yield from _of_file(path, path.relative_to(release.home).as_posix(), functions)


def _of_file(path: Path, name: str, functions: Sequence[str]) -> Iterator[Text]:
    tree = parsed(path)
    for root in _roots(tree, functions):
        for message, fields, raised in _messages(root):
            template = _template(message).strip()
            if re.search(r"[A-Za-z]{3}", template.replace("%s", "")):
                yield Text(f"{name}:{message.lineno}", template, fields, raised)


def _roots(tree: ast.Module, functions: Sequence[str]) -> list[ast.AST]:
    if not functions:
        return [tree]
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name in functions]


@cache
def parsed(path: Path) -> ast.Module:
    """A file of a release as its syntax tree."""
    source = path.read_text(encoding="utf-8", errors="replace")
    try:
        return ast.parse(source)
    except SyntaxError:
        for pattern, instead in NEWER:
            source = pattern.sub(instead, source)
        return ast.parse(source)


def words_of(path: Path) -> str:
    """A file's source with the texts that are written in pieces put together, for searching."""
    source = path.read_text(encoding="utf-8", errors="replace")
    return JOINT.sub("", source).replace("\\'", "'").replace('\\"', '"').replace("\\n", "\n").replace("%%", "%")


def _messages(root: ast.AST) -> Iterator[Message]:
    """Every expression that becomes a failure's message, once."""
    nodes = list(ast.walk(root))
    names, seen = _names_failed_with(nodes), set[ast.expr]()
    for node in nodes:
        for message in _of_node(node, root, names):
            if message[0] not in seen:
                seen.add(message[0])
                yield message


def _of_node(node: ast.AST, root: ast.AST, names: set[str]) -> Iterator[Message]:
    if isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.Dict):
        keys = {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}
        named = zip(node.keys, node.values, strict=True)
        fields = frozenset(keys - {"msg"})
        yield from ((v, fields, "") for k, v in named if isinstance(k, ast.Constant) and k.value == "msg")
    elif isinstance(node, ast.Assign | ast.AugAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        if isinstance(target, ast.Attribute) and target.attr == "msg":  # 2.21 fills in results attribute by attribute
            yield node.value, _set_beside(root, ast.unparse(target.value)), ""
        elif isinstance(target, ast.Name) and target.id in names:
            yield node.value, frozenset(), ""
    elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        first = [*node.exc.args[:1], *(word.value for word in node.exc.keywords if word.arg == "message")][:1]
        yield from ((one, frozenset(), ast.unparse(node.exc.func)) for one in first)


def _of_call(node: ast.Call) -> Iterator[Message]:
    name = _called(node)
    if name in QUIET:
        return
    fields = frozenset(word.arg for word in node.keywords if word.arg and word.arg != "msg")
    yield from ((word.value, fields, "") for word in node.keywords if word.arg == "msg")
    if name in FAILS and node.args:
        yield node.args[0], fields, ""


def _called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _names_failed_with(nodes: list[ast.AST]) -> set[str]:
    """The variables that a failure's message is handed over in."""
    found: set[str] = set()
    for node in nodes:
        given: list[ast.expr] = []
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            given = node.exc.args[:1]
        elif isinstance(node, ast.Call) and _called(node) in FAILS:
            given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "msg")]
        found |= {one.id for one in map(_plain, given) if isinstance(one, ast.Name)}
    return found


def _set_beside(root: ast.AST, result: str) -> frozenset[str]:
    """The attributes of the variable `result` that are set in the same piece of code."""
    targets = [n.targets[0] for n in ast.walk(root) if isinstance(n, ast.Assign)]
    found = {t.attr for t in targets if isinstance(t, ast.Attribute) and ast.unparse(t.value) == result}
    return frozenset(found - {"msg"})


def _plain(node: ast.expr) -> ast.expr:
    """An expression without the calls that only make it text."""
    while isinstance(node, ast.Call) and node.args and _called(node) in PLAIN:
        node = node.args[0]
    return node


def _template(written: ast.expr) -> str:
    """The text of an expression, with %s where a run fills something in; "" for one without any text."""
    node = _plain(written)
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_piece, node.values))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return re.sub(r"%(?:\(\w*\))?[-\d.]*([sdrif])", _hole, _template(node.left)).replace("%%", "%")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return (_template(node.left) or "%s") + (_template(node.right) or "%s")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return re.sub(r"\{[^}]*\}", "%s", _template(node.func.value))
    return ""


def _piece(part: ast.expr) -> str:
    """A part of an f-string."""
    if isinstance(part, ast.FormattedValue):
        return "'%s'" if part.conversion == ord("r") else "%s"
    return _template(part)


def _hole(written: re.Match[str]) -> str:
    """What Python shows with quotes keeps them."""
    return "'%s'" if written[1] == "r" else "%s"
