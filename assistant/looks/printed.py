"""What the paste shows of a launch, and of the loop item that failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.looks.evidence import Evidence
from assistant.looks.releases import at_least
from assistant.model import Fact, Seen


def launch_seen(evidence: Evidence) -> Fact | None:
    """skipped | skipped after others | some items skipped | ignored | looped | started: what the launch printed.

    Without the tasks the launch is taken to be the task right before the failed one.
    """
    rows = list(_rows(evidence))
    if not rows:
        return None
    items = [row for row in rows if "(item=" in row.text]
    kinds = {row.kind for row in rows}
    word = "ignored" if "ignored" in kinds else "looped" if items else "started"
    if "skipped" in kinds and word != "ignored":
        word = "some items skipped" if items else "skipped after others" if _others(evidence, rows) else "skipped"
    shown = next((row for row in rows if row.kind in ("ignored", "skipped")), rows[0])
    return Fact("launch_seen", word, f"line {shown.line}: {shown.text[:80]}")


def _others(evidence: Evidence, rows: list[Seen]) -> bool:
    """True when another task did well before the skipped one: it may have been the launch whose register is meant."""
    launches = _launch_names(evidence)
    before = rows if launches else evidence.failure.seen if evidence.failure else ()
    last = rows[-1].task
    return any(row.kind in ("launch", "ok") and row.task != last for row in before)


def _rows(evidence: Evidence) -> Iterator[Seen]:
    """The lines that the launch printed for this host, as far as the paste holds them."""
    failure = evidence.failure
    if failure is None:
        return
    before = [row for row in failure.seen if row.task and row.task != failure.task]
    names = _launch_names(evidence) or ({before[-1].task} if before and evidence.file is None else set())
    for row in before:
        if row.kind in ("launch", "ok", "skipped", "ignored") and (
            row.task in names or row.task.partition(" : ")[2] in names
        ):
            yield row


def _launch_names(evidence: Evidence) -> set[str]:
    """The printed names of the launches that the wait can belong to."""
    jobs = evidence.file.jobs if evidence.file else ()
    launches = [job.launch for job in jobs if job.launch and evidence.wait in job.waits]
    return {launch.name or launch.action for launch in launches}


def item_failed(evidence: Evidence) -> Fact | None:
    """skipped | failed | has an id | id deeper | a later item | other | no item | not told: the item without an id.

    Up to 2.18 a variable that is missing in one item fails the whole task without a word about the item;
    since 2.19 the result names it (executor/task_executor.py).
    """
    from assistant.plays import loop

    if evidence.failure is None:
        return None
    item = evidence.result.get(str(evidence.result.get("ansible_loop_var", "item")))
    if isinstance(item, dict):
        return _of_item(item)
    if item is not None:
        return Fact("item_failed", "other", f"the item that failed is {str(item)[:40]}, no result of a task")
    if evidence.wait is not None and loop(evidence.wait) is None:
        return Fact("item_failed", "no item", "the wait has no loop")
    if at_least(evidence, (2, 19)):
        return Fact("item_failed", "no item", "since 2.19 a failed item would be named")
    if any(row.task == evidence.failure.task and "(item=" in row.text for row in evidence.failure.seen):
        return Fact("item_failed", "a later item", "other items of the loop went well")
    return Fact("item_failed", "not told", "up to 2.18 the message does not tell of items")


def _of_item(item: Mapping[str, Any]) -> Fact:
    """What the result that was looped over says of itself."""
    if "ansible_job_id" in item:
        return Fact("item_failed", "has an id", f"the item itself holds the id {item['ansible_job_id']}")
    for word in ("skipped", "failed"):
        if item.get(word):
            return Fact("item_failed", word, f"the item says {word}: true, so it has no job")
    inner: Any = item
    for _ in range(9):
        inner = inner.get(str(inner.get("ansible_loop_var", "item")))
        if not isinstance(inner, Mapping):
            break
        if "ansible_job_id" in inner:
            return Fact("item_failed", "id deeper", f"the id {inner['ansible_job_id']} lies deeper in the item")
    return Fact("item_failed", "other", "the item holds no job id at all")
