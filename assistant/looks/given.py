"""What a task or a role was given, and what it should have been: modes, handlers, arguments of roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.looks.evidence import Evidence
from assistant.looks.nearest import near

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Names and places for the texts and fixes; "" for what is not known."""
    if evidence.match is None:
        return
    if evidence.match.sign.name == "mode unreadable":
        yield from _of_mode(evidence)
    if "handler" in evidence.match.holes:
        yield from _of_handler(evidence, evidence.match.holes["handler"])
    if isinstance(evidence.result.get("argument_spec_data"), Mapping):
        yield from _of_argument(evidence, evidence.result["argument_spec_data"])


def _of_mode(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """A mode as `ls -l` shows it (rwxr-x---), in the form that modules take: u=rwx,g=rx,o=."""
    told = str(evidence.result.get("details", "")).rpartition("mode: ")[2].strip()
    yield "mode_given", told
    bits = re.fullmatch(r"[-dl]?([r-][w-][x-])([r-][w-][x-])([r-][w-][x-])", told)
    if bits and written(evidence, "mode") == told:
        yield (
            "mode_to_write",
            ",".join(f"{who}={part.replace('-', '')}" for who, part in zip("ugo", bits.groups(), strict=True)),
        )


def written(evidence: Evidence, option: str) -> str:
    """An option's value as it stands in the task: what a variable gave must not be overwritten there."""
    value = evidence.task.args.get(option) if evidence.task else None
    return value.node.text if value and value.node else ""


def _of_handler(evidence: Evidence, wanted: str) -> Iterator[tuple[str, str]]:
    """The handler of the file that was meant, and where the one task says so that notifies the wrong one."""
    if evidence.file is None:
        return
    handlers = {task.name for task in evidence.file.tasks if task.section == "handlers" and task.name}
    yield "handler_meant", near(wanted, handlers)
    nodes = [task.own["notify"].node for task in evidence.file.tasks if "notify" in task.own]
    said = [one for node in nodes if node for one in (node.items or (node,)) if one.text == wanted]
    if len(said) == 1:
        yield "notify_at", str(evidence.file.text.find(wanted, said[0].span.start))


def _of_argument(evidence: Evidence, spec: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The variable in the file that is nearly the one argument which the role misses, and where it stands."""
    missing = re.findall(
        r"missing required arguments: ([\w, ]{1,200})", evidence.failure.message if evidence.failure else ""
    )
    wanted = missing[0].strip() if len(missing) == 1 and "," not in missing[0] else ""
    yield "role_argument", wanted
    if not wanted or evidence.file is None:
        return
    text = evidence.file.text
    front = wanted.partition("_")[0] + "_"  # variables of a role have one prefix; other keys were not meant
    keys = {key for key in re.findall(r"^[ \t-]*(\w{1,100}):", text, re.M) if key.startswith(front) and key not in spec}
    meant = near(wanted, keys)
    if meant and len(re.findall(rf"\b{meant}\b", text)) == 1:
        yield "argument_written", meant
        yield "argument_at", str(text.index(meant))
