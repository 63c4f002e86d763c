"""The base's patterns as snippets: the tasks of their playbooks, with stops where names and numbers are your own."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.markup import blocks
from assistant.model import Span, Task
from assistant.plays import File, read, reads, registers

if TYPE_CHECKING:
    from assistant.kb import Base, Entry

PLAYBOOK = "yaml playbook"
"""What stands behind the fence of a pattern's playbook."""


class Stop(NamedTuple):
    """A place of a text that is to be filled in; those with one key get one word."""

    span: Span
    key: str


class Snippet(NamedTuple):
    """A text with stops."""

    name: str
    title: str
    text: str
    stops: tuple[Stop, ...]

    def body(self, names: Mapping[str, str] = {}) -> str:
        """In the grammar that editors have from TextMate; `names`: what to put instead, by the key of a stop."""
        order = {key: place for place, key in enumerate(dict.fromkeys(stop.key for stop in self.stops), 1)}
        return self._filled(lambda key, word: f"${{{order[key]}:{_escaped(names.get(key, word))}}}", _outside)

    def plain(self, names: Mapping[str, str] = {}) -> str:
        """Without stops."""
        return self._filled(lambda key, word: names.get(key, word), str)

    def _filled(self, stop: Callable[[str, str], str], outside: Callable[[str], str]) -> str:
        pieces, at = [], 0
        for span, key in self.stops:
            pieces += [outside(self.text[at : span.start]), stop(key, self.text[span.start : span.end])]
            at = span.end
        return "".join([*pieces, outside(self.text[at:])])


def snippets(base: Base) -> list[Snippet]:
    """One for each pattern of the base."""
    return [_of_pattern(entry) for entry in base.entries.values() if entry.kind == "pattern"]


def wait_for(base: Base) -> Snippet:
    """The wait of the pattern "fire and collect" alone; stops: "name", "register", "wait", "retries", "delay"."""
    file = read("site.yml", _playbook(base.entries["async/patterns/fire-and-collect"]))
    job = file.jobs[0]
    wait = job.waits[0]
    keys = {job.register: "register", registers(wait): "wait"}
    named = [Stop(stop.span, keys[stop.key]) for stop in _names(file, [wait], keys)]
    name = wait.own["name"].node
    assert name
    stops = [Stop(name.span, "name"), *named, *_numbers(wait, ("retries", "delay"))]
    return _cut("async-wait", "Wait for a job", file, [wait], stops)


def as_json(base: Base) -> dict[str, Any]:
    """All of them as a file of snippets of VS Code, which other editors read too."""
    return {
        snippet.title: {
            "prefix": snippet.name,
            "scope": "ansible,yaml",
            "description": snippet.title,
            "body": snippet.body().split("\n"),
        }
        for snippet in snippets(base)
    }


def _playbook(entry: Entry) -> str:
    # the compiler of the base sees to it that there is one
    return next(text for words, text in blocks(entry.sections["How"]) if words == PLAYBOOK)


def _of_pattern(entry: Entry) -> Snippet:
    file = read("site.yml", _playbook(entry))
    tasks = _kept(file)
    kept = {name for task in tasks if (name := registers(task))}
    stops = [*_names(file, tasks, kept), *(stop for task in tasks for stop in _own(task))]
    return _cut(f"async-{entry.id.rpartition('/')[2]}", entry.title, file, tasks, stops)


def _kept(file: File) -> list[Task]:
    """The tasks of a pattern without those that only prove it, and the play itself where it sets variables."""
    outer = [task for task in file.tasks if not task.within and task.kind != "play"]
    waited = [task.index for job in file.jobs for task in (*job.waits, *job.cleanups)]
    while outer[-1].module == "assert":
        outer.pop()
    while waited and outer[-1].index > max(waited):
        outer.pop()
    plays = [task for task in file.tasks if task.kind == "play" and "vars" in task.own]
    last = outer[-1].span.end
    return [*plays, *(task for task in file.tasks if task.kind != "play" and task.span.start < last)]


def _names(file: File, tasks: Sequence[Task], names: Container[str]) -> Iterator[Stop]:
    """Where the tasks set and read the variables `names`; the key is the name."""
    for task in tasks:
        register = task.own.get("register")
        if register and register.node and register.node.text in names:
            yield Stop(register.node.span, register.node.text)
        for _, ref in reads(task, file.text) if task.kind not in ("play", "block") else ():
            if ref.name in names:
                yield Stop(Span(ref.span.start, ref.span.start + len(ref.name)), ref.name)


def _own(task: Task) -> Iterator[Stop]:
    """The command of a launch, and its numbers."""
    command = task.args.get("_raw_params")
    if "async" in task.own and command and command.node and "{{" not in command.node.text:
        yield Stop(command.node.span, f"command {task.index}")
    yield from _numbers(task, ("async", "retries"))


def _numbers(task: Task, keywords: Sequence[str]) -> Iterator[Stop]:
    for name in keywords:
        value = task.own.get(name)
        if value and value.node and value.node.text.isdigit():
            yield Stop(value.node.span, name)


def _cut(name: str, title: str, file: File, tasks: Sequence[Task], stops: Sequence[Stop]) -> Snippet:
    """The lines of the tasks, moved left to the first column, and the stops in them."""
    start = file.text.rfind("\n", 0, min(task.span.start for task in tasks)) + 1
    end = max(task.span.end for task in tasks if task.kind != "play")
    indent = len(file.text[start:]) - len(file.text[start:].lstrip(" "))
    text = file.text[start:end]
    inside = sorted({stop for stop in stops if start <= stop.span.start and stop.span.end <= end})
    removed = [found.end() for found in re.finditer(rf"(?m)^ {{{indent}}}", text)]

    def moved(span: Span) -> Span:
        lost = indent * sum(place <= span.start - start for place in removed)
        return Span(span.start - start - lost, span.end - start - lost)

    dedented = re.sub(rf"(?m)^ {{{indent}}}", "", text)
    return Snippet(name, title, dedented, tuple(Stop(moved(stop.span), stop.key) for stop in inside))


def _escaped(text: str) -> str:
    return re.sub(r"([$}\\])", r"\\\1", text)


def _outside(text: str) -> str:
    return re.sub(r"([$\\])", r"\\\1", text)
