"""The one place where the rooms meet: a paste and the tasks it belongs to in, causes with their steps out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.kb import id_of
from assistant.kb.holes import complete, fill, markdown
from assistant.looks import LOOKS, Evidence, gather, locate
from assistant.looks.values import values
from assistant.model import Bar, Cause, Diagnosis, Edit, Failure, Finding, Paste, Span, Step, Task
from assistant.walk import RANK, UNKNOWN, Candidate, walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.kb import Base, Entry
    from assistant.kb.signs import Match
    from assistant.plays import File


def diagnose(
    paste: Paste,
    base: Base,
    documents: Sequence[tuple[str, str]] = (),
    answers: Mapping[str, str] = {},
    release: str = "",
) -> Diagnosis:
    """The causes of every failure in a paste.

    `documents` are (path, text) of task files given with it, `answers` what the reader said by key,
    `release` the ansible-core release when it is known better than the paste tells. Never raises for
    what was pasted: a document that cannot be read is only no evidence.
    """
    hints = {**paste.hints, **({"release": release, "release because": f"--ansible {release}"} if release else {})}
    files = _read(documents)
    findings = tuple(f for failure in paste.failures for f in _findings(failure, base, files, hints, answers))
    if paste.verdict != "failures":
        return Diagnosis(paste.verdict, findings, paste.notes, paste)
    return Diagnosis("causes" if any(f.causes for f in findings) else "unknown", findings, paste.notes, paste)


def _read(documents: Sequence[tuple[str, str]]) -> tuple[File, ...]:
    if not documents:
        return ()  # the quick path never imports the YAML rooms
    from assistant.plays import read

    return tuple(read(path, text) for path, text in documents)


def _findings(
    failure: Failure, base: Base, files: tuple[File, ...], hints: Mapping[str, str], answers: Mapping[str, str]
) -> tuple[Finding, ...]:
    """What is found for one failure, and behind it what failed inside, where the first cause says no more than that."""
    file, task = locate(failure, files)
    evidence = gather(failure, file, task, hints=hints, answers=answers, files=files)
    tried: dict[str, Finding] = {}
    outer: tuple[Finding, ...] = ()
    for match in signs_of(failure, base):
        if match.sign.family in tried:
            continue  # a family speaks once, by its first sign; then the next family may know better
        found = tried[match.sign.family] = _walked(base, evidence._replace(match=match))
        if found.causes and outer:
            within = failure._replace(within=outer[0].causes[0].id)
            return *outer, found._replace(failure=within)
        if found.causes:
            outer = (found,)
            if not base.entries[found.causes[0].id].deeper:
                return outer
    return outer or (_open(next(iter(tried.values()), Finding(failure, (), None, ())), task),)


def signs_of(failure: Failure, base: Base) -> Iterator[Match]:
    """The signs that fit a failure, in the order in which they are tried."""
    texts = (failure.message, *failure.chain, str(failure.outer.get("msg", "")))
    return base.find_all(texts, {**failure.outer, **failure.result}, failure.kind, failure.module)


def _open(found: Finding, task: Task | None) -> Finding:
    """A finding without a cause, with what the failed task's file tells of it."""
    if task is None:
        return found
    return found._replace(action=task.action, options=tuple(task.args), span=task.action_span, path=task.path)


def _walked(base: Base, evidence: Evidence) -> Finding:
    """What the tree of the sign's family makes of the evidence."""
    assert evidence.match is not None and evidence.failure is not None
    family = evidence.match.sign.family
    found = walk(base.tree(family), lambda look: LOOKS[look](evidence), evidence.answers)
    named = _known(found.candidates)
    entries = [base.entries[id_of(family, candidate.leaf)] for candidate in named]
    known = values(evidence, [entry.family for entry in entries]) if named else {}
    causes = tuple(_cause(c, entry, evidence, known) for c, entry in zip(named, entries, strict=True))
    refuted = tuple(r._replace(causes=tuple(id_of(family, leaf) for leaf in r.causes)) for r in found.refuted)
    return Finding(evidence.failure, causes, found.question, found.trail, refuted)


def _known(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The candidates that have an entry; none when one that has not is surer than they are."""
    best = RANK[candidates[0].confidence] if candidates and candidates[0].leaf == UNKNOWN else None
    surest = min((RANK[c.confidence] for c in candidates if c.leaf != UNKNOWN), default=None)
    if surest is None or (best is not None and best < surest):
        return ()
    return tuple(c for c in candidates if c.leaf != UNKNOWN)


def _cause(candidate: Candidate, entry: Entry, evidence: Evidence, known: Mapping[str, str]) -> Cause:
    """An entry, its holes filled with what this failure and its tasks say."""
    return Cause(
        id=entry.id,
        title=entry.title,
        confidence=candidate.confidence,
        because=candidate.trail,
        what=markdown(entry.sections["What you see"], known),
        why=markdown(entry.sections["Why"], known),
        steps=tuple(_step(text, entry, evidence, known) for text in entry.steps),
        check=markdown(entry.sections["Check it worked"], known),
        prevent=markdown(entry.sections["Prevent it"], known),
        picture=_picture(entry, known),
        url=entry.url,
        releases=entry.releases,
        see=entry.see,
        proved=entry.proved,
    )


def _step(text: str, entry: Entry, evidence: Evidence, known: Mapping[str, str]) -> Step:
    """One step; the one marked {edit} carries the edits, when there is a file and they can be made for certain."""
    if "{edit}" not in text:
        return Step(markdown(text, known), "show")
    words = markdown(text.replace("{edit} ", ""), known, edit="")
    edits, file = edits_of(entry, evidence, known), evidence.file
    if file is None or not edits:
        return Step(words, entry.trust)
    from assistant.source import apply, diff

    return Step(words, entry.trust, edits, diff(file.path, file.text, apply(file.text, edits)))


def edits_of(entry: Entry, evidence: Evidence, known: Mapping[str, str]) -> tuple[Edit, ...]:
    """The entry's edits of the reader's file; nothing when the result would not parse or not differ."""
    file = evidence.file
    if file is None or not entry.fix:
        return ()
    from assistant.source import mended

    edits = _all_edits(entry, evidence, known)
    return tuple(edits) if edits and mended(file.text, edits, _piece(file, edits)) is not None else ()


def _piece(file: File, edits: Sequence[Edit]) -> Span | None:
    """The lines of the tasks that are changed; None where the file as it is reads only loosely."""
    spans = [edit.span for edit in edits]
    return None if file.loose else file.index.piece(Span(min(spans).start, max(span.end for span in spans)))


def _all_edits(entry: Entry, evidence: Evidence, known: Mapping[str, str]) -> list[Edit]:
    """What all fixes of the entry change together; nothing when one of them needs a person."""
    from assistant.fixes import FIXES, CannotFixError, Subjects
    from assistant.looks.mends import subjects as tasks_of

    assert evidence.file is not None
    subjects = Subjects(evidence.file.path, evidence.file.text, tasks_of(evidence))
    edits: list[Edit] = []
    for row in entry.fix:
        for name, arguments in row.items():
            filled = _arguments(arguments, known)
            try:
                edits += FIXES[name](subjects, **filled) if filled is not None else []
            except CannotFixError:
                return []
    return edits


def _arguments(raw: Any, known: Mapping[str, str]) -> dict[str, Any] | None:
    """A fix's arguments with their holes filled; None when one is not known. ("from" is a word of Python's.)"""
    filled: dict[str, Any] = {}
    for name, value in raw.items():
        texts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
        if not all(complete(text, known) for text in texts):
            return None
        filled["of" if name == "from" else name] = _filled(value, known)
    return filled


def _filled(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: fill(text, known) for key, text in value.items()}
    return [fill(text, known) for text in value] if isinstance(value, list) else fill(value, known)


def _picture(entry: Entry, known: Mapping[str, str]) -> tuple[Bar, ...]:
    """The time picture, when at least two of its lines have all their numbers."""
    bars = []
    for row in entry.picture:
        if complete(row["seconds"], known) and complete(row["text"], known):
            bars.append(Bar(row["bar"], float(fill(row["seconds"], known)), fill(row["text"], known)))
    return tuple(bars) if len(bars) > 1 else ()
