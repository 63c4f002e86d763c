"""For the edits: which tasks they may change, and what they write there; "" for what is not certain."""

from __future__ import annotations

import math
import re
import shlex
from collections.abc import Callable, Iterator, Mapping

from assistant.looks import places, registers, waits
from assistant.looks.commands import command_value, hidden
from assistant.looks.conditions import TIME_OUTS, hiding
from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.looks.jobs import module_fields
from assistant.looks.launches import launching
from assistant.looks.limits import launch_in_question, waiting_for
from assistant.looks.names import play_of
from assistant.looks.numbers import ASSUMED_DELAY
from assistant.looks.runtime import run_time
from assistant.looks.untils import register_of
from assistant.looks.wanted import Wanted
from assistant.model import Task

AN_HOUR = 3600
"""The limit that is written where nothing tells how long the job takes: it ends what hangs and cuts little."""
AN_ABSENCE = 600
"""Seconds within which a host that restarts is mostly back."""
PLAIN = frozenset("name async poll register changed_when until retries delay".split())
"""Keywords of a launch that a wait behind it need not share; any other (become, when, loop, tags, …) it might."""
PLAIN_WAIT = frozenset("name register until retries delay when".split())


def subjects(evidence: Evidence) -> Mapping[str, Task]:
    """The tasks that a fix may name, by what they are to it; those that are not there are left out."""
    return Wanted(SUBJECTS, lambda name: SUBJECTS[name](evidence) if name in SUBJECTS else None)


def _any_wait(evidence: Evidence) -> Task | None:
    """A wait for the job, the one in question before others; that of a launch with async: 0 too, which is no job."""
    return registers.any_wait(evidence) or next(iter(waiting_for(evidence, launch_in_question(evidence))), None)


SUBJECTS: Mapping[str, Callable[[Evidence], Task | None]] = {
    "launch": lambda evidence: evidence.launch or launch_in_question(evidence),
    "wait": lambda evidence: evidence.wait,
    "any wait": _any_wait,
    "cleanup": lambda evidence: next(iter(evidence.job.cleanups), None) if evidence.job else None,
    "reader": lambda evidence: evidence.task,
    "play": lambda evidence: play_of(evidence.file, evidence.task) if evidence.file and evidence.task else None,
    "meant": registers.launch_without_reader,
    "overwriter": registers.overwriter,
    "import": lambda evidence: registers.dropped_import(evidence)[0],
    "wait for import": lambda evidence: registers.dropped_import(evidence)[1],
}
"""How each is found."""


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """What the fixes write, by hole name."""
    yield from _limits(evidence)
    yield from _conditions(evidence)
    yield from _names(evidence)
    launch = launch_in_question(evidence)
    if launch is not None:
        user = places.user_of(launch) or ""
        yield "directory_owner", user if re.fullmatch(r"[a-z_][\w-]*", user) else ""
    yield "command_on_terminal", _on_terminal(evidence)


def _limits(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """A limit where none is written that could be built on, and the wait that goes with it."""
    launch = launch_in_question(evidence)
    if launch is None:
        return
    wait = _any_wait(evidence)
    with_wait = evidence._replace(wait=wait)
    time, waiting = run_time(launch), waits.wait_seconds(with_wait)
    known = max(time.least * 2 if time else 0, waiting or 0)
    limit = math.ceil(known / 60) * 60 or AN_HOUR
    delay = waits.numbers(with_wait)[1]
    step = delay if delay and delay > 0 else ASSUMED_DELAY
    yield "limit_to_write", str(limit)
    yield "retries_for_limit_to_write", str(math.ceil(limit / step))
    yield "poll_in_place_of_wait", waits.tidy(step)
    yield "wait_to_drop", "wait" if evidence.launch is not None else ""
    written = waits.limit_seconds(evidence)
    yield "limit_for_absence", str(AN_ABSENCE) if written and written < AN_ABSENCE else ""
    yield "delay_to_write", waits.tidy(step)
    yield "poll_for_wait", "0" if wait is not None else ""


def _conditions(evidence: Evidence) -> Iterator[tuple[str, str]]:
    task = evidence.task
    if task is None:
        return
    found, own = hiding(task), register_of(task)
    yield "hiding_keyword", found[0] if found else ""
    asks = re.fullmatch(rf"{re.escape(own)}\s+is\s+finished", text_of(task.own.get("until", ABSENT)).strip())
    yield "until_of_command", f"{own}.rc == 0" if own and asks and task.module in ("command", "shell") else ""
    texts = "|".join(map(re.escape, TIME_OUTS))
    told = re.fullmatch(rf"(['\"])(?:{texts})\1\s+in\s+(\w+)\.msg", text_of(task.own.get("when", ABSENT)).strip())
    yield "time_out_condition", f"{told[2]}.child_pid is defined or {told[2]}.async_result is defined" if told else ""
    secret = hidden(evidence)
    yield "no_log_for_nothing", "no_log" if secret and secret.value == "for nothing" and "no_log" in task.own else ""
    field = next(iter(module_fields(evidence)), "")
    wait = evidence.wait
    yield "module_field", field if wait is not None and wait == task and re.fullmatch(r"[\w.-]+", field) else ""


def _names(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Names for a wait to be written, when it can be written for certain."""
    launch, wait = launching(evidence), evidence.wait
    if launch is not None:
        plain = all(key in PLAIN or key == launch.action for key in launch.own)
        waited = bool(waiting_for(evidence, launch))
        name = register_of(launch) if plain and not waited else ""
        yield "register_to_wait_for", name
        yield "until_to_move", "until" if name or waited else ""
    other = registers.overwriter(evidence)
    if other is None or wait is None or evidence.file is None:
        return
    name, kept = registers.id_name(wait), register_of(wait)
    plain = all(key in PLAIN_WAIT or key == wait.action for key in wait.own) and set(wait.args) == {"jid"}
    read = [task for task in (wait, other) if registers.is_read_later(evidence, task, but=wait)]
    taken = re.search(rf"\b({re.escape(name)}|{re.escape(kept)})_2\b", evidence.file.text)
    if plain and kept and not read and not taken:
        yield "register_to_keep", name
        yield "other_register", f"{name}_2"
        yield "other_status_register", f"{kept}_2"


def _on_terminal(evidence: Evidence) -> str:
    """The launch's command with a terminal lent by script(1) of util-linux, "" when it stands on several lines."""
    launch = launching(evidence)
    value = command_value(launch) if launch and launch.module in ("command", "shell") else None
    if value is None or value.node is None or not value.known or value.node.style not in ("plain", "single", "double"):
        return ""
    text = str(value.value)
    own = text.startswith("script ") or "\n" in text or "{" in text
    return "" if own else f"script -qec {shlex.quote(text)} /dev/null"
