"""Secrets and terminal control sequences taken out of what people paste, before anything is shown or kept.

Evidence stays: job ids, hosts, paths, module names, return codes, `censored` texts, Jinja expressions,
and the *names* of secrets ("Missing become password"). Only values go. All patterns are linear: each starts at
a literal word or a word's edge and what follows is bounded or possessive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from assistant.redact import patterns
from assistant.redact.controls import controls
from assistant.redact.patterns import MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _pair_by(found: re.Match[str]) -> str:
    head = found.group(1)
    before = found.string[max(0, found.start() - 7) : found.start()].lower()
    name = head.split("=")[0].split(":")[0].strip(" \"'\\\t").lower()
    name = before + name if before in ("update_", "prompt_") else name
    quote, quoted, bare = found.group("q"), found.group("quoted"), found.group("bare")
    value = quoted if bare is None else bare
    harmless = (
        value.lower() in patterns.HARMLESS_VALUES or "{{" in value or set(value) <= {"*"} or patterns.harmless(name)
    )
    if harmless or (bare is not None and _is_prose(head, found)):
        return found.group(0)
    return f"{head}{quote or ''}{MARK}{quote or ''}"


def _is_prose(head: str, found: re.Match[str]) -> bool:
    """`Incorrect password: try again` is a sentence; `  db_password: hunter2` and `token=abc` are values."""
    if "=" in head or found.group(2):
        return False
    text, end = found.string, found.end()
    before = text[max(text.rfind("\n", 0, found.start()) + 1, found.start() - 200) : found.start()].lstrip(" \t-+")
    opened = before.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.").rstrip()
    if "{" in opened and opened.endswith(("{", ",")):
        return False  # a flow mapping: {db_password: hunter2, user: app}
    return text[end : end + 1] not in ("", "\n") or not patterns.compiled(r"[\w.-]*+").fullmatch(before)


def _keys(text: str) -> tuple[str, int]:
    """Private key blocks, whole or cut off."""
    out: list[str] = []
    at = count = 0
    while (start := text.find("-----BEGIN ", at)) >= 0:
        head = text.find("-----", start + 11, start + 60)
        if head < 0 or not text[start:head].endswith("PRIVATE KEY"):
            out.append(text[at : start + 11])
            at = start + 11
            continue
        stop = text.find("-----END ", head + 5)
        close = text.find("-----", stop + 9) if stop >= 0 else -1
        out.append(text[at:start] + MARK)
        count += 1
        at = close + 5 if close >= 0 else _run_of_key(text, head + 5)
    return "".join(out) + text[at:], count


def _run_of_key(text: str, at: int) -> int:
    found = patterns.compiled(r"[A-Za-z0-9+/=\s\\:,-]*+").match(text, at)
    return found.end() if found else at


def _may_name(low: str) -> bool:
    return "pass" in low or "token" in low or "key" in low or "secret" in low or "pwd" in low or "credential" in low


def _may_hold(low: str) -> bool:
    return (
        "://" in low or "authorization" in low or "akia" in low or "asia" in low or "gh" in low or "glpat" in low
        or "xox" in low or "eyj" in low or "aiza" in low or "sk_live" in low or "hv" in low or "npm_" in low
    )  # fmt: skip


def text(s: str) -> tuple[str, int]:
    """Take the secrets out of a text: the text with `[redacted]` in their places, and how many went.

    Values of secret names (`db_password: x`, `"token": "x"`, `PGPASSWORD=x`, `--password x`), headers,
    private key blocks, credentials in URLs and tokens with a known shape. Idempotent. Linear in `s`.
    """
    low = s.lower()
    if not (_may_name(low) or _may_hold(low)):
        return s, 0
    s, total = _keys(s)
    if "authorization" in low:
        s, n = patterns.header().subn(rf"\g<1>{MARK}", s)
        total += n
    if "-" in s and _may_name(low):
        s, n = patterns.flag().subn(rf"\g<1>{MARK}", s)
        total += n
    if "://" in s:
        s, n = patterns.url().subn(rf"\g<1>{MARK}", s)
        total += n

    def swap(found: re.Match[str]) -> str:
        nonlocal total
        new = _pair_by(found)
        total += new != found.group(0)
        return new

    if _may_name(low):
        from assistant.redact.below import below  # few pastes name a secret, and each module costs a cold start

        s = patterns.pair().sub(swap, s)
        s, n = below(s)
        total += n
    s, n = patterns.shapes().subn(MARK, s)
    s, last = _keys(s)  # what the others took out may have brought a block's two ends together
    return s, total + n + last


def value(obj: Any) -> tuple[Any, int]:
    """Secrets out of a result, recursively: under secret names all texts and numbers go, elsewhere as `text`.

    Mappings and lists are copied; the nesting must be bounded by the caller (paste refuses more than 100).
    """
    if isinstance(obj, str):
        return text(obj)
    if isinstance(obj, Mapping):
        out, total = {}, 0
        for key, inner in obj.items():
            out[key], n = _hidden(inner) if _is_secret(key) else value(inner)
            total += n
        return out, total
    if isinstance(obj, list | tuple):
        pairs = [value(inner) for inner in obj]
        return [inner for inner, _ in pairs], sum(n for _, n in pairs)
    return obj, 0


@cache
def _is_secret_name(key: str) -> bool:
    return not patterns.harmless(key.lower()) and bool(patterns.key_name().search(key))


def _is_secret(key: object) -> bool:
    return isinstance(key, str) and len(key) < 80 and _is_secret_name(key)


def _hidden(obj: Any) -> tuple[Any, int]:
    if isinstance(obj, str):
        keep = obj.lower() in patterns.HARMLESS_VALUES or obj.startswith("{{") or set(obj) <= {"*"}
        return (obj, 0) if keep else (MARK, 1)
    if isinstance(obj, bool) or obj is None:
        return obj, 0
    if isinstance(obj, Mapping):
        parts = {key: _hidden(inner) for key, inner in obj.items()}
        return {key: inner for key, (inner, _) in parts.items()}, sum(n for _, n in parts.values())
    if isinstance(obj, list | tuple):
        pairs = [_hidden(inner) for inner in obj]
        return [inner for inner, _ in pairs], sum(n for _, n in pairs)
    return MARK, 1


__all__ = ["MARK", "controls", "text", "value"]
