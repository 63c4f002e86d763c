"""The parts of an answer in a conversation: each short, one after the other on one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.text import Text

from assistant.front.forms.clean import shown
from assistant.front.forms.view import View
from assistant.front.forms.words import headline
from assistant.front.terminal import diagnosis
from assistant.front.terminal.prose import inline, markdown
from assistant.front.terminal.quote import diff, message
from assistant.front.terminal.sheet import Sheet
from assistant.model import SAID_SO, Cause, Fact, Failure, Finding, Question, Refuted, Step

BRIEF = 6
"""Lines of a message that are shown at once; `view` shows all."""


class Page:
    """Collects what is said; `texts` are the documents by path, whose lines are shown as proof."""

    def __init__(self, view: View, texts: Mapping[str, str] = {}) -> None:
        self._sheet = Sheet(view)
        self._texts = texts

    def text(self) -> str:
        """All that was said."""
        return self._sheet.text()

    def say(self, text: str, indent: int = 0, style: str = "") -> None:
        """A sentence as it is, wrapped."""
        self._sheet.put(Text(text, style), indent)

    def tell(self, text: str) -> None:
        """Markdown of the base."""
        markdown(self._sheet, text)

    def blank(self) -> None:
        """Air."""
        self._sheet.blank()

    def heading(self, text: str) -> None:
        """A short line in bold with air above it."""
        self._sheet.heading(text)

    def failure(self, failure: Failure) -> None:
        """What failed, and its words."""
        diagnosis.head(self._sheet, failure)
        message(self._sheet, failure.message, 2, BRIEF)

    def unknown(self, finding: Finding) -> None:
        """That no cause fits."""
        diagnosis.unknown(self._sheet, finding, self._texts)

    def cause(self, cause: Cause, most: int) -> None:
        """A cause in short: its name, the first paragraph of why it happens, what speaks for it, `most` reasons."""
        diagnosis.title(self._sheet, cause)
        if cause.why.strip():
            self._sheet.blank()
            markdown(self._sheet, cause.why.strip().split("\n\n")[0])
        left = len(cause.because) - most
        shortened = cause._replace(because=cause.because[left:]) if left > 1 else cause
        diagnosis.proof(self._sheet, shortened, self._texts)

    def step(self, steps: Sequence[Step], at: int) -> None:
        """One step of several, from 0."""
        self._sheet.heading(f"Step {at + 1} of {len(steps)}")
        diagnosis.one_step(self._sheet, steps[at])

    def steps(self, steps: Sequence[Step], at: int) -> None:
        """All steps; `at` is the one that was shown last."""
        for number, step in enumerate(steps):
            diagnosis.one_step(self._sheet, step, number + 1)
            if number == at:
                self._sheet.put(Text("(you are here)", "dim"), 3)
            if step.diff:
                self._sheet.blank()

    def diff(self, text: str) -> None:
        """A change."""
        diff(self._sheet, text, 0)

    def code(self, text: str) -> None:
        """Lines as they are."""
        for line in text.splitlines():
            self._sheet.raw(line)

    def question(self, question: Question, outcomes: Sequence[str]) -> None:
        """A question, its answers with what each of them would tell, and what to paste instead."""
        self._sheet.blank()
        asked = inline(question.text)
        asked.stylize("bold")
        self._sheet.put(asked)
        self.choices([*zip(question.answers, outcomes, strict=True), ("not sure", "")])
        if question.paste:
            self._sheet.put(Text("Or paste ").append_text(inline(question.paste.replace(" (--task FILE)", ""))))

    def choices(self, rows: Iterable[tuple[str, str]], first: int = 1) -> None:
        """Numbered rows, each with a few words beneath or "" for none."""
        for number, (text, more) in enumerate(rows, first):
            self._sheet.put(Text(text), 2, f"{number}. ", "bold")
            if more:
                self._sheet.put(Text(more, "dim"), 5)

    def rows(self, rows: Sequence[tuple[str, str]], indent: int = 2) -> None:
        """Words with their meanings beside them, or beneath where there is no room."""
        column = max((len(word) for word, _ in rows), default=0) + 2
        beside = self._sheet.width - indent - column >= 24
        for word, meaning in rows:
            if beside:
                self._sheet.put(Text(meaning), indent, word.ljust(column), "cyan")
            else:
                self._sheet.put(Text(word, "cyan"), indent)
                self._sheet.put(Text(meaning), indent + 2)

    def facts(self, facts: Iterable[Fact]) -> None:
        """The forks that were decided: the question of each as the base calls it, its answer, the evidence."""
        for fact in facts:
            self._sheet.put(Text(_branch(fact)), 2, f"{self._sheet.signs.dot} ")

    def refuted(self, refuted: Refuted, titles: Sequence[str], most: int = 5) -> None:
        """Causes that a fact speaks against."""
        self._sheet.put(Text(f"{_branch(refuted.by)}, so it is not:"), 2, f"{self._sheet.signs.dot} ")
        for title in titles[:most]:
            self._sheet.put(Text(title, "dim"), 4, f"{self._sheet.signs.dot} ")
        if len(titles) > most:
            self._sheet.put(Text(f"and {len(titles) - most} more", "dim"), 4)

    def failures(self, findings: Sequence[Finding], chosen: int) -> None:
        """One numbered line for each failure, with its likeliest cause."""
        self.choices(
            (
                headline(finding.failure) + (" (this one)" if at == chosen else ""),
                _short(finding),
            )
            for at, finding in enumerate(findings)
        )

    def lines(self, text: str) -> None:
        """Lines of a text with their numbers, none of them wrapped."""
        bar = "" if self._sheet.spoken else f" {self._sheet.signs.bar}"
        given = text.split("\n")
        given = given[:-1] if given[-1] == "" and len(given) > 1 else given
        wide = len(str(len(given)))
        for number, line in enumerate(given, 1):
            self._sheet.raw(Text(f"{number:{wide}}{bar} ", "dim").append(line))


def _branch(fact: Fact) -> str:
    """A fork, its answer, and who or what says so: "until reads: own result (until: job is finished)"."""
    said = SAID_SO if fact.because.startswith(SAID_SO) else shown(fact.because)
    return f"{fact.key.replace('_', ' ')}: {fact.value} ({said})"


def _short(finding: Finding) -> str:
    """The state of a failure in a few words."""
    if not finding.causes:
        return "no cause in the base fits"
    first = finding.causes[0]
    if first.confidence == "possible":
        return f"{len(finding.causes)} causes fit"
    return f"{first.confidence}: {first.title}"
