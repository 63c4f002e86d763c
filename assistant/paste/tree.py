"""JSON texts that hold more than one result's worth: the json callback's tree, jsonl events, bare results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from assistant.model import Origin
from assistant.paste import modules, peel

if TYPE_CHECKING:
    from assistant.paste.parse import Parser


def items(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The results of a loop's items."""
    inner = result.get("results")
    return [item for item in inner[: peel.MAX_ITEMS] if isinstance(item, dict)] if isinstance(inner, list) else []


def read(parser: Parser, value: Mapping[str, Any], partial: bool, line: int, last: int) -> None:
    """Take a mapping that stood by itself on the lines `line` to `last`."""
    if isinstance(value.get("plays"), list):
        parser.hints.set("callback", "json", '"plays": [')
        _plays(parser, value, partial, line)
    elif isinstance(value.get("_event"), str):
        _event(parser, value, line)
    elif looks_like_result(value):
        _bare(parser, value, partial, line, last)


def _plays(parser: Parser, tree: Mapping[str, Any], partial: bool, line: int) -> None:
    for play in _dicts(tree.get("plays")):
        for task in _dicts(play.get("tasks")):
            _task(parser, task, line, partial)
    stats = tree.get("stats")
    if isinstance(stats, dict):
        parser.into.recap({host: _counts(row) for host, row in stats.items() if isinstance(row, dict)})
    parser.marks += 1


def _counts(row: Mapping[str, Any]) -> tuple[int, int, int]:
    def number(key: str) -> int:
        found = row.get(key, 0)
        return found if isinstance(found, int) else 0

    return number("failures") + number("unreachable"), number("rescued"), number("ignored")


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    return (part for part in value if isinstance(part, dict)) if isinstance(value, list) else iter(())


def _task(parser: Parser, task: Mapping[str, Any], line: int, partial: bool) -> None:
    parser.end_task()
    about = task.get("task")
    about = about if isinstance(about, dict) else {}
    parser.task = str(about.get("name", ""))
    path, _, number = str(about.get("path", "")).rpartition(":")
    parser.task_path = Origin(path, int(number)) if path and number.isdigit() else None
    hosts = task.get("hosts")
    for host, result in hosts.items() if isinstance(hosts, dict) else ():
        if isinstance(result, dict):
            _host(parser, host, result, line, partial)


def _host(parser: Parser, host: str, result: Mapping[str, Any], line: int, partial: bool) -> None:
    parser.module = modules.bare(str(result.get("action", ""))) or modules.from_name(parser.task)
    if peel.is_failed(result):
        parser.failed(host, result, False, line, "", False, bool(result.get("unreachable")))
    else:
        parser.sound("skipped" if result.get("skipped") else "ok", host, result, "", line)


def _event(parser: Parser, event: Mapping[str, Any], line: int) -> None:
    """A line of ansible.posix.jsonl: `{"_event": "v2_runner_on_failed", "hosts": {…}, "task": {…}}`."""
    parser.hints.set("callback", "jsonl", str(event["_event"]))
    parser.marks += 1
    if str(event["_event"]).startswith("v2_runner"):
        _task(parser, event, line, False)
    elif isinstance(event.get("stats"), dict):
        _plays(parser, event, False, line)


_SIGNS = frozenset(("changed", "failed", "unreachable", "ansible_job_id", "async_result", "module_stdout", "attempts"))


def looks_like_result(value: Mapping[str, Any]) -> bool:
    """True for a mapping that only a module or Ansible itself would answer with."""
    return not _SIGNS.isdisjoint(value) or set(value) == {"msg"} or {"msg", "rc"} <= set(value)


def is_sound(result: Mapping[str, Any]) -> bool:
    """True when a result without its headline shows no failure: rc 0, a launch, a job that still runs."""
    if peel.is_failed(result):
        return False
    if result.get("skipped") or ("failed" in result and "msg" not in result):
        return True
    if result.get("attempts") is not None or result.get("msg"):
        return False
    return result.get("rc") in (0, None)


def _bare(parser: Parser, value: Mapping[str, Any], partial: bool, line: int, last: int) -> None:
    if is_sound(value) and not partial:
        parser.sound("ok", "", value, "", line)
    else:
        parser.bare.append((value, partial, line, last))
