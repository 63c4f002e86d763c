"""The line that is typed into: prompt, completion, history, and a hint below it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.data_structures import Size
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import History
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output

from assistant.front.repl.conversation import Conversation
from assistant.front.repl.terminal import habit, history
from assistant.front.repl.terminal.delivery import Delivery
from assistant.front.repl.terminal.entry import MARK, TYPED, Entry
from assistant.front.repl.terminal.keyboard import Keyboard
from assistant.front.repl.terminal.keys import bindings
from assistant.front.repl.terminal.layout import arranged, styled
from assistant.front.repl.terminal.words import overlap, typed_ahead

LEAVING = "Ctrl-D leaves, help helps"


class Line:
    """Lines typed at a terminal that knows escape sequences."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self._hint = self._mark = ""
        self._foreign = False
        self.buffer = Buffer(
            completer=Words(conversation),
            complete_while_typing=Condition(lambda: bool(self.buffer.text) and not self._foreign),
            history=Typed(lambda line: not self._foreign or conversation.is_command(line)),
        )
        self.delivery = Delivery(0, lambda: self.buffer.text, lambda line: typed_ahead(line, conversation))
        self.app = self._application()
        self.app.ttimeoutlen = 0.02  # Escape has been waited for by then
        self.app.after_render += lambda _: self.delivery.idle()

    def read(self, start: str = "", hint: str = "") -> Entry | None:
        """What the user does at the next prompt, with `start` in the line; None at the end."""
        self._hint, self._mark, self._foreign = hint or self.conversation.hint(), "", False
        self.app.erase_when_done = False
        self.app.layout.focus(self.buffer)
        self.buffer.reset(Document(start))
        try:
            return self.app.run()
        except EOFError:
            return None
        except KeyboardInterrupt:
            return Entry(TYPED)

    def pasted(self, into_line: bool) -> None:
        """Something was pasted, into the line or past it."""
        self._foreign = into_line
        self._mark = "" if into_line else MARK

    def leaving(self) -> None:
        """Ctrl-C was pressed on an empty line."""
        self._hint = LEAVING

    def _application(self) -> Application[Entry]:
        return Application(
            arranged(self.buffer, self.conversation.prompt, lambda: self._mark, lambda: self._hint),
            style=styled(habit.light()),
            include_default_pygments_style=False,
            key_bindings=bindings(self.buffer, self.pasted, self.leaving),
            editing_mode=EditingMode.VI if habit.vi() else EditingMode.EMACS,
            color_depth=None if self.conversation.view.colour else ColorDepth.DEPTH_1_BIT,
            input=Keyboard(self.delivery),
            output=Screen(sys.stdout, _size, os.environ.get("TERM"), enable_bell=False, enable_cpr=False),
        )


class Screen(Vt100_Output):
    """The terminal's output; pastes stay marked between two prompts, when an answer is made and written."""

    def disable_bracketed_paste(self) -> None:
        """Left to `hold`, at the end of the session."""


def _size() -> Size:
    """Rows and columns; terminals behind a serial line may say 0."""
    try:
        columns, rows = os.get_terminal_size(sys.stdout.fileno())
    except OSError:
        columns = rows = 0
    return Size(rows=rows or 24, columns=columns or 80)


class Words(Completer):
    """The conversation's words as a menu."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """How the word before the cursor may go on."""
        before = document.text_before_cursor
        for word, meaning in self.conversation.words(before):
            yield Completion(word, -overlap(before, word), display_meta=meaning)


class Typed(History):
    """The history file, which takes what `fits` and history.fit let in."""

    def __init__(self, fits: Callable[[str], bool]) -> None:
        super().__init__()
        self.fits, self.path = fits, history.place()

    def load_history_strings(self) -> Iterable[str]:
        """What was typed in earlier sessions, the latest first."""
        return reversed(history.load(self.path))

    def append_string(self, string: str) -> None:
        """Takes one line in, or leaves it out."""
        if self.fits(string) and history.fit(string):
            super().append_string(string)

    def store_string(self, string: str) -> None:
        """Writes one line to the file."""
        history.keep(self.path, string)
