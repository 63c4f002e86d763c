"""libyaml and the Python parser must never disagree, and both must judge as Ansible's own reading does.

Real playbooks, messy ones and seeded mutants of both are read twice; nodes, places, verdicts and the words
and places of errors are compared as a whole. No class of difference remains.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.model import Node
from assistant.source import SourceError, load

FILES = sorted((Path(__file__).parent / "yaml").glob("*/*.yml"))
TEXTS = [file.read_bytes().decode() for file in FILES]
NOT_YAML = {file.name for file in FILES if file.name.startswith("not-yaml")}
BROKEN = (
    "\t",
    "\n\t",
    "\t#",
    "\t- ",
    ":\t",
    "-\t",
    " \t",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\n ",
    "\u2028",
    "\x85",
    "\ufeff",
)
SIGNS = (
    ":",
    ": ",
    "- ",
    "-",
    "? ",
    "?",
    "#",
    " #",
    ",",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    "'",
    '"',
    "|",
    ">",
    "|-",
    ">+",
)
WORDS = (
    "&a ",
    "*a ",
    "!vault ",
    "!",
    "!!str ",
    "%",
    "@",
    "`",
    "\\",
    "\\x41",
    "\\n",
    "\u00a0",
    "<<: ",
    "é",
    "🙂",
    "0",
    "x",
    "~",
)
LINES = ("---\n", "...\n", "%YAML 1.1\n---\n", "%TAG !e! x:\n--- ", "!e!x%20 ")
PIECES = (*BROKEN, *SIGNS, *WORDS, *LINES, " ", "  ")


def verdict(text: str, pure: bool) -> tuple[Node, ...] | str:
    try:
        return load(text, pure)
    except SourceError as error:
        return str(error)


def ansible_reads(text: str) -> bool:
    """What ansible-core does: it composes with PyYAML's C parser (ansible/_internal/_yaml/_loader.py, 2.19)."""
    try:
        list(yaml.compose_all(text, yaml.CSafeLoader))
    except (yaml.YAMLError, UnicodeError):
        return False
    return True


def mutant(rng: random.Random) -> str:
    lines = rng.choice(TEXTS).splitlines(keepends=True)
    first = rng.randrange(max(len(lines) - 12, 0) + 1)
    signs = list("".join(lines[first : first + 25]))
    for _ in range(rng.choice((1, 1, 1, 2, 3, 5))):
        at = rng.randrange(len(signs) + 1)
        match rng.randrange(6):
            case 0 | 1:
                signs[at:at] = rng.choice(PIECES)
            case 2:
                del signs[at : at + rng.choice((1, 1, 2, 5, 20))]
            case 3:
                signs[at : at + 1] = rng.choice(PIECES)
            case 4:
                source = rng.randrange(len(signs) + 1)
                signs[at:at] = signs[source : source + rng.randrange(12)]
            case _:
                del signs[at + rng.randrange(200) :]
    return "".join(signs)


def differences(seed: int, number: int) -> tuple[list[str], int]:
    """The mutants on which the parsers or Ansible disagree, and how many were read as YAML."""
    rng = random.Random(seed)
    found, read = [], 0
    for _ in range(number):
        text = mutant(rng)
        quick = verdict(text, pure=False)
        read += not isinstance(quick, str)
        if quick != verdict(text, pure=True) or isinstance(quick, str) is ansible_reads(text):
            found.append(text)
    return found, read


def test_this_machine_has_both_parsers() -> None:
    assert yaml.__with_libyaml__


@pytest.mark.parametrize("text", TEXTS, ids=[f"{file.parent.name}/{file.stem}" for file in FILES])
def test_files_are_read_alike(text: str, request: pytest.FixtureRequest) -> None:
    quick = verdict(text, pure=False)
    assert quick == verdict(text, pure=True)
    assert isinstance(quick, str) == ("not-yaml" in request.node.name)
    assert isinstance(quick, str) is not ansible_reads(text)


@pytest.mark.parametrize(("seed", "number"), [(1, 400), pytest.param(2, 20_000, marks=pytest.mark.slow)])
def test_mutants_are_read_alike(seed: int, number: int) -> None:
    found, read = differences(seed, number)
    assert found == []
    assert number / 4 < read < number * 3 / 4


# What the parsers were seen to judge differently before the Python one was mended: one line each.
CASES = [
    "a: b\t# c", "a:\tb", "- a\n\t- b", "a: b\n \tc", "[a\n\t,b]", "k: [b\n\t,c]", "a \t: c", "a: |\t# x\n  b",
    "a: |\n\tb", "a: |\n  b\n\tc", "[a?b]", "[?b]", "[a:,b]", "[:a]", "['a':b]", "]", "a: }\n'x", "k: 1\n[",
    "k: 1\n{{", "%FOO bar\n--- a", "%YAML\t1.1\n--- a", "%YAML 1.3\n--- a", "%YAML 1.1#x\n--- a", "%YAML 1\n",
    "%TAG !a! b\n--- !a!c d", "%TAG a b\n---", "\ufeff\ufeffa: 1", "a: 1\n\ufeffb: 2", "a: \ufeffb", "!foo,bar a",
    "[!foo,bar]", "[!x]", "!foo[x] a", "!<tag:x> a", "!<> a", "!e!x a", "!a%20b c", "!a%zz c", "!a%e9 c",
    "!a%c3%28 c", "!a%c3%a9 c", "!a%f8 c", "!", "! 12", "! ''", "\"\\'\"", "\"\\/\"", "\"\\ud800\"",
    "\"\\U00110000\"", "\"\\xzz\"", "\"\\q\"", "\"a\\\n  b\"", "\"a\\\n\n  b\"", "'a\n--- b'", "a: >\n x\u2028 y\n",
    "a: 'x\u2028y'", "a: x\u2028\u2028 y", "\u0085a: b", "a: b\r c", "- |2\n   a\n  b", "- |0\n a", "- >+1-\n a",
    "- |-2+\n  a", "a: >\n\n\n  b\n   c\n\n  d\n", "key" * 400 + ": 1", "&a: b", "*a", "*a : b", "&a&b c", "& a",
    "? a\n? b\n: c",
    "[? , 2]", "[? ]", "[a, ? , ]", "[? : b]", "{? }", "a: [\n%TAG !e! x:\n---", "a: [\n---", "k:\n--- &x ,", "? ]",
    "a: !e!b", "%TAG !e! x:\n%TAG !e! y:\n--- a", "%YAML 1.1\n%YAML 1.1\n--- a",
]  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_what_once_differed(text: str) -> None:
    quick = verdict(text, pure=False)
    assert quick == verdict(text, pure=True)
    assert isinstance(quick, str) is not ansible_reads(text)


def marks(node: Any) -> Any:
    """The parts of a PyYAML node that need no mending: start, tag and text."""
    if isinstance(node.value, str):
        return (node.start_mark.index, node.value)
    return (node.start_mark.index, [marks(part) for part in node.value])


def starts(node: Node) -> Any:
    """The same of ours."""
    if node.kind == "scalar":
        return (node.span.start, node.text)
    if node.kind == "map":
        return (node.span.start, [(starts(key), starts(found)) for key, found in node.pairs])
    return (node.span.start, [starts(item) for item in node.items])


@pytest.mark.parametrize("file", [file for file in FILES if file.parent.name == "lab"], ids=lambda file: file.stem)
def test_nodes_start_where_ansible_says(file: Path) -> None:
    def pairs(node: Any) -> Any:
        if isinstance(node, yaml.MappingNode):
            return (node.start_mark.index, [(pairs(key), pairs(found)) for key, found in node.value])
        return (node.start_mark.index, [pairs(n) for n in node.value]) if isinstance(node.value, list) else marks(node)

    text = file.read_text()
    assert [starts(node) for node in load(text)] == [pairs(node) for node in yaml.compose_all(text, yaml.CSafeLoader)]
