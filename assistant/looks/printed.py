"""What the paste shows of a launch, and of the loop item that failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.looks.evidence import PAST, Evidence
from assistant.looks.releases import at_least
from assistant.model import Fact, Seen


def launch_seen(evidence: Evidence) -> Fact | None:
    """skipped | skipped after others | some items skipped | ignored | looped | started: what the launch printed.

    Without the tasks the launch is taken to be the task right before the failed one.
    """
    rows = list(_rows(evidence))
    if not rows:
        return None
    items = [row for row in rows if _is_item(row)]
    kinds = {row.kind for row in rows}
    word = "ignored" if "ignored" in kinds else "looped" if items else "started"
    if "skipped" in kinds and word != "ignored":
        word = "some items skipped" if items else "skipped after others" if _others(evidence, rows) else "skipped"
    shown = next((row for row in rows if row.kind in ("ignored", "skipped")), rows[0])
    return Fact("launch_seen", word, f"line {shown.line}: {shown.text[:80]}")


def _is_item(row: Seen) -> bool:
    """True for a result of a loop, or its end as minimal and oneline print it."""
    return "(item=" in row.text or "ansible_loop_var" in row.result or row.result.get("msg") == ITEMS


ITEMS = "All items completed"


def _others(evidence: Evidence, rows: list[Seen]) -> bool:
    """True when another task did well before the skipped one: it may have been the launch whose register is meant."""
    launches, last = _launch_names(evidence), rows[-1]
    before = rows if launches and last.task else evidence.failure.seen if evidence.failure else ()
    return any(row.kind in ("launch", "ok") and (row.task != last.task or not last.task) for row in before)


def _rows(evidence: Evidence) -> Iterator[Seen]:
    """The lines that the launch printed for this host, as far as the paste holds them."""
    failure = evidence.failure
    if failure is None:
        return
    if not failure.task:
        yield from _row_above(evidence)
    before = [row for row in failure.seen if row.task and row.task != failure.task]
    names = _launch_names(evidence) or ({before[-1].task} if before and evidence.file is None else set())
    for row in before:
        if row.kind in ("launch", "ok", "skipped", "ignored") and (
            row.task in names or row.task.partition(" : ")[2] in names
        ):
            yield row


def _row_above(evidence: Evidence) -> Iterator[Seen]:
    """Where no task is named (minimal, oneline): the last line before the failure, if the launch stands right there."""
    launch, wait = evidence.launch, evidence.wait
    over = [row for row in evidence.failure.seen if row.kind in PAST] if evidence.failure else []
    if evidence.file is None or (launch and wait and launch.index + 1 == wait.index):
        yield from (row for row in over[-1:] if not row.task)


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


def result_above(evidence: Evidence) -> Fact | None:
    """a launch | a running job | other: what the result right above the failure is, where a field is missing.

    A message about a condition may mean the task's own result, so nothing above tells of it.
    """
    failure = evidence.failure
    if failure is None or "conditional" in failure.message.lower():
        return None
    over = [row for row in failure.seen if row.kind in PAST]
    if not over or not over[-1].result:
        return None
    result, line = over[-1].result, f"line {over[-1].line}: {over[-1].text[:80]}".rstrip(": ")
    if "ansible_job_id" not in result or result.get("finished") not in (0, False):
        return Fact("result_above", "other", line)
    started = "results_file" in result and "stdout" not in result  # on every release; a look has both, or neither
    return Fact("result_above", "a launch" if started else "a running job", line)


def tasks_above(evidence: Evidence) -> Fact | None:
    """none | elsewhere | other: what the play shows above the failed task: nothing, or only tasks of other hosts.

    Known only where the paste begins with the play; plays before it may still be missing.
    """
    failure = evidence.failure
    if failure is None or failure.tasks_before < 0:
        return None
    if failure.tasks_before == 0:
        return Fact("tasks_above", "none", "the failed task is the first of the play")
    over = [row for row in failure.seen if row.kind in PAST]
    shown = sum(row.task != before for row, before in zip(over, ["", *(row.task for row in over)], strict=False))
    working = [row for row in over if row.kind != "skipped" and row.task != "Gathering Facts"]
    places = {row.ran_on for row in working}
    known = shown == failure.tasks_before and failure.ran_on and places and "" not in places
    if known and failure.ran_on not in places:
        reason = f"all before it ran on {', '.join(sorted(places))}, and it ran on {failure.ran_on}"
        return Fact("tasks_above", "elsewhere", reason)
    count = f"{failure.tasks_before} tasks stand" if failure.tasks_before > 1 else "one task stands"
    return Fact("tasks_above", "other", f"{count} above it")


def retried_after_launch(evidence: Evidence) -> Fact | None:
    """yes | no: whether the failed task was tried again and again right behind a launch whose result is shown."""
    above = result_above(evidence)
    if evidence.failure is None or above is None:
        return None
    yes = bool(evidence.failure.retries) and above.value == "a launch"
    return Fact("retried_after_launch", "yes" if yes else "no", f"{above.because}, then a task with until")
