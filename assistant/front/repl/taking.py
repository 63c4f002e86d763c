"""What is neither a command nor an answer: a paste, or one line that may be a path, an id, a failure or a question."""

from __future__ import annotations

import os

from assistant.front.repl.answer import counted
from assistant.front.repl.asking import choices
from assistant.front.repl.evidence import given
from assistant.front.repl.files import existing, files, typed_path
from assistant.front.repl.lookup import explained, id_in, near_command, searched
from assistant.front.repl.session import Session, Told
from assistant.front.repl.session import line as said
from assistant.front.repl.state import State
from assistant.front.wrong import Wrong

HELP = "Paste what Ansible printed, or type the path of its log; help lists what else there is."


def several(session: Session, state: State, text: str) -> Told:
    """The answer to several lines."""
    if not text.strip():
        return said(session, f"Only empty lines were pasted. {HELP}")
    told = given(session, state, text)
    if told is not None:
        return told
    from assistant.front.forms.words import nothing_named

    lines = counted(len(text.strip("\n").split("\n")), "line")
    return said(session, f"{lines}. {nothing_named('not-ansible')} {HELP}")


def line(session: Session, state: State, text: str) -> Told:
    """The answer to one line."""
    if not text:
        return said(session, f"Only an empty line was pasted. {HELP}")
    paths = _paths(text)
    if paths:
        return files(session, state, paths)
    cause = id_in(session, text)
    if cause:
        return Told(_entry(session, state, cause))
    told = given(session, state, text)
    if told is not None:
        return told
    if _looks_like_path(text):
        existing(text)  # says what is wrong with it
    near = near_command(text)
    if near:
        raise Wrong(near)
    return searched(session, state, text) or said(session, _lost(state, text))


def _lost(state: State, text: str) -> str:
    """What is said of a line that is nothing that we know."""
    if state.question and " " not in text:
        possible = ", ".join(choices(state))
        return (
            f'"{text}" is no answer, and nothing else that I know. The answers are {possible}; ask shows the question.'
        )
    return f'"{text}" is neither output of Ansible nor a command, and nothing in the base holds its words. {HELP}'


def is_named(session: Session, text: str) -> bool:
    """Whether a line is the path of a file, or the id of an entry."""
    return bool(_paths(text) or id_in(session, text))


def _entry(session: Session, state: State, cause: str) -> str:
    if cause.endswith("/"):
        from assistant.front.repl.lookup import do_explain

        return do_explain(session, state, cause).text
    return explained(session, cause)


def _paths(text: str) -> list[str]:
    """The files that a line names: one, or several with blanks between them; none when one of them is no file."""
    import shlex

    if os.path.isfile(typed_path(text)):
        return [typed_path(text)]
    try:
        words = [os.path.expanduser(word) for word in shlex.split(text)]
    except ValueError:
        return []
    return words if words and all(os.path.isfile(word) for word in words) else []


def _looks_like_path(text: str) -> bool:
    """Whether a line that names no file was meant to."""
    path = typed_path(text)
    if " " in path:
        return False
    ends = path.endswith((".log", ".txt", ".yml", ".yaml", ".out", ".json", ".md"))
    return ends or path.startswith(("/", "./", "../", "~")) or ("/" in path and os.path.isdir(os.path.dirname(path)))
