"""The one change of a file that Ansible refused, where it is certain: where, what stands there, what belongs there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks import yaml_lines
from assistant.looks.broken import conflict, key_meant, named_line, number_of, refused_key, statements
from assistant.looks.evidence import Evidence
from assistant.looks.yaml_lines import Line

Change = tuple[str, str, str] | tuple[()]
"""Offset, old text, new text; () where nothing is certain."""


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Places and names for the texts, and the one change of the file where it is certain."""
    place = evidence.failure.origin if evidence.failure else None
    if place is not None:
        yield "place_file", place.path
        yield "place_line", str(place.line or "")
    line = named_line(evidence)
    if line:
        yield "line_text", line.text.strip()
        yield "line_mended", yaml_lines.mended(line).strip()
    key, near = key_meant(evidence)
    yield "wrong_key", key
    yield "near_keyword", near
    action = evidence.task.action if evidence.task else ""
    if evidence.task is not None and evidence.task.kind == "import":
        yield "import_written", action
        yield "include_instead", action.rpartition(".")[2].replace("import", "include")
    yield from zip(("mend_at", "mend_old", "mend_new"), change(evidence, line), strict=False)


def change(evidence: Evidence, line: Line | None) -> Change:
    """Where in the file what is to be replaced by what; () where nothing is certain."""
    if evidence.file is None or evidence.failure is None:
        return ()
    text = evidence.file.text
    if conflict(evidence) or refused_key(evidence):
        return _renamed(evidence) or _moved_in(evidence)
    if "must be a list of plays" in evidence.failure.message:
        return _as_list(text)
    if line is None:
        return ()
    if yaml_lines.fault(line) == "tab":
        new = yaml_lines.without_tabs(text)
        return _difference(text, new) if new else ()
    new = yaml_lines.mended(line)
    start = sum(len(row) for row in text.splitlines(keepends=True)[: number_of(evidence) - 1])
    return (str(start), line.text, new) if new and text.startswith(line.text, start) else ()


def _renamed(evidence: Evidence) -> Change:
    """The misspelt key of the task, where the right one is not there as well."""
    old, new = key_meant(evidence)
    pairs = evidence.task.node.pairs if evidence.task else ()
    keys = [key for key, _ in pairs if key.text == old]
    if not new or len(keys) != 1 or any(key.text == new for key, _ in pairs):
        return ()
    at = keys[0].span.start
    return (str(at), old, new) if evidence.file and evidence.file.text.startswith(old, at) else ()


def _moved_in(evidence: Evidence) -> Change:
    """The options that stand beside their module, moved below it: the lines right behind it, up to a keyword."""
    from assistant.plays.keywords import is_keyword

    found = statements(evidence)
    task, file, pair = evidence.task, evidence.file, conflict(evidence)
    if found is None or found.value != "options" or task is None or file is None or pair is None:
        return ()
    keys = [key.text for key, _ in task.node.pairs]
    at = keys.index(pair[0]) if pair[0] in keys else len(keys)
    gone = []
    for key, value in task.node.pairs[at + 1 :]:
        if is_keyword(key.text) and not (key.text == "name" and "name" in keys[: at + 1]):
            break
        gone.append((key, value))
    if not gone or any(not is_keyword(key) for key in keys[at + 1 + len(gone) :]):
        return ()
    start = file.text.rfind("\n", 0, gone[0][0].span.start) + 1
    end = max(gone[-1][0].span.end, gone[-1][1].span.end)
    old = file.text[start:end]
    return str(start), old, "".join(f"  {row}" if row.strip() else row for row in old.splitlines(keepends=True))


def _as_list(text: str) -> Change:
    """A play that stands alone made the one item of a list."""
    found = re.search(r"(?m)^hosts:", text)
    first = re.search(r"(?m)^(?!---|#|%)[A-Za-z_]", text)
    if not found or not first:
        return ()
    old = text[first.start() :].rstrip("\n")
    rows = old.split("\n")
    new = "\n".join([f"- {rows[0]}", *(f"  {row}" if row.strip() else row for row in rows[1:])])
    return str(first.start()), old, new


def _difference(before: str, after: str) -> tuple[str, str, str]:
    """The part of a text that changed, from the first to the last line of it."""
    old, new = before.split("\n"), after.split("\n")
    same = [a == b for a, b in zip(old, new, strict=True)]
    first = same.index(False) if False in same else 0
    last = len(same) - same[::-1].index(False) if False in same else 0
    start = sum(len(row) + 1 for row in old[:first])
    return str(start), "\n".join(old[first:last]), "\n".join(new[first:last])
