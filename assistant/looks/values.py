"""What the holes of an entry are filled with: names and numbers of the reader's own paste and tasks.

What a paste alone tells stands here; what its tasks tell in the modules of `rooms`, imported only when they are asked:
a cold start has 40 ms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assistant.looks.evidence import Evidence, home_of, literal, missing_attribute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.model import Failure

NAMES = ("resolve", "arguments", "galaxy", "templating")
"""Families whose texts name what was meant in place of what is not there."""


THERE = frozenset(
    "become command containers files git interpreter limits network package services unreachable wait_for".split()
)
"""Families that tell what happened on a machine, not with the variables of a host."""


def values(evidence: Evidence, families: Iterable[str] = ()) -> Mapping[str, str]:
    """All that is known, by hole name; unknown ones are left out. What the tasks tell is worked out when asked for.

    `families`: of the causes whose texts are filled; the sign's is always among them.
    """
    own = (evidence.match.sign.family,) if evidence.match else ()
    told, last = filled(_of_failure(evidence)), filled(_of_families(evidence, dict.fromkeys((*own, *families))))
    limited = evidence.match is not None and not {"limit_told", "written"}.isdisjoint(evidence.match.holes)
    shown = [*(["numbers"] if limited else []), *(["places", "ids"] if evidence.seen("launch") else [])]
    if evidence.file is None and not shown:
        return {**told, **last}
    from assistant.looks import rooms

    return rooms.holes(evidence, rooms.WHERE if evidence.file else shown, told, last)


def filled(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    """The pairs that have a value, of several for one name the last."""
    return {name: value for name, value in pairs if value}


FAMILIES = {
    "undefined": "names",
    "templating": "wordings",
    "asserts": "stops",
    "syntax": "broken_mends",
    "inventory": "inventories",
    "network": "network",
    "git": "network",
    "interpreter": "crashes",
    "files": "targets",
}
"""What a family's texts need that no other's do."""


def _of_families(evidence: Evidence, families: Iterable[str]) -> Iterator[tuple[str, str]]:
    if not set(NAMES).isdisjoint(families):
        from assistant.looks import nearest

        yield from nearest.holes(evidence)
    if missing_attribute(evidence):
        from assistant.looks import attributes

        yield from attributes.holes(evidence)
    for room in dict.fromkeys(FAMILIES[family] for family in families if family in FAMILIES):
        yield from __import__(f"assistant.looks.{room}", fromlist=["holes"]).holes(evidence)


def _of_failure(evidence: Evidence) -> Iterator[tuple[str, str]]:
    failure, result = evidence.failure, evidence.result
    if failure is None:
        return
    yield "host", _host(evidence, failure)
    yield "task", failure.task
    yield "module", failure.module or (evidence.task.module if evidence.task else "")
    yield "message", failure.message.split("\n", 1)[0]
    yield "job_message", failure.message.strip()
    yield "attribute", missing_attribute(evidence)
    for hole, key in (
        ("jid", "ansible_job_id"),
        ("attempts", "attempts"),
        ("rc", "rc"),
        ("results_file", "results_file"),
    ):
        yield hole, str(result[key]) if isinstance(result.get(key), str | int) else ""
    yield "last_words", last_words(result)
    command = result.get("cmd", "")
    yield "command", " ".join(map(str, command)) if isinstance(command, list) else str(command)
    if evidence.match:
        yield from ((name, _unquoted(value)) for name, value in evidence.match.holes.items())
        if "directory" in evidence.match.holes:
            yield from _for_shell(evidence.match.holes["directory"])
    attempts, finished = result.get("attempts"), result.get("finished")
    yield "retries", str(attempts) if isinstance(attempts, int) and finished in (False, 0) else ""


def _host(evidence: Evidence, failure: Failure) -> str:
    """The host to look at: the other one, where a task was delegated and what happened there matters.

    "" where only the address of that host is told, which need not be a name of the inventory.
    """
    family = evidence.match.sign.family if evidence.match else ""
    delegated = literal(evidence.task.get("delegate_to"), str) if evidence.task else ""
    there = failure.ran_on or str(delegated or "")
    if family not in THERE or not there or "{" in there:
        return failure.host
    return there if there == failure.host or (there.strip("0123456789.") and not set(" :") & set(there)) else ""


def last_words(result: Mapping[str, Any]) -> str:
    """The last line that a program wrote to stderr, else to stdout, at most 200 characters; "" for none."""
    for name in ("stderr", "stdout"):
        lines = [line.strip() for line in str(result.get(name, "")).splitlines() if line.strip()]
        if lines:
            return lines[-1][:200]
    return ""


def _for_shell(directory: str) -> Iterator[tuple[str, str]]:
    """A directory that could not be made, as a command takes it, and the user whose home it lies in."""
    import shlex  # a paste with this message is rare, a cold start is not

    yield "directory_quoted", shlex.quote(directory)
    owner = home_of(directory)
    yield "directory_owner", owner if owner and shlex.quote(owner) == owner else ""


def _unquoted(text: str) -> str:
    """Without the quotes around it, if it has them on both sides."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else text
