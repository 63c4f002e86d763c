"""Questions and their answers: kept, or only tried."""

from __future__ import annotations

from assistant.front.repl.answer import answered, ask, counted
from assistant.front.repl.leading import NOTHING
from assistant.front.repl.session import Session, Told, line
from assistant.front.repl.state import Said, State, diagnosed, settled
from assistant.front.wrong import Wrong
from assistant.model import NOT_SURE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.front.terminal.talk import Page
    from assistant.model import Finding


def choices(state: State) -> tuple[str, ...]:
    """The answers to the open question, "not sure" last; none without a question."""
    return (*state.question.answers, NOT_SURE) if state.question else ()


def meant_by(text: str, state: State) -> str:
    """The answer to the open question that a line gives by its words, whole or so many that only one begins so; ""."""
    words = " ".join(text.lower().split()).rstrip(".!")
    all_ = choices(state)
    if words in ("unsure", "don't know", "dont know", "no idea", "i am not sure", "i don't know", "idk"):
        return NOT_SURE if all_ else ""
    words = {"y": "yes", "n": "no"}.get(words, words)
    exact = [answer for answer in all_ if answer.lower() == words]
    begun = [answer for answer in all_ if words and answer.lower().startswith(words)]
    return exact[0] if exact else begun[0] if len(begun) == 1 else ""


def said(session: Session, state: State, value: str) -> Told:
    """The answer to the open question is kept."""
    assert state.question is not None
    return kept(session, state, state.question.key, value, state.question.text)


def kept(session: Session, state: State, key: str, value: str, asked: str) -> Told:
    """An answer is kept, and what follows from it is said."""
    others = tuple(each for each in state.said if each.key != key)
    new = state._replace(said=(*others, Said(key, value, asked)), label=f"the answer {value}")
    new = settled(session.base, session.release, new, state.chosen)
    page = session.page(new)
    page.say(_noted(value, state.finding, new.finding))
    new = answered(session, new, page, head=False)
    return Told(page.text(), new, undoable=True)


def _noted(value: str, before: Finding | None, now: Finding | None) -> str:
    was, left = len(before.causes) if before else 0, len(now.causes) if now else 0
    if value == NOT_SURE:
        return "Not sure: noted, and not asked again."
    if not left:
        return f"Noted: {value}. With that, none of the causes in the base fits."
    return f"Noted: {value}." + (f" {counted(was - left, 'cause')} ruled out." if left < was else "")


def by_key(session: Session, state: State, given: str) -> Told | None:
    """`KEY=VALUE` as on the command line, None for a line that is none; raises Wrong when it is no answer to KEY."""
    from assistant.front.answers import questions

    if "=" not in given or _key(given) not in questions(session.base):
        return None
    key, value = pair(session, state, given)
    return kept(session, state, key, value, f"{key.replace('_', ' ')}:")


def _key(given: str) -> str:
    """The key in `KEY=VALUE`; `why` shows keys with blanks."""
    return "_".join(given.partition("=")[0].lower().split())


def pair(session: Session, state: State, given: str) -> tuple[str, str]:
    """Key and answer, from `KEY=VALUE` or from an answer to the open question by its number or words."""
    from assistant.front.answers import read

    if "=" in given:
        given = f"{_key(given)}={given.partition('=')[2]}"
        return next(iter(read([given], session.base, "an answer").items()))
    question, all_ = state.question, choices(state)
    if question is None:
        raise Wrong(f"no question is open; name one, as in: what if KEY={given or 'yes'} (why shows the keys)")
    if given.isdigit() and 0 < int(given) <= len(all_):
        return question.key, all_[int(given) - 1]
    value = meant_by(given, state)
    if not value:
        raise Wrong(f'"{given}" is no answer to the open question; possible are {", ".join(all_)}, or 1 to {len(all_)}')
    return question.key, value


def do_ask(session: Session, state: State, argument: str) -> Told:
    """The open question again."""
    if state.finding is None:
        raise Wrong(NOTHING)
    if state.question is None:
        return line(session, "No question is open. causes shows what fits, why shows how I know.")
    page = session.page()
    ask(session, state, state.question, page)
    return Told(page.text(), state._replace(menu=None))


def do_what_if(session: Session, state: State, argument: str) -> Told:
    """What an answer would lead to; nothing is kept."""
    if state.finding is None:
        raise Wrong(NOTHING)
    if not argument:
        raise Wrong("what if wants an answer, as in: what if 2, or: what if KEY=VALUE")
    key, value = pair(session, state, argument)
    tried = diagnosed(session.base, session.release, state, {key: value})
    assert tried is not None
    finding = state._replace(diagnosis=tried).finding
    assert finding is not None
    page = session.page(state)
    page.say(f"If {key.replace('_', ' ')} were {value}:")
    _would(page, finding)
    page.say(f"Only tried, nothing has changed. To keep it: {key}={value}", style="dim")
    return Told(page.text())


def _would(page: Page, finding: Finding) -> None:
    if not finding.causes:
        page.say("None of the causes in the base would fit.", 2)
    elif len(finding.causes) == 1:
        page.say(f"It would be: {finding.causes[0].title} ({finding.causes[0].id})", 2)
    else:
        page.say(f"{len(finding.causes)} causes would fit, the likeliest first:", 2)
        page.choices((cause.title, f"{cause.id}, {cause.confidence}") for cause in finding.causes[:5])
    if finding.question:
        page.say(f"Then I would ask: {finding.question.text}", 2)
