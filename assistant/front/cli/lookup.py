"""`ansible-why lookup`: text on standard input, one compact answer, for editors without a language server."""

from __future__ import annotations

import sys
from argparse import Namespace

from assistant.front.cli.bases import opened
from assistant.front.reading import STDIN, document, paste_stream


def run(given: Namespace) -> int:
    """Answers one call; exit status 0 when a cause is named, else 1."""
    from assistant.diagnose import diagnose
    from assistant.front.cli import writing
    from assistant.front.forms import compact, values
    from assistant.paste import read_file

    base = opened(given.kb)
    with paste_stream(STDIN) as stream:
        paste = read_file(stream, known=base.known, ignored=given.ignored)
    texts = {path: document(path) for path in dict.fromkeys(given.task)}
    found = values.report(STDIN, diagnose(paste, base, tuple(texts.items()))).diagnosis
    if given.format == "json":
        writing.as_json(compact.value(found, texts))
    elif given.format == "text":
        sys.stdout.write(compact.text(found))
    else:
        sys.stdout.write(compact.gnu(found, "warning" if given.format == "emacs" else ""))
    return 0 if found.verdict == "causes" else 1
