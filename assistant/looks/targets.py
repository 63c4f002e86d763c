"""Files that a task copies, makes or unpacks: who writes, where, and what kind of archive it is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.model import Fact, Task

OF_ROOT = re.compile(r"/(?:etc|usr|opt|root|boot|lib|lib64|bin|sbin|var(?!/tmp\b|/www\b))(?:/|$)")
"""Places that only root may write on an ordinary system."""
ZIP = (".zip", ".jar", ".war", ".whl")
TAR = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst", ".tbz2", ".txz")


def runs_as_root(evidence: Evidence) -> Fact | None:
    """yes | no: whether the task runs as root, as far as its play says; what -b or the inventory say is not seen."""
    task = evidence.task
    if task is None:
        return None
    become, user = task.get("become"), task.get("become_user")
    if become.known and become.value in (True, "true", "yes"):
        if user.state == "unknown":
            return None
        root = user.state == "absent" or user.value == "root"
        return Fact("runs_as_root", "yes" if root else "no", f"become_user: {text_of(user) or 'root'}")
    if task.get("remote_user").value == "root" and become.state == "absent":
        return Fact("runs_as_root", "yes", "remote_user: root")
    return None


def place_of_root(evidence: Evidence) -> Fact | None:
    """yes | no: whether the place that could not be written belongs to root on an ordinary system."""
    place = _place(evidence)
    if not place.startswith("/"):
        return None
    yes = bool(OF_ROOT.match(place))
    return Fact("place_of_root", "yes" if yes else "no", f"{place} {'is' if yes else 'need not be'} root's")


def _place(evidence: Evidence) -> str:
    """The place in question, as the sign caught it, or where the file lies that it caught."""
    caught = evidence.match.holes if evidence.match else {}
    touched = caught.get("touched", "").strip("'")
    return posixpath.dirname(touched) if touched else caught.get("place", "").strip("'\"")


def archive_kind(evidence: Evidence) -> Fact | None:
    """zip | tar | other: what kind of archive the task unpacks, by the name it gives."""
    task = evidence.task
    source = text_of(task.args.get("src", ABSENT)) if task is not None else ""
    if task is None or not source:
        return None
    name = source.lower().rstrip(" \"'}")
    kind = "zip" if name.endswith(ZIP) else "tar" if name.endswith(TAR) else "other"
    return Fact("archive_kind", kind, f"src: {source}", task.action_span, task.path)


def link_source(evidence: Evidence) -> Fact | None:
    """given | missing: whether a link to what is not there was given a src; without one, file took the link's path."""
    source, link = (str(evidence.result.get(name, "")) for name in ("src", "path"))
    if not source or not link:
        return None
    word = "missing" if source == link else "given"
    return Fact("link_source", word, f"path: {link}, src: {source}")


PLAIN = frozenset("name register notify become".split())
"""Keywords of a task before which another can be put that needs none of them, or shares them."""
IF_ABSENT = {"lineinfile": ("create", "true"), "blockinfile": ("create", "true"), "fetch": ("fail_on_missing", "false")}
"""What lets a module go on where its file is not there."""
REMOTE = ("copy", "unarchive")
UNSAFE = frozenset("lineinfile blockinfile replace copy template get_url assemble".split())
"""Modules with unsafe_writes (plugins/doc_fragments/files.py)."""


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """What the texts and fixes of files write; "" for what is not certain."""
    place = _place(evidence)
    yield "place", place
    yield "parent", posixpath.dirname(place.rstrip("/"))
    task = evidence.task
    if task is None or task.kind != "task":
        return
    option, value = ("", "") if _is_written(evidence, task) else IF_ABSENT.get(task.module, ("", ""))
    yield "option_if_absent", option
    yield "value_if_absent", value
    yield "remote_source", "true" if task.module in REMOTE and _source_is_path(task) else ""
    yield "unsafe_writes", "true" if task.module in UNSAFE else ""
    yield from _directory(evidence, task, place)


def _source_is_path(task: Task) -> bool:
    """True for a whole path, which can be meant to lie on the target."""
    return text_of(task.args.get("src", ABSENT)).startswith("/")


def _directory(evidence: Evidence, task: Task, place: str) -> Iterator[tuple[str, str]]:
    """The lines of a task that makes the directory, where it is certain which one and as whom."""
    become = task.own.get("become", ABSENT)
    plain = all(key in PLAIN or key == task.action for key in task.own) and text_of(become) in ("", "true", "yes")
    if not plain or not _is_dest(task, place) or _is_made(evidence, place):
        return
    action = task.action.removesuffix(task.module) + "file" if task.action.startswith("ansible.") else "file"
    yield "file_action", action
    yield "directory_to_make", place
    yield "become_line", f"become: {text_of(become)}" if text_of(become) else ""


def _is_made(evidence: Evidence, place: str) -> bool:
    """True when a task of the file makes that directory already: then something else keeps it from being there."""
    tasks = evidence.file.tasks if evidence.file else ()
    return any(text_of(task.args.get("path", ABSENT)).rstrip("/") == place.rstrip("/") for task in tasks)


def _is_written(evidence: Evidence, task: Task) -> bool:
    """True when a task above writes the file that is missing: then it was skipped, or only said so in check mode."""
    file = evidence.match.holes.get("file", "").strip("'\"") if evidence.match else ""
    above = [other for other in (evidence.file.tasks if evidence.file else ()) if other.index < task.index]
    return bool(file) and any(file == text_of(o.args.get(name, ABSENT)) for o in above for name in ("dest", "path"))


def _is_dest(task: Task, place: str) -> bool:
    """True when the place is what the task writes to, as it is written there."""
    dest = (text_of(task.args.get("dest", ABSENT)) or text_of(task.args.get("path", ABSENT))).rstrip("/")
    return place.startswith("/") and "{" not in dest and place.rstrip("/") in (dest, posixpath.dirname(dest))
