"""What Ansible refused before any task ran: a line that is no YAML, a key that is no keyword, files of another kind."""

from __future__ import annotations

import re

from assistant.looks import yaml_lines
from assistant.looks.evidence import Evidence
from assistant.looks.yaml_lines import Line
from assistant.model import Fact, Task

PLAYS_OWN = ("hosts", "tasks", "roles", "pre_tasks", "post_tasks", "handlers")
"""Keys that stand in a play and never in a task."""
BOTH = frozenset("group user file service package shell command mount archive template script cron debug".split())
"""Names of modules that are options of other modules too."""
OPTIONS = frozenset(
    "src dest path state owner mode msg cmd repo url enabled daemon_reload update_cache line regexp content "
    "remote_src chdir creates host port var that body method block marker force recurse validate "
    "backup executable".split()
)
"""Names that hardly anything but an option of a module has."""
RETIRED = {"sudo": "become", "sudo_user": "become_user", "su": "become", "su_user": "become_user", "tag": "tags"}
"""Keywords that are gone since 2.9 or before, or too short to be compared, and what is written instead."""

REASONS = {
    "merge conflict": "at a line that Git left where two changes met",
    "tab": "a tab indents it",
    "braces": "its value begins with braces and is not in quotes",
    "quotes": "more follows behind the quotes that its value begins with",
    "colon": "its value holds a colon and a blank, and is not in quotes",
    "open quote": "a quote above was never closed and ends here",
    "sign": "its value begins with a sign that means something to YAML",
    "no colon above": "the line above it is no key: it has no colon",
    "indentation": "the line is sound in itself",
}


def yaml_fault(evidence: Evidence) -> Fact | None:
    """tab|braces|quotes|colon|open quote|sign|no colon above|indentation|merge conflict|command line|no line named: it.

    The last one is the reader's answer only: from 2.19 no line is named of a file in group_vars, but a paste may also
    have lost it.
    """
    place = evidence.failure.origin if evidence.failure else None
    if place is not None and (place.path == "<string>" or place.path.startswith("<CLI option ")):
        return Fact("yaml_fault", "command line", f"the text stands in no file: {place.path}, line {place.line}")
    line = named_line(evidence)
    found = yaml_lines.fault(line) if line else ""
    if not line or not found:
        return None
    return Fact("yaml_fault", found, f"line {number_of(evidence)} is `{line.text.strip()}`: {REASONS[found]}")


def named_line(evidence: Evidence) -> Line | None:
    """The line that the error names: as the file has it where one was given, else as the paste quotes it."""
    failure = evidence.failure
    place = failure.origin if failure else None
    if failure is None or place is None or not place.line:
        return None
    text, above = place.quoted, place.above
    rows = evidence.file.text.splitlines() if evidence.file else []
    if place.line <= len(rows) and (not text or rows[place.line - 1].split() == text.split()):
        text, above = rows[place.line - 1], rows[place.line - 2] if place.line > 1 else ""
    return Line(text, above, place.column, failure.message) if text.strip() else None


def number_of(evidence: Evidence) -> int:
    return evidence.failure.origin.line if evidence.failure and evidence.failure.origin else 0


# --- keys ----------------------------------------------------------------------------------------------


def statements(evidence: Evidence) -> Fact | None:
    """misspelt | two modules | options | plays: what the two "conflicting action statements" are."""
    pair = conflict(evidence)
    if pair is None:
        return None
    for name in pair:
        if name in PLAYS_OWN:
            return Fact("statements", "plays", f"{name} belongs to a play")
    for name in pair:
        near = near_keyword(name)
        if near and not _is_module(name):
            return Fact("statements", "misspelt", f"{name} is no module and nearly the keyword {near}")
    return _nested(evidence.task, *pair)


def _nested(task: Task | None, first: str, second: str) -> Fact | None:
    """Two modules, or a module and what should stand below it: told by the task, else by the names."""
    if task is not None:
        empty = [key.text for key, value in task.node.pairs if value.tag == "null" and key.text in (first, second)]
        if empty == [first] and not (_is_module(second) and second not in BOTH):
            return Fact("statements", "options", f"{first}: has no options, and {second} stands beside it")
        if not empty and _is_module(first) and _is_module(second):
            return Fact("statements", "two modules", f"{first} and {second} are both modules")
    if _is_module(first) and second in OPTIONS:
        return Fact("statements", "options", f"{second} is an option, not a module")
    if _is_module(first) and _is_module(second) and second not in BOTH - {"debug"}:
        return Fact("statements", "two modules", f"{first} and {second} are both modules")
    return None


def conflict(evidence: Evidence) -> tuple[str, str] | None:
    said = evidence.failure.message if evidence.failure else ""
    found = re.search(r"conflicting action statements: ([^\s,]{1,200}), ([^\s,]{1,200})", said)
    return (found[1], found[2]) if found else None


def key_refused(evidence: Evidence) -> Fact | None:
    """a module | a module in a block | a key: whether a play is rather a task, a block holds one beside its parts."""
    found = refused_key(evidence)
    if found is None:
        return None
    key, place = found
    if place == "Play" and (_is_module(key) or key in ("action", "local_action")):
        return Fact("key_refused", "a module", f"{key} is a module: the item is a task, not a play")
    if place == "Block" and _is_module(key):
        return Fact("key_refused", "a module in a block", f"{key} is a module, and a block has none")
    return Fact("key_refused", "a key", f"{key} is no module")


def refused_key(evidence: Evidence) -> tuple[str, str] | None:
    said = evidence.failure.message if evidence.failure else ""
    found = re.search(r"'([^'\n]{1,200})' is not a valid attribute for a (\w{1,60})", said)
    return (found[1], found[2]) if found else None


def _is_module(name: str) -> bool:
    from assistant.looks import known_names

    return name.count(".") > 1 or name in known_names.CORE or name in known_names.LEFT


def near_keyword(name: str, place: str = "Task") -> str:
    """The one keyword of that place (Play, Block, Task, …) that differs by a single letter; "" for none or several."""
    from assistant.plays.keywords import BLOCK, PLAY, TASK

    known = {"Play": PLAY, "Block": BLOCK}.get(place, TASK)
    plain = name.lower().replace("-", "_")
    if place != "Play" and RETIRED.get(plain):
        return RETIRED[plain]
    near = [word for word in sorted(known) if word != name and _is_near(plain, word)]
    return near[0] if len(near) == 1 else ""


def _is_near(one: str, other: str) -> bool:
    """One letter too many, too few, wrong, or two changed places; words of three letters and less are too short."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, wanted = one[at:], other[at:]
    return rest[1:] == wanted or rest == wanted[1:] or rest[1:] == wanted[1:] or _swapped(rest) == wanted


def _swapped(rest: str) -> str:
    return rest[1::-1] + rest[2:] if len(rest) > 1 else rest


def key_meant(evidence: Evidence) -> tuple[str, str]:
    """The key that is none, and the one that was meant."""
    refused = refused_key(evidence)
    if refused:
        return refused[0], near_keyword(*refused)
    for name in conflict(evidence) or ():
        near = near_keyword(name)
        if near and not _is_module(name):
            return name, near
    return "", ""
