"""A paste in; for each failure what it can be recognised by, each family's walk, and what is named in the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant import paste
from assistant.diagnose import diagnose, signs_of
from assistant.front.forms.clean import shown
from assistant.front.forms.words import headline
from assistant.kb import Base, id_of
from assistant.looks import LOOKS, Evidence, gather, locate
from assistant.model import Diagnosis, Fact, Failure
from assistant.plays import read as read_plays
from assistant.walk import UNKNOWN, walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

GLANCE = 160
"""Characters of a value that are shown."""


def tried(text: str, documents: Sequence[tuple[str, str]], base: Base) -> list[dict[str, Any]]:
    """For each failure in `text`: headline, message, fields, signs, walks, named and why, as JSON has them.

    `documents` are (path, text) of its task files. A walk is told for each family that has a sign that fits, by its
    first one, whether it was needed or not.
    """
    read = paste.read(text, known=base.known)
    files = tuple(read_plays(path, code) for path, code in documents)
    found = diagnose(read, base, documents)
    return [_failure(failure, files, base, found, read.hints) for failure in read.failures]


def _failure(
    failure: Failure, files: tuple[Any, ...], base: Base, found: Diagnosis, hints: Mapping[str, str]
) -> dict[str, Any]:
    evidence = gather(failure, *locate(failure, files), hints=hints, answers={}, files=files)
    matches = list(signs_of(failure, base))
    first: dict[str, Any] = {}
    for match in matches:
        first.setdefault(match.sign.family, match)
    walks = [_walked(base, evidence._replace(match=match)) for match in first.values()]
    return {
        "failure": headline(failure),
        "kind": failure.kind,
        "module": failure.module,
        "message": failure.message,
        "layers": list(failure.layers),
        "fields": {key: _short(value) for key, value in {**failure.outer, **failure.result}.items()},
        "task": bool(evidence.task),
        "signs": [
            {"family": match.sign.family, "sign": match.sign.name, "words": match.words, "holes": dict(match.holes)}
            for match in matches
        ],
        "walks": walks,
        **_won(failure, found, walks),
    }


def _walked(base: Base, evidence: Evidence) -> dict[str, Any]:
    """One family's walk: each fork that was come to, once, with its answer and reason, or that it stayed open."""
    assert evidence.match is not None
    family = evidence.match.sign.family
    forks: dict[str, dict[str, str]] = {}

    def see(look: str) -> Fact | None:
        fact = LOOKS[look](evidence)
        answer, because = (fact.value, _short(fact.because)) if fact else ("", "")
        forks.setdefault(look, {"look": look, "answer": answer, "because": because})
        return fact

    done = walk(base.tree(family), see, {})
    leaves = [
        {"cause": "" if one.leaf == UNKNOWN else id_of(family, one.leaf), "confidence": one.confidence}
        for one in done.candidates
    ]
    question = {"key": done.question.key, "text": done.question.text} if done.question else None
    return {"family": family, "forks": list(forks.values()), "leaves": leaves, "question": question}


def _won(failure: Failure, found: Diagnosis, walks: list[dict[str, Any]]) -> dict[str, Any]:
    """The causes that are named, and why they and no others."""
    own = [finding for finding in found.findings if finding.failure._replace(within="") == failure]
    named = [finding.causes[0] for finding in own if finding.causes]
    if not named:
        why = "no sign fits" if not walks else "no walk leads to a cause as surely as to none"
    elif len(named) > 1:
        why = "the first says only that something inside failed; the second is the first family behind it to know more"
    else:
        why = "its family is the first whose walk leads to a cause"
    return {"named": [{"cause": cause.id, "confidence": cause.confidence} for cause in named], "why": why}


def _short(value: Any) -> str:
    text = " ".join(shown(str(value)).split())
    return text if len(text) <= GLANCE else f"{text[:GLANCE]} ({len(text) - GLANCE} characters more)"


def written(failures: Sequence[Mapping[str, Any]]) -> str:
    """What `tried` gave, as text."""
    if not failures:
        return "no failure in it\n"
    return "\n".join("\n".join(_lines(one)) + "\n" for one in failures)


def _lines(one: Mapping[str, Any]) -> Iterator[str]:
    yield one["failure"]
    yield from (f"  message: {line}" for line in one["message"].splitlines()[:20])
    yield from (f"  {key}: {value}" for key, value in one["fields"].items() if key != "msg" and value)
    yield "  its task: " + ("found in the file" if one["task"] else "not in a file that was given")
    yield "signs that fit, in the order they are tried:" if one["signs"] else "signs that fit: none"
    for sign in one["signs"]:
        holes = "".join(f", {name}={value}" for name, value in sign["holes"].items())
        yield f"  {sign['family']}: {sign['sign']} ({' '.join(sign['words'].split())}{holes})"
    for done in one["walks"]:
        yield f"walk of {done['family']}:"
        for fork in done["forks"]:
            yield f"  {fork['look']}: " + (f"{fork['answer']} ({fork['because']})" if fork["answer"] else "open")
        if done["question"]:
            yield f"  asks: {done['question']['text']} (--answer {done['question']['key']}=...)"
        yield "  leads to: " + ", ".join(
            f"{leaf['cause'] or 'no cause'} ({leaf['confidence']})" for leaf in done["leaves"]
        )
    named = ", ".join(f"{cause['cause']} ({cause['confidence']})" for cause in one["named"]) or "nothing"
    yield f"named: {named}: {one['why']}"
