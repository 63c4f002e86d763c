"""Characters that steer a terminal or hide themselves, taken out."""

from __future__ import annotations

import re
from functools import cache

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


@cache
def _surrogates() -> re.Pattern[str]:
    return re.compile("[\ud800-\udfff]")


def controls(s: str) -> str:
    """Take out what a terminal would act upon or a reader would not see; newline and tab stay.

    ANSI, OSC and CSI sequences, C0 and C1 controls, bidirectional overrides, zero-width characters. Lone
    surrogates (a JSON result may hold them) become U+FFFD: nothing could print them.
    """
    if s.isascii():
        return s if s.isprintable() else _controls().sub("", s)
    return _surrogates().sub("\ufffd", _controls().sub("", s))
