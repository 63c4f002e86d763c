"""What is said when the evidence has changed: short enough to be read at a glance, and one question at the most."""

from __future__ import annotations

from assistant.front.forms.words import KEEP
from assistant.front.repl.session import Session
from assistant.front.repl.state import PASTED, Menu, State, diagnosed
from assistant.model import Cause, Finding, Paste, Question

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.front.sorting import Document
    from assistant.front.terminal.talk import Page

FEW = 5
"""So many causes are listed at once; `causes` lists them all."""
FEW_FACTS = 3
"""So many reasons are shown at once, the last ones, which are nearest to the cause; `why` shows all."""


def receipt(lines: int, paste: Paste | None, documents: Sequence[Document], secrets: int) -> str:
    """One line on what came: "42 lines, 2 failures on 3 hosts, 1 secret hidden"."""
    said = [counted(lines, "line")]
    if paste:
        said.append(_failed(paste))
    said += [_code(document) for document in documents]
    return ", ".join(said) + (f", {counted(secrets, 'secret')} hidden" if secrets else "")


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 line", "2 lines"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _failed(paste: Paste) -> str:
    if not paste.failures:
        return "no failure"
    hosts = list(dict.fromkeys(host for failure in paste.failures for host in failure.hosts or (failure.host,) if host))
    where = f" on {hosts[0]}" if len(hosts) == 1 else f" on {counted(len(hosts), 'host')}" if hosts else ""
    return counted(len(paste.failures), "failure") + where


def _code(document: Document) -> str:
    kind = "a playbook with " if document.kind == "playbook" else ""
    return kind + counted(document.tasks, "task")


def answered(session: Session, state: State, page: Page, head: bool = True) -> State:
    """Says on `page` what the evidence comes to, with `head` the failure's words; gives the state after that."""
    finding = state.finding
    if finding is None:
        page.blank()
        page.say(_nothing(state))
        _spared(state, page)
        return state
    if head:
        page.failure(finding.failure)
        _beside(state, page)
    if not finding.causes:
        return _unknown(session, state, finding, page)
    if _open(finding):
        return _asked(session, state, finding, page)
    return _led(session, state, finding.causes[state.cause], page)


def _nothing(state: State) -> str:
    from assistant.front.forms.words import nothing_named

    assert state.diagnosis is not None
    return nothing_named(state.diagnosis.verdict)


def _beside(state: State, page: Page) -> None:
    """That there are other failures, or that what failed inside this one has a cause of its own."""
    found = state.diagnosis.findings if state.diagnosis else ()
    following = found[state.chosen + 1 : state.chosen + 2]
    if following and following[0].failure.within:
        inner = following[0].causes[0]
        page.say(f"(inside it: {inner.title}; failure {state.chosen + 2} tells of that)", 2, "dim")
    if sum(not finding.failure.within for finding in found) > 1:
        page.say(f"(failure {state.chosen + 1} of {len(found)}; failures lists them)", 2, "dim")
    _spared(state, page)


def _spared(state: State, page: Page) -> None:
    """That failures were ignored or rescued, and are not among the others."""
    paste = state.paste
    if paste and paste.spared and not any(failure.spared for failure in paste.failures):
        page.say(f"({counted(paste.spared, 'failure')} ignored or rescued; ignored shows their causes)", 2, "dim")


def _open(finding: Finding) -> bool:
    """Whether no cause stands out: then the question comes first."""
    return len(finding.causes) > 1 and finding.causes[0].confidence == "possible"


def _unknown(session: Session, state: State, finding: Finding, page: Page) -> State:
    page.unknown(finding)
    code = "" if state.documents else "the task that failed, and "
    page.say(f"What would help: {code}the whole output of a run with -vvv. Paste them here, or type their paths.")
    page.say("search WORDS looks through the base; save FILE writes a report for a ticket.", style="dim")
    page.say(f"Once you know the cause, {KEEP} PASTE keeps it for the next time.", style="dim")
    if finding.question:
        ask(session, state, finding.question, page)
    return state


def _asked(session: Session, state: State, finding: Finding, page: Page) -> State:
    """Several causes, and none that stands out: the question, or without one the list."""
    page.blank()
    causes = finding.causes
    if finding.question:
        page.say(f"{len(causes)} causes fit what you gave me (causes lists them). One question:")
        ask(session, state, finding.question, page)
        return state
    page.say(f"{len(causes)} causes fit, and nothing more to ask; the likeliest first:")
    listed(causes, page)
    page.say("A number leads through the fix of that cause.")
    return state._replace(menu=Menu("cause", numbers(len(causes))))


def listed(causes: Sequence[Cause], page: Page) -> None:
    """Causes as numbered rows."""
    page.choices((cause.title, f"{cause.id}, {cause.confidence}") for cause in causes)


def numbers(most: int) -> tuple[str, ...]:
    """The numbers from 1 as words."""
    return tuple(str(number) for number in range(1, most + 1))


def _led(session: Session, state: State, cause: Cause, page: Page) -> State:
    """A cause that stands out, with its first step; the question after it, to be sure."""
    page.cause(cause, FEW_FACTS)
    step = state.step
    if cause.steps:
        step = 0
        page.step(cause.steps, step)
    page.blank()
    page.say(after(cause, step), style="dim")
    others = len(state.finding.causes) - 1 if state.finding else 0
    if state.question:
        page.blank()
        page.say(f"To be sure ({counted(others, 'other cause')} would fit too):")
        ask(session, state, state.question, page)
    elif others:
        page.say(f"{counted(others, 'other cause')} would fit too, not as well; causes lists them.", style="dim")
    return state._replace(step=step)


def after(cause: Cause, step: int) -> str:
    """What can be done behind a step, in one line."""
    aim = f"step {step + 2}" if step + 1 < len(cause.steps) else "how to check that it worked"
    paths = [each.edits[0].path for each in cause.steps if each.edits]
    change = ["apply FILE" if paths == [PASTED] else "apply"] if paths else []
    return f"Type next for {aim}; {', '.join([*change, 'why', 'help'])}."


def ask(session: Session, state: State, question: Question, page: Page) -> None:
    """The question with what each answer would tell."""
    page.question(question, [outcome(session, state, question, answer) for answer in question.answers])


def outcome(session: Session, state: State, question: Question, answer: str) -> str:
    """Why it is asked: what would be left with that answer."""
    before = len(state.finding.causes) if state.finding else 0
    tried = diagnosed(session.base, session.release, state, {question.key: answer})
    finding = state._replace(diagnosis=tried).finding
    causes = finding.causes if finding else ()
    if not causes:
        return "then none in the base fits"
    if len(causes) == 1 or causes[0].confidence == "certain":
        return f"then: {causes[0].title}"
    if causes[0].confidence == "likely":
        return f"then likely: {causes[0].title}"
    return f"leaves {len(causes)} of {before} causes" if len(causes) < before else "rules out none by itself"
