"""From a paste as given to plain numbered lines as Ansible printed them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from assistant import redact
from assistant.paste import lost, prefixes, rows, unwrap
from assistant.paste.rows import Row

_SAMPLE = 4_000
_DOUBLE = str.maketrans(dict.fromkeys("“”„‟″", '"'))
_SINGLE = str.maketrans(dict.fromkeys("‘’‚‛′", "'"))
_FENCES = ("```", "~~~", "[code", "[/code", "{code", "{noformat", "<pre", "</pre", "<code", "</code")


def clean(lines: list[Row]) -> list[Row]:
    """Take off everything that is not Ansible's: controls, entities, quotes, prefixes, broken lines."""
    out = lost.relined(_marks(lines))
    for _ in range(prefixes.MAX_ROUNDS):
        strip = prefixes.find(out[:_SAMPLE])
        if strip is None:
            break
        out = unwrap.unwrap(out, strip)
        stripped = [Row(row.first, row.last, strip(row.text)) for row in out]
        if stripped == out:
            break
        out = stripped
    return unwrap.unwrap(out)


def _marks(lines: list[Row]) -> list[Row]:
    whole = "\n".join(row.text for row in lines[:_SAMPLE])
    steps = [step for step in (_controls(whole), _entities(whole), _quotes(whole), _fences(whole)) if step]
    if not steps:
        return lines
    out = []
    for row in lines:
        text = row.text
        for step in steps:
            text = step(text)
        out.append(Row(row.first, row.last, text))
    return out


Step = Callable[[str], str]


@cache
def _bare_ansi() -> re.Pattern[str]:
    """Colours whose escape character got lost, or was written out by another program.

    Where it got lost, only those with a number: "[m" may as well begin the name of a host, "fatal: [mail1]".
    """
    number = r"\d{1,3}(?:;\d{1,3}){0,4}"
    return re.compile(rf"(?:\^\[|\\u001b|\\x1b|\\033|\\e)\[(?:{number})?[mK]|\[{number}[mK]")


def _controls(whole: str) -> Step | None:
    bare = "[0m" in whole or "[0;" in whole
    if whole.isascii() and not bare and whole.replace("\n", "").replace("\t", "").isprintable():
        return None

    def strip(text: str) -> str:
        text = redact.controls(text).replace("\xa0", " ").translate(_SINGLE)
        return _bare_ansi().sub("", text) if bare else text

    return strip


def _entities(whole: str) -> Step | None:
    """All entities where the arrows or the quotes of JSON were escaped; single quotes alone are safe at any time."""
    if not re.search(r"=&(?:amp;)?gt;|[{,]\s{0,80}&(?:amp;)?quot;|&quot;:|&gt;&gt;", whole):
        odd = "&#x27;" in whole or "&#39;" in whole
        return (lambda text: text.replace("&#x27;", "'").replace("&#39;", "'")) if odd else None
    import html

    twice = "&amp;gt;" in whole or "&amp;quot;" in whole
    return lambda text: html.unescape(html.unescape(text) if twice else text) if "&" in text else text


def _quotes(whole: str) -> Step | None:
    if '"' in whole and not re.search(r"[{,\[]\s{0,80}[“”„″]|[“”„″]\s{0,8}:", whole):
        return None
    if not any(mark in whole for mark in "“”„‟″"):
        return None
    return lambda text: text.translate(_DOUBLE)


def _fences(whole: str) -> Step | None:
    if not any(fence in whole for fence in _FENCES):
        return None

    def strip(text: str) -> str:
        inner = text.lstrip("> \t")
        if not inner.startswith(_FENCES):
            return text
        return "```" if rows.headline_at(inner) < 0 else inner[rows.headline_at(inner) :]

    return strip
