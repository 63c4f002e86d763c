"""Through the fix: one step after the other, the change, the clipboard, and how to check that it worked."""

from __future__ import annotations

import re

from assistant.front.repl.answer import after
from assistant.front.repl.session import Session, Told, line
from assistant.front.repl.state import State
from assistant.front.wrong import Wrong
from assistant.markup import blocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.front.terminal.talk import Page
    from assistant.model import Cause, Step

NOTHING = "nothing was pasted yet: paste what Ansible printed, or type the path of a log"


def cause_of(state: State) -> Cause:
    """The cause that is talked about; raises Wrong when there is none."""
    if state.finding is None:
        raise Wrong(NOTHING)
    if state.named is None:
        raise Wrong(
            "no cause in the base fits this failure, so there are no steps; search WORDS looks for something near"
        )
    return state.named


def change_of(state: State) -> Step:
    """The step that changes the reader's code; raises Wrong with the mend when there is none."""
    cause = cause_of(state)
    for step in cause.steps:
        if step.diff:
            return step
    if not state.documents:
        raise Wrong("there is no change to show without the code: paste the task that failed, or type its file's path")
    raise Wrong("this fix is no change that a machine can make in the code given; steps shows what to do by hand")


def do_next(session: Session, state: State, argument: str) -> Told:
    """The step behind the one shown last; behind the last one, how to check that it worked."""
    cause = cause_of(state)
    if state.step + 1 >= len(cause.steps):
        told = do_check(session, state, "")
        return told._replace(state=state._replace(step=len(cause.steps)))
    return _shown(session, state, cause, state.step + 1)


def do_previous(session: Session, state: State, argument: str) -> Told:
    """The step before the one shown last."""
    cause = cause_of(state)
    if state.step <= 0:
        return line(session, "This is the first step." if state.step == 0 else "No step was shown yet; next shows one.")
    return _shown(session, state, cause, state.step - 1)


def _shown(session: Session, state: State, cause: Cause, at: int) -> Told:
    page = session.page()
    if state.step < 0:
        _caution(page, cause)
    page.step(cause.steps, at)
    page.blank()
    page.say(after(cause, at), style="dim")
    return Told(page.text(), state._replace(step=at))


def _caution(page: Page, cause: Cause) -> None:
    """Before the first step: which cause it is for, when that is not certain."""
    if cause.confidence != "certain":
        page.say(f"For this cause, which is only {cause.confidence}: {cause.title}")


def do_steps(session: Session, state: State, argument: str) -> Told:
    """All steps."""
    cause = cause_of(state)
    page = session.page()
    _caution(page, cause)
    page.steps(cause.steps, state.step)
    return Told(page.text())


def do_diff(session: Session, state: State, argument: str) -> Told:
    """The change that the fix makes."""
    page = session.page()
    page.diff(change_of(state).diff)
    return Told(page.text())


def do_copy(session: Session, state: State, argument: str) -> Told:
    """What to take along: the mended code, the change, or the command or the words of a step."""
    from assistant.front.forms.clean import shown

    cause = cause_of(state)
    at = min(max(state.step, 0), len(cause.steps) - 1)
    if argument or any(step.diff for step in cause.steps):
        step = change_of(state)
        what, text = ("the change", step.diff) if argument else ("the mended code", mended(state, step))
    else:
        what, text = _of_step(cause.steps[at])
    text = shown(text)
    page = session.page()
    page.say(f"Copied, if your terminal allows it; {what}:")
    page.blank()
    return Told(page.text() + text.rstrip("\n") + "\n", copy=text)


def mended(state: State, step: Step) -> str:
    """The document that a step changes, as it is after it."""
    from assistant.source import apply

    return apply(state.texts[step.edits[0].path], step.edits)


def _of_step(step: Step) -> tuple[str, str]:
    """What a step without a change wants typed: its block of code, its only command, or else its words."""
    block = next(blocks(step.text), None)
    if block:
        return "the code of this step", block[1]
    commands = [code for code in re.findall(r"`([^`\n]+)`", step.text) if " " in code]
    if len(commands) == 1:
        return "the command of this step", commands[0]
    return "the words of this step", step.text


def do_check(session: Session, state: State, argument: str) -> Told:
    """How to see that the fix worked; for tasks without a failure, what is wrong with them."""
    page = session.page(state)
    if state.paste is None and state.documents:
        checked(session, state, page)
        return Told(page.text())
    cause = cause_of(state)
    page.heading("Check it worked")
    page.tell(cause.check)
    if cause.prevent.strip():
        page.heading("Prevent it")
        page.tell(cause.prevent)
    page.blank()
    page.say("Paste what the next run prints: it is held against this one. save FILE writes a report.", style="dim")
    return Told(page.text())


def checked(session: Session, state: State, page: Page) -> None:
    """Says what `check` finds in the documents."""
    from assistant.check import check
    from assistant.front.forms.clean import cleaned
    from assistant.front.forms.lines import report
    from assistant.source import SourceError

    for document in state.documents:
        try:
            found = [(cleaned(fault), document.text) for fault in check(document.path, document.text, session.base)]
        except SourceError as error:
            page.say(f"Ansible would refuse this file as it stands: {error}")
            continue
        page.blank()
        if not found:
            page.say("By itself nothing in it looks wrong to me.")
        page.code(report(found, marks=not session.view.spoken))
