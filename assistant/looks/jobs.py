"""The job and its output: what became of it, who looked at it, who relies on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.looks.launches import launch_poll, launching, role
from assistant.looks.waits import span
from assistant.model import Fact, Seen, Task, Value

OF_STATUS = frozenset(
    "ansible_job_id attempts retries changed failed finished started results_file msg stdout stdout_lines stderr "
    "stderr_lines deprecations warnings exception invocation erased failed_when_result item ansible_loop_var action "
    "ansible_facts ansible_async_watchdog_pid child_pid rc module_stdout module_stderr".split()
)
"""What an async_status of an unfinished job can hold by itself, 2.9 to 2.21 (modules/async_status.py)."""


def poll_lines(evidence: Evidence) -> list[Seen]:
    """The ASYNC POLL, OK and FAILED lines (2.11+) of the failed task, oldest first."""
    failure = evidence.failure
    if failure is None:
        return []
    return [seen for seen in failure.seen if seen.kind == "poll" and seen.task in ("", failure.task)]


def stage(evidence: Evidence) -> Fact | None:
    """launch | poll | wait | elsewhere: what the failed task was doing with a background job.

    "poll": Ansible's own looks at a job with poll above 0. A launch that was unreachable may have been polling or not.
    """
    task, failure, lines = evidence.task, evidence.failure, poll_lines(evidence)
    if lines:
        return Fact("stage", "poll", lines[-1].text)
    part = role(evidence)
    if task is not None and part is not None:
        if part.value in ("wait", "cleanup"):
            return part._replace(key="stage", value="wait")
        if part.value == "other":
            return part._replace(key="stage", value="elsewhere", because=f"{task.action or task.kind} runs no job")
        return _of_launch(evidence)
    if failure is None:
        return None
    if failure.module == "async_status" or "async_status" in failure.layers:
        return Fact("stage", "wait", "the result comes from async_status")
    if failure.retries or (not failure.task and evidence.seen("launch")):
        return None  # an until, but of what? a job is under way, but the callback names no tasks
    return Fact("stage", "elsewhere", "nothing in the paste speaks of a background job")


def _of_launch(evidence: Evidence) -> Fact | None:
    """A launch with poll above 0 that is FAILED and not UNREACHABLE got past its start (up to 2.18)."""
    poll = launch_poll(evidence)
    if poll is None:
        return None
    if poll.value == "collects later":
        return poll._replace(key="stage", value="launch")
    unreachable = evidence.failure is not None and evidence.failure.kind == "unreachable"
    return None if unreachable else poll._replace(key="stage", value="poll")


def id_from_launch(evidence: Evidence) -> Fact | None:
    """yes | no: whether the job id that was looked for is one that a launch of this run gave."""
    told = evidence.result.get("ansible_job_id")
    given = [result.get("ansible_job_id") for result in evidence.seen("launch")]
    attempts = evidence.result.get("attempts")
    if isinstance(attempts, int) and attempts > 1:
        return Fact("id_from_launch", "yes", f"attempts: {attempts}, so earlier looks had found it")
    if told in given:
        return Fact("id_from_launch", "yes", f"the launch above gave {told}")
    if given and evidence.failure and not evidence.failure.task:
        return Fact("id_from_launch", "no", f"the launch above gave {given[-1]}, looked for was {told}")
    if evidence.launch is not None:
        return Fact("id_from_launch", "yes", f"the jid comes from “{evidence.launch.name or evidence.launch.action}”")
    return None


def given_id(evidence: Evidence) -> str:
    """The id that the launch gave, where it is shown and begins as the one looked for; "" otherwise."""
    front = str(evidence.result.get("ansible_job_id", "")).partition(".")[0]
    item = evidence.result.get("item")
    launched = [*evidence.seen("launch"), *([item] if isinstance(item, Mapping) else [])]
    ids = [str(result.get("ansible_job_id", "")) for result in launched]
    return next((one for one in ids if one.partition(".")[0] == front), "")


def fields_of_module(evidence: Evidence) -> Fact | None:
    """yes | no: whether the result of a job that counts as unfinished holds more than async_status puts there."""
    polled = evidence.result.get("async_result")
    result = polled if isinstance(polled, Mapping) else evidence.result
    if result.get("finished") not in (0, False) or "ansible_job_id" not in result:
        return None
    started = result.get("started")
    more = sorted(name for name in result if name not in OF_STATUS and not name.startswith("_"))
    if started not in (0, 1, True, False, None):
        return Fact("fields_of_module", "yes", f"started is no yes or no: {started}"[:200])
    if more:
        return Fact("fields_of_module", "yes", f"finished says no, but there is a result: {', '.join(more[:5])}")
    if result.get("changed") is True:  # a look changes nothing
        plain = evidence.task is not None and evidence.task.get("changed_when").state == "absent"
        return Fact("fields_of_module", "yes", "finished says no, but changed says yes") if plain else None
    return Fact("fields_of_module", "no", "the result holds nothing of the job's module")


def poll_answer(evidence: Evidence) -> Fact | None:
    """not UTF-8 | other: what the last look of a poll brought that was no readable result."""
    result = evidence.result.get("async_result")
    said = result if isinstance(result, Mapping) else evidence.result
    words = " ".join(str(said.get(name, "")) for name in ("msg", "module_stderr"))
    if "UTF-8" in words or "UTF8" in words:
        return Fact("poll_answer", "not UTF-8", words[:200])
    return Fact("poll_answer", "other", words[:200]) if said is result else None


def job_printed(evidence: Evidence) -> Fact | None:
    """something | nothing: whether a job without a readable result left any word of its own.

    The wrapper keeps what the module printed in `data` and `stderr` (modules/async_wrapper.py, all releases).
    """
    result = evidence.result
    if "data" not in result and "outdata" not in result:
        return None
    left = [str(result[name]) for name in ("data", "outdata", "stderr") if str(result.get(name) or "").strip()]
    if left:
        return Fact("job_printed", "something", left[-1].strip().split("\n")[-1][:200])
    return Fact("job_printed", "nothing", "data and stderr are empty")


TERMINAL = re.compile(
    r"/dev/tty|not a (?:tty|typewriter|terminal)|[Ii]nappropriate ioctl|a terminal is required|"
    r"TERM environment variable|no tty present|not a TTY|must be run from a terminal|stdin: is not|cannot set terminal"
)


def job_wants_terminal(evidence: Evidence) -> Fact | None:
    """yes | no: whether the job's own words ask for a terminal, which no background job has."""
    result = evidence.result
    said = "\n".join(str(result.get(name, "")) for name in ("stderr", "stdout", "msg", "module_stderr", "data"))
    found = TERMINAL.search(said)
    if found:
        line = next((line for line in said.split("\n") if found[0] in line), found[0])
        return Fact("job_wants_terminal", "yes", line.strip()[:200])
    return Fact("job_wants_terminal", "no", "the job's words ask for no terminal") if said.strip() else None


def jid_given(evidence: Evidence) -> Fact | None:
    """yes | other name | no: whether async_status has its jid. Unknown where the arguments come from a variable."""
    wait = evidence.wait or evidence.task
    if wait is None or wait.module != "async_status":
        return None
    if "jid" in wait.args:
        return Fact("jid_given", "yes", f"jid: {text_of(wait.args['jid'])}", span(wait.args["jid"]), wait.path)
    if not set(wait.args) - {"mode"}:
        return Fact("jid_given", "no", "async_status without jid", wait.action_span, wait.path)
    other = next((name for name in wait.args if _names_id(name, wait.args[name])), "")
    if other:
        place = span(wait.args[other])
        return Fact("jid_given", "other name", f"the option {other} is called jid", place, wait.path)
    return None


def _names_id(name: str, value: Value) -> bool:
    return name in ("job_id", "id", "job", "ansible_job_id", "async_jid", "jobid") or "ansible_job_id" in text_of(value)


def wrong_id_option(evidence: Evidence) -> str:
    """The name under which async_status was given the id, "" when it was given as jid or not at all."""
    fact = jid_given(evidence)
    wait = evidence.wait or evidence.task
    if fact is None or fact.value != "other name" or wait is None:
        return ""
    return next(name for name in wait.args if _names_id(name, wait.args[name]))


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


def in_front(evidence: Evidence) -> str:
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
