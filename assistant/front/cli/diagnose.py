"""`ansible-why diagnose`: pastes, task files and answers in, a diagnosis out."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.front.cli.reading import STDIN, document, paste_stream
from assistant.front.cli.wrong import Wrong
from assistant.front.forms import values
from assistant.front.forms.values import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.kb import Base
    from assistant.model import Paste


def run(given: Namespace) -> int:
    """Answers one call; exit status 0 when a cause is named, else 1."""
    from assistant import kb
    from assistant.front.cli.answers import read

    pastes = given.pastes or [STDIN]
    if [*pastes, *given.task].count(STDIN) > 1:
        raise Wrong("standard input can be read only once")
    if given.ansible and not re.fullmatch(r"\d\.\d{1,2}(\.\d{1,3})?", given.ansible):
        raise Wrong(f'"{given.ansible}" is no release of ansible-core; write it as 2.16 or 2.16.3')
    base = kb.load()
    answers = read(given.answer, base)
    texts = {path: document(path) for path in dict.fromkeys(given.task)}
    reports = [_report(name, base, texts, answers, given.ansible) for name in pastes]
    _write(reports, texts, given)
    return 0 if values.verdict(reports) == "causes" else 1


def _report(name: str, base: Base, texts: Mapping[str, str], answers: Mapping[str, str], release: str) -> Report:
    from assistant.diagnose import diagnose

    return values.report(name, diagnose(_paste(name, base), base, tuple(texts.items()), answers, release))


def _paste(name: str, base: Base) -> Paste:
    from assistant.paste import read_file

    with paste_stream(name) as stream:
        return read_file(stream, progress=_progress(), known=base.known)


def _progress() -> Callable[[int], None] | None:
    """Says on a terminal how far a long log was read; nothing for a paste that is read in a moment."""
    if not sys.stderr.isatty():
        return None

    def say(done: int) -> None:
        if done >= 20_000_000:
            sys.stderr.write(f"\rreading: {done // 1_000_000} MB ")

    return say


def _write(reports: Sequence[Report], texts: Mapping[str, str], given: Namespace) -> None:
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
