"""The page of a cause: message first, then the cause, then the one thing to do; after that everything else."""

from __future__ import annotations

from typing import Any, NamedTuple

from assistant.front.forms.words import CONFIDENCE, TRUST
from assistant.front.site import forks, signs
from assistant.front.site.families import title_of
from assistant.front.site.material import Material
from assistant.front.site.prose import summary
from assistant.front.site.render import Page
from assistant.front.site.study import Study, parting
from assistant.kb.examples import Unlike
from assistant.kb.tree import UNKNOWN, leaves
from assistant.model import Fact, Step


class Said(NamedTuple):
    """What the reader had before the eyes: Ansible's words, or that there were none."""

    text: str
    marked: str
    """The part of it by which the failure is known."""
    release: str
    silent: bool
    """True when Ansible printed no message."""


class Apart(NamedTuple):
    """A look-alike, and how to tell: a question with both answers, and what was seen of each."""

    id: str
    caption: str
    question: str
    here: str
    there: str


def page(material: Material, id: str) -> Page:
    """The page of one cause."""
    study = material.studies[id]
    known = signs.of_cause(id, material.signs)
    said = _said(study)
    values: dict[str, Any] = {
        "study": study,
        "entry": study.entry,
        "said": said,
        "step": _main_step(study),
        "known": known,
        "apart": [_apart(material, study, alike) for alike in material.alikes[id]],
        "unlike": material.unlike[id],
        "near": _near(material, study),
        "see": study.entry.see,
        "family": title_of(study.entry.family),
        "trust": TRUST,
        "confidence": CONFIDENCE,
    }
    return Page(f"{id}/", "cause.html", study.entry.title, _description(study, said), values)


def _description(study: Study, said: Said) -> str:
    message = f"{said.marked or said.text}: " if not said.silent else ""
    return (message if len(message) < 90 else "") + summary(study.why or study.what)


def _said(study: Study) -> Said:
    """The message of the main example; the fields that speak where there is no message."""
    main = study.main
    if main.newest < 0:
        return Said(main.fault.message if main.fault else "", "", "", True)
    release = main.case.labels[main.newest]
    finding = main.finding
    if finding is None:
        return Said(_failing_line(main.case.pastes[main.newest]), "", release, False)
    sign = next((fact.because for fact in finding.facts if fact.key == "sign"), "")
    message = finding.failure.message.strip()
    if not message:
        return Said(sign, "", release, True)
    return Said(_shortened(message, sign), sign, release, False)


def _failing_line(paste: str) -> str:
    lines = [line.strip() for line in paste.splitlines()]
    return next((line for line in lines if line.startswith(("fatal:", "[ERROR]", "failed:"))), lines[0])[:300]


def _shortened(message: str, sign: str) -> str:
    """A message of many lines as far as its sign needs: at most six lines around it."""
    lines = message.splitlines()
    at = next((number for number, line in enumerate(lines) if sign and sign in line), 0)
    first = max(0, min(at - 2, len(lines) - 6))
    return "\n".join(line[:600] for line in lines[first : first + 6])


def _main_step(study: Study) -> Step:
    """The one thing to do: the step with the change, else the first."""
    for step, text in zip(study.steps, study.entry.steps, strict=True):
        if "{edit}" in text:
            return step
    return study.steps[0]


def _apart(material: Material, study: Study, alike: Unlike) -> Apart:
    """How to tell two causes apart: by the fork of the tree at which they part, or by what Ansible prints."""
    held = None
    if alike.instead.startswith(study.entry.family + "/"):
        here, there = (id.partition("/")[2] for id in (study.entry.id, alike.instead))
        branches = [sign.branch for sign in signs.of_cause(study.entry.id, material.signs)]
        held = next(
            (found for branch in branches if (found := forks.parting(branch, here, there, material.labels.asks))), None
        )
    if held is not None:
        return Apart(alike.instead, alike.caption, held.question, held.here, held.there)
    mine, other = parting(study, alike, material.base)
    if mine and other and mine.key == "sign":
        return Apart(alike.instead, alike.caption, "What does Ansible print?", _printed(mine), _printed(other))
    if mine and other:
        return Apart(alike.instead, alike.caption, "What is seen", mine.because, other.because)
    return Apart(alike.instead, alike.caption, "", "", "")


def _printed(fact: Fact) -> str:
    return fact.because if len(fact.because) < 160 else fact.because[:150] + " …"


def _near(material: Material, study: Study) -> forks.Node | None:
    """The part of the decision tree around a cause, from its first sign with neighbours."""
    id = study.entry.id
    for sign in signs.of_cause(id, material.signs):
        leaf = id.partition("/")[2] if sign.family == study.entry.family else id
        branch = forks.around(sign.branch, leaf)
        if set(leaves(branch)) - {leaf, UNKNOWN}:
            return forks.nodes(branch, sign.family, material.labels)
    return None
