"""The result after a `=>`: where it ends, and what it says, in whichever format the callback dumped it."""

from __future__ import annotations

import re
from functools import cache

from assistant.paste import lenient, shapes, yamlish
from assistant.paste.cursor import Cursor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Result = tuple[dict[str, Any], bool]

_WIDTHS = frozenset((72, 76, 78, 79, 80, 90, 100, 120, 132, 140, 150, 160, 180, 200, 220, 240))
MAX_LINES = 20_000
"""A result of more lines is cut off there: no result of life has as many, and memory stays bounded."""

"""A mapping ({} when unreadable) and whether it was read only in part."""


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(r'"|\\.|[{\[]|[}\]]')


class _Scan:
    """Counts brackets outside of strings, across lines."""

    def __init__(self) -> None:
        self.level = 0
        self.inside = False

    def feed(self, line: str) -> int:
        """Read a line; the position after the bracket that closes everything, or -1."""
        for found in _tokens().finditer(line):
            char = found.group()
            if char == '"':
                self.inside = not self.inside
            elif self.inside or char[0] == "\\":
                continue
            elif char in "{[":
                self.level += 1
            else:
                self.level -= 1
                if self.level <= 0:
                    return found.end()
        return -1


def after_arrow(cursor: Cursor, head: str, rest: str) -> Result:
    """The result that begins with `rest`, the end of the line `head`, and may go on in the cursor's lines."""
    text = rest.lstrip()
    if text.startswith("{"):
        return _sections(cursor, _json(cursor, head, text))
    if text.startswith("["):
        return {}, True
    indent = len(head) - len(head.lstrip())
    block = _indented(cursor, indent) if not text or text.rstrip().endswith(("=true", "=false")) else []
    flags = {k: v == "true" for k, _, v in (word.partition("=") for word in text.split()) if v in ("true", "false")}
    if block:
        found, bad = yamlish.read(block)
        return (flags | found, bad) if found is not None else ({"msg": "\n".join(block).strip()}, True)
    if not text or len(flags) == len(text.split()):
        return _bare_json(cursor, flags)
    return {"msg": text.strip()}, False


def _bare_json(cursor: Cursor, flags: dict[str, Any]) -> Result:
    """`FAILED! =>` at a line's end and the bracket on the next, as pasted."""
    found = cursor.next_said(3)
    if found is None or not found[1].lstrip().startswith("{"):
        return flags, not flags
    for _ in range(found[0]):
        cursor.take()
    line = cursor.take()
    return _sections(cursor, _json(cursor, line, line.lstrip()))


def _json(cursor: Cursor, head: str, first: str) -> Result:
    if first.rstrip().endswith("}"):  # nearly always: a sound result on one line
        value = lenient.strict(first)
        if isinstance(value, dict):
            return value, False
    scan = _Scan()
    rows = [first]
    breaks: list[bool] = []
    widths = [len(head)]
    end = scan.feed(first)
    while end < 0 and len(rows) < MAX_LINES:
        line = cursor.peek()
        if line is None or shapes.starts_anew(line) or (not line.strip() and _stops(cursor)):
            break
        breaks.append(scan.inside)
        rows.append(cursor.take())
        widths.append(len(line))
        end = scan.feed(line)
    if end >= 0:
        rows[-1] = rows[-1][:end]
    return _read(join(rows, widths, breaks))


def _stops(cursor: Cursor) -> bool:
    """A blank line inside a result: the end, unless a bracket or a key follows."""
    found = cursor.next_said()
    return found is None or not found[1].lstrip().startswith(('"', "}", "]", "{"))


def _read(text: str) -> Result:
    found, partial = lenient.read(text)
    return found or {}, partial


def join(rows: list[str], widths: list[int], breaks: list[bool]) -> str:
    """Rows of one JSON text put together; a break in a string was a terminal's (nothing lost) or a mailer's (a blank).

    `widths` are the lengths of the rows as pasted; `breaks[i]` tells whether row i ended inside a string.
    """
    if len(rows) == 1:
        return rows[0]
    cut = [width for width, inside in zip(widths, breaks, strict=False) if inside]
    hard = bool(cut) and max(cut) - min(cut) <= 1 and (len(cut) > 1 or cut[0] in _WIDTHS)
    out = [rows[0]]
    for width, inside, row in zip(widths, breaks, rows[1:], strict=False):
        if inside:
            out.append("" if (hard and width == max(cut)) or out[-1].endswith(" ") else " ")
        elif not (out[-1][-1:].isalnum() and row[:1].isalnum()):
            out.append("\n")
        out.append(row)
    return "".join(out)


def _indented(cursor: Cursor, indent: int) -> list[str]:
    """The lines that stand deeper than `indent`, blank ones between them too."""
    block: list[str] = []
    while len(block) < MAX_LINES:
        found = cursor.next_said()
        if found is None or len(found[1]) - len(found[1].lstrip()) <= indent:
            break
        for _ in range(found[0] + 1):
            block.append(cursor.take())
    return block


_SECTIONS = ("STDOUT:", "STDERR:", "MSG:", "MODULE_STDOUT:", "MODULE_STDERR:")


def _sections(cursor: Cursor, result: Result) -> Result:
    """The debug callback prints texts below the JSON, each under its name in capitals."""
    values = dict(result[0])
    first = True
    while (found := cursor.next_said(4)) is not None and (found[0] or not first) and found[1].strip() in _SECTIONS:
        first = False
        for _ in range(found[0]):
            cursor.take()
        name = cursor.take().strip().rstrip(":").lower()
        rows: list[str] = []
        while (line := cursor.peek()) is not None and len(rows) < MAX_LINES:
            if shapes.starts_anew(line) or line.strip() in _SECTIONS:
                break
            rows.append(cursor.take())
        values[name] = "\n".join(rows).strip("\n")
    return values, result[1]


def plain(cursor: Cursor, rc: str | None) -> dict[str, Any]:
    """The lines under `web1 | FAILED | rc=1 >>`: stdout, stderr and msg run together; rc=-1: there was none."""
    rows: list[str] = []
    if rc == "-1" and not (cursor.peek() or "").strip():
        return {}
    while (line := cursor.peek()) is not None and len(rows) < MAX_LINES and not shapes.starts_anew(line):
        rows.append(cursor.take())
    text = "\n".join(rows).strip("\n")
    return said(text, rc) if text or rc != "-1" else {}


def said(text: str, rc: str | None) -> dict[str, Any]:
    """A result of the minimal or oneline callback, which print texts without their names."""
    out: dict[str, Any] = {"msg": text}
    if rc is not None and rc != "-1":
        out["rc"] = int(rc)
        for words in ("non-zero return code", "The command exited with a non-zero return code."):
            if text.endswith(words):
                out |= {"msg": words, "stdout": text[: -len(words)].rstrip("\n")}
    return out


def oneline(rest: str, tail: str, rc: str | None) -> dict[str, Any]:
    """`| (stdout) … (stderr) …` of the oneline callback, line breaks shown as backslash-n."""
    stdout, _, stderr = rest.partition(" (stderr) ")
    return {"stdout": stdout.replace("\\n", "\n"), "stderr": stderr.replace("\\n", "\n")} | (
        {"rc": int(rc)} if rc not in (None, "-1") else {}
    )
