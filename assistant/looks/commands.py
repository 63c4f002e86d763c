"""What a launch's command and arguments say: work sent away, files that others need, output that is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.looks.launches import launch_poll, launching
from assistant.looks.waits import span
from assistant.model import Fact, Task, Value

BACKGROUND = re.compile(r"(?<![&>|])&[ \t]*;?\s*(?:disown\b[^\n]*)?\s*$")
"""A command that ends with a single &: its shell does not wait for it."""
OVERLOOKED = re.compile(r"^\s*(?:nohup|setsid)\s+")


def job_detaches(evidence: Evidence) -> Fact | None:
    """yes | as a daemon | no: whether the launch's shell sends its work away and ends at once.

    Nobody asks a daemon for its end: no poll, no wait and no register is taken for one.
    """
    launch, poll = launching(evidence), launch_poll(evidence)
    found = command_value(launch) if launch and launch.module == "shell" else None
    if launch is None or found is None or not found.known:
        return None
    text = str(found.value)
    if not BACKGROUND.search(text):
        return Fact("job_detaches", "no", "the shell waits for its last command", span(found), launch.path)
    if poll is None:
        return None
    waited = evidence.job.waits if evidence.job else ()
    meant = poll.value == "waits" or bool(waited)
    reason = f"the shell ends at once and leaves its work behind: {text.strip()[-60:]}"
    return Fact("job_detaches", "yes" if meant else "as a daemon", reason, span(found), launch.path)


def command_value(task: Task | None) -> Value | None:
    """The command of a task as one text, None without one."""
    values = (task.args.get(name, ABSENT) for name in ("cmd", "_raw_params")) if task else ()
    return next((value for value in values if value.node is not None), None)


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The launch's command as a job of its own."""
    yield "command_in_front", _in_front(evidence)


def _in_front(evidence: Evidence) -> str:
    """The launch's command without nohup and without its last &, "" when it stands on more than one line."""
    launch = launching(evidence)
    value = command_value(launch) if launch and launch.module == "shell" else None
    if value is None or value.node is None or not value.known or value.node.style not in ("plain", "single", "double"):
        return ""
    text = str(value.value)
    if "\n" in text or not BACKGROUND.search(text):
        return ""
    return OVERLOOKED.sub("", BACKGROUND.sub("", text)).strip()


READERS = frozenset("copy fetch unarchive slurp command shell script synchronize ansible.posix.synchronize".split())
"""Modules that need a path of their arguments to be there."""
LOOKERS = frozenset("wait_for stat pause wait_for_connection find".split())
PATH = re.compile(r"(?<![\w./-])/(?:[\w.@+-]{1,100}/){1,20}[\w.@+-]{1,100}")
NOT_MADE = re.compile(r"/(?:bin|sbin|usr/bin|usr/sbin|usr/local/bin|usr/local/sbin|dev|proc|sys|etc)/")


def relied_on_later(evidence: Evidence) -> Fact | None:
    """yes | no: whether a later task needs a file that a job nobody waits for is to make.

    Only a path that both name is taken for it: as `dest`, or as an argument of the command behind its program.
    Looking for the path first (wait_for, stat, until), a pause or tasks from elsewhere in between leave it open.
    """
    launch, poll = launching(evidence), launch_poll(evidence)
    if launch is None or evidence.file is None or poll is None or poll.value != "collects later":
        return None
    made = _made(launch)
    for task in evidence.file.tasks:
        if task.index <= launch.index or task.play != launch.play:
            continue
        waits = evidence.job.waits if evidence.job else ()
        if task in waits or task.kind in ("include", "import") or task.module in LOOKERS or "until" in task.own:
            return None
        read = _needs(task, made) if text_of(task.get("delegate_to")) == text_of(launch.get("delegate_to")) else ""
        if read:
            reason = f"“{task.name or task.action}” needs {read}, and nothing waits for the job that makes it"
            return Fact("relied_on_later", "yes", reason, span(launch.own.get("poll", ABSENT)), launch.path)
    return Fact("relied_on_later", "no", "no later task names what the job makes", launch.action_span, launch.path)


def _made(launch: Task) -> frozenset[str]:
    """Paths that the launch may make."""
    found = [text_of(launch.args[name]) for name in ("dest", "path") if name in launch.args]
    command = command_value(launch) if launch.module in ("command", "shell") else None
    if command is not None:
        found += text_of(command).split()[1:]
    return frozenset(path for text in found for path in PATH.findall(text) if not NOT_MADE.match(path))


def _needs(task: Task, made: frozenset[str]) -> str:
    """One of the paths, when the task cannot do without it."""
    if task.module not in READERS or task.kind != "task":
        return ""
    if task.module == "copy" and text_of(task.args.get("remote_src", ABSENT)) not in ("true", "yes", "True"):
        return ""
    command = command_value(task) if task.module in ("command", "shell") else None
    texts = [text_of(command)] if command is not None else [text_of(task.args.get("src", ABSENT))]
    return next((path for text in texts for path in PATH.findall(text) if path in made), "")


def hidden(evidence: Evidence) -> Fact | None:
    """for nothing | maybe rightly | no: whether no_log hides a job that shows nothing secret.

    Anything filled in from a variable may be a secret; so may any word that speaks of one.
    """
    task, launch = evidence.task, evidence.launch
    value = task.get("no_log") if task else ABSENT
    if task is None or value.state == "unknown":
        return None
    if not value.known or value.value not in (True, "true", "yes", "True"):
        return Fact("hidden", "no", "no_log is not set", task.action_span, task.path)
    shown = [text for part in (launch, task) if part is not None for text in _shown(part)]
    secret = launch is None or any(SECRET.search(text) for text in shown)
    word = "maybe rightly" if secret else "for nothing"
    return Fact("hidden", word, f"no_log: {text_of(value)}", span(value), task.path)


SECRET = re.compile(
    r"\{\{(?!\s*\w+\.ansible_job_id\s*\}\})|\{%|(?i:pass|secret|token|key|cred|vault|auth|cert|login|licen[cs]e|-p\b)"
)


def _shown(task: Task) -> Iterator[str]:
    """Everything of a task that its output could show."""
    yield from map(text_of, task.args.values())
    for keyword in ("environment", "loop", "with_items", "vars"):
        if task.get(keyword).node is not None:
            yield "{{ "  # what stands there is not looked into
