"""`ansible-why diagnose`: pastes, task files and answers in, a diagnosis out."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence

from assistant.front.cli.bases import opened
from assistant.front.forms import values
from assistant.front.forms.values import Report
from assistant.front.reading import STDIN, document, paste_stream
from assistant.front.wrong import Wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from types import SimpleNamespace

    from assistant.kb import Base
    from assistant.model import Paste


def run(given: Namespace | SimpleNamespace) -> int:
    """Answers one call; exit status 0 when a cause is named, else 1."""
    from assistant.front.answers import read

    pastes = given.pastes or [STDIN]
    if [*pastes, *given.task].count(STDIN) > 1:
        raise Wrong("standard input can be read only once")
    release = checked_release(given.ansible)
    base = opened(given.kb)
    answers = read(given.answer, base)
    texts = {path: document(path) for path in dict.fromkeys(given.task)}
    reports = [_report(_paste(name, base, given.ignored), name, base, texts, answers, release) for name in pastes]
    _write(reports, texts, given)
    return 0 if values.verdict(reports) == "causes" else 1


def checked_release(given: str) -> str:
    """A release of ansible-core as given, "" for none; raises Wrong when it is none."""
    if given and not re.fullmatch(r"\d\.\d{1,2}(\.\d{1,3})?", given):
        raise Wrong(f'"{given}" is no release of ansible-core; write it as 2.16 or 2.16.3')
    return given


def _report(
    paste: Paste, name: str, base: Base, texts: Mapping[str, str], answers: Mapping[str, str], release: str
) -> Report:
    from assistant.diagnose import diagnose

    found = diagnose(paste, base, tuple(texts.items()), answers, release)
    # A paste is cleaned when it is read: only what comes from task files is left to clean.
    return values.report(name, found) if texts else Report(name, found)


def _paste(name: str, base: Base, ignored: bool) -> Paste:
    from assistant.paste import read_file

    with paste_stream(name) as stream:
        if not sys.stderr.isatty():
            return read_file(stream, known=base.known, ignored=ignored)
        meter = Meter()
        try:
            return read_file(stream, meter.say, base.known, ignored)
        finally:
            meter.clear()


class Meter:
    """How far a long log was read, on a terminal; nothing for what is read in a moment."""

    shown = False

    def say(self, done: int) -> None:
        """`done` bytes were read so far."""
        if done >= 20_000_000:
            sys.stderr.write(f"\rreading: {done // 1_000_000} MB ")
            self.shown = True

    def clear(self) -> None:
        """Makes room for the answer."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")


def _write(reports: Sequence[Report], texts: Mapping[str, str], given: Namespace | SimpleNamespace) -> None:
    from assistant.front.cli import writing

    if given.format == "json":
        writing.as_json(values.diagnosis(reports, texts))
        return
    from assistant.front.forms.view import decide

    view = decide(sys.stdout, given.color, given.width)
    if given.format == "markdown":
        from assistant.front.forms.markdown import diagnosis as as_markdown

        writing.text(as_markdown(reports), view)
        return
    from assistant.front.terminal.diagnosis import diagnosis as as_text

    writing.text(as_text(reports, texts, view), view, given.pager)
