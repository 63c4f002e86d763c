"""Keywords and arguments of a task: set, copied from another task, taken off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.fixes.subjects import ABSENT, CannotFixError, Subjects
from assistant.fixes.writing import append, removal, same, scalar
from assistant.model import Edit


def set_keywords(
    subjects: Subjects, on: str, keywords: Mapping[str, str], having: str = "", new: Sequence[str] = ()
) -> list[Edit]:
    """Gives the task `on` these keywords: values in place where they are written, new lines at its end otherwise.

    Only a task with the keyword `having` is touched, when one is named. A value that a variable decides is left to
    whoever wrote it. Keywords in `new` must not be there yet with another value: then the whole fix is given up.
    """
    task = subjects.tasks.get(on)
    if task is None or not task.node.pairs or (having and having not in task.own):
        return []
    edits, added = [], []
    for keyword, wanted in keywords.items():
        held = task.own.get(keyword, ABSENT)
        if held.node is None:
            added.append(f"{keyword}: {scalar(wanted, '')}")
        elif not same(held.node, wanted):
            if keyword in new:
                raise CannotFixError(f"{keyword} is there already")
            if held.state == "literal":
                edits.append(Edit(subjects.path, held.node.span, scalar(wanted, held.node.style)))
    return edits + ([append(subjects, task.node, added)] if added else [])


def set_argument(subjects: Subjects, on: str, name: str, value: str) -> list[Edit]:
    """Writes another value for one argument of the module that is there already."""
    task = subjects.tasks.get(on)
    node = task.args[name].node if task and name in task.args else None
    if node is None or node.kind != "scalar" or same(node, value):
        return []
    written = subjects.text[node.span.start : node.span.end]
    if node.text not in written:
        return []  # written in a way that hides where the value stands
    return [Edit(subjects.path, node.span, scalar(value, node.style))]


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


def remove_keywords(subjects: Subjects, on: str, keywords: Sequence[str], unless: str = "") -> list[Edit]:
    """Takes keywords off the task, whole lines with their comments.

    Given up when there is a task `unless`, such as the wait that would be left without a job to wait for.
    """
    task = subjects.tasks.get(on)
    if task is None:
        return []
    if unless in subjects.tasks:
        raise CannotFixError(f"the {unless} would be left over")
    gone = [index for index, (key, _) in enumerate(task.node.pairs) if key.text in keywords]
    if not gone or len(gone) == len(task.node.pairs):
        return []
    return [Edit(subjects.path, removal(subjects.text, task.node, index), "") for index in gone]
