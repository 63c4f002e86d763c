"""The words of a diagnosis, ready to be shown: sentences as texts, Markdown as trees, in the order of its failures."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.front.box.prose import tree
from assistant.front.forms import unknown, values
from assistant.front.forms.picture import picture
from assistant.front.forms.words import CONFIDENCE, KEEP, TRUST, headline, nothing_named, passing
from assistant.kb import Base, Entry
from assistant.model import Cause, Diagnosis, Finding, Refuted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


ON_THE_COMMAND_LINE = " (--task FILE)"
"""How the base says where a task is given; in the box there is a field for it."""


CODE_ALONE = "This is code, and no failure. Paste what Ansible printed when it ran, here or beside it."
"""Instead of "this is not Ansible's output", where there is code."""


def told(diagnosis: Diagnosis, base: Base, texts: Mapping[str, str], ignored: bool = False) -> dict[str, Any]:
    """For each failure its headline, what is said in passing, its first cause and its question; `nothing`: no failure.

    `texts`: the code with the paste, by its name. `spared` offers the failures that were ignored or rescued, "" where
    there are none, or `ignored` says that they were asked for.
    """
    nothing = CODE_ALONE if texts and diagnosis.verdict == "not-ansible" else nothing_named(diagnosis.verdict)
    return {
        "nothing": "" if diagnosis.findings else nothing,
        "failures": [_finding(finding, base, texts) for finding in diagnosis.findings],
        "spared": "" if ignored else _offered(diagnosis.paste.spared),
    }


def _offered(spared: int) -> str:
    what = "cause of the failure that was" if spared == 1 else f"causes of the {spared} failures that were"
    return f"Name the {what} ignored or rescued, too" if spared else ""


def _finding(finding: Finding, base: Base, texts: Mapping[str, str]) -> dict[str, Any]:
    question = finding.question
    return {
        "headline": headline(finding.failure),
        "passing": passing(finding.failure),
        "nothing": "" if finding.causes else nothing_named("unknown"),
        "unknown": None if finding.causes else _unknown(finding, texts),
        "causes": [_cause(cause, base.entries[cause.id]) for cause in finding.causes[:1]],
        "ruled_out": [_ruled_out(each, base) for each in finding.refuted],
        "question": tree(question.text, "") if question else [],
        "paste": tree(question.paste.replace(ON_THE_COMMAND_LINE, ""), "") if question else [],
    }


def _unknown(finding: Finding, texts: Mapping[str, str]) -> dict[str, Any]:
    """What can be said without a cause: the message by lines, the result's other fields, the place, in code a mark."""
    said, found = unknown.told(finding), unknown.marked_place(finding, texts)
    start, end = values.ends(found[1], texts[found[0]]) if found else ([], [])
    return {
        "message": "\n".join(said.message),
        "fields": [[name, "\n".join(lines)] for name, lines in said.fields],
        "place": said.place,
        "code": found[0] if found else "",
        "mark": {"start": start, "end": end} if found else None,
        "more": "" if finding.path else " and the file with the task",
        "keep": f"{KEEP} build.log",
    }


def _ruled_out(refuted: Refuted, base: Base) -> dict[str, Any]:
    """A fact and the causes that it speaks against."""
    titles = {id: base.entries[id].title for id in refuted.causes if id in base.entries}
    return {"by": refuted.by.because, "causes": list(titles.items())}


def _cause(cause: Cause, entry: Entry) -> dict[str, Any]:
    addresses = "\n".join([*entry.sections.values(), *entry.steps])
    parts = {name: tree(getattr(cause, name), addresses) for name in ("what", "why", "check", "prevent")}
    return {
        **parts,
        "picture": picture(cause.picture),
        "confidence": CONFIDENCE[cause.confidence],
        "steps": [
            {"text": tree(step.text, addresses), "trust": TRUST[step.trust] if step.diff else ""}
            for step in cause.steps
        ],
    }
