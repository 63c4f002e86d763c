"""`ansible-why kb`: causes of one's own, checked, begun, tried and drawn."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from assistant.front.cli.bases import home, kept, opened
from assistant.front.reading import document, paste_stream
from assistant.front.wrong import Wrong, meant


def run(given: Namespace) -> int:
    """Answers one call; the exit status is that of its part."""
    return {"check": _check, "new": _new, "try": _try, "graph": _graph}[given.what](given)


def _check(given: Namespace) -> int:
    """Exit status 0 when nothing is wrong with a base, else 1."""
    from assistant.front.authoring.checking import checked

    found = checked(given.folder or home(), given.kb)
    sys.stdout.write("".join(f"{each}\n" for each in found.wrong))
    entries, pastes, edits, unlikes = found.counts
    held = [_counted(entries, "entry", "entries"), _counted(pastes, "paste"), _counted(edits, "edit")]
    tried = "" if found.tried else "; the examples were not tried"
    wrong = _counted(len(found.wrong), "mistake") if found.wrong else "nothing wrong"
    sys.stdout.write(f"{', '.join(held)}, {_counted(unlikes, 'look-alike')}: {wrong}{tried}\n")
    return 1 if found.wrong else 0


def _new(given: Namespace) -> int:
    """Writes the beginning of a cause, and says what."""
    from assistant.front.authoring.new import begun, write

    folder = given.to or home()
    task = document(given.task) if given.task else ""
    others = [each for each in [*kept(), *given.kb] if os.path.realpath(each) != os.path.realpath(folder)]
    files = begun(given.cause, _paste(given.paste), task, folder, others)
    write(files)
    for file in files:
        sys.stdout.write(f"{'added to' if file.there else 'written'}: {file.path}\n")
    where = f" {folder}" if given.to else ""
    sys.stdout.write(f"What is left to write, and whether it holds: ansible-why kb check{where}\n")
    return 0


def _try(given: Namespace) -> int:
    """Exit status 0 when a cause is named, else 1."""
    from assistant.front.authoring.trying import tried, written
    from assistant.front.cli import writing

    documents = [(path, document(path)) for path in dict.fromkeys(given.task)]
    found = tried(_paste(given.paste), documents, opened(given.kb))
    if given.format == "json":
        writing.as_json({"failures": found})
    else:
        sys.stdout.write(written(found))
    return 0 if any(one["named"] for one in found) else 1


def _graph(given: Namespace) -> int:
    from assistant.front.authoring.graph import drawn

    base = opened(given.kb)
    family = given.family.rstrip("/")
    if family and family not in base.families:
        raise Wrong(f'no such family "{family}"{meant(family, base.families) or ""}')
    sys.stdout.write(drawn(base, [family] if family else base.families, given.format))
    return 0


def _paste(name: str) -> str:
    with paste_stream(name) as stream:
        return stream.read().decode("utf-8", "replace")


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
