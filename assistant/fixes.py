"""The few ways we know to change a task: tasks in, edits out, nothing written here.

Every fix takes the subjects (the tasks of the job, by what they are to it) and its arguments from the entry's
front matter, and gives edits of the file. An empty list means that it cannot be done here with certainty;
the step is then shown without an edit. Quotes, indentation and line ends follow the surrounding text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from assistant.model import Edit, Node, Span, Task, Value

ABSENT = Value("absent")


class Subjects(NamedTuple):
    """The file and the tasks that a fix may change, by what they are: launch, wait, cleanup, reader."""

    path: str
    text: str
    tasks: Mapping[str, Task]


def set_keywords(subjects: Subjects, on: str, keywords: Mapping[str, str]) -> list[Edit]:
    """Gives the task `on` these keywords: values in place where they are written, new lines at its end otherwise."""
    task = subjects.tasks.get(on)
    if task is None or not task.node.pairs:
        return []
    edits, added = [], []
    for keyword, wanted in keywords.items():
        held = task.own.get(keyword, ABSENT)
        if held.node is None:
            added.append(f"{keyword}: {_scalar(wanted, '')}")
        elif not _same(held.node, wanted):
            edits.append(Edit(subjects.path, held.node.span, _scalar(wanted, held.node.style)))
    return edits + ([_append(subjects, task.node, added)] if added else [])


def set_argument(subjects: Subjects, on: str, name: str, value: str) -> list[Edit]:
    """Writes another value for one argument of the module that is there already."""
    task = subjects.tasks.get(on)
    node = task.args[name].node if task and name in task.args else None
    if node is None or node.kind != "scalar" or _same(node, value):
        return []
    written = subjects.text[node.span.start : node.span.end]
    if node.text not in written:
        return []  # written in a way that hides where the value stands
    return [Edit(subjects.path, node.span, _scalar(value, node.style))]


def copy_keywords(subjects: Subjects, of: str, to: str, keywords: Sequence[str]) -> list[Edit]:
    """Makes keywords of the task `to` equal to what is in force on the task `of`; drops what that one lacks."""
    source, target = subjects.tasks.get(of), subjects.tasks.get(to)
    if source is None or target is None:
        return []
    wanted: dict[str, str] = {}
    dropped: list[str] = []
    for keyword in keywords:
        have, is_now = source.get(keyword), target.get(keyword)
        if have.node is not None and (is_now.node is None or is_now.node.text != have.node.text):
            if have.node.kind != "scalar":
                return []
            wanted[keyword] = have.node.text
        elif have.node is None and keyword in target.own:
            dropped.append(keyword)
        elif have.node is None and is_now.node is not None:
            return []  # in force from a block or play: only a person can say how to undo it
    return set_keywords(subjects, to, wanted) + remove_keywords(subjects, to, dropped)


def remove_keywords(subjects: Subjects, on: str, keywords: Sequence[str]) -> list[Edit]:
    """Takes keywords off the task, whole lines with their comments."""
    task = subjects.tasks.get(on)
    if task is None:
        return []
    gone = [index for index, (key, _) in enumerate(task.node.pairs) if key.text in keywords]
    if not gone or len(gone) == len(task.node.pairs):
        return []
    return [Edit(subjects.path, _removal(subjects.text, task.node, index), "") for index in gone]


def rename_variable(subjects: Subjects, on: str, keyword: str, old: str, new: str) -> list[Edit]:
    """Reads another variable in an expression of the task: `old` becomes `new` wherever it is the variable read."""
    from assistant.plays import references

    task = subjects.tasks.get(on)
    if task is None or keyword not in task.own:
        return []
    spans = {ref.span for ref in references(task.own[keyword], bare=True, text=subjects.text) if ref.name == old}
    if any(not subjects.text.startswith(old, span.start) for span in spans):
        return []
    return [Edit(subjects.path, Span(span.start, span.start + len(old)), new) for span in sorted(spans)]


def move_task(subjects: Subjects, task: str, after: str) -> list[Edit]:
    """Puts one task behind another of the same list, with the comment above it and the blank line before it."""
    moved, anchor = subjects.tasks.get(task), subjects.tasks.get(after)
    if moved is None or anchor is None or moved.index > anchor.index:
        return []
    text = subjects.text
    if _dash(text, moved) is None or _dash(text, moved) != _dash(text, anchor):
        return []  # not written as items of one list
    cut = _item_lines(text, moved)
    end = _lines(text, anchor.span).end
    block = text[cut.start : cut.end]
    mark = _newline(text)
    if not text[:end].endswith(("\n", "\r")):
        block = mark + block.rstrip("\r\n")
    return [Edit(subjects.path, cut, ""), Edit(subjects.path, Span(end, end), block)]


def _scalar(value: str, style: str) -> str:
    """The value as YAML: in quotes where it needs them or where the one it replaces has them."""
    needs = bool(re.match(r"[\s{}\[\]&*!|>'\"%@`#,?:-]|$", value)) or ": " in value or " #" in value
    if style == "single" and "'" not in value:
        return f"'{value}'"
    if style == "double" or needs:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value


def _same(node: Node, wanted: str) -> bool:
    return node.kind == "scalar" and node.text == wanted


def _newline(text: str) -> str:
    from assistant.source import newline

    return newline(text)


def _lines(text: str, span: Span) -> Span:
    from assistant.source import line_span

    return line_span(text, span)


def _append(subjects: Subjects, mapping: Node, added: list[str]) -> Edit:
    """New pairs at the end of a mapping, block or flow."""
    text = subjects.text
    last = max(mapping.pairs, key=lambda pair: pair[0].span.start)
    end = max(last[0].span.end, last[1].span.end)
    if mapping.style == "flow":
        return Edit(subjects.path, Span(end, end), "".join(f", {pair}" for pair in added))
    from assistant.source import indent_of, offset, place

    line, column = place(text, last[0].span.start)
    before = text[offset(text, line, 1) : last[0].span.start]
    indent = indent_of(text, last[0].span.start) if not before.strip() else " " * (column - 1)
    at = _content_end(text, end)
    return Edit(subjects.path, Span(at, at), "".join(f"{_newline(text)}{indent}{pair}" for pair in added))


def _content_end(text: str, offset: int) -> int:
    """Where the text of the line ends, its comment included, its line break not."""
    match = re.compile(r"[\r\n]").search(text, offset)
    return match.start() if match else len(text)


def _removal(text: str, mapping: Node, index: int) -> Span:
    """What goes with a pair: its lines in a block, itself and one comma in a flow mapping."""
    key, value = mapping.pairs[index]
    span = Span(key.span.start, max(key.span.end, value.span.end))
    following = mapping.pairs[index + 1][0].span.start if index + 1 < len(mapping.pairs) else None
    if mapping.style == "flow":
        if following is not None:
            return Span(span.start, following)
        previous = mapping.pairs[index - 1]
        return Span(max(previous[0].span.end, previous[1].span.end), span.end)
    lines = _lines(text, span)
    first_on_line = not text[lines.start : span.start].strip()
    return lines if first_on_line or following is None else Span(span.start, following)


def _dash(text: str, task: Task) -> str | None:
    """What stands before a list item's first key ("    - "), None when it is not written as a block list item."""
    start = _lines(text, Span(task.span.start, task.span.start)).start
    before = text[start : task.span.start]
    return before if re.fullmatch(r"[ \t]*-[ \t]+", before) else None


def _item_lines(text: str, task: Task) -> Span:
    """The lines of a list item with the comments right above it, and the blank lines before (or else behind) it."""
    item = _lines(text, task.span)
    start = _upwards(text, item.start, lambda line: line.startswith("#"))
    above = _upwards(text, start, lambda line: not line)
    if above < start:
        return Span(above, item.end)
    behind = re.compile(r"(?:[ \t]*\r?\n)*").match(text, item.end)
    return Span(start, behind.end() if behind else item.end)


def _upwards(text: str, start: int, wanted: Callable[[str], bool]) -> int:
    """Where the run of wanted lines begins that ends at `start` (the start of a line)."""
    while start > 0:
        line = text.rfind("\n", 0, start - 1) + 1
        if not wanted(text[line:start].strip()):
            break
        start = line
    return start


Fix = Callable[..., list[Edit]]
FIXES: Mapping[str, Fix] = {
    "set": set_keywords,
    "argument": set_argument,
    "copy": copy_keywords,
    "remove": remove_keywords,
    "rename": rename_variable,
    "move": move_task,
}
"""The fixes by the name that an entry's front matter uses."""
