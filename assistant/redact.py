"""Secrets and terminal control sequences taken out of what people paste, before anything is shown or kept.

Evidence stays: job ids, hosts, paths, module names, return codes, `censored` texts, Jinja expressions,
and the *names* of secrets ("Missing become password"). Only values go. All patterns are linear: each starts at
a literal word or a word's edge and what follows is bounded or possessive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

MARK = "[redacted]"

_NAMES = (
    r"passw(?:or)?d|passphrase|passwort|pwd|secret|token|credential|api[_-]?key|apikey|access[_-]?key|"
    r"private[_-]?key|secret[_-]?key|auth[_-]?key|encryption[_-]?key|vault[_-]?pass|become[_-]?pass|ssh[_-]?pass"
)
# Options of modules that hold such a word in their name and a harmless word in their value.
_HARMLESS_KEYS = frozenset((
    "update_password", "password_expire_max", "password_expire_min", "password_expire_warn", "password_lock", "no_log",
    "password_expire_account_disable", "generate_ssh_key", "token_type", "private_key_file", "private_key_path",
    "ansible_ssh_private_key_file", "ansible_private_key_file", "passwordless", "prompt_password", "censored",
))  # fmt: skip
_HARMLESS_VALUES = frozenset((
    "", "none", "null", "true", "false", "yes", "no", "omit", "undefined", "~", MARK,
    "value_specified_in_no_log_parameter",
))  # fmt: skip


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _key_name() -> re.Pattern[str]:
    return re.compile(rf"(?:{_NAMES})|(?:^|_)(?:pass|pw|passwords|tokens|secrets|authorization|x-auth-token)$", re.I)


@cache
def _shapes() -> re.Pattern[str]:
    """Secrets that are known by their own shape, whatever stands around them."""
    return re.compile(
        r"(?<![A-Za-z0-9_-])(?:"
        r"(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])"
        r"|gh[pousr]_[A-Za-z0-9]{20,255}"
        r"|github_pat_[A-Za-z0-9_]{20,255}"
        r"|glpat-[A-Za-z0-9_-]{16,255}"
        r"|xox[abeoprs]-[A-Za-z0-9-]{10,255}"
        r"|eyJ[A-Za-z0-9_-]{8,4000}+\.eyJ[A-Za-z0-9_-]{4,8000}+(?:\.[A-Za-z0-9_-]{0,4000}+)?"
        r"|AIza[A-Za-z0-9_-]{35}"
        r"|sk_live_[A-Za-z0-9]{16,255}"
        r"|hv[sb]\.[A-Za-z0-9_-]{20,255}"
        r"|npm_[A-Za-z0-9]{30,255}"
        r")"
    )


@cache
def _url() -> re.Pattern[str]:
    return re.compile(r"(://[^\s/:@\"'<>\\]{0,200}:)(?!\[redacted\]@)([^\s/@\"'<>\\]{1,500})(?=@)")


@cache
def _header() -> re.Pattern[str]:
    scheme = r"(?:(?:basic|bearer|token|digest|negotiate|apikey)\s{1,3})?+"
    return re.compile(
        rf"(authorization(?:\\?[\"'])?\s{{0,3}}[:=]\s{{0,3}}(?:\\?[\"'])?{scheme})(?!\[redacted\]|\{{\{{)([^\s\"'\\,]{{3,8000}})",
        re.I,
    )


@cache
def _flag() -> re.Pattern[str]:
    """`--password hunter2`: a blank between name and value is enough only after dashes."""
    return re.compile(
        rf"(--?(?:[a-z]{{1,20}}-){{0,2}}(?:{_NAMES}|pass)[ ]{{1,3}})(?![-\[{{|<])([^\s\"'\\]{{1,500}})", re.I
    )


@cache
def _pair() -> re.Pattern[str]:
    """A name of a secret, `=` or `:`, and its value: quoted, escaped in a quoted text, or bare."""
    name = rf"(?:{_NAMES}|(?<![A-Za-z])pass)(?:_?[a-z0-9]{{0,12}})"
    return re.compile(
        rf"({name}(\\{{0,3}}[\"'])?[ \t]{{0,3}}(?:=>|[:=])[ \t]{{0,3}})"
        r"(?:(?P<q>\\{0,3}[\"'])(?P<quoted>.{0,4000}?)(?P=q)|(?P<bare>[^\s\"'\\,;&{}\[\]()<>|]{1,500}))",
        re.I,
    )


def _pair_by(found: re.Match[str]) -> str:
    head = found.group(1)
    before = found.string[max(0, found.start() - 7) : found.start()].lower()
    name = head.split("=")[0].split(":")[0].strip(" \"'\\\t").lower()
    name = before + name if before in ("update_", "prompt_") else name
    quote, quoted, bare = found.group("q"), found.group("quoted"), found.group("bare")
    value = quoted if bare is None else bare
    harmless = value.lower() in _HARMLESS_VALUES or "{{" in value or set(value) <= {"*"} or name in _HARMLESS_KEYS
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
    return text[end : end + 1] not in ("", "\n") or not _compiled(r"[\w.-]*+").fullmatch(before)


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
    found = _compiled(r"[A-Za-z0-9+/=\s\\:,-]*+").match(text, at)
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
        s, n = _header().subn(rf"\g<1>{MARK}", s)
        total += n
    if "-" in s and _may_name(low):
        s, n = _flag().subn(rf"\g<1>{MARK}", s)
        total += n
    if "://" in s:
        s, n = _url().subn(rf"\g<1>{MARK}", s)
        total += n

    def swap(found: re.Match[str]) -> str:
        nonlocal total
        new = _pair_by(found)
        total += new != found.group(0)
        return new

    s = _pair().sub(swap, s) if _may_name(low) else s
    s, n = _shapes().subn(MARK, s)
    return s, total + n


def value(obj: Any) -> tuple[Any, int]:
    """Take the secrets out of a result, recursively: under secret names every text or number goes, elsewhere as `text`.

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
    return key.lower() not in _HARMLESS_KEYS and bool(_key_name().search(key))


def _is_secret(key: object) -> bool:
    return isinstance(key, str) and len(key) < 80 and _is_secret_name(key)


def _hidden(obj: Any) -> tuple[Any, int]:
    if isinstance(obj, str):
        keep = obj.lower() in _HARMLESS_VALUES or obj.startswith("{{") or set(obj) <= {"*"}
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


_INVISIBLE = (
    "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    "\\ufeff\\ufff9-\\ufffb\\U000e0000-\\U000e007f"
)


@cache
def _controls() -> re.Pattern[str]:
    return re.compile(
        r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*+(?:\x07|\x1b\\|\x9c)"  # OSC: titles, links
        r"|\x1b[PX^_][^\x1b\n]*+\x1b\\"  # DCS, SOS, PM, APC
        r"|(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"  # CSI: colours, cursor
        r"|\x1b[ -/]{0,4}[0-~]?"
        rf"|[{_INVISIBLE}]"
    )


def controls(s: str) -> str:
    """Take out what a terminal would act upon or a reader would not see; newline and tab stay.

    ANSI, OSC and CSI sequences, C0 and C1 controls, bidirectional overrides, zero-width characters. Lone
    surrogates (a JSON result may hold them) become U+FFFD: nothing could print them.
    """
    if s.isascii():
        return s if s.isprintable() else _controls().sub("", s)
    return _compiled("[\\ud800-\\udfff]").sub("\ufffd", _controls().sub("", s))
