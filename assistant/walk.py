"""Facts and a tree in; the causes that remain, and what to ask next, out. A pure function, always from the root.

How sure we are of a leaf follows from the forks above it:

- certain: every fork was decided by evidence (or by an answer);
- likely: the fork that leads straight to it was decided for it, and those that were not decided above it
  were only passed by on their way to "else"; or the undecided ones took their "usual" case;
- possible: everything else that was not refuted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.model import NOT_SURE, SAID_SO, Confidence, Fact, Question, Record, Refuted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UNKNOWN = "unknown"
SIGN = "sign"
"""The look that tells the kinds of failures apart. It rules out all other kinds, which tells nobody anything and
would cost each walk the time of the whole tree, so what it led away from is not noted."""
RANK: dict[Confidence, int] = {"certain": 0, "likely": 1, "possible": 2}


class Candidate(Record):
    """A leaf that evidence does not refute. `leaf` is "unknown" where the base has no entry yet."""

    leaf: str
    confidence: Confidence
    trail: tuple[Fact, ...]


class Walk(Record):
    """What a walk found: candidates best first, the first open question that can be asked, all that was known,
    and the leaves that are out, each with the fact that led away from the last way to it."""

    candidates: tuple[Candidate, ...]
    question: Question | None
    trail: tuple[Fact, ...]
    refuted: tuple[Refuted, ...] = ()


class _Path(Record):
    """The forks passed so far: what was known, and how the undecided ones were passed."""

    trail: tuple[Fact, ...] = ()
    passed: tuple[str, ...] = ()
    straight: bool = True


def walk(tree: Any, see: Callable[[str], Fact | None], answers: Mapping[str, str]) -> Walk:
    """Walks `tree`. `see(look)` gives a fact or None for unknown; `answers` are given by key and win over looks.

    The answer NOT_SURE decides nothing; it only keeps its question from being asked again.
    """
    found: list[Candidate] = []
    questions: list[Question] = []
    known: dict[str, Fact] = {}
    away: dict[str, Fact] = {}
    below: dict[int, dict[str, None]] = {}

    def fact_of(fork: Mapping[str, Any]) -> Fact | None:
        key = fork.get("look") or fork["key"]
        if answers.get(key, NOT_SURE) != NOT_SURE:
            return Fact(key, answers[key], f"{SAID_SO} ({key.replace('_', ' ')}: {answers[key]})")
        return see(fork["look"]) if "look" in fork else None

    def visit(node: Any, path: _Path) -> None:
        if isinstance(node, str):
            found.append(Candidate(node, _confidence(path), path.trail))
            return
        fact = fact_of(node)
        if fact is None:
            _open(node, path, questions, visit)
            return
        known[fact.key] = fact
        straight = fact.value in node["cases"]
        taken = node["cases"].get(fact.value, _otherwise(node))
        if fact.key != SIGN:
            left = _leaves(taken, below)
            away.update({leaf: fact for leaf in _leaves(node, below) if leaf not in left})
        visit(taken, _Path((*path.trail, fact), path.passed, straight))

    visit(tree, _Path())
    question = next((asked for asked in questions if asked.key not in answers), None)
    return Walk(_best(found), question, tuple(known.values()), _refuted(known.values(), away, found))


def _leaves(node: Any, known: dict[int, dict[str, None]]) -> dict[str, None]:
    """The leaves at and below `node`, each once and in written order; `known` keeps them by node."""
    if isinstance(node, str):
        return {node: None}
    found = known.get(id(node))
    if found is None:
        found = known[id(node)] = {}
        for branch in (*node["cases"].values(), _otherwise(node)):
            found.update(_leaves(branch, known))
    return found


def _refuted(facts: Iterable[Fact], away: Mapping[str, Fact], found: Sequence[Candidate]) -> tuple[Refuted, ...]:
    """What the facts led away from and no other way led to, by fact."""
    possible = {candidate.leaf for candidate in found} | {UNKNOWN}
    by = [Refuted(fact, tuple(leaf for leaf in away if away[leaf] is fact and leaf not in possible)) for fact in facts]
    return tuple(out for out in by if out.causes)


def _open(node: Any, path: _Path, questions: list[Question], visit: Callable[[Any, _Path], None]) -> None:
    """Goes on below a fork that nothing decides, its usual case first, and notes what could be asked."""
    if "ask" in node:
        key = node.get("look") or node["key"]
        questions.append(Question(key, node["ask"], tuple(node["answers"]), node.get("paste", "")))
    branches = [*node["cases"].items(), ("else", _otherwise(node))]
    for case, child in sorted(branches, key=lambda branch: branch[0] != node.get("usual")):
        how = "usual" if case == node.get("usual") else "else" if case == "else" else "case"
        visit(child, _Path(path.trail, (*path.passed, how), how == "usual"))


def _otherwise(node: Mapping[str, Any]) -> Any:
    """Where any answer leads that has no case: without an "else" to a cause that nobody has written up."""
    return node.get("else", UNKNOWN)


def _confidence(path: _Path) -> Confidence:
    if not path.passed:
        return "certain"
    if "case" in path.passed or not path.straight:
        return "possible"
    return "likely"


def _best(found: list[Candidate]) -> tuple[Candidate, ...]:
    """Each leaf once, with its best confidence, best first and else as written; a leaf alone is certain."""
    best: dict[str, Candidate] = {}
    for candidate in found:
        held = best.get(candidate.leaf)
        if held is None or RANK[candidate.confidence] < RANK[held.confidence]:
            best[candidate.leaf] = candidate
    if len(best) == 1:
        return tuple(candidate._replace(confidence="certain") for candidate in best.values())
    return tuple(sorted(best.values(), key=lambda candidate: RANK[candidate.confidence]))
