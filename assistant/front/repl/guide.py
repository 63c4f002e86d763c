"""Help: the list of commands, more about one, and what fits the moment."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from assistant.front.repl.asking import choices
from assistant.front.repl.commands import ALIASES, COMMANDS
from assistant.front.repl.session import Session, Told
from assistant.front.repl.state import State
from assistant.front.wrong import Wrong, meant

MENUS = {"failure": "chooses a failure", "cause": "chooses a cause", "entry": "opens an entry"}
Word = tuple[str, str]
"""A word and its meaning."""


def do_help(session: Session, state: State, argument: str) -> Told:
    """All commands by what they are for, or one of them."""
    if argument:
        return Told(_one(session, argument.lower()))
    page = session.page()
    page.say("Paste what Ansible printed, the tasks that failed, or both. Or type the path of a file, a question,")
    page.say("or the id of a cause. Then answer with numbers and let the fix be shown step by step.")
    for group in dict.fromkeys(command.group for command in COMMANDS.values()):
        page.heading(group)
        page.rows([(_call(name), command.help) for name, command in COMMANDS.items() if command.group == group])
    page.blank()
    page.say("help COMMAND says more about one.")
    return Told(page.text())


def _call(name: str) -> str:
    return f"{name} {COMMANDS[name].takes}".strip()


def _one(session: Session, name: str) -> str:
    name = ALIASES.get(name, name)
    if name not in COMMANDS:
        raise Wrong(f'no command is called "{name}"{meant(name, COMMANDS)}; help lists all')
    page = session.page()
    page.heading(_call(name))
    page.say(f"{COMMANDS[name].help[0].upper()}{COMMANDS[name].help[1:]}.")
    if COMMANDS[name].more:
        page.tell(COMMANDS[name].more)
    also = [word for word, meant in ALIASES.items() if meant == name]
    if also:
        page.say(f"Also: {', '.join(also)}", style="dim")
    return page.text()


def do_exit(session: Session, state: State, argument: str) -> Told:
    """Leaves."""
    return Told("", leave=True)


def hint(state: State) -> str:
    """One line that fits the moment."""
    if state.gathering:
        return f"Paste; a line with only {state.gathering} ends it"
    if state.pending:
        return "yes writes it, no leaves everything as it is"
    if state.menu:
        return f"A number {MENUS[state.menu.kind]}; help"
    if state.paste is None:
        return (
            "Now paste the error of these tasks; help"
            if state.documents
            else "Paste a failure or type a path; help; exit"
        )
    if state.question and state.step < 0:
        return f"1 to {len(choices(state))} answer it; or paste the task; why; back; help"
    if state.named is None:
        return "Paste more of the output, or the task; search WORDS; help"
    change = any(step.diff for step in state.named.steps)
    return "next; steps; " + ("diff; apply FILE; " if change else "") + "check; why; back; save FILE; help"


def words(session: Session, state: State, before: str) -> list[Word]:
    """How the last word of `before` may go on."""
    low = before.lower()
    last = before.rpartition(" ")[2]
    if low.startswith("what if "):
        return [pair for pair in _keys(session, state, last) if pair[0].startswith(last)]
    if low.startswith(("apply ", "save ", "read ")):
        return list(_files(last))
    if low.startswith("explain "):
        return _ids(session, last)
    if low.startswith(("help ", "? ")):
        rest = low.partition(" ")[2]
        return _rest(((name, command.help) for name, command in COMMANDS.items()), rest)
    found = _rest((*_answers(state), *((name, command.help) for name, command in COMMANDS.items())), low)
    if " " in before:
        return found
    found += _ids(session, last) if "/" in last else []
    return found + (list(_files(last)) if last[:1] in ("/", "~", ".") or "/" in last else [])


def _rest(pairs: Iterable[Word], typed: str) -> list[Word]:
    """The words that begin as `typed`, as far as they take the place of its last word."""
    gone = typed.rfind(" ") + 1
    return [(word[gone:], meaning) for word, meaning in pairs if word.startswith(typed)]


def _answers(state: State) -> list[Word]:
    if state.pending:
        return [("yes", "write it"), ("no", "write nothing")]
    return [(answer, "an answer to the open question") for answer in choices(state)]


def _keys(session: Session, state: State, last: str) -> Iterator[Word]:
    from assistant.front.answers import questions

    key, equals, _ = last.partition("=")
    for name, answers in questions(session.base).items():
        if equals and name == key:
            yield from ((f"{name}={answer}", "") for answer in answers)
        elif not equals:
            yield f"{name}=", ", ".join(answers)
    if state.question and not equals:
        yield from _answers(state)


def _ids(session: Session, last: str) -> list[Word]:
    entries = session.base.entries
    return [(cause, "") for cause in entries if cause.startswith(last) or cause.rpartition("/")[2].startswith(last)]


def _files(last: str) -> Iterator[Word]:
    """Files and folders that begin so, at most 100."""
    folder, name = os.path.split(last)
    try:
        found = sorted(os.listdir(os.path.expanduser(folder) or "."))
    except OSError:
        return
    named = [
        each for each in found if each.startswith(name) and (name or not each.startswith(".")) and each.isprintable()
    ]
    for each in named[:100]:
        path = os.path.join(folder, each)
        yield (path + "/", "folder") if os.path.isdir(os.path.expanduser(path)) else (path, "file")
