"""What keys do beyond what prompt_toolkit has them do."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition, emacs_mode, has_focus, is_searching, vi_navigation_mode
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.search import stop_search

from assistant.front.repl.terminal.entry import EDIT, PASTED, SUSPEND, TYPED, Entry
from assistant.front.repl.terminal.keyboard import Whole


def bindings(buffer: Buffer, pasted: Callable[[bool], None], leaving: Callable[[], None]) -> KeyBindings:
    """The keys of the line in `buffer`.

    `pasted` is called with whether what was pasted goes into the line, `leaving` when Ctrl-C is pressed on
    an empty line.
    """
    keys = KeyBindings()
    in_line = has_focus(buffer)
    empty = Condition(lambda: not buffer.text)
    _pastes(keys, buffer, pasted)
    _clearing(keys, buffer, leaving)
    keys.add("enter", filter=in_line)(lambda event: _submit(event, buffer))
    keys.add("escape", "enter", filter=in_line & emacs_mode)(lambda event: buffer.insert_text("\n"))
    keys.add("tab", filter=in_line)(lambda event: _complete(buffer))
    keys.add("c-d", filter=in_line & empty)(lambda event: event.app.exit(exception=EOFError()))
    keys.add("c-z", filter=in_line)(lambda event: _away(event, Entry(SUSPEND, left=buffer.text)))
    keys.add("c-x", "c-e", filter=in_line & emacs_mode)(lambda event: _away(event, Entry(EDIT, buffer.text)))
    keys.add("v", filter=in_line & vi_navigation_mode)(lambda event: _away(event, Entry(EDIT, buffer.text)))
    return keys


def _pastes(keys: KeyBindings, buffer: Buffer, pasted: Callable[[bool], None]) -> None:
    @keys.add(Keys.BracketedPaste, eager=True)
    def _(event: KeyPressEvent) -> None:
        pasted(not isinstance(event.data, Whole))
        if not isinstance(event.data, Whole):
            event.current_buffer.insert_text(event.data)
            return
        if is_searching():
            stop_search()
        if event.data.takes_line:
            buffer.reset()
        event.app.exit(result=Entry(PASTED, str(event.data), buffer.text))


def _clearing(keys: KeyBindings, buffer: Buffer, leaving: Callable[[], None]) -> None:
    @keys.add("c-c", eager=True)
    @keys.add("<sigint>")
    def _(event: KeyPressEvent) -> None:
        if is_searching():
            stop_search()
        if not buffer.text:
            leaving()
        buffer.reset()


def _submit(event: KeyPressEvent, buffer: Buffer) -> None:
    """Enter takes what is chosen in the menu first; the line goes out with the next one."""
    if buffer.complete_state and buffer.complete_state.current_completion:
        buffer.complete_state = None
        return
    several = "\n" in buffer.text.strip()
    if not several:
        buffer.append_to_history()
    event.app.exit(result=Entry(PASTED if several else TYPED, buffer.text))


def _complete(buffer: Buffer) -> None:
    if buffer.complete_state:
        buffer.complete_next()
    else:
        buffer.start_completion(insert_common_part=True)


def _away(event: KeyPressEvent, entry: Entry) -> None:
    event.app.erase_when_done = True
    event.app.exit(result=entry)
