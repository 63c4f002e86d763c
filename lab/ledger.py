"""The ledger: every failure text of Ansible's asynchronous path, held against the base.

    python lab/ledger.py PLACE...        # site-packages folders (or environments) with ansible-core in them

Takes the texts from the syntax trees of each release, fills their holes as a run would, and looks where the base
leads with them. Two things are mistakes: a text that leads to no cause, and a row of kb/*/signs.yaml whose text is
gone from a release that it still claims. (A text may well be in a release that does not print it any more: a
branch that is dead, or a sentence that another failure shares.) Nothing of Ansible is imported or run.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant import kb  # noqa: E402
from assistant.kb.signs import HOLE, Sign  # noqa: E402
from assistant.kb.tree import UNKNOWN, leaves  # noqa: E402

ASYNC_PATH: Mapping[str, tuple[str, ...]] = {
    "executor/task_executor.py": ("_poll_async_result",),
    "modules/async_wrapper.py": (),
    "modules/async_status.py": (),
    "modules/utilities/logic/async_wrapper.py": (),  # where both modules lie in 2.9
    "modules/utilities/logic/async_status.py": (),
    "plugins/action/async_status.py": (),
    "plugins/action/__init__.py": ("run",),
}
"""Files of the asynchronous path, with the functions that belong to it; () for the whole file."""

ELSEWHERE: Mapping[str, str] = {
    "Invalid options for %s: %s": "said of any action; our sign wants the names of the wait's keywords behind it",
    "usage: async_wrapper": "only when the wrapper is started by hand",
    "fork #1 failed": "printed by a process that is detached already; nobody sees it",
    "fork #2 failed": "printed by a process that is detached already; nobody sees it",
    "FATAL ERROR: %s": "the first fork fails; carries only the text of another error",
    "Could not parse job output": "cannot be reached on POSIX: the data it needs is None by then",
    "This action (%s) does not support check mode.": "check mode alone; async plays no part",
    "check mode is not supported": "check mode alone; async plays no part",
}
"""Texts of that path that lead to no cause of ours, and why; matched at their start."""

JUDGED = ("async",)
"""Families of which every row is held to its releases. In others a row may be ssh's, systemd's or Python's own words,
which now and then stand in a release of Ansible as well."""

FILLED = (
    ("/home/me/.ansible_async", "[Errno 13] Permission denied: '/home/me/.ansible_async'"),
    ("12",),
    ("ansible.builtin.copy",),
)
"""What the holes of a text are filled with, tried one after the other."""

SEARCHED = ("executor", "modules/async*", "modules/utilities/logic/async*", "plugins/action", "playbook", "parsing",
            "template", "module_utils", "_internal", "errors")  # fmt: skip


class Text(NamedTuple):
    """A failure text: where it stands, its template with %s for what a run fills in, the fields beside it."""

    place: str
    template: str
    fields: frozenset[str]
    raised: str = ""
    """The exception it is raised with: a traceback prints its name before the text."""


class Release(NamedTuple):
    """An installed ansible-core: its version and its package folder."""

    version: str
    home: Path


def releases(places: list[str]) -> list[Release]:
    """The releases in these folders: environments, site-packages or ansible packages, oldest first."""
    found = []
    for place in places:
        homes = [Path(place), *Path(place).glob("ansible"), *Path(place).glob("lib/python3*/site-packages/ansible")]
        for home in homes:
            if (home / "release.py").is_file():
                version = re.search(r"__version__ = '([^']+)'", (home / "release.py").read_text(encoding="utf-8"))
                found.append(Release(version[1] if version else "?", home))
    return sorted(set(found), key=lambda release: number(release.version))


def number(version: str) -> tuple[int, ...]:
    """ "2.16.19" to (2, 16, 19)."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def texts(release: Release) -> list[Text]:
    """Every failure text of the asynchronous path of a release."""
    return [text for name, functions in ASYNC_PATH.items() for text in _of_file(release.home, name, functions)]


def _of_file(home: Path, name: str, functions: tuple[str, ...]) -> Iterator[Text]:
    if not (home / name).is_file():
        return
    tree = ast.parse((home / name).read_text(encoding="utf-8"))
    roots = (
        [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name in functions] if functions else [tree]
    )
    for root in roots:
        for message, fields, raised in _messages(root):
            template = _template(message)
            if template and re.search(r"[A-Za-z]{3}", template.replace("%s", "")):
                yield Text(f"{name}:{message.lineno}", " ".join(template.split()), frozenset(fields), raised)


def _messages(root: ast.AST) -> Iterator[tuple[ast.expr, set[str], str]]:
    """Expressions that become a failure's message, with the keys beside them and the exception that carries them."""
    for node in ast.walk(root):
        if isinstance(node, ast.Call):
            keys = {word.arg for word in node.keywords if word.arg}
            yield from ((word.value, keys - {"msg"}, "") for word in node.keywords if word.arg == "msg")
        elif isinstance(node, ast.Dict):
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            named = zip(node.keys, node.values, strict=True)
            yield from ((v, keys - {"msg"}, "") for k, v in named if isinstance(k, ast.Constant) and k.value == "msg")
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            if node.targets[0].attr == "msg":  # 2.21 fills in results attribute by attribute
                yield node.value, _set_beside(root, ast.unparse(node.targets[0].value)), ""
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            yield node.exc.args[0], set(), ast.unparse(node.exc.func)


def _set_beside(root: ast.AST, result: str) -> set[str]:
    """The attributes of the variable `result` that are set in the same piece of code."""
    targets = [n.targets[0] for n in ast.walk(root) if isinstance(n, ast.Assign)]
    return {t.attr for t in targets if isinstance(t, ast.Attribute) and ast.unparse(t.value) == result} - {"msg"}


def _template(node: ast.expr) -> str:
    """The text of an expression, with %s where a run fills something in; "" for one without any text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_template(part) if isinstance(part, ast.Constant) else "%s" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return re.sub(r"%\(?\w*\)?[sdr]", "%s", _template(node.left))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return (_template(node.left) or "%s") + (_template(node.right) or "%s")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return re.sub(r"\{[^}]*\}", "%s", _template(node.func.value))
    return ""


def reached(base: kb.Base, text: Text) -> list[str]:
    """The causes that the base names as possible for a text: signs tried with the fields that stand beside it."""
    seen: dict[str, Any] = dict.fromkeys(text.fields, True)
    if "async_result" in seen:
        seen["async_result"] = {"finished": False, "started": True}
    for filling in FILLED:
        holes = iter([*filling] + ["x"] * 9)
        words = re.sub("%s", lambda _, holes=holes: next(holes), text.template)  # type: ignore[misc]
        for match in base.find_all((words, f"{text.raised}: {words}"), seen, "failed", ""):
            below = base.tree(match.sign.family)["cases"].get(match.sign.name, UNKNOWN)
            causes = [f"{match.sign.family}/{leaf}" for leaf in dict.fromkeys(leaves(below)) if leaf != UNKNOWN]
            if causes:
                return causes
    return []


def holds(claim: str, version: str) -> bool | None:
    """Whether a row's `releases` ("2.9+", "2.12 - 2.18", "none") covers a version; None for what is no such claim."""
    if claim == "none":
        return False
    match = re.fullmatch(r"([\d.]+)(?:\+| - ([\d.]+))?", claim)
    if not match:
        return None
    last = number(match[2] or ("999" if claim.endswith("+") else match[1]))
    told = number(version)
    return number(match[1]) <= told[: max(len(number(match[1])), 1)] and told[: len(last)] <= last


@cache
def constants(home: Path) -> str:
    """All string constants of the parts of a release that print failures, one a line."""
    found = []
    for pattern in SEARCHED:
        for place in home.glob(pattern):
            for file in [place] if place.is_file() else place.rglob("*.py"):
                found += _strings(file.read_text(encoding="utf-8", errors="replace"))
    return "\n".join(found)


def _strings(source: str) -> list[str]:
    """The string constants of a module; read as tokens when its syntax is newer than this Python's."""
    try:
        nodes = ast.walk(ast.parse(source))
        return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    except SyntaxError:
        tokens = tokenize.generate_tokens(io.StringIO(source).readline)
        return [token.string.strip("furbFURB").strip("'\"") for token in tokens if token.type == tokenize.STRING]


def fragment(sign: Sign) -> str:
    """The longest run of literal text in a sign's message."""
    return max((part.strip() for part in HOLE.sub("\0", sign.message).split("\0")), key=len)


def wrong_claims(signs: tuple[Sign, ...], found: list[Release]) -> list[str]:
    """Rows whose text is gone from a release they claim, or that is printed though they say that none does.

    Texts that no release at hand holds are Jinja's, Python's or a collection's, and not ours to judge; so are the rows
    of families that speak of other programs' texts too (JUDGED).
    """
    mistakes = []
    for sign in (sign for sign in signs if sign.family in JUDGED):
        words = fragment(sign) if sign.message else ""
        there = {release.version: words in constants(release.home) for release in found} if len(words) > 11 else {}
        for version, present in there.items() if any(there.values()) else ():
            if sign.releases == "none" and present:
                mistakes.append(
                    f'{sign.family}: "{sign.name}" says that no release prints “{words}”, but {version} has it'
                )
            elif holds(sign.releases, version) and not present:
                mistakes.append(
                    f'{sign.family}: "{sign.name}" says {sign.releases}, but “{words}” is gone from {version}'
                )
    return mistakes


def exempt(text: Text) -> str:
    """Why a text needs no cause, "" when it does."""
    return next((why for start, why in ELSEWHERE.items() if text.template.startswith(start)), "")


def main(places: list[str]) -> int:
    """Prints the ledger; 1 when something is wrong with it, 2 when there is no release to look at."""
    base, found = kb.load(), releases(places)
    if not found:
        print(
            "ledger: no ansible-core in",
            " ".join(places) or "(no place given)",
            "- try .cache/venvs/*",
            file=sys.stderr,
        )
        return 2
    lost, held, rows = [], 0, {}
    for release in found:
        for text in texts(release):
            causes = reached(base, text)
            held += bool(causes or exempt(text))
            rows.setdefault(text.template, (causes or [exempt(text) or "NO CAUSE"], []))[1].append(release.version)
            if not causes and not exempt(text):
                lost.append(
                    f"{release.version} {text.place}: “{text.template}” leads to no cause; add a row to signs.yaml"
                )
    for template, (causes, versions) in sorted(rows.items()):
        print(f"{template}\n    {versions[0]} … {versions[-1]} ({len(versions)}): {', '.join(causes)}")
    wrong = wrong_claims(base.signs, found)
    total = held + len(lost)
    print(
        f"\n{held} of {total} texts in {len(found)} releases "
        f"({found[0].version} to {found[-1].version}) are accounted for"
    )
    print("\n".join([*lost, *wrong]) or "and every row of the base claims the releases that print it")
    return 1 if lost or wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or sorted(map(str, (ROOT / ".cache" / "venvs").glob("*")))))
