"""The sentences that every form of an answer shares."""

from __future__ import annotations

from assistant.model import Failure

CONFIDENCE = {
    "certain": "certain: the evidence leaves no other cause",
    "likely": "likely: the evidence points here",
    "possible": "possible: nothing in the evidence speaks against it",
}

TRUST = {
    "safe": "safe to apply as it stands",
    "review": "read it before you apply it",
    "show": "an illustration, not a ready change",
}

VERDICTS = {
    "causes": "",
    "unknown": "Something failed here, and its cause is not in the base yet.",
    "no-failure": "This is Ansible's output, and nothing in it stopped the play.",
    "not-ansible": "This does not look like Ansible's output: no failure, no play and no task was found in it.",
}

INSIDE = "And what failed inside it"
"""Begins the second half of an answer, where the first cause only says that something inside failed."""

KEEP = "ansible-why kb new FAMILY/NAME"
"""How a cause that nobody wrote up is begun; the file of the paste comes behind it."""

ORIGINS = {"failed": "failed", "unreachable": "was unreachable", "parse": "ended before any task ran"}


def nothing_named(verdict: str) -> str:
    """The sentence for a verdict that names no cause."""
    return VERDICTS[verdict]


def headline(failure: Failure) -> str:
    """What failed, in one line: task, what became of it, hosts ("Wait for it failed on web1 and 3 more")."""
    if failure.within:
        return f"{INSIDE}: {failure.message.strip().partition(chr(10))[0]}".removesuffix(": ")
    subject = failure.task or failure.module or ("The run" if failure.kind == "parse" else "A task")
    hosts = failure.hosts or ((failure.host,) if failure.host else ())
    where = f" on {_several(hosts)}" if hosts else ""
    became = "broke off" if failure.begun else ORIGINS[failure.kind]
    return f"{subject} {became}{where}" + (f" and was {failure.spared}" if failure.spared else "")


def passing(failure: Failure) -> str:
    """What is said in passing: module, place in the paste, how often, what it was wrapped in.

    "" for what failed inside another failure: all that was said of that one.
    """
    if failure.within:
        return ""
    first, last = failure.lines
    said = [failure.module] if failure.module else []
    said.append(f"line {first} of the paste" if first == last else f"lines {first} to {last} of the paste")
    items = failure.count - max(1, len(failure.hosts))
    if failure.count > 1:
        said.append(f"{failure.count} alike" if items > 0 else f"{failure.count} hosts alike")
    if failure.layers:
        said.append("inside: " + ", ".join(failure.layers))
    if failure.truncated:
        said.append("the result is cut off")
    return ", ".join(said)


def _several(names: tuple[str, ...]) -> str:
    if len(names) <= 3:
        return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
    return f"{names[0]}, {names[1]} and {len(names) - 2} more"
