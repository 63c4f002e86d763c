"""What secrets look like: names, shapes of tokens, headers, flags and pairs. Compiled when first needed."""

from __future__ import annotations

import re
from functools import cache

MARK = "[redacted]"

NAMES = (
    r"passw(?:or)?d|passphrase|passwort|pwd|secret|token|credential|api[_-]?key|apikey|access[_-]?key|"
    r"private[_-]?key|secret[_-]?key|auth[_-]?key|encryption[_-]?key|vault[_-]?pass|become[_-]?pass|ssh[_-]?pass"
)
# Options of modules that hold such a word in their name and a harmless word in their value.
HARMLESS_KEYS = frozenset((
    "update_password", "password_expire_max", "password_expire_min", "password_expire_warn", "password_lock", "no_log",
    "password_expire_account_disable", "generate_ssh_key", "token_type", "private_key_file", "private_key_path",
    "ansible_ssh_private_key_file", "ansible_private_key_file", "passwordless", "prompt_password", "censored",
))  # fmt: skip
# What such a name may end in when its value says where a secret is kept, or how it is asked for.
HARMLESS_ENDINGS = ("_file", "_path", "_mechanism")
HARMLESS_VALUES = frozenset((
    "", "none", "null", "true", "false", "yes", "no", "omit", "undefined", "~", MARK,
    "value_specified_in_no_log_parameter",
))  # fmt: skip


def harmless(name: str) -> bool:
    """Whether a name that holds a secret's word has a value which is none, in lower case."""
    return name in HARMLESS_KEYS or name.endswith(HARMLESS_ENDINGS)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def key_name() -> re.Pattern[str]:
    return re.compile(rf"(?:{NAMES})|(?:^|_)(?:pass|pw|passwords|tokens|secrets|authorization|x-auth-token)$", re.I)


@cache
def shapes() -> re.Pattern[str]:
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
def url() -> re.Pattern[str]:
    return re.compile(r"(://[^\s/:@\"'<>\\]{0,200}:)(?!\[redacted\]@)([^\s/@\"'<>\\]{1,500})(?=@)")


@cache
def header() -> re.Pattern[str]:
    scheme = r"(?:(?:basic|bearer|token|digest|negotiate|apikey)\s{1,3})?+"
    return re.compile(
        rf"(authorization(?:\\?[\"'])?\s{{0,3}}[:=]\s{{0,3}}(?:\\?[\"'])?{scheme})(?!\[redacted\]|\{{\{{)([^\s\"'\\,]{{3,8000}})",
        re.I,
    )


@cache
def flag() -> re.Pattern[str]:
    """`--password hunter2`: a blank between name and value is enough only after dashes.

    `--ask-vault-pass site.yml` takes no value, and behind `--private-key` stands a file.
    """
    return re.compile(
        r"((?<![\w-])--?(?!ask-|private-key )(?:[a-z0-9]{1,20}-){0,4}"
        rf"(?:{NAMES}|pass)[ ]{{1,3}})(?![-\[{{|<])([^\s\"'\\]{{1,500}})",
        re.I,
    )


@cache
def pair() -> re.Pattern[str]:
    """A name of a secret, `=` or `:`, and its value: quoted, escaped in a quoted text, or bare."""
    name = rf"(?:{NAMES}|(?<![A-Za-z])pass)(?:_?[a-z0-9]{{0,12}})"
    return re.compile(
        rf"({name}(\\{{0,3}}[\"'])?[ \t]{{0,3}}(?:=>|[:=])[ \t]{{0,3}})"
        r"(?:(?P<q>\\{0,3}[\"'])(?P<quoted>.{0,4000}?)(?P=q)|(?P<bare>[^\s\"'\\,;&{}\[\]()<>|]{1,500}))",
        re.I,
    )
