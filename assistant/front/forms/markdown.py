"""A diagnosis as Markdown, to be pasted into an issue, a chat or a job summary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.front.forms.unknown import documented, shortened, told, unwrapped
from assistant.front.forms.values import Report
from assistant.front.forms.words import CONFIDENCE, KEEP, TRUST, headline, nothing_named, passing
from assistant.markup import block, code, plain
from assistant.model import Bar, Cause, Finding, Question, Step


def diagnosis(reports: Sequence[Report]) -> str:
    """The whole answer; text from the paste stands in code spans and blocks, where Markdown means nothing."""
    parts: list[str] = []
    for report in reports:
        parts += [f"# {code(report.name)}"] if len(reports) > 1 else []
        parts += [_finding(finding) for finding in report.diagnosis.findings]
        parts += [] if report.diagnosis.findings else [nothing_named(report.diagnosis.verdict)]
        parts += ["\n".join(f"- {plain(note)}" for note in report.diagnosis.notes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def page(title: str, cause: str, address: str, sections: Iterable[tuple[str, str]]) -> str:
    """An entry of the base: its title, its id as a link, and its sections as heading and Markdown."""
    parts = [f"# {title}", f"[{cause}]({address})", *(f"## {name}\n\n{text.strip()}" for name, text in sections)]
    return "\n\n".join(parts) + "\n"


def _finding(finding: Finding) -> str:
    failure = finding.failure
    parts = [f"## {plain(headline(failure))}", plain(passing(failure))]
    if failure.message and not failure.within:
        parts.append(block(failure.message if finding.causes else "\n".join(shortened(unwrapped(failure.message)))))
    if finding.causes:
        parts.append(_cause(finding.causes[0]))
        parts.append(_others(finding.causes[1:]))
    else:
        parts += _unknown(finding)
    if finding.question:
        parts.append(_question(finding.question))
    return "\n\n".join(part for part in parts if part)


def _unknown(finding: Finding) -> list[str]:
    """What can be said without a cause."""
    said = told(finding)
    fields = [f"{code(name)}:\n\n{block(chr(10).join(lines))}" for name, lines in said.fields]
    place = [f"Ansible names the place {code(said.place)}."] if said.place else []
    options = [
        f"What {code(one.module)} itself says of {code(one.name)}: {plain(documented(one))}" for one in said.options
    ]
    task = "" if finding.path else ", and the task that failed"
    more = f"To know more: the whole output of a run with `-vvv`{task}."
    keep = f"Once you know the cause, keep it: `{KEEP} build.log`."
    return [*fields, nothing_named("unknown"), *place, *options, f"{more} {keep}"]


def _cause(cause: Cause) -> str:
    parts = [
        f"### {cause.title}\n\n[{cause.id}]({cause.url}), {CONFIDENCE[cause.confidence]}",
        cause.what,
        _listed(plain(fact.because) for fact in cause.because),
        block("\n".join(map(_bar, cause.picture))) if cause.picture else "",
        cause.why,
        "**Fix**" if cause.steps else "",
        "\n".join(_step(number, step) for number, step in enumerate(cause.steps, 1)),
        f"**Check it worked**\n\n{cause.check}" if cause.check else "",
        f"Proved on ansible-core {cause.proved}." if cause.proved else "",
    ]
    return "\n\n".join(part.strip("\n") for part in parts if part.strip())


def _bar(bar: Bar) -> str:
    return f"{bar.label}: {bar.text}"


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _step(number: int, step: Step) -> str:
    lead = f"{number}. "
    text = step.text
    if step.diff:
        text += f" ({TRUST[step.trust]})\n\n{block(step.diff, 'diff')}"
    pad = " " * len(lead)
    return lead + "\n".join(pad + line if line and at else line for at, line in enumerate(text.split("\n")))


def _others(causes: Sequence[Cause]) -> str:
    if not causes:
        return ""
    rows = _listed(f"[{cause.title}]({cause.url}) ({CONFIDENCE[cause.confidence]})" for cause in causes)
    return f"Other causes that fit:\n\n{rows}"


def _question(question: Question) -> str:
    answers = _listed(code(f"--answer {question.key}={answer}") for answer in question.answers)
    ask = f"**To tell them apart:** {question.text}\n\n{answers}"
    return ask + (f"\n\nOr paste: {question.paste}" if question.paste else "")
