"""A diagnosis on a terminal: message first, then the proof, then the steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from assistant.front.forms.clean import shown
from assistant.front.forms.unknown import documented, marked_place, shortened, told, unwrapped
from assistant.front.forms.values import Report
from assistant.front.forms.view import View
from assistant.front.forms.words import CONFIDENCE, KEEP, TRUST, headline, nothing_named, passing
from assistant.front.terminal.picture import picture
from assistant.front.terminal.prose import inline, markdown
from assistant.front.terminal.quote import diff, message, places
from assistant.front.terminal.sheet import Sheet
from assistant.model import Cause, Fact, Failure, Finding, Question, Span, Step


def diagnosis(reports: Sequence[Report], texts: Mapping[str, str], view: View) -> str:
    """The answer to one or more pastes; `texts` are the task files by path, from which marked lines are shown."""
    sheet = Sheet(view)
    named: dict[tuple[Cause, ...], int] = {}
    number = 0
    for report in reports:
        if len(reports) > 1:
            sheet.heading(f"== {shown(report.name)} ==")
        for finding in report.diagnosis.findings:
            number += not finding.failure.within
            _finding(sheet, finding, texts, number if _several(reports) else 0, named)
        if not report.diagnosis.findings:
            sheet.put(nothing_named(report.diagnosis.verdict))
        _notes(sheet, report.diagnosis.notes)
        _offer(sheet, report)
    return sheet.text()


def _several(reports: Sequence[Report]) -> bool:
    return sum(not finding.failure.within for report in reports for finding in report.diagnosis.findings) > 1


def _finding(
    sheet: Sheet, finding: Finding, texts: Mapping[str, str], number: int, named: dict[tuple[Cause, ...], int]
) -> None:
    """One failure; one that has the very same causes as an earlier one is only pointed there.

    What failed inside another failure belongs to its number, and has its words.
    """
    inside = bool(finding.failure.within)
    head(sheet, finding.failure, 0 if inside else number)
    if finding.causes and finding.causes in named:
        sheet.put(f"The same cause as number {named[finding.causes]}: {finding.causes[0].title}", 2)
        return
    if not inside:
        words = finding.failure.message if finding.causes else "\n".join(shortened(unwrapped(finding.failure.message)))
        message(sheet, words, 2, 12 if finding.causes else 20)
    named[finding.causes] = number
    if finding.causes:
        _cause(sheet, finding.causes[0], texts)
        _others(sheet, finding.causes[1:])
    else:
        _unknown(sheet, finding, texts)
    if finding.question:
        _question(sheet, finding.question)
    if finding.causes:
        sheet.blank()
        sheet.raw(Text("More: ").append(f"ansible-why explain {finding.causes[0].id}", "cyan"))


def head(sheet: Sheet, failure: Failure, number: int = 0) -> None:
    """What failed and where, with its `number` among several."""
    sheet.blank()
    lead = f"{number}. " if number else ""
    sheet.put(Text(headline(failure), "bold red"), 0, lead, "bold")
    if said := passing(failure):
        sheet.put(Text(said, "dim"), 2)


def title(sheet: Sheet, cause: Cause) -> None:
    """The name of a cause and how sure it is."""
    sheet.blank()
    sheet.put(Text(cause.title, "bold"))
    sheet.put(Text(f"{cause.id}, {CONFIDENCE[cause.confidence]}", "dim"))


def proof(sheet: Sheet, cause: Cause, texts: Mapping[str, str]) -> None:
    """What speaks for a cause, and the picture of its times."""
    if cause.because:
        _because(sheet, cause.because, texts)
    if cause.picture:
        sheet.blank()
        picture(sheet, cause.picture)


def _cause(sheet: Sheet, cause: Cause, texts: Mapping[str, str]) -> None:
    title(sheet, cause)
    sheet.blank()
    markdown(sheet, cause.what)
    proof(sheet, cause, texts)
    if cause.why.strip():
        sheet.heading("Why it happens")
        markdown(sheet, cause.why)
    _steps(sheet, cause.steps)
    if cause.check.strip():
        sheet.heading("Check it worked")
        markdown(sheet, cause.check)
    if cause.proved:
        sheet.blank()
        sheet.put(Text(f"Proved on ansible-core {cause.proved}.", "dim"))


def _because(sheet: Sheet, facts: Sequence[Fact], texts: Mapping[str, str]) -> None:
    """The reasons, each with the number of its line, then these lines marked, file by file."""
    sheet.heading("Why we think so")
    spans: dict[str, list[Span]] = {}
    for fact in facts:
        where = ""
        if fact.span and fact.path in texts:
            spans.setdefault(fact.path, []).append(fact.span)
            where = f" (line {_line(texts[fact.path], fact.span)})"
        sheet.put(Text(fact.because).append(where, "dim"), 2, f"{sheet.signs.dot} ")
    for path, marks in spans.items():
        sheet.blank()
        places(sheet, path, texts[path], marks, 2)


def _line(text: str, span: Span) -> int:
    from assistant.source import place  # reads YAML: not needed where no file was given

    return place(text, span.start)[0]


def _steps(sheet: Sheet, steps: Sequence[Step]) -> None:
    if not steps:
        return
    sheet.heading("Fix")
    for number, step in enumerate(steps, 1):
        one_step(sheet, step, number)
        if step.diff or "\n\n" in step.text:
            sheet.blank()


def one_step(sheet: Sheet, step: Step, number: int = 0) -> None:
    """A step, with its number among several, and the change it makes."""
    indent = 3 if number else 0
    markdown(sheet, step.text, 0, f"{number}. " if number else "")
    if step.diff:
        sheet.put(Text(f"({TRUST[step.trust]})", "dim"), indent)
        sheet.blank()
        diff(sheet, step.diff, indent)


def _others(sheet: Sheet, causes: Sequence[Cause]) -> None:
    if not causes:
        return
    sheet.heading("Other causes that fit, the likeliest first")
    for number, cause in enumerate(causes, 2):
        sheet.put(Text(cause.title).append(f" ({cause.confidence})", "dim"), 2, f"{number}. ")
        sheet.put(Text(cause.id, "dim"), 5)


def _question(sheet: Sheet, question: Question) -> None:
    sheet.heading("To tell them apart")
    sheet.put(inline(question.text))
    for number, answer in enumerate(question.answers, 1):
        sheet.put(Text(answer), 2, f"{number}. ")
    sheet.put(Text("Answer with: ").append(f"--answer {question.key}=1", "cyan"))
    if question.paste:
        sheet.put(Text("Or paste: ").append_text(inline(question.paste)))


def unknown(sheet: Sheet, finding: Finding, texts: Mapping[str, str]) -> None:
    """That nothing in the base fits, and all that can be said all the same."""
    said = told(finding)
    for name, lines in said.fields:
        sheet.put(Text(f"{name}:", "dim"), 2)
        for line in lines:
            sheet.put(Text(line), 4)
    sheet.blank()
    sheet.put(Text("No cause in the base fits this failure.", "bold"))
    if said.place:
        sheet.put(f"Ansible names the place {said.place}", 2)
    found = marked_place(finding, texts)
    if found:
        sheet.blank()
        places(sheet, found[0], texts[found[0]], [found[1]], 2)
    for option in said.options:
        sheet.heading(f"What {option.module} itself says of {option.name}")
        sheet.put(documented(option), 2)


def _unknown(sheet: Sheet, finding: Finding, texts: Mapping[str, str]) -> None:
    unknown(sheet, finding, texts)
    sheet.blank()
    file = "" if finding.path else " and the file with the task"
    sheet.put(f"To know more, give the whole output (run it again with -vvv){file}:")
    sheet.raw(Text("ansible-why diagnose build.log --task path/to/tasks.yml", "cyan"), 2)
    sheet.put("Once you know the cause, keep it for the next time:")
    sheet.raw(Text(f"{KEEP} build.log", "cyan"), 2)


def _notes(sheet: Sheet, notes: Sequence[str]) -> None:
    if notes:
        sheet.heading("Also")
    for note in notes:
        sheet.put(Text(note), 2, f"{sheet.signs.dot} ")


def _offer(sheet: Sheet, report: Report) -> None:
    """Where nothing stopped the play, what failed all the same can be asked for."""
    if report.diagnosis.verdict == "no-failure" and report.diagnosis.paste.spared:
        sheet.blank()
        name = "" if report.name == "-" else f" {shown(report.name)}"
        sheet.raw(Text("Their causes: ").append(f"ansible-why diagnose --ignored{name}", "cyan"))
