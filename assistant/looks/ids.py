"""The job id that async_status was given: whether it has one, of what shape, and where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.looks.waits import span
from assistant.model import Fact, Task, Value


def jid_shape(evidence: Evidence) -> Fact | None:
    """id | whole result | number cut short | typed by hand: what async_status was given as jid."""
    told = evidence.result.get("ansible_job_id")
    if isinstance(told, str) and _cut_short(told, evidence):
        return Fact(
            "jid_shape", "number cut short", f"ansible_job_id is {told}, but the launch gave another after the dot"
        )
    if isinstance(told, dict) or (isinstance(told, str) and told.lstrip().startswith("{")):
        return Fact("jid_shape", "whole result", "ansible_job_id in the result is a whole dictionary")
    if evidence.wait is not None:
        fact = _jid_in_task(evidence, evidence.wait)
        if fact:
            return fact
    return Fact("jid_shape", "id", f"ansible_job_id is {told}") if isinstance(told, str) and told else None


def _cut_short(told: str, evidence: Evidence) -> bool:
    """True when the launch's id differs from the one looked for only behind the dot.

    Up to 2.14.4 an id was all digits, and jinja2_native made a float of it that lost its last ones (issue 80167).
    """
    front, dot, behind = told.partition(".")
    item = evidence.result.get("item")
    launched = [*evidence.seen("launch"), *([item] if isinstance(item, Mapping) else [])]
    given = [str(result.get("ansible_job_id", "")).partition(".") for result in launched]
    return bool(dot) and front.isdigit() and any(f == front and b != behind for f, _, b in given)


def _jid_in_task(evidence: Evidence, wait: Task) -> Fact | None:
    from assistant.plays import references

    value = wait.args.get("jid", ABSENT)
    if value.node is None:
        return None
    refs = references(value)
    if not refs and "{" not in value.node.text:
        return Fact("jid_shape", "typed by hand", f"jid: {value.node.text}", span(value), wait.path)
    register = evidence.job.register if evidence.job else ""
    if (
        len(refs) == 1
        and refs[0].name == register
        and not refs[0].path
        and re.fullmatch(r"\{\{\s*\w+\s*\}\}", value.node.text.strip())
    ):
        return Fact(
            "jid_shape",
            "whole result",
            f"jid: {value.node.text} is the whole result of the launch",
            span(value),
            wait.path,
        )
    if any(ref.path and ref.path[-1] == "ansible_job_id" for ref in refs):
        return Fact("jid_shape", "id", f"jid: {value.node.text}", span(value), wait.path)
    return None


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


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The id that the launch gave, and the name under which async_status was given one."""
    yield "launch_jid", _given_id(evidence)
    yield "wrong_id_option", _wrong_option(evidence)


def _given_id(evidence: Evidence) -> str:
    """The id that the launch gave, where it is shown and begins as the one looked for; "" otherwise."""
    front = str(evidence.result.get("ansible_job_id", "")).partition(".")[0]
    item = evidence.result.get("item")
    launched = [*evidence.seen("launch"), *([item] if isinstance(item, Mapping) else [])]
    ids = [str(result.get("ansible_job_id", "")) for result in launched]
    return next((one for one in ids if one.partition(".")[0] == front), "")


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


def _wrong_option(evidence: Evidence) -> str:
    """The name under which async_status was given the id, "" when it was given as jid or not at all."""
    fact = jid_given(evidence)
    wait = evidence.wait or evidence.task
    if fact is None or fact.value != "other name" or wait is None:
        return ""
    return next(name for name in wait.args if _names_id(name, wait.args[name]))
