"""Who keeps a job's id: registers that are missing, overwritten, or another launch's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.around import called, unshared
from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.looks.untils import register_of
from assistant.looks.waits import span
from assistant.model import Fact, Task


def id_name(wait: Task | None) -> str:
    """The variable that the wait's jid reads its id from, "" when it is more than one or the loop's own."""
    from assistant.plays import loop_var, references

    refs = references(wait.args.get("jid", ABSENT)) if wait else ()
    names = {ref.name for ref in refs if "ansible_job_id" in ref.path}
    return names.pop() if len(names) == 1 and wait and loop_var(wait) not in names else ""


def launch_register(evidence: Evidence) -> Fact | None:
    """missing | another name | on an import | elsewhere: who makes the variable that the wait's id is read from.

    "elsewhere": the file shows who makes it. Unknown where no launch can be meant: it may come from another file.
    """
    wait, file, name = evidence.wait, evidence.file, id_name(evidence.wait)
    if wait is None or file is None or not name:
        return None
    if _is_made(evidence, name):
        return Fact("launch_register", "elsewhere", f"{name} is made in this file", span(wait.args["jid"]), wait.path)
    dropped = _imports(evidence, wait, name)
    if dropped:
        reason = f"“{called(dropped[-1])}” is an import, which registers nothing"
        return Fact("launch_register", "on an import", reason, span(dropped[-1].own["register"]), wait.path)
    meant = launch_without_reader(evidence)
    if meant is None:
        return None
    register = text_of(meant.own.get("register", ABSENT))
    kept = f"registers {register}" if register else "has no register"
    reason = f"the wait reads {name}, but “{called(meant)}” {kept}"
    place = span(wait.args["jid"])
    return Fact("launch_register", "another name" if register else "missing", reason, place, wait.path)


def _imports(evidence: Evidence, wait: Task, name: str) -> list[Task]:
    """The imports before the wait that were to register the name."""
    return [task for task in _mentioned_before(evidence, wait, name) if task.kind == "import" and _keeps(task, name)]


def _mentioned_before(evidence: Evidence, wait: Task, name: str) -> Iterator[Task]:
    """The tasks of the wait's play before it that may have to do with a name."""
    tasks = evidence.file.index.mentioning(name) if evidence.file else ()
    return (task for task in tasks if task.index < wait.index and task.play == wait.play)


def dropped_import(evidence: Evidence) -> tuple[Task | None, Task | None]:
    """The import that drops its async, and the task that waits for it, each None without; both when several wait."""
    task, file = evidence.task, evidence.file
    if task is None or file is None:
        return None, None
    if task.kind != "import":
        found = _imports(evidence, task, id_name(task)) if task == evidence.wait and id_name(task) else []
        return (found[-1], task) if found else (None, None)
    name = text_of(task.own.get("register", ABSENT))
    meant = [other for other in file.tasks if name and other.index > task.index and id_name(other) == name]
    return (None, None) if len(meant) > 1 else (task, meant[0] if meant else None)


def launch_without_reader(evidence: Evidence) -> Task | None:
    """The one launch before the wait that can be meant: the only one without register, else the only unread one."""
    wait, file = evidence.wait, evidence.file
    if wait is None or file is None or not id_name(wait) or _is_made(evidence, id_name(wait)):
        return None
    launches = file.index.launches_before(wait)
    bare = [task for task in launches if "register" not in task.own]
    unread = [task for task in launches if "register" in task.own and not _read_at_all(evidence, task)]
    found = bare or unread
    return found[0] if len(found) == 1 else None


def _is_made(evidence: Evidence, name: str) -> bool:
    """True when the file shows who makes the variable: a register, set_fact, vars, a loop, vars_prompt."""
    from assistant.plays import registers
    from assistant.plays.queries import vars_in_force

    if evidence.file is None:
        return False
    for task in evidence.file.index.mentioning(name):
        made = registers(task) == name and task.kind == "task"
        if made or (task.module == "set_fact" and name in task.args) or name in vars_in_force(task):
            return True
    return evidence.file.index.names_come_in


def _read_at_all(evidence: Evidence, task: Task) -> bool:
    """True when a later task of the file reads what the task registered."""
    from assistant.plays import readers

    file, name = evidence.file, text_of(task.own.get("register", ABSENT))
    return bool(file and name and readers(file, name, task))


def register_kept(evidence: Evidence) -> Fact | None:
    """overwritten | kept: whether a later task, when it is skipped, leaves its "skipped" in the launch's register.

    A skipped task registers too, on every release.
    """
    wait = any_wait(evidence)
    name, keepers = id_name(wait), _keepers(evidence)
    if wait is None or not keepers:
        return None
    last = keepers[-1]
    lost = [t for t in keepers[:-1] if _is_lost(evidence, t, last, wait)]
    if not lost:
        return Fact("register_kept", "kept", f"“{called(last)}” is the last to register {name}", None, wait.path)
    reason = f"“{called(last)}” registers {name} too, and when it is skipped the id of “{called(lost[0])}” is gone"
    return Fact("register_kept", "overwritten", reason, span(last.own["register"]), wait.path)


def any_wait(evidence: Evidence) -> Task | None:
    """The wait in question, else the first one for the job."""
    return evidence.wait or (evidence.job.waits[0] if evidence.job and evidence.job.waits else None)


def _keepers(evidence: Evidence) -> list[Task]:
    """The tasks before the wait that register the name its id is read from."""
    wait = any_wait(evidence)
    name = id_name(wait)
    if wait is None or not name:
        return []
    return [t for t in _mentioned_before(evidence, wait, name) if t.kind == "task" and _keeps(t, name)]


def overwriter(evidence: Evidence) -> Task | None:
    """The launch that, when it is skipped, takes the register of the one launch before it."""
    from assistant.plays import is_launch

    fact, keepers = register_kept(evidence), _keepers(evidence)
    fits = fact is not None and fact.value == "overwritten" and len(keepers) == 2 and is_launch(keepers[-1])
    return keepers[-1] if fits else None


def is_read_later(evidence: Evidence, task: Task, but: Task) -> bool:
    """True when another task than `but` reads what the task registers."""
    from assistant.plays import readers

    name = register_of(task)
    found = readers(evidence.file, name, task) if evidence.file and name else ()
    return any(other not in (but, task) for other, _ in found)


def _keeps(task: Task, name: str) -> bool:
    return text_of(task.own.get("register", ABSENT)) == name


def _is_lost(evidence: Evidence, launch: Task, last: Task, wait: Task) -> bool:
    """True when the launch may have run while the later task is skipped, and nobody read its id before."""
    from assistant.plays import is_launch, readers

    if not is_launch(launch) or any(part == "rescue" for _, part in last.within):
        return False
    read = readers(evidence.file, id_name(wait), launch) if evidence.file else ()
    between = any(task.index < last.index and task.module == "async_status" for task, _ in read)
    return bool(unshared(last, wait) and unshared(last, launch)) and not between


def jid_owner(evidence: Evidence) -> Fact | None:
    """another launch | its own: whether the wait looks a second time at a job, while nobody looks at another one."""
    wait, launch, job = evidence.wait, evidence.launch, evidence.job
    if wait is None or launch is None or job is None or "until" not in wait.own:
        return None
    others = [w for w in job.waits if "until" in w.own and w.play == wait.play and w.section == wait.section]
    forgotten = forgotten_launch(evidence)
    if len(others) < 2 or forgotten is None or _meant_by(others, launch, forgotten) != wait:
        return Fact("jid_owner", "its own", f"the id of “{called(launch)}”", span(wait.args["jid"]), wait.path)
    reason = f"two tasks wait for “{called(launch)}”, none for “{called(forgotten)}”"
    return Fact("jid_owner", "another launch", reason, span(wait.args["jid"]), wait.path)


def forgotten_launch(evidence: Evidence) -> Task | None:
    """The one launch before the wait whose register nobody ever reads, None when there are none or several."""
    wait, file = evidence.wait, evidence.file
    launches = file.index.launches_before(wait) if wait and file else []
    unread = [task for task in launches if "register" in task.own and not _read_at_all(evidence, task)]
    return unread[0] if len(unread) == 1 else None


def _meant_by(waits: list[Task], own: Task, other: Task) -> Task:
    """Which of several waits for one job was meant for the other: by the words of their names, else the last."""

    wanted, unwanted = _words(other) - _words(own), _words(own) - _words(other)

    def nearness(wait: Task) -> tuple[int, int]:
        return len(_words(wait) & wanted) - len(_words(wait) & unwanted), wait.index

    return max(waits, key=nearness)


def _words(task: Task) -> set[str]:
    written = f"{task.name} {text_of(task.own.get('register', ABSENT))}".lower()
    return {word[:5] for word in re.split(r"[^a-z0-9]+", written) if len(word) > 3}


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Names for the texts and fixes: who should keep the id, and under which name."""
    yield "id_name", id_name(evidence.wait)
    meant = launch_without_reader(evidence)
    if meant is not None:
        register = text_of(meant.own.get("register", ABSENT))
        yield "meant_task", called(meant)
        yield "meant_register", register
        yield "register_to_give", "" if register else id_name(evidence.wait)
    forgotten = forgotten_launch(evidence)
    if forgotten is not None:
        yield "forgotten_task", called(forgotten)
        yield "forgotten_register", text_of(forgotten.own["register"])
