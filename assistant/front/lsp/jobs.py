"""A job as one thing with several ends: launch, waits, clean-ups, and every place that reads its id."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import DocumentSymbol, SymbolKind

from assistant.front.forms.clean import shown
from assistant.front.lsp.documents import Understood
from assistant.model import Job, Span, Task
from assistant.plays import readers, reads


def jobs_at(known: Understood, offset: int) -> tuple[Job, Span] | None:
    """The job that the words at `offset` are about, and these words: its register, its id, an action of its tasks."""
    for job in known.file.jobs:
        for span in places(job, known):
            if span.start <= offset <= span.end:
                return job, span
    return None


def places(job: Job, known: Understood) -> Iterator[Span]:
    """Every place of a job: the actions of its tasks, where its id is kept, and where that is read."""
    yield from own_places(job)
    if job.launch:
        for _, ref in readers(known.file, job.register, job.launch) if job.register else ():
            yield ref.span
    for task in (*job.waits, *job.cleanups):
        yield from (ref.span for _, ref in reads(task, known.text) if ref.name == job.register)


def own_places(job: Job) -> Iterator[Span]:
    """The actions of a job's tasks, and where its id is kept."""
    for task in tasks_of(job):
        yield task.action_span
    register = job.launch.own.get("register") if job.launch else None
    if register and register.node:
        yield register.node.span


def tasks_of(job: Job) -> Iterator[Task]:
    """Launch, waits and clean-ups."""
    yield from (task for task in (job.launch, *job.waits, *job.cleanups) if task)


def definition(known: Understood, offset: int) -> Span | None:
    """From a wait, a clean-up or a read to the launch; from the launch to its first wait, the other end of the job."""
    found = jobs_at(known, offset) or _of_task(known, offset)
    if found is None:
        return None
    job, span = found
    at_launch = job.launch and job.launch.span.start <= span.start <= job.launch.span.end
    if job.launch and not at_launch:
        return job.launch.action_span
    others = (*job.waits, *job.cleanups)
    return others[0].action_span if others and at_launch else None


def references(known: Understood, offset: int) -> list[Span]:
    """Every place of the job at `offset`, in the order of the file."""
    found = jobs_at(known, offset) or _of_task(known, offset)
    return sorted(set(places(found[0], known))) if found else []


def _of_task(known: Understood, offset: int) -> tuple[Job, Span] | None:
    """For any other place of a launch or wait (its until, its async): the job of the task."""
    task = known.task_around(offset)
    for job in known.file.index.jobs_of(task) if task else ():
        return job, Span(offset, offset)
    return None


def symbols(known: Understood) -> list[DocumentSymbol]:
    """The jobs of a file with their tasks beneath."""
    return [_symbol(job, known) for job in known.file.jobs]


def _symbol(job: Job, known: Understood) -> DocumentSymbol:
    tasks = sorted(tasks_of(job), key=lambda task: task.span)
    whole = Span(tasks[0].span.start, max(task.span.end for task in tasks))
    name = shown(job.register or tasks[0].name or tasks[0].action)
    parts = {id(job.launch): "launch", **{id(task): "clean-up" for task in job.cleanups}}
    children = [
        DocumentSymbol(
            shown(task.name or task.action),
            SymbolKind.Event,
            known.positions.range(task.span),
            known.positions.range(task.action_span),
            detail=parts.get(id(task), "wait"),
        )
        for task in tasks
    ]
    return DocumentSymbol(
        name,
        SymbolKind.Object,
        known.positions.range(whole),
        known.positions.range(tasks[0].action_span),
        detail="job",
        children=children,
    )
