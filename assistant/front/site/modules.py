"""The scripts of the paste box: its modules as one classic script, and the words of its quick guess.

Classic scripts, since browsers do not load modules from `file://`, where the quick guess is to work too.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from assistant.front.site.places import SiteError
from assistant.front.site.signs import Known, known
from assistant.kb import Base
from assistant.kb.entry import read_entry
from assistant.kb.examples import cases
from assistant.kb.mistakes import Mistakes
from assistant.kb.signs import literal_words

EXAMPLE = "async/wait-shorter-than-job"
"""The cause of which "show me with an example" pastes the first example."""

IMPORT = re.compile(r'^import \{[^}\n]*\} from "\./([a-z]+\.js)";\n', re.M)
EXPORT = re.compile(r"^export (?=(?:async )?function |class |const )", re.M)


def box(site: Path) -> bytes:
    """The modules of `site/scripts/box/` in one function, each after those it imports. Raises SiteError."""
    folder, order = site / "scripts" / "box", list[str]()
    _visit(folder, "box.js", order, ())
    parts = [EXPORT.sub("", IMPORT.sub("", (folder / name).read_text(encoding="utf-8"))) for name in order]
    left = [line for part in parts for line in part.splitlines() if line.startswith(("import ", "export "))]
    if left:
        raise SiteError(f"site/scripts/box: cannot be put into one script: {left[0]}")
    return '"use strict";\n(() => {{\n{}}})();\n'.format("\n".join(parts)).encode()


def _visit(folder: Path, name: str, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise SiteError(f"site/scripts/box: modules import each other in a circle: {' → '.join((*above, name))}")
    if name in order:
        return
    for needed in IMPORT.findall((folder / name).read_text(encoding="utf-8")):
        _visit(folder, needed, order, (*above, name))
    order.append(name)


def guess(base: Base, kb: Path) -> bytes:
    """The index of the quick guess: each page with the words of its messages, the rarest first.

    `kb` is the base as written: its example is what the box shows to those who have nothing to paste.
    """
    signs = known(base)
    index = {
        "messages": [
            {"title": sign.title, "path": sign.path.rstrip("/"), "causes": sign.leads_to} | _words(base, sign)
            for sign in signs
        ],
        "titles": {id: base.entries[id].title for sign in signs for id in sign.leads_to},
        "example": _example(kb),
    }
    return f"window.ansibleWhyGuess = {json.dumps(index, separators=(',', ':'))};\n".encode()


def _example(kb: Path) -> dict[str, str]:
    """The first paste of EXAMPLE and the code it came from."""
    text = (kb / f"{EXAMPLE}.md").read_text(encoding="utf-8")
    _, examples = read_entry(EXAMPLE, EXAMPLE, text, Mistakes())
    case = next(case for case in cases(EXAMPLE, examples) if case.pastes and case.before)
    return {"paste": case.pastes[0], "task": case.before}


def _words(base: Base, known: Known) -> dict[str, list[list[str]]]:
    """What a sign is known by, each row with its rare word first: "said", words of a message; "fields" of a result."""
    found: dict[str, dict[frozenset[str], list[str]]] = {"said": {}, "fields": {}}
    for sign in base.signs:
        if (sign.family, sign.name) == (known.family, known.name):
            fields = [name.split(".")[0] for name, wanted in sign.fields.items() if "absent" not in wanted]
            templates = (sign.message, *sign.said.values())
            words = [word for template in templates for word in literal_words(template)]
            row = list(dict.fromkeys([sign.word.removeprefix("field:"), *(words or fields)]))
            found["said" if words else "fields"].setdefault(frozenset(row), row)
    return {kind: [*rows.values()] for kind, rows in found.items() if rows}
