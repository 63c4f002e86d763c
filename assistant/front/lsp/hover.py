"""What a keyword of a job means at this place: its numbers added up, the other end of its job named."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.budget import Budget, budget
from assistant.front.forms.bars import bars
from assistant.front.forms.clean import shown
from assistant.front.lsp.documents import Understood
from assistant.front.lsp.jobs import jobs_at
from assistant.markup import code, plain
from assistant.model import Job, Span, Task


def hover(known: Understood, offset: int) -> tuple[str, Span] | None:
    """Markdown and the words it is about, for the character at `offset`; None where nothing of a job stands."""
    task = known.task_around(offset)
    if task is None:
        return None
    for name, words in KEYWORDS.items():
        span = _keyword(task, name)
        if span and span.start <= offset <= span.end:
            found = budget(known.file, task)
            return _text(words(found), found), span
    if task.module == "async_status" and task.action_span.start <= offset <= task.action_span.end:
        found = budget(known.file, task)
        return _text(_status(found), found), task.action_span
    named = jobs_at(known, offset)
    if named:
        return _registered(named[0], known), named[1]
    register = _keyword(task, "register")
    jobs = known.file.index.jobs_of(task)
    if register and jobs and register.start <= offset <= register.end:
        return _registered(jobs[0], known), register
    return None


def _text(words: Iterator[str], known: Budget) -> str:
    parts = [part for part in words if part]
    picture = "\n".join(bars(known.picture))
    parts += [f"```text\n{picture}\n```"] if picture else []
    return shown("\n\n".join(parts))


def _async(known: Budget) -> Iterator[str]:
    yield f"The job may run **{known.limit_words}**; then it is killed." if known.limit else "How long the job may run."
    yield from _waiting(known)


def _waiting(known: Budget) -> Iterator[str]:
    """Who waits for the job, and whether that is long enough."""
    if known.poll:
        yield f"Ansible waits for it by itself and looks every {known.poll:g} s."
    elif known.wait:
        yield f"{plain(_called(known.wait))} waits for it" + (f": {known.sum}." if known.sum else ".")
    elif known.launch and known.poll == 0:
        yield "No task of this file waits for it."
    if known.enough is False:
        yield f"**Too short**: {code(known.verdict)}"


def _poll(known: Budget) -> Iterator[str]:
    if known.poll == 0:
        yield "`poll: 0`: the play goes on at once, the job runs on by itself."
    elif known.poll:
        yield f"Ansible waits here and looks every {known.poll:g} s" + (
            f", for {known.limit_words} at most." if known.limit else "."
        )
    yield from (_waiting(known) if known.poll == 0 else ())


def _wait(known: Budget) -> Iterator[str]:
    """For retries, delay and until: the whole wait, against what the job may take."""
    limit = f"; the job may run **{known.limit_words}**." if known.limit else "."
    if known.sum:
        yield f"{known.sum.replace(' = ', ' = **', 1)}**{limit}"
    else:
        yield "How long is waited depends on values that this file does not set."
    if known.enough is False:
        yield f"**Too short**: {code(known.verdict)}"
    if known.launch:
        yield f"It waits for {plain(_called(known.launch))}."


def _status(known: Budget) -> Iterator[str]:
    what = plain(_called(known.launch)) if known.launch else "a job whose launch is not in this file"
    yield f"Looks once at the job of {what}." if not known.sum else f"Looks at the job of {what} until it is over."
    yield from _wait(known) if known.sum else ()


KEYWORDS: dict[str, Callable[[Budget], Iterator[str]]] = {
    "async": _async,
    "poll": _poll,
    "retries": _wait,
    "delay": _wait,
    "until": _wait,
}
"""The words for each keyword."""
OF_THE_WAIT = ("retries", "delay", "until")
"""Keywords that have to do with a job only where the task looks at one."""


def _keyword(task: Task, name: str) -> Span | None:
    """The place of a keyword of the task with its value; None where it is not written, or waits for no job."""
    if name not in task.own or (name in OF_THE_WAIT and task.module != "async_status"):
        return None
    for key, value in task.node.pairs:
        if key.text == name:
            return Span(key.span.start, max(key.span.end, value.span.end))
    return None


def _registered(job: Job, known: Understood) -> str:
    """For the name that holds a job: its launch, its waits, its clean-ups."""
    lines = [f"{code(job.register)}: the id of a job" if job.register else "A job"]
    for verb, tasks in (("started by", (job.launch,)), ("waited for by", job.waits), ("cleaned up by", job.cleanups)):
        lines += [f"- {verb} {plain(_called(t))}, line {known.positions.at(t.span.start).line + 1}" for t in tasks if t]
    subject = job.launch or (job.waits or job.cleanups)[0]
    return _text(iter(["\n".join(lines)]), budget(known.file, subject))


def _called(task: Task) -> str:
    return f"“{task.name or task.action}”"
