"""A paste and what failed in it."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal


class Origin(Record):
    """Where Ansible says that something stands: `path` as printed, `line` and `column` from 1 (0: not said)."""

    path: str
    line: int
    column: int = 0
    quoted: str = ""
    """The line of the file as Ansible quotes it below (2.19+, and older ones of YAML they could not read), else ""."""
    above: str = ""
    """The line before that one, where it is quoted too."""
    under: str = ""
    """The key that the quoted line is a part of, where that is quoted above it: "when" of a list of conditions."""


class Seen(Record):
    """A line of the paste that is no failure but evidence for one.

    `kind`: "launch" (a result with a job id that is not finished), "ok", "skipped", "ignored" (a
    failure followed by "...ignoring"), "retry", "poll", "warning".
    `host` and `task` are "" where the paste does not say; `result` is {} likewise; `text` is the
    redacted line; `line` counts from 1 in the paste as given. `ran_on`: see Failure.
    """

    kind: str
    host: str
    task: str
    result: Mapping[str, Any]
    text: str
    line: int
    ran_on: str = ""


class Failure(Record):
    """One failure as the paste shows it, wrapping peeled off, secrets already taken out."""

    host: str = ""
    """First host that failed so; "" when the paste does not say."""
    task: str = ""
    """Name of the task as printed by the callback, "" when not said."""
    module: str = ""
    """Action of the task without its namespace ("async_status"), "" when the paste does not say."""
    message: str = ""
    """The innermost message, unescaped; "" for a result that says nothing."""
    result: Mapping[str, Any] = {}
    """The innermost result as a mapping, {} when none was readable."""
    outer: Mapping[str, Any] = {}
    """The result before peeling; equal to `result` when nothing was peeled."""
    kind: Literal["failed", "unreachable", "parse"] = "failed"
    """"parse": Ansible said it outside of any result, mostly before any task ran."""
    origin: Origin | None = None
    """The innermost place that Ansible names (the value itself on 2.19+)."""
    task_origin: Origin | None = None
    """The place of the task (the first Origin of the chain, or "task path:")."""
    chain: tuple[str, ...] = ()
    """The messages of the [ERROR] block and its "caused by" chain, outermost first; what Python raised, before 2.19."""
    layers: tuple[str, ...] = ()
    """What was peeled, outermost first: "loop item", "until", "async poll", "async_status", "fact module", "rescue"."""
    count: int = 1
    """How many hosts and loop items failed alike."""
    hosts: tuple[str, ...] = ()
    """All hosts that failed alike, in the order of the paste."""
    lines: tuple[int, int] = (1, 1)
    """First and last line of the paste that belong to it, from 1."""
    retries: tuple[int, ...] = ()
    """The numbers of its "FAILED - RETRYING … (N retries left)" lines, in order."""
    seen: tuple[Seen, ...] = ()
    """What the paste shows of the same host before this failure, oldest first, at most 40."""
    ran_on: str = ""
    """The host it ran on where the callback shows delegation ("web1 -> db1" ran on db1, "web1" on web1); "" else."""
    truncated: bool = False
    """The result ended early or could only be read in part."""
    spared: Literal["", "ignored", "rescued"] = ""
    """What became of it where it stopped nothing."""
    within: str = ""
    """The id of the cause that only says "something inside failed"; then this is the failure inside. "" else."""
    wrapped: bool = False
    """The paste shows (-vvv) that async_wrapper.py was sent along: the task goes into the background."""
    tasks_before: int = -1
    """How many tasks stand before it, where the paste shows all: it begins with a play, and its recap counts no more
    than are there. -1 where it does not, or where only a part of it was read."""
    begun: bool = False
    """Of kind "parse": tasks stand above it, so the run had begun."""
    headless: bool = False
    """The paste begins below the play it belongs to: what the host did before may be missing."""


class Paste(Record):
    """A whole paste, read."""

    verdict: Literal["failures", "no-failure", "not-ansible"]
    """"no-failure": Ansible's output in which nothing stopped the play."""
    failures: tuple[Failure, ...]
    """Failures that stopped something; ignored and rescued ones only where the reader was asked for them."""
    notes: tuple[str, ...]
    """Plain sentences: "line 12: failed and was ignored", "a retried task came good (line 9)"."""
    hints: Mapping[str, str]
    """What the paste tells of the run: "release" ("2.16.19"), "at_least", "at_most" ("2.18"), "check_mode" ("yes"),
    "hosts_left_out" ("yes": the play ended for hosts on which nothing failed),
    "callback"; each key has a sister "<key> because" with the words that say so."""
    lines: int
    secrets: int
    """How many secrets were taken out."""
    spared: int = 0
    """How many different failures were ignored or rescued, as far as 500 of them were kept apart."""
