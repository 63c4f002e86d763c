"""The decision tree as questions and answers: a compiled branch in, nodes for lists and pictures out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assistant.kb import id_of
from assistant.kb.tree import UNKNOWN, leaves
from assistant.looks import LOOKS

OTHERWISE = "otherwise"


class Node(NamedTuple):
    """A question, or a cause at the end."""

    text: str
    id: str
    """The cause it is, "" for a question, "unknown" where the base has no cause yet."""
    branches: tuple[Branch, ...] = ()


class Branch(NamedTuple):
    """An answer and where it leads."""

    answer: str
    node: Node


class Labels(NamedTuple):
    """The words of causes and of questions."""

    titles: Mapping[str, str]
    """Of causes, by id."""
    asks: Mapping[str, str]
    """Of questions, by the key of their fork: a fork may ask again what another one asks in words."""


def asks(tree: Any) -> dict[str, str]:
    """The questions below a compiled branch by key; the first wording counts."""
    if isinstance(tree, str):
        return {}
    held = {str(tree.get("look") or tree["key"]): str(tree["ask"])} if "ask" in tree else {}
    for _, below in _answers(tree):
        held = {**asks(below), **held}
    return held


def nodes(branch: Any, family: str, labels: Labels) -> Node:
    """A compiled branch as nodes; answers that lead to the same are put together."""
    if isinstance(branch, str):
        id = UNKNOWN if branch == UNKNOWN else id_of(family, branch)
        return Node(labels.titles.get(id, "not in the base yet"), id)
    groups: list[tuple[list[str], Any]] = []
    for answer, below in _answers(branch):
        same = next((held for held, other in groups if other == below), None)
        if same is None:
            groups.append(([answer], below))
        else:
            same.append(answer)
    if len(groups) == 1:
        return nodes(groups[0][1], family, labels)
    return Node(
        question(branch, labels.asks),
        "",
        tuple(Branch(" or ".join(answers), nodes(below, family, labels)) for answers, below in groups),
    )


def _answers(fork: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from fork["cases"].items()
    if "else" in fork:
        yield OTHERWISE, fork["else"]


def question(fork: Mapping[str, Any], asks: Mapping[str, str]) -> str:
    """What a fork asks: its own words, else what its look says of itself ("same | differ: whether …")."""
    if "ask" in fork:
        return str(fork["ask"])
    if "look" not in fork:
        return asks.get(fork["key"], fork["key"].replace("_", " "))
    words = " ".join((LOOKS[fork["look"]].__doc__ or "").split())
    head, colon, tail = words.partition(": ")
    sentence = (tail if colon and "|" in head else words).split(". ")[0].rstrip(".")
    return sentence[:1].upper() + sentence[1:]


def going_down(node: Node) -> Branch | None:
    """The answer that leads to the next question: "otherwise", or the one with most below it; None at the end."""
    asking = [branch for branch in node.branches if branch.node.branches]
    return max(asking, key=lambda branch: (branch.answer == OTHERWISE, _size(branch.node)), default=None)


def _size(node: Node) -> int:
    return 1 + sum(_size(branch.node) for branch in node.branches)


class Asked(NamedTuple):
    """A question of a list: after which answer to the one before it is asked, and its answers that end there."""

    after: str
    text: str
    branches: tuple[Branch, ...]


def chain(node: Node) -> list[Asked]:
    """A tree as a list of questions that follow each other; what leads aside is nested in `branches`."""
    found, after = [], ""
    while node.branches:
        down = going_down(node)
        found.append(Asked(after, node.text, tuple(branch for branch in node.branches if branch is not down)))
        if down is None:
            break
        node, after = down.node, down.answer
    return found


class Parting(NamedTuple):
    """Where two causes part: the key of the fork, its question, and the answer of each."""

    key: str
    question: str
    here: str
    there: str


def parting(branch: Any, here: str, there: str, asks: Mapping[str, str]) -> Parting | None:
    """The fork below `branch` at which the leaves `here` and `there` part; None when one of them is not below it."""
    pairs = [(mine, other) for mine in paths(branch, here) for other in paths(branch, there)]
    if not pairs:
        return None
    mine, other = max(pairs, key=lambda pair: _common(*pair))
    at = _common(mine, other)
    if at >= min(len(mine), len(other)):
        return None
    fork = mine[at][0]
    return Parting(fork.get("look") or fork["key"], question(fork, asks), mine[at][1], other[at][1])


def paths(branch: Any, leaf: str) -> list[list[tuple[Any, str]]]:
    """Every way to a leaf, as (fork, answer) from the top."""
    if isinstance(branch, str):
        return [[]] if branch == leaf else []
    return [
        [(branch, answer), *rest]
        for answer, below in _answers(branch)
        if leaf in leaves(below)
        for rest in paths(below, leaf)
    ]


def _common(mine: Sequence[tuple[Any, str]], other: Sequence[tuple[Any, str]]) -> int:
    """How many forks two ways pass with the same answer."""
    steps = 0
    for a, b in zip(mine, other, strict=False):
        if a[0] is not b[0] or a[1] != b[1]:
            return steps
        steps += 1
    return steps


def around(branch: Any, leaf: str) -> Any:
    """The smallest part of a branch with `leaf` in it and at least one other cause; the branch when there is none."""
    for way in sorted(paths(branch, leaf), key=len):
        for fork, _ in reversed(way):
            if set(leaves(fork)) - {leaf, UNKNOWN}:
                return fork
    return branch
