"""One line that YAML did not take, looked at as text: what is wrong with it, and how it would be right.

Ansible names the place where reading broke off and guesses at the reason; what stands on the line decides better.
No YAML is read here: the line is all that a bare paste has.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.model import Record


class Line(Record):
    """The line that was named, the one before it, the column (from 1; 0: not told), and what the scanner said."""

    text: str
    above: str = ""
    column: int = 0
    said: str = ""


MARKERS = ("<<<<<<< ", ">>>>>>> ")
"""How the lines begin that Git leaves where two changes met; one of seven equals signs parts them."""


@cache
def _pair() -> re.Pattern[str]:
    """What leads a line (blanks, dashes), a key with its colon, and the value."""
    key = r"(?P<key>\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|[^\s\"'{\[#&*!|>%@`][^\n]{0,300}?)"
    return re.compile(rf"(?P<lead>[ \t]*(?:-[ \t]+)*)(?:{key}:(?=[ \t]|$))?[ \t]*(?P<value>[^\n]*)")


def fault(line: Line) -> str:
    """What is wrong with the line, in a word; "" when it cannot be told.

    merge conflict, tab, braces, quotes, colon, open quote, sign, no colon above, indentation: see looks/broken.py.
    """
    found = _pair().match(line.text)
    if not line.text.strip() or found is None:
        return ""
    if any(row.startswith(MARKERS) or row.rstrip() == "=======" for row in (line.text, line.above)):
        return "merge conflict"
    said = line.said.lower()
    value, at = found["value"], found.start("value")
    if "\t" in found["lead"] or (
        line.column and "cannot start any token" in said and not line.text[: line.column].strip()
    ):
        return "tab"
    if value.startswith("{%") and found.start("value") == len(line.text) - len(line.text.lstrip()):
        return ""  # a statement of a template on a line of its own, which no quotes make right
    if value.startswith(("{{", "{%")) or (value[:1] in "[{" and "{{" in _unquoted(value)):
        return "braces"
    if "mapping values" in said or "colons in unquoted" in said:
        return _colon(line, found)
    if value[:1] in ("'", '"'):
        return _quoted(line, value, at)
    if value[:1] in tuple("@`%*&!"):
        return "sign"
    return _structure(line)


def _colon(line: Line, found: re.Match[str]) -> str:
    """A colon where none may stand: the second of its line, or the first of a line that is in the wrong place."""
    if not found["key"]:
        return ""
    value = found["value"]
    if value[:1] in ("'", '"'):
        behind = behind_quotes(value)
        if behind is not None and found.start("value") < line.column <= len(line.text.rstrip()) - len(behind):
            return (
                "colon"  # inside of quotes no colon counts: the file has typographic ones, and a chat made them plain
            )
        value = behind or ""
    if re.search(r":(?: |$)", value):
        return "colon"
    if _is_bare(line.above) and _column(line.above) == _column(line.text):
        return "no colon above"
    return "" if "colons in unquoted" in line.said.lower() and _is_sound(line) else "indentation"


def _is_sound(line: Line) -> bool:
    """True when the line stands where it may stand behind the one above it: beside its key, or below an empty one."""
    above, own = _pair().match(line.above), _pair().match(line.text)
    if above is None or own is None or not above["key"] or own["lead"].strip():
        return False
    return _column(line.text) == _column(line.above) or (
        not above["value"] and _column(line.text) > _column(line.above)
    )


def _is_bare(above: str) -> bool:
    """A line that is only words, where a key was wanted."""
    text = above.strip()
    return bool(text) and not re.search(r":(?:\s|$)", text) and text[0] not in "#'\"[{|>" and text != "---"


def _column(text: str) -> int:
    """Where the text of a line begins, behind its dashes."""
    found = _pair().match(text)
    return len(found["lead"].expandtabs()) if found else 0


def _quoted(line: Line, value: str, at: int) -> str:
    """A value in quotes: text behind the closing one, or quotes of which an earlier one was never closed."""
    if "expected" in line.said and line.column == at + 2:
        return "open quote"  # reading went on right behind its first quote: that one closed another
    rest = behind_quotes(value)
    if rest is None or "unexpected end of stream" in line.said:
        return "open quote"
    return "quotes" if rest else _structure(line)


def behind_quotes(value: str) -> str | None:
    """What follows the closing quote of a value, comments left out; None when it is not closed on the line."""
    inner = r'"(?:[^"\\]|\\.)*"' if value[:1] == '"' else r"'(?:[^']|'')*'"
    found = re.match(inner, value)
    if found is None:
        return None
    rest = value[found.end() :].strip()
    return "" if rest.startswith("#") else rest


def _structure(line: Line) -> str:
    """A line that may be sound in itself and stands where it cannot: "" when the place is in its middle."""
    if "',' or" in line.said:
        return ""
    start = len(line.text) - len(line.text.lstrip())
    if line.column > start + 1 and line.text[start : line.column - 1].strip("- ") and "'-' indicator" not in line.said:
        before = line.text[: line.column - 1].rstrip()
        return "open quote" if before.endswith(("'", '"')) else ""
    return "" if _is_sound(line) else "indentation"


def _unquoted(text: str) -> str:
    """The text without what stands in quotes."""
    return re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", text)


EXPRESSIONS = ("when", "until", "changed_when", "failed_when", "that")


def mended(line: Line) -> str:
    """The line as it should be; "" where that is not certain."""
    found, what = _pair().match(line.text), fault(line)
    if found is None or not found["value"] or _is_two_keys(found["key"] or "", found["value"]):
        return ""
    value, comment = _without_comment(found["value"])
    if "escape character" in line.said:
        new = _in_single(value)
    elif what == "quotes":
        new = _one_text(found["key"] or "", value)
    else:
        bare = what in ("braces", "colon") or (what == "sign" and re.match(r"[@`%]|\*\W", value))
        new = _in_quotes(value) if bare and not re.match(r"['\"\[]|\{[^{%]", value) else ""
    return line.text[: found.start("value")] + new + comment if new else ""


def _is_two_keys(key: str, value: str) -> bool:
    """True when the value is rather a key of its own: `debug: msg: hello`, `- name: a   hosts: b`."""
    from assistant.looks import known_names

    module = key.removeprefix("ansible.builtin.") in known_names.CORE or key.count(".") > 1
    return bool(re.match(r"\w+:\s", value) if module else re.search(r"\s{2,}\w+:\s", value))


def _in_single(value: str) -> str:
    """A text in double quotes in single ones, where none of its backslashes means anything."""
    inside = value[1:-1]
    plain = value[:1] == value[-1:] == '"' and "'" not in inside and not re.search(r'\\[0abtnvfreN_LPxuU"/\\ ]', inside)
    return f"'{inside}'" if plain else ""


def _without_comment(value: str) -> tuple[str, str]:
    """The value, and the blanks and the comment behind it."""
    found = re.search(r"[ \t]+#|[ \t]+$", value)
    at = found.start() if found else len(value)
    return value[:at], value[at:]


def _in_quotes(value: str) -> str:
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return f"'{value}'" if "'" not in value else ""


def _one_text(key: str, value: str) -> str:
    """One pair of quotes for a value of which they hold only a part: an expression whole, a path put together."""
    quote, rest = value[0], behind_quotes(value) or ""
    if key in EXPRESSIONS:
        return _in_quotes(value) if quote == '"' else ""
    inside = value[1 : len(value) - len(rest) - 1]
    joined = "{{" in inside and rest[:1].isprintable() and value[: len(value) - len(rest)].endswith(quote)
    return f"{quote}{inside}{rest}{quote}" if joined and quote not in rest and "\\" not in rest else ""


def without_tabs(text: str) -> str:
    """A text with the tabs that indent its lines made into spaces; "" where their depth cannot be told.

    A line below a key without a value is indented two blanks more than the key; lines with the same tabs stand alike.
    """
    lines = text.split("\n")
    depths: dict[str, int] = {}
    above = ""
    for number, line in enumerate(lines):
        lead = line[: len(line) - len(line.lstrip(" \t"))]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if "\t" not in lead:
            depths = {}
        elif lead not in depths and not above.rstrip().endswith(":"):
            return ""
        if "\t" in lead:
            lines[number] = " " * depths.setdefault(lead, _column(above) + 2) + line.lstrip(" \t")
        above = lines[number]
    return "\n".join(lines)
