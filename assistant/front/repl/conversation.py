"""A conversation about failures: text in, text out. No terminal is known here."""

from __future__ import annotations

from assistant.front.forms.view import View
from assistant.front.repl.session import Session, Told, wrapped
from assistant.front.repl.shaping import aired, clean, number, sentence, spoken
from assistant.front.repl.state import State
from assistant.front.wrong import Wrong
from assistant.model import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.kb import Base

LONGEST = 400
"""Characters of a line that may be a question or a command; a longer one is part of an output."""


class Reply(Record):
    """What comes back for one entry."""

    text: str
    """Ready to be written, ends with a line end; "" for nothing."""
    leave: bool = False
    """The session is over."""
    copy: str = ""
    """What the terminal may put on the clipboard; `text` says so and is enough where it cannot."""
    edit: str | None = None
    """What the terminal should open in an editor; the result goes to `pasted`."""


class Conversation:
    """A session; `view` may be set anew whenever the width changes."""

    def __init__(self, base: Base, view: View, accessible: bool = False, release: str = "") -> None:
        """`release`: of ansible-core, when it is known; `accessible`: the answers are read aloud."""
        self.accessible = accessible or view.spoken
        self.session = Session(base, spoken(view) if self.accessible else view, release)
        self.state = State()

    @property
    def view(self) -> View:
        """For what place answers are written."""
        return self.session.view

    @view.setter
    def view(self, view: View) -> None:
        self.session.view = spoken(view) if self.accessible else view

    def opening(self) -> str:
        """What is said before the first prompt."""
        from assistant.about import VERSION

        said = f"ansible-why {VERSION}. Paste what Ansible printed, or type the path of a log."
        more = "help says more, exit leaves."
        if len(said) + len(more) < self.view.width:
            return f"{said} {more}\n"
        import textwrap

        return "".join(f"{row}\n" for part in (said, more) for row in textwrap.wrap(part, self.view.width))

    def read(self, paths: Sequence[str]) -> str:
        """Takes in files and gives back what is said of them; raises Wrong when one cannot be read."""
        from assistant.front.repl.files import existing, files

        told = files(self.session, self.state, [existing(path, typed=False) for path in paths])
        return self._taken(told).text

    def enter(self, text: str) -> Reply:
        """One line typed by hand: a command, an answer, a number, a path, a cause id, a question, or a failure."""
        if self.state.gathering:
            return self._said(lambda: self._gathered(text))
        if "\n" in text.strip("\r\n"):
            return self.pasted(text)
        return self._said(lambda: self._typed(text.strip()))

    def pasted(self, text: str) -> Reply:
        """Text known to be a paste: never taken for commands, whatever lines it holds."""
        if self.state.gathering:
            return self._said(lambda: self._gathered(text))
        return self._said(lambda: self._given(text))

    def is_command(self, line: str) -> bool:
        """Whether a line would be obeyed as it stands: a command, or an answer to what was just asked."""
        from assistant.front.repl.commands import parse

        if line != line.lstrip() or len(line) > LONGEST:
            return False
        return parse(line) is not None or number(line) > 0 or bool(self._answer(line.strip()))

    def ends_paste(self, line: str) -> bool:
        """Whether a line of a script is no part of the paste above it: a command, the path of a file, an id."""
        from assistant.front.repl.commands import parse
        from assistant.front.repl.taking import is_named

        if line != line.lstrip() or not 0 < len(line) <= LONGEST:
            return False
        return parse(line) is not None or is_named(self.session, line.strip())

    @property
    def gathering(self) -> str:
        """The line that ends the paste that is under way, "" when none is."""
        return self.state.gathering

    def prompt(self) -> str:
        """What stands before the cursor."""
        if self.state.gathering:
            return "> "
        return "yes or no> " if self.state.pending else "why> "

    def hint(self) -> str:
        """One line of help that fits the moment."""
        from assistant.front.repl.guide import hint

        return hint(self.state)

    def words(self, before: str) -> list[tuple[str, str]]:
        """How the last word of `before` may go on: (word, meaning)."""
        from assistant.front.repl.guide import words

        return [] if self.state.gathering else words(self.session, self.state, before)

    def status(self) -> int:
        """As that of `diagnose`: 0 when the last paste has a cause, else 1."""
        return 0 if self.state.diagnosis and self.state.diagnosis.verdict == "causes" else 1

    def warm(self) -> None:
        """Imports what the first answer needs, while nobody waits for it."""
        from assistant.front.repl import evidence  # noqa: F401
        from assistant.front.terminal import talk  # noqa: F401

    # --- what is done with a line ---------------------------------------------------------------

    def _said(self, step: Callable[[], Told]) -> Reply:
        """One step, its state kept; what goes wrong in a call is one sentence, and changes nothing."""
        try:
            told = step()
        except Wrong as error:
            return Reply(aired(clean(wrapped(self.session, sentence(str(error))), self.view)))
        return self._taken(told)

    def _taken(self, told: Told) -> Reply:
        """The state that an answer leads to is kept, and the answer made ready."""
        if told.state is not None:
            if told.undoable:
                self.session.earlier.append(self.state)
            self.state = told.state
        return Reply(aired(clean(told.text, self.view)), told.leave, clean(told.copy, View()), told.edit)

    def _typed(self, line: str) -> Told:
        from assistant.front.repl.commands import parse

        if not line:
            return Told("")
        if self.state.pending:
            return self._agreed(line) or self._let_rest(lambda: self._typed(line))
        call = parse(line) if len(line) <= LONGEST else None
        if call:
            return call.command.run()(self.session, self.state, call.argument)
        row = number(line)
        return self._chosen(row) if row else self._answered(line) or self._given(line)

    def _agreed(self, line: str) -> Told | None:
        """What a yes or no does; another number is no answer, and anything else lets the matter rest."""
        from assistant.front.repl.changing import confirmed

        word = line.lower().rstrip(".!")
        if word in ("y", "yes", "1", "n", "no", "2"):
            return confirmed(self.session, self.state, word in ("y", "yes", "1"))
        return Told("yes or no?\n") if number(line) else None

    def _let_rest(self, step: Callable[[], Told]) -> Told:
        """What was to be written is not, and says so before what `step` says."""
        self.state = self.state._replace(pending=None)
        said = "nothing was written."
        try:
            told = step()
        except Wrong as error:
            raise Wrong(f"{said} {sentence(str(error))}") from None
        return told._replace(text=f"{said.capitalize()}\n{told.text}")

    def _chosen(self, row: int) -> Told:
        """What a number stands for: a row of the list shown last, or an answer to the open question."""
        from assistant.front.repl import asking, choosing

        if self.state.menu:
            return choosing.row(self.session, self.state, row)
        answers = asking.choices(self.state)
        if not answers:
            raise Wrong("a number chooses from a list, and none is shown; help lists what you can type")
        if row > len(answers):
            raise Wrong(f"the answers are 1 to {len(answers)}; ask shows them again")
        return asking.said(self.session, self.state, answers[row - 1])

    def _answer(self, line: str) -> str:
        from assistant.front.repl.asking import meant_by

        if self.state.pending and line.lower() in ("yes", "no", "y", "n"):
            return line
        return meant_by(line, self.state)

    def _answered(self, line: str) -> Told | None:
        """An answer by its words, or as KEY=VALUE."""
        from assistant.front.repl import asking

        value = asking.meant_by(line, self.state)
        if value:
            return asking.said(self.session, self.state, value)
        return asking.by_key(self.session, self.state, line) if self.state.finding else None

    def _given(self, text: str) -> Told:
        """A paste, or a line that is no command: files, an id, a failure, a question."""
        from assistant.front.repl.taking import line, several

        if self.state.pending:
            return self._let_rest(lambda: self._given(text))
        bare = text.strip()
        if "\n" in bare or len(bare) > LONGEST:
            return several(self.session, self.state, text)
        return line(self.session, self.state, bare)

    def _gathered(self, text: str) -> Told:
        """One or more lines of a paste whose end is a line of its own."""
        end, lines = self.state.gathering, text.replace("\r\n", "\n").split("\n")
        if lines[-1] == "" and len(lines) > 1:
            lines.pop()
        at = next((each for each, line in enumerate(lines) if line.rstrip("\r") == end), None)
        more = "".join(line + "\n" for line in lines[:at])
        state = self.state._replace(gathered=self.state.gathered + more)
        if at is None:
            return Told("", state)
        whole = state.gathered
        self.state = state._replace(gathering="", gathered="")
        return self._given(whole)
