"""The base, asked by words, by id, or for its page."""

from __future__ import annotations

import os
import sys

from assistant.front.repl.answer import counted
from assistant.front.repl.session import Session, Told, line
from assistant.front.repl.state import Menu, State
from assistant.front.wrong import Wrong, meant

MOST = 7
"""So many entries are listed at once."""


def do_search(session: Session, state: State, argument: str) -> Told:
    """The entries that a few words or a question are about, numbered; a number then shows one."""
    if not argument:
        raise Wrong("search wants words, as in: search could not find job")
    return searched(session, state, argument) or line(
        session, f'Nothing found for "{argument}"; fewer or other words may help.'
    )


def searched(session: Session, state: State, words: str) -> Told | None:
    """The same, None when nothing is found."""
    from assistant.front.search import asked

    rows = asked(words, session.base.entries.values())
    return _listed(session, state, [(cause, title) for cause, title, _ in rows]) if rows else None


def _listed(session: Session, state: State, rows: list[tuple[str, str]]) -> Told:
    page = session.page()
    page.choices((title, cause) for cause, title in rows[:MOST])
    if len(rows) > MOST:
        page.say(
            f"and {counted(len(rows) - MOST, 'more entry').replace('entrys', 'entries')}; more words find fewer", 2
        )
    page.say("Type a number to read one." if len(rows) > 1 else "Type 1 to read it.")
    return Told(page.text(), state._replace(menu=Menu("entry", tuple(cause for cause, _ in rows[:MOST]))))


def do_explain(session: Session, state: State, argument: str) -> Told:
    """One entry in full, or the entries of a family; without an id the cause that is talked about."""
    from assistant.front.search import named

    given = argument or (state.named.id if state.named else "")
    if not given:
        raise Wrong("explain wants the id of a cause, as in: explain async/job-hung")
    family = [(e.id, e.title) for e in session.base.entries.values() if e.id.startswith(given.rstrip("/") + "/")]
    if family:
        return _family(session, family)
    return Told(explained(session, named(given, session.base)))


def _family(session: Session, rows: list[tuple[str, str]]) -> Told:
    from assistant.front.terminal.entries import listed

    return Told(listed(((cause, title, "") for cause, title in rows), session.view))


def explained(session: Session, cause: str) -> str:
    """All that is known of one cause."""
    from assistant.front.search import sheet
    from assistant.front.terminal.entries import explained as drawn

    entry = session.base.entries[cause]
    return drawn(*sheet(entry), session.view, entry.url)


def id_in(session: Session, text: str) -> str:
    """The entry's id that a line is, "" when it is none."""
    from assistant.front.search import known

    if not text or " " in text or not ("/" in text or "-" in text):
        return ""
    if text.endswith("/") and text[:-1] in session.base.families:
        return text
    return known(text, session.base)


def do_open(session: Session, state: State, argument: str) -> Told:
    """The address of the cause's page; the page too, where somebody can see it."""
    from assistant.about import SITE

    address = state.named.url if state.named else SITE
    opened = has_display() and _browser(address)
    return Told(f"{address}\n" + ("Opened in your browser.\n" if opened else ""))


def has_display() -> bool:
    """Whether a browser would be seen by whoever types: not over ssh, and with a screen."""
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        return False
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(screen) or sys.platform in ("darwin", "win32")


def _browser(address: str) -> bool:
    import webbrowser

    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False


def near_command(text: str) -> str:
    """What to say of a word that is nearly a command, "" when it is not."""
    from assistant.front.repl.commands import ALIASES, COMMANDS

    first, _, rest = text.partition(" ")
    if rest and len(rest.split()) > 1:
        return ""
    names = [name for name in (*COMMANDS, *ALIASES) if len(name) > 2]
    near = meant(first.lower(), names)
    return f'no command is called "{first}"{near} (search {text} looks for the word)' if near else ""
