"""Trees and signs of the base: read, checked, made plain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from assistant.kb.mistakes import Mistakes, line_of
from assistant.kb.signs import HOLE, HOLES, SAID, literal_words

FORK = ("look", "ask", "key", "paste", "usual", "cases", "else")
SIGN = ("message", "said", "fields", "module", "kind", "releases")
KINDS = ("failed", "unreachable", "parse")
UNKNOWN = "unknown"


def read_tree(node: Any, path: str, looks: Mapping[str, tuple[str, ...]], mistakes: Mistakes) -> Any:
    """A node made plain: a leaf is its name, a fork a dict. `looks` are those that exist, with what they can answer.

    A fork that asks gets its `answers`: all that its look could have said, not only the cases written.
    """
    if isinstance(node, str):
        return str(node)
    if not isinstance(node, dict):
        mistakes.add(path, line_of(node), "a node is the name of an entry, or a fork with look, ask, cases, else")
        return UNKNOWN
    _check_fork(node, path, looks, mistakes)
    cases = node.get("cases", {})
    fork: dict[str, Any] = {key: str(node[key]) for key in ("look", "ask", "key", "paste", "usual") if key in node}
    if "ask" in node:
        fork["answers"] = list(looks.get(node.get("look", ""), ())) or [str(case) for case in cases]
    return {
        **fork,
        "cases": {
            str(k): read_tree(v, path, looks, mistakes) for k, v in (cases if isinstance(cases, dict) else {}).items()
        },
        **({"else": read_tree(node["else"], path, looks, mistakes)} if "else" in node else {}),
    }


def _check_fork(node: dict[Any, Any], path: str, looks: Mapping[str, tuple[str, ...]], mistakes: Mistakes) -> None:
    line = line_of(node)
    for key in node:
        if key not in FORK:
            mistakes.unknown(path, line_of(key), "key", key, FORK)
    if "look" in node and node["look"] not in looks:
        mistakes.unknown(path, line_of(node["look"]), "look", node["look"], looks)
    for case in node["cases"] if isinstance(node.get("cases"), dict) else ():
        possible = looks.get(node.get("look", ""), ())
        if possible and case not in possible:
            mistakes.unknown(path, line_of(case), f"answer of {node['look']}", case, possible)
    if "look" not in node and "key" not in node:
        mistakes.add(path, line, 'a fork needs "look", or "key" with "ask" (there or where the same key is asked)')
    if not isinstance(node.get("cases"), dict):
        mistakes.add(path, line, 'a fork needs "cases": answer: node')
    if "usual" in node and node["usual"] not in {*node.get("cases", {}), *(["else"] if "else" in node else [])}:
        mistakes.unknown(path, line_of(node["usual"]), "case", node["usual"], [*node.get("cases", {}), "else"])


def check_keys(tree: Any, path: str, mistakes: Mistakes) -> None:
    """A key that decides a fork must be asked for somewhere: it may stand above the question, for later answers."""
    asked, used = set[str](), set[str]()
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            name = node.get("look") or node.get("key", "")
            asked |= {name} if "ask" in node else set()
            used |= {name} if "look" not in node else set()
            pending += [*node["cases"].values(), node.get("else")]
    for name in sorted(used - asked):
        mistakes.add(path, 1, f'no fork asks for "{name}"')


def leaves(node: Any) -> list[str]:
    """All leaves below a node, in written order."""
    if isinstance(node, str):
        return [node]
    below = [*node["cases"].values(), *([node["else"]] if "else" in node else [])]
    return [leaf for child in below for leaf in leaves(child)]


def looks_in(node: Any) -> set[str]:
    """All looks that a tree uses."""
    if isinstance(node, str):
        return set()
    below = [*node["cases"].values(), *([node["else"]] if "else" in node else [])]
    own = {node["look"]} if "look" in node else set()
    return own.union(*(looks_in(child) for child in below))


def read_signs(family: str, raw: Any, path: str, mistakes: Mistakes) -> list[list[Any]]:
    """The rows of a family's signs, as Sign has them, without their rare word."""
    rows = []
    for name, variants in raw.items() if isinstance(raw, dict) else ():
        for row in variants if isinstance(variants, list) else [variants]:
            if not isinstance(row, dict):
                mistakes.add(path, line_of(row), f'"{name}": a sign is a list of rows with {", ".join(SIGN)}')
                continue
            rows.append(_sign(family, str(name), row, path, mistakes))
    return rows


def _sign(family: str, name: str, row: dict[Any, Any], path: str, mistakes: Mistakes) -> list[Any]:
    for key in row:
        if key not in SIGN:
            mistakes.unknown(path, line_of(key), "key", key, SIGN)
    message, fields = str(row.get("message", "")), row.get("fields", {})
    said = {str(k): str(v) for k, v in row.get("said", {}).items()}
    for template in (message, *said.values()):
        _check_holes(template, path, line_of(row), mistakes)
    for name_said in said.keys() - set(SAID):
        mistakes.unknown(path, line_of(row), "field of said", name_said, SAID)
    if not _words([message, *said.values()]) and not _kept(fields):
        mistakes.add(
            path,
            line_of(row),
            f'"{name}" has no rare word: give the message a literal word of 4 letters or a field that must be there',
        )
    if row.get("kind", "failed") not in KINDS:
        mistakes.unknown(path, line_of(row["kind"]), "kind", row["kind"], KINDS)
    module = row.get("module", [])
    modules = [str(m) for m in (module if isinstance(module, list) else [module])]
    wanted = {str(k): [str(x) for x in v] if isinstance(v, list) else str(v) for k, v in fields.items()}
    return [family, name, message, wanted, modules, str(row.get("kind", "")), str(row.get("releases", "")), said]


def _words(templates: list[str]) -> list[str]:
    """The literal words of templates, of the message before those of what was said."""
    return [word for template in templates for word in literal_words(template)]


def _check_holes(message: str, path: str, line: int, mistakes: Mistakes) -> None:
    """One hole of any text in the middle and one at the end: more could take more than linear time."""
    holes = list(HOLE.finditer(message))
    loose = [h for h in holes if not h[2] and h.end() != len(message)]
    beside = any(a.end() == b.start() for a, b in pairwise(holes))
    for hole in holes:
        if (hole[2] or "") not in HOLES:
            mistakes.unknown(path, line, "kind of hole", hole[2], [k for k in HOLES if k])
    if len(loose) > 1 or beside:
        mistakes.add(
            path,
            line,
            "more than one open hole before the end, or two side by side; give them :word, :number or :quoted",
        )


def _kept(fields: Any) -> list[str]:
    """The fields that must be in the result (not those that must be absent), first part of dotted names."""
    return [
        str(k).split(".")[0] for k, v in fields.items() if v != "absent" and not (isinstance(v, list) and "absent" in v)
    ]


def add_rare_words(rows: list[list[Any]]) -> None:
    """Gives every row its rare word: the one that the fewest signs share, then the longest."""
    words_of = [_words([row[2], *row[7].values()]) for row in rows]
    counts = Counter(
        word for row, own in zip(rows, words_of, strict=True) for word in {*own, *(f"field:{f}" for f in _kept(row[3]))}
    )
    for row, own in zip(rows, words_of, strict=True):
        words = own or [f"field:{f}" for f in _kept(row[3])]
        row.append(min(words, key=lambda w: (counts[w], -len(w), w)) if words else "")
