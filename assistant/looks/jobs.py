"""The job and its output: what became of it, who looked at it, who relies on it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.looks.evidence import Evidence
from assistant.looks.launches import launch_poll, role
from assistant.model import Fact, Seen

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
    looked = failure.module == "async_status" or "async_status" in failure.layers
    if looked and ("attempts" in evidence.result or "invocation" not in evidence.result):
        return Fact("stage", "wait", "the result comes from async_status")
    if looked:
        return None  # -vvv shows the arguments of a poll's own look too
    if "ansible_job_id" in evidence.result or failure.message == NO_JOB:
        return _of_result(evidence, failure.module)
    if failure.retries or (not failure.task and evidence.seen("launch")):
        return None  # an until, but of what? a job is under way, but the callback names no tasks
    return Fact("stage", "elsewhere", "nothing in the paste speaks of a background job")


NO_JOB = "could not find job"
"""Only async_status says so, and some callbacks print nothing else of it."""


def _of_result(evidence: Evidence, module: str) -> Fact | None:
    """Whose a result with a job id is: only a task with until counts attempts, and no poll goes through one."""
    if "attempts" in evidence.result:
        return Fact("stage", "wait", "the result has attempts, so it comes from an until")
    return Fact("stage", "poll", f"a result of {module} with a job id was polled") if module else None


def _of_launch(evidence: Evidence) -> Fact | None:
    """A launch with poll above 0 that is FAILED and not UNREACHABLE got past its start (up to 2.18)."""
    poll = launch_poll(evidence)
    if poll is None:
        return None
    if poll.value == "collects later":
        return poll._replace(key="stage", value="launch")
    unreachable = evidence.failure is not None and evidence.failure.kind == "unreachable"
    return None if unreachable else poll._replace(key="stage", value="poll")


def module_fields(evidence: Evidence) -> list[str]:
    """The fields of a result that no async_status puts there, in order of names."""
    polled = evidence.result.get("async_result")
    result = polled if isinstance(polled, Mapping) else evidence.result
    return sorted(name for name in result if name not in OF_STATUS and not name.startswith("_"))


def fields_of_module(evidence: Evidence) -> Fact | None:
    """yes | no: whether the result of a job that counts as unfinished holds more than async_status puts there."""
    polled = evidence.result.get("async_result")
    result = polled if isinstance(polled, Mapping) else evidence.result
    if result.get("finished") not in (0, False) or "ansible_job_id" not in result:
        return None
    started = result.get("started")
    more = module_fields(evidence)
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
    if not said.strip() and evidence.failure:
        said = evidence.failure.message  # a callback that prints no fields (minimal)
    found = TERMINAL.search(said)
    if found:
        line = next((line for line in said.split("\n") if found[0] in line), found[0])
        return Fact("job_wants_terminal", "yes", line.strip()[:200])
    return Fact("job_wants_terminal", "no", "the job's words ask for no terminal") if said.strip() else None
