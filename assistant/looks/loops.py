"""Jobs started in a loop: which of their ids a wait reads, and how the loop runs them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.around import asks_about, unshared
from assistant.looks.evidence import ABSENT, Evidence, literal, text_of
from assistant.looks.launches import launch_poll
from assistant.looks.waits import span
from assistant.model import Fact, Ref, Task

ID = "ansible_job_id"
KEEPING = frozenset("select reject selectattr rejectattr list sort reverse unique default".split())
"""Filters that leave a list's items as they are."""
IN_ORDER = frozenset("apt apt_key apt_repository dnf dnf5 package pip yum yum_repository git reboot".split())
"""Modules that hold a lock, or of which one waits for the other: to run them side by side is no gain."""


def _makers(evidence: Evidence, name: str, before: Task) -> list[Task]:
    """The tasks of the play that registered the name before this one, nearest last."""
    from assistant.plays import registers

    tasks = evidence.file.index.mentioning(name) if evidence.file else ()
    earlier = (t for t in tasks if t.index < before.index and t.play == before.play and t.kind == "task")
    return [task for task in earlier if registers(task) == name]


def _starts(task: Task) -> bool:
    """True for a task whose result has a job id: a launch, or a look at a job."""
    from assistant.plays import is_launch, is_status

    return is_launch(task) or is_status(task)


def _jid(wait: Task) -> Ref | None:
    """The one reference that is the whole jid, None when the jid is more than that."""
    from assistant.plays import references

    value = wait.args.get("jid", ABSENT)
    refs = references(value)
    plain = re.fullmatch(r"\{\{\s*[\w.\[\]'\"-]+\s*\}\}", text_of(value).strip())
    return refs[0] if len(refs) == 1 and plain else None


def _looped_over(task: Task) -> str:
    """The register whose results the task loops over, "" when it loops over anything else."""
    from assistant.plays import loop, references

    node = loop(task)
    refs = references(node) if node else ()
    if node is None or len(refs) != 1 or refs[0].path != ("results",):
        return ""
    whole = re.fullmatch(r"\{\{([^{}]*)\}\}", node.text.strip())
    first, *filters = whole[1].split("|") if whole else [""]
    whole_list = first.strip() == f"{refs[0].name}.results"
    kept = all(piece.strip().partition("(")[0].strip() in KEEPING for piece in filters)
    return refs[0].name if whole_list and kept else ""


def _chain(evidence: Evidence, wait: Task) -> list[Task]:
    """The tasks behind the wait's `item`, nearest first: each looped over the results of the next."""
    found: list[Task] = []
    task = wait
    while len(found) < 9:
        makers = _makers(evidence, _looped_over(task), task) if _looped_over(task) else []
        if not makers:
            break
        task = makers[-1]
        found.append(task)
    return found


def id_read(evidence: Evidence) -> Fact | None:
    """register | looped register | first result | item | wrong depth: where the wait's jid takes its id from."""
    from assistant.plays import loop, loop_var

    wait = evidence.wait
    ref = _jid(wait) if wait else None
    if wait is None or ref is None or ref.path[-1:] != (ID,):
        return None
    place = span(wait.args["jid"])
    if loop(wait) is not None and ref.name == loop_var(wait):
        word = _item_word(_chain(evidence, wait), ref)
    else:
        word = _register_word(evidence, wait, ref)
    return Fact("id_read", word, f"jid: {text_of(wait.args['jid'])}", place, wait.path) if word else None


def _item_word(chain: list[Task], ref: Ref) -> str:
    depth = _depth(chain, ref)
    if depth is None or not any(_starts(task) for task in chain):
        return ""
    return "item" if depth < len(chain) and _starts(chain[depth]) else "wrong depth"


def _depth(chain: list[Task], ref: Ref) -> int | None:
    """How many steps of the path lead from a result to the item behind it; None when the path has others too."""
    from assistant.plays import loop_var

    steps = ref.path[:-1]
    fits = all(step == loop_var(task) for step, task in zip(steps, chain, strict=False))
    return len(steps) if fits and len(steps) <= len(chain) else None


def right_path(evidence: Evidence) -> str:
    """The jid's expression with as many steps as lead to a job id, "" when it is right or cannot be told."""
    from assistant.plays import loop_var

    wait = evidence.wait
    fact = id_read(evidence)
    if wait is None or fact is None or fact.value != "wrong depth":
        return ""
    chain = _chain(evidence, wait)
    depth = next((n for n, task in enumerate(chain) if _starts(task)), None)
    if depth is None:
        return ""
    return ".".join([loop_var(wait), *(loop_var(task) for task in chain[:depth]), ID])


def _register_word(evidence: Evidence, wait: Task, ref: Ref) -> str:
    from assistant.plays import loop

    makers = _makers(evidence, ref.name, wait)
    if not makers or not all(_starts(task) for task in makers):
        return ""
    looped = [loop(task) is not None for task in makers]
    if not any(looped):
        return "register" if len(ref.path) == 1 else ""
    if not all(looped):
        return ""
    if ref.path in ((ID,), ("results", ID)):
        return "looped register"
    first = len(ref.path) == 3 and ref.path[0] == "results" and re.fullmatch(r"-?\d+", ref.path[1])
    return "first result" if first and _only_one_is_read(evidence, ref) and _may_be_several(makers[-1]) else ""


def _only_one_is_read(evidence: Evidence, ref: Ref) -> bool:
    """True when no other task reads the results of the launch, all of them or another one."""
    from assistant.plays import reads

    for task in evidence.file.tasks if evidence.file else ():
        for _, other in reads(task):
            if other.name == ref.name and other.path[:2] != ref.path[:2]:
                return False
    return True


def _may_be_several(task: Task) -> bool:
    """False for a loop over a list of one, and for a list that decides only in the run."""
    from assistant.plays import loop

    node = loop(task)
    return node is not None and (node.kind != "list" or len(node.items) > 1)


def id_holder(evidence: Evidence) -> str:
    """What the wait reads ansible_job_id of: "job", or "item" in a loop; "" when the jid is no plain expression."""
    wait = evidence.wait
    ref = _jid(wait) if wait else None
    if ref is None or ref.path[-1:] != (ID,) or not all(step.isidentifier() for step in ref.path):
        return ""
    return ".".join([ref.name, *ref.path[:-1]])


def loop_condition(evidence: Evidence) -> Fact | None:
    """unguarded | guarded | none: whether the wait loops over results of which some may have been skipped."""
    from assistant.plays import conditions, loop, loop_var

    launch, wait = evidence.launch, evidence.wait
    if launch is None or wait is None or loop(launch) is None:
        return None
    if not evidence.job or _looped_over(wait) != evidence.job.register or wait.play != launch.play:
        return None
    node, place = loop(wait), span(launch.get("when"))
    own = unshared(launch, wait)
    if not own:
        return Fact("loop_condition", "none", "no item is skipped", place, wait.path)
    names = (loop_var(wait), evidence.job.register, "skipped")
    if "|" in (node.text if node else "") or asks_about(evidence, launch, wait, names):
        return Fact("loop_condition", "guarded", "the wait leaves out what was skipped", place, wait.path)
    if unshared(wait, launch) or any(c.tag != "str" for c in conditions(launch)):
        return None
    reason = f"the launch skips items unless {own[0]}, the wait takes all results"
    return Fact("loop_condition", "unguarded", reason, place, wait.path)


def loop_order(evidence: Evidence) -> Fact | None:
    """one after the other | side by side: how a loop with async runs its items."""
    from assistant.plays import loop

    task, poll = evidence.task, launch_poll(evidence)
    if task is None or "async" not in task.own or task.kind != "task" or poll is None or loop(task) is None:
        return None
    if poll.value == "collects later":
        return poll._replace(key="loop_order", value="side by side")
    control = literal(task.get("loop_control"), dict) or {}
    meant = "until" in task.own or "pause" in control or task.get("throttle").state != "absent"
    if meant or task.module in IN_ORDER or "." in task.module or not _may_be_several(task):
        return None
    return Fact("loop_order", "one after the other", f"a loop, and {poll.because}", poll.span, task.path)


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Names for the texts and fixes: where ids are read, where they should be, and names for a wait to be written."""
    yield "id_holder", id_holder(evidence)
    yield "right_path", right_path(evidence)
    yield from _names_for_wait(evidence)


PLAIN = frozenset("name async poll loop loop_control register".split())
"""Keywords of a launch that a wait behind it need not share; any other (become, when, tags, …) it might."""


def _names_for_wait(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Registers for a launch and for the wait to be written behind it, when that wait can be written for certain."""
    from assistant.plays import readers

    task, file, order = evidence.task, evidence.file, loop_order(evidence)
    if task is None or file is None or order is None or order.value != "one after the other":
        return
    plain = all(key in PLAIN or key.startswith("with_") or key == task.action for key in task.own)
    register = text_of(task.own.get("register", ABSENT))
    free = [name for name in ("jobs", "started_jobs", "loop_jobs") if not re.search(rf"\b{name}\b", file.text)]
    name = register or (free[0] if free else "")
    if plain and name and not (register and readers(file, register, task)):
        yield "jobs_register", name
        yield "ended_register", f"{name}_ended"
