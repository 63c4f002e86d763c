"""Layers around a failure taken off (model.Failure names them): loop results, until, polls, facts, relays, rescues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.model import Record
from assistant.paste import errors, lenient

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_ITEMS = 1_000


class Peeled(Record):
    """The innermost result of one failed thing, and the one it came in."""

    result: Mapping[str, Any]
    outer: Mapping[str, Any]
    layers: tuple[str, ...]


def peel(result: Mapping[str, Any], item: bool = False, polled: bool = False) -> Iterator[Peeled]:
    """Every failure in a result: one, or one for each failed item of `results`.

    `item`: the callback said that the result belongs to a loop item. `polled`: ASYNC lines of the task were seen.
    """
    failed = [inner for inner in items(result) if is_failed(inner)]
    if not failed:
        yield _one(result, ("loop item",) if item else (), polled)
        return
    for inner in failed:
        yield from (
            peel(inner, item=True, polled=polled) if "results" in inner else (_one(inner, ("loop item",), polled),)
        )


def items(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The results of a loop's items, the first thousand of them; none for a result that is no loop's."""
    inner = result.get("results")
    return [item for item in inner[:MAX_ITEMS] if isinstance(item, dict)] if isinstance(inner, list) else []


def is_failed(result: Mapping[str, Any]) -> bool:
    """True when a result says of itself that it failed or that its host was out of reach."""
    return bool(result.get("failed")) or bool(result.get("unreachable"))


def _one(outer: Mapping[str, Any], layers: tuple[str, ...], polled: bool) -> Peeled:
    result = outer
    if "attempts" in result:
        layers += ("until",)
    poll = result.get("async_result")
    if isinstance(poll, dict) and _own_failure(poll):
        result, layers = poll, (*layers, "async poll")
    facts = _of_facts(result)
    if facts is not None:
        result, layers = facts, (*layers, "fact module")
    rescued = _rescued(result)
    if rescued is not None:
        result, layers = rescued, (*layers, "rescue")
    if _relayed(result) and "async poll" not in layers:
        layers += ("async poll",) if polled else ("async_status",)
    return Peeled(result, outer, layers)


def _own_failure(poll: Mapping[str, Any]) -> bool:
    """True when the last poll failed by itself; "still running" leaves the message to the outer result (M01)."""
    said = poll.get("msg")
    return "module_stdout" in poll or bool(poll.get("skipped") and said) or bool(is_failed(poll) and said)


def _of_facts(result: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What the one fact module said that gather_facts ran: its own message tells only which failed (2.8+)."""
    failed = result.get("failed_modules")
    inner = next(iter(failed.values())) if isinstance(failed, dict) and len(failed) == 1 else None
    return inner if isinstance(inner, dict) and "msg" in inner else None


def _relayed(result: Mapping[str, Any]) -> bool:
    """True for a job's own result handed on: async_status adds `finished` to what the module had written."""
    finished = result.get("finished")
    ended = finished is True or (isinstance(finished, int) and finished == 1)
    return ended and "ansible_job_id" in result and ("rc" in result or "cmd" in result)


def _rescued(result: Mapping[str, Any]) -> Mapping[str, Any] | None:
    inner = result.get("ansible_failed_result")
    if inner is None:
        inner = result.get("msg")
        if isinstance(inner, str) and inner.startswith("{") and ("'failed'" in inner or '"failed"' in inner):
            inner = lenient.read(inner)[0]
        if not (isinstance(inner, dict) and is_failed(inner)):
            return None
    return inner if isinstance(inner, dict) and ("msg" in inner or "rc" in inner) else None


def message(result: Mapping[str, Any]) -> str:
    """What a result says, without the place that older releases append; "" when it says nothing (M04)."""
    said = words(result)
    if isinstance(said, str):
        return errors.before_place(said)
    if isinstance(said, list):
        return "\n".join(str(part) for part in said[:50])
    return "" if said is None else str(said)


def words(result: Mapping[str, Any]) -> Any:
    """A result's `msg` or `reason`; where they say nothing, why its failed_when or changed_when is no condition.

    Such an error is kept beside the result since 2.12 (executor/task_executor.py), and without a message of its
    own the result is "Unknown error." on 2.19 and 2.20.
    """
    said = result.get("msg", result.get("reason", ""))
    if said and not (isinstance(said, str) and said.endswith(": Unknown error.")):
        return said
    broken = (result.get(f"{keyword}_result") for keyword in ("failed_when", "changed_when"))
    listed = "" if said else result.get("failures")  # of dnf: without a message only where the result is cut off
    return next((text for text in broken if isinstance(text, str) and text), listed or said)
