"""Keywords of a task that were written among the options of its module: moved out to where they count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.fixes.subjects import CannotFixError, Subjects
from assistant.fixes.writing import append, removal
from assistant.model import Edit, Node, Span, Task
from assistant.source import newline, place


def outdent(subjects: Subjects, on: str, keywords: Sequence[str]) -> list[Edit]:
    """Moves those options of the module that are keywords of a task to the task itself, as they are written.

    Raises CannotFixError when it cannot be done for certain: a value of several lines, a keyword that the task has
    already, or no option that stays.
    """
    task = subjects.tasks.get(on)
    options = _options(task) if task else None
    if task is None or options is None:
        return []
    gone = [index for index, (key, _) in enumerate(options.pairs) if key.text in keywords]
    written = [_written(subjects.text, options.pairs[index]) for index in gone]
    if not gone:
        return []
    again = any(options.pairs[index][0].text in task.own for index in gone)
    if again or len(gone) == len(options.pairs) or any("\n" in text for text in written):
        raise CannotFixError
    cuts = _flow_cut(options, gone) if options.style == "flow" else _lines(subjects, options, gone)
    return [*(Edit(subjects.path, cut, "") for cut in cuts), _added(subjects, task, options, gone, written)]


def _options(task: Task) -> Node | None:
    """The mapping of the module's options: under the action, or under `args`."""
    found = [value for key, value in task.node.pairs if key.text in (task.action, "args") and value.kind == "map"]
    return found[0] if len(found) == 1 and found[0].pairs else None


def _written(text: str, pair: tuple[Node, Node]) -> str:
    """A pair as it stands in the file."""
    return text[pair[0].span.start : max(pair[0].span.end, pair[1].span.end)]


def _lines(subjects: Subjects, options: Node, gone: list[int]) -> list[Span]:
    """The lines of the pairs."""
    return [removal(subjects.text, options, index) for index in gone]


def _flow_cut(options: Node, gone: list[int]) -> list[Span]:
    """One piece of a flow mapping with its commas; the pairs must stand side by side."""
    first, last = gone[0], gone[-1]
    if len(gone) != last - first + 1:
        raise CannotFixError
    if last + 1 < len(options.pairs):
        return [Span(options.pairs[first][0].span.start, options.pairs[last + 1][0].span.start)]
    before = options.pairs[first - 1]
    return [Span(_end(before), _end(options.pairs[last]))]


def _end(pair: tuple[Node, Node]) -> int:
    return max(pair[0].span.end, pair[1].span.end)


def _added(subjects: Subjects, task: Task, options: Node, gone: list[int], written: list[str]) -> Edit:
    """The pairs at the end of the task; behind the last option that stays when the options end the task."""
    last = max(task.node.pairs, key=lambda pair: pair[0].span.start)
    if last[1] is not options or options.style == "flow":
        return append(subjects, task.node, written)
    kept = max(_end(pair) for index, pair in enumerate(options.pairs) if index not in gone)
    end = re.compile(r"[\r\n]|$").search(subjects.text, kept)
    at = end.start() if end else len(subjects.text)
    indent = " " * (place(subjects.text, task.node.pairs[0][0].span.start)[1] - 1)
    return Edit(subjects.path, Span(at, at), "".join(f"{newline(subjects.text)}{indent}{text}" for text in written))
