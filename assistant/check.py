"""Faults in code that has not failed yet: one file in, the causes that its jobs show out.

The same looks as for a failure, walked over every task of every job; an entry says in its front matter (`code`)
which answers together are its fault. What a look cannot tell is never a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.diagnose import edits_of
from assistant.kb.holes import fill
from assistant.looks import LOOKS, Evidence, gather
from assistant.looks.values import values
from assistant.model import Edit, Fact, Fault, Record, Span, Task

if TYPE_CHECKING:
    from assistant.kb import Base, Entry
    from assistant.plays import File

IGNORE = re.compile(r"#[ \t]*ansible-why:[ \t]*ignore\[([^\]\n]{1,300})\]")


def check(path: str, text: str, base: Base) -> list[Fault]:
    """All faults of one file, in the order of their places. Raises SourceError when it is not readable as YAML."""
    return in_order(fault for found in in_steps(readable(path, text), base) for fault in found)


def readable(path: str, text: str) -> File:
    """The file, read. Raises SourceError when it is not YAML as it stands."""
    from assistant.plays import read
    from assistant.source import load

    file = read(path, text)
    if file.problem is not None:
        raise file.problem
    if file.loose:
        load(text)  # only a mended reading worked: in a file of its own that is an error, said with its place
    return file


def in_steps(file: File, base: Base) -> Iterator[list[Fault]]:
    """The faults as each task that matters shows them, so that whoever has something better to do can stop between."""
    for task in _subjects(file):
        evidence = gather(None, file, task)
        yield [fault for fault in _faults(evidence, base) if not _ignored(file, task, fault)]


def in_order(found: Iterable[Fault]) -> list[Fault]:
    """Each fault once, in the order of the places."""
    faults: dict[tuple[str, Span], Fault] = {}
    for fault in found:
        faults.setdefault((fault.cause, fault.span), fault)
    return sorted(faults.values(), key=lambda fault: (fault.span, fault.cause))


ROUNDS = 10
"""So often a file is read again after changes: one mend may uncover the next, but must come to an end."""


class Mended(Record):
    """A file after all changes that are safe: text, faults mended (each with the text it was seen in), faults left."""

    text: str
    made: tuple[tuple[Fault, str], ...]
    left: tuple[Fault, ...]


def mend(path: str, text: str, base: Base) -> Mended:
    """Makes every safe change. Raises SourceError when the file is not readable as YAML."""
    made: list[tuple[Fault, str]] = []
    found = check(path, text, base)
    for _ in range(ROUNDS):
        together, after = _together(text, found)
        if after is None:
            break
        made += [(fault, text) for fault in together]
        text, found = after, check(path, after, base)
    return Mended(text, tuple(made), tuple(found))


def _together(text: str, found: Sequence[Fault]) -> tuple[list[Fault], str | None]:
    """The safe faults whose edits go together, and the text after them; None when there is nothing to change."""
    from assistant.source import mended

    made: list[Fault] = []
    edits: list[Edit] = []
    for fault in found:
        wanted = [*edits, *(edit for edit in fault.edits if edit not in edits)]
        if fault.trust == "safe" and fault.edits and mended(text, wanted) is not None:
            made.append(fault)
            edits = wanted
    return made, mended(text, edits) if edits else None


WORDS = ("async", "poll", "finished", "requested time", "unparsable")
"""What a task has to hold to be looked at, though it starts or waits for no job: the fault may be just that."""
OF_A_SHELL = ("|", "&", ">")
"""Without these a command needs no shell."""


def _subjects(file: File) -> Iterator[Task]:
    """Every launch, wait and clean-up once, and every task that words make suspicious, in the order of the file."""
    tasks = {t.index: t for job in file.jobs for t in (job.launch, *job.waits, *job.cleanups) if t is not None}
    for task in file.tasks:
        words = file.text[task.span.start : task.span.end]
        own = task.kind == "task" or not {"async", "poll"}.isdisjoint(task.own)  # a block's words are its tasks'
        if task.index not in tasks and own and (any(word in words for word in WORDS) or _suspicious(task, words)):
            tasks[task.index] = task
    return iter(task for _, task in sorted(tasks.items()))


def _suspicious(task: Task, words: str) -> bool:
    """True for a wait of its own, and for a command with signs of a shell."""
    return "until" in task.own or (task.module == "command" and any(sign in words for sign in OF_A_SHELL))


def _faults(evidence: Evidence, base: Base) -> Iterator[Fault]:
    seen: dict[str, Fact | None] = {}
    for id, code in base.coded.items():
        facts = _all_hold(code, evidence, seen)
        if facts:
            yield _fault(base.entries[id], evidence, facts)


def _all_hold(
    code: Mapping[str, tuple[str, ...]], evidence: Evidence, seen: dict[str, Fact | None]
) -> tuple[Fact, ...]:
    """The facts that make the fault, none unless every look answers as wanted."""
    for look, wanted in code.items():
        if look not in seen:
            seen[look] = LOOKS[look](evidence)
        fact = seen[look]
        if fact is None or fact.value not in wanted:
            return ()
    return tuple(fact for fact in map(seen.get, code) if fact)


def _fault(entry: Entry, evidence: Evidence, facts: tuple[Fact, ...]) -> Fault:
    known = values(evidence)
    placed = [fact.span for fact in facts if fact.span is not None]
    span = placed[-1] if placed else evidence.task.action_span if evidence.task else Span(0, 0)
    message, edits = fill(entry.finding, known), edits_of(entry, evidence, known)
    return Fault(evidence.path, span, entry.id, message, entry.confidence, entry.trust, edits, facts)


def _ignored(file: File, task: Task, fault: Fault) -> bool:
    """True when `# ansible-why: ignore[cause]` stands on the fault's line or on the first line of its task."""
    for at in (fault.span.start, task.span.start):
        start = file.text.rfind("\n", 0, at) + 1
        line = file.text[start : (file.text.find("\n", at) + 1 or len(file.text) + 1) - 1]
        match = IGNORE.search(line)
        if match and {fault.cause, fault.cause.rpartition("/")[2]} & {w.strip() for w in match[1].split(",")}:
            return True
    return False
