"""JSON texts that hold more than one result's worth: the json callback's tree, jsonl events, bare results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.model import Origin
from assistant.paste import modules, peel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.paste.state import State


def read(state: State, value: Mapping[str, Any], partial: bool, line: int, last: int) -> None:
    """Take a mapping that stood by itself on the lines `line` to `last`."""
    if isinstance(value.get("plays"), list):
        state.hints.set("callback", "json", '"plays": [')
        _plays(state, value, partial, line)
    elif isinstance(value.get("_event"), str):
        _event(state, value, line)
    elif looks_like_result(value):
        _bare(state, value, partial, line, last)


def _plays(state: State, tree: Mapping[str, Any], partial: bool, line: int) -> None:
    for play in _dicts(tree.get("plays")):
        state.begin_play()
        for task in _dicts(play.get("tasks")):
            _task(state, task, line, partial)
    stats = tree.get("stats")
    if isinstance(stats, dict):
        rows = {host: row for host, row in stats.items() if isinstance(row, dict)}
        counts = {host: _counts(row) for host, row in rows.items()}
        state.into.recap(counts, {host: _number(row, "ok") for host, row in rows.items()})
    state.marks += 1


def _counts(row: Mapping[str, Any]) -> tuple[int, int, int]:
    stopped = _number(row, "failures") + _number(row, "unreachable")
    return stopped, _number(row, "rescued"), _number(row, "ignored")


def _number(row: Mapping[str, Any], key: str) -> int:
    found = row.get(key, 0)
    return found if isinstance(found, int) else 0


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    return (part for part in value if isinstance(part, dict)) if isinstance(value, list) else iter(())


def _task(state: State, task: Mapping[str, Any], line: int, partial: bool) -> None:
    state.end_task()
    state.begin_task()
    about = task.get("task")
    about = about if isinstance(about, dict) else {}
    state.task = str(about.get("name", ""))
    path, _, number = str(about.get("path", "")).rpartition(":")
    state.task_path = Origin(path, int(number)) if path and number.isdigit() else None
    hosts = task.get("hosts")
    for host, result in hosts.items() if isinstance(hosts, dict) else ():
        if isinstance(result, dict):
            _host(state, host, result, line, partial)


def _host(state: State, host: str, result: Mapping[str, Any], line: int, partial: bool) -> None:
    state.module = modules.bare(str(result.get("action", ""))) or modules.from_name(state.task)
    if peel.is_failed(result):
        state.failed(host, result, False, line, "", False, bool(result.get("unreachable")), _ran_on(host, result))
    else:
        state.sound("skipped" if result.get("skipped") else "ok", host, result, "", line, _ran_on(host, result))


def _ran_on(host: str, result: Mapping[str, Any]) -> str:
    """Where the task ran; up to 2.18 a delegation shows only the other host's address."""
    delegated = result.get("_ansible_delegated_vars")
    if not isinstance(delegated, dict):
        return host
    return str(delegated.get("ansible_delegated_host") or delegated.get("ansible_host") or "another host")


def _event(state: State, event: Mapping[str, Any], line: int) -> None:
    """A line of ansible.posix.jsonl: `{"_event": "v2_runner_on_failed", "hosts": {…}, "task": {…}}`."""
    state.hints.set("callback", "jsonl", str(event["_event"]))
    state.marks += 1
    if str(event["_event"]).startswith("v2_runner"):
        _task(state, event, line, False)
    elif isinstance(event.get("stats"), dict):
        _plays(state, event, False, line)


_SIGNS = frozenset(("ansible_job_id", "async_result", "module_stdout", "_ansible_no_log", "ansible_facts", "censored"))


def looks_like_result(value: Mapping[str, Any]) -> bool:
    """True for a mapping that only a module or Ansible itself would answer with."""
    if not _SIGNS.isdisjoint(value) or set(value) == {"msg"} or {"msg", "rc"} <= set(value):
        return True
    if isinstance(value.get("changed"), bool) or value.get("unreachable") is True:
        return True
    given = value.get("invocation")
    said = isinstance(value.get("failed"), bool) and ("msg" in value or "results" in value)
    return said or (isinstance(given, dict) and "module_args" in given) or {"attempts", "finished"} <= set(value)


def is_sound(result: Mapping[str, Any]) -> bool:
    """True when a result without its headline shows no failure: rc 0, a launch, a job that still runs."""
    if peel.is_failed(result):
        return False
    if result.get("skipped") or ("failed" in result and "msg" not in result):
        return True
    if result.get("attempts") is not None or result.get("msg"):
        return False
    return result.get("rc") in (0, None)


def _bare(state: State, value: Mapping[str, Any], partial: bool, line: int, last: int) -> None:
    if is_sound(value) and not partial:
        state.sound("ok", "", value, "", line)
    else:
        state.bare.append((value, partial, line, last))
