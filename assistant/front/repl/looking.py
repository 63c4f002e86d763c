"""Looking at what is there: the paste, its failures, the causes, the trail; and the way back."""

from __future__ import annotations

from assistant.front.repl.answer import FEW, FEW_FACTS, answered, listed, numbers
from assistant.front.repl.leading import NOTHING, cause_of
from assistant.front.repl.session import Session, Told, line
from assistant.front.repl.state import Menu, State, settled
from assistant.front.wrong import Wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.front.terminal.talk import Page
    from assistant.model import Finding, Paste


def do_view(session: Session, state: State, argument: str) -> Told:
    """What was pasted, cleaned, with line numbers."""
    from assistant.front.forms.clean import shown

    if state.paste is None and not state.documents:
        raise Wrong(NOTHING)
    page = session.page()
    if state.paste is not None and not state.text:
        page.say(f"{shown(state.name)} is too long to be held; look at the file itself.")
    elif state.paste is not None:
        page.lines(shown(state.text))
    for document in state.documents:
        if document.path != state.name and not (document.pasted and document.text in state.text):
            page.heading("The pasted tasks" if document.pasted else shown(document.path))
            page.lines(shown(document.text))
    return Told(page.text())


def do_failures(session: Session, state: State, argument: str) -> Told:
    """All failures, numbered; a number then chooses."""
    found = state.diagnosis.findings if state.diagnosis else ()
    if not found:
        raise Wrong(NOTHING)
    page = session.page()
    page.failures(found, state.chosen)
    if len(found) > 1:
        page.say("Type the number of the one to talk about.")
    return Told(page.text(), state._replace(menu=Menu("failure", numbers(len(found)))))


def do_failure(session: Session, state: State, argument: str) -> Told:
    """Another failure is talked about."""
    found = state.diagnosis.findings if state.diagnosis else ()
    number = _number(argument, len(found), "failure")
    new = state._replace(chosen=number - 1, cause=0, step=-1, menu=None, label=f"failure {number}")
    page = session.page(new)
    new = answered(session, new, page)
    return Told(page.text(), new, undoable=True)


def _number(argument: str, most: int, noun: str) -> int:
    """A number from 1; raises Wrong with what there is."""
    if not most:
        raise Wrong(NOTHING)
    if not argument.isdigit() or not 0 < int(argument) <= most:
        there = f"there is only {noun} 1" if most == 1 else f"there are {noun}s 1 to {most}"
        raise Wrong(f"which {noun}? {there}, as in: {noun} {most}")
    return int(argument)


def do_ignored(session: Session, state: State, argument: str) -> Told:
    """The same paste with the failures that stopped nothing."""
    if state.paste is None:
        raise Wrong(NOTHING)
    if not state.paste.spared:
        return line(session, "Nothing in this output was ignored or rescued.")
    new = state._replace(paste=_with_ignored(session, state), label="ignored")
    new = settled(session.base, session.release, new)
    return do_failures(session, new, "")._replace(undoable=True)


def _with_ignored(session: Session, state: State) -> Paste:
    from assistant.front.reading import paste_stream
    from assistant.paste import read, read_file

    if state.text:
        return read(state.text, session.base.known, ignored=True)
    with paste_stream(state.name) as stream:
        return read_file(stream, known=session.base.known, ignored=True)


def do_causes(session: Session, state: State, argument: str) -> Told:
    """The causes that fit, numbered; a number then chooses."""
    cause_of(state)
    causes = state.finding.causes if state.finding else ()
    page = session.page()
    listed(causes, page)
    if len(causes) > 1:
        page.say("Type a number to be led through the fix of that one.")
    return Told(page.text(), state._replace(menu=Menu("cause", numbers(len(causes)))))


def do_cause(session: Session, state: State, argument: str) -> Told:
    """Another cause is talked about."""
    cause_of(state)
    causes = state.finding.causes if state.finding else ()
    number = _number(argument, len(causes), "cause")
    cause = causes[number - 1]
    page = session.page(state)
    page.cause(cause, FEW_FACTS)
    if cause.steps:
        page.step(cause.steps, 0)
    new = state._replace(cause=number - 1, step=0, menu=None, label=f"cause {number}")
    return Told(page.text(), new, undoable=True)


def do_show(session: Session, state: State, argument: str) -> Told:
    """The whole answer, as `ansible-why diagnose` prints it."""
    from assistant.front.forms.values import Report
    from assistant.front.terminal.diagnosis import diagnosis

    if state.diagnosis is None:
        raise Wrong(NOTHING)
    return Told(diagnosis([Report(state.name, state.diagnosis)], state.texts, session.view))


def do_why(session: Session, state: State, argument: str) -> Told:
    """The trail: what decided, who said it, what was ruled out, what is left."""
    finding = state.finding
    if finding is None:
        raise Wrong(NOTHING)
    page = session.page(state)
    page.heading("What decided it")
    page.facts(finding.facts)
    _ruled_out(session, finding, page)
    if len(finding.causes) > 1:
        page.heading(f"What is left, the likeliest first ({len(finding.causes)})")
        listed(finding.causes[:FEW], page)
        if len(finding.causes) > FEW:
            page.say(f"and {len(finding.causes) - FEW} more (causes)", 2)
    return Told(page.text())


def _ruled_out(session: Session, finding: Finding, page: Page) -> None:
    """What the evidence led away from."""
    if finding.refuted:
        page.heading("What was ruled out")
    for out in finding.refuted:
        page.refuted(out, [session.base.entries[cause].title for cause in out.causes])


def do_back(session: Session, state: State, argument: str) -> Told:
    """The state before, said in short."""
    if not session.earlier:
        return line(session, "There is nothing to undo.")
    new = session.earlier.pop()
    page = session.page(new)
    page.say(f"Undone: {state.label}.")
    if new.paste is not None:
        new = answered(session, new._replace(step=-1), page)
    elif new.documents:
        page.say("The tasks are kept. Paste what Ansible printed when it failed.")
    else:
        page.say("Nothing is pasted now.")
    return Told(page.text(), new)
