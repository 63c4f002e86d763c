"""A message in, the sign that recognises its like out: what differs from run to run becomes a hole."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.kb.mistakes import Mistakes
from assistant.kb.signs import literal_words
from assistant.kb.tree import read_signs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LONGEST = 160
"""Characters of a line that are taken: what comes later is told by the data of one run."""
CHANGING = re.compile(
    r"(?P<quoted>'[^'\n]{0,300}')|(?P<path>(?<![\w.:/])~?/[^\s'\"]{1,300})|(?P<number>(?<![\w.])-?\d{1,18}(?:\.\d{1,18})?(?![\w.]))"
)
NAMES = {"quoted": ("name", "quoted"), "path": ("path", "word"), "number": ("number", "number")}
COUNTED = ("", "_two", "_three", "_four", "_five")
PLAIN = ("msg", "changed", "failed", "ansible_facts", "invocation", "_ansible_no_log", "warnings", "deprecations")
"""Fields that nearly every result has."""


def sign(message: str, result: Mapping[str, Any], kind: str) -> dict[str, Any] | None:
    """A row of signs.yaml for failures like this one; None when they have nothing to be recognised by."""
    row: dict[str, Any] = {"kind": kind} if kind != "failed" else {}
    for line in sorted(filter(None, map(str.strip, message.splitlines()[:20])), key=_telling):
        for made in (template(line), _to_first_hole(template(line)), _piece(line)):
            if _sound({**row, "message": made}):
                return {"message": made, **row}
    fields = {name: "present" for name in result if name.isidentifier() and name not in PLAIN and name[:1] != "_"}
    return {"fields": dict(list(fields.items())[:3]), **row} if fields else None


def template(line: str) -> str:
    """A line with holes for quoted names, paths and numbers; braces of its own, which would be holes, end it."""
    piece = _piece(line)
    used = dict.fromkeys(NAMES, 0)
    parts, end = [], 0
    for found in CHANGING.finditer(piece):
        what = str(found.lastgroup)
        if used[what] == len(COUNTED):
            break
        name, hole = NAMES[what]
        text = found[0].rstrip(".,;:)]") if what == "path" else found[0]
        parts += [piece[end : found.start()], f"{{{name}{COUNTED[used[what]]}:{hole}}}"]
        end = found.start() + len(text)
        used[what] += 1
    else:
        return "".join([*parts, piece[end:]])
    return "".join(parts).rpartition("{")[0].rstrip()


def _piece(line: str) -> str:
    """The part of a line with the most words, cut between words: what is no word, and braces, part it."""
    piece = max(re.split(r"[{}]|\S{150,}", line), key=lambda part: len(literal_words(part))).strip()
    return piece if len(piece) <= LONGEST else piece[:LONGEST].rpartition(" ")[0]


def _telling(line: str) -> tuple[bool, bool]:
    """Lines with several words of their own come first, and tracebacks' frames last; else as written."""
    return line.startswith(("File ", "Traceback")), len(literal_words(template(line))) < 2


def _to_first_hole(made: str) -> str:
    return made.partition("{")[0].rstrip()


def _sound(row: dict[str, Any]) -> bool:
    """Whether the base takes it: a rare word, and holes that are bounded."""
    mistakes = Mistakes()
    read_signs("x", {"x": [row]}, "", mistakes)
    return not mistakes.found
