"""Any text made safe for Markdown (CommonMark): as words, as a code span, as a block of code; and blocks read back.

Names of tasks, commands and paths may hold all of its signs; they must come out as they went in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache


@cache
def _signs() -> re.Pattern[str]:
    """What means something anywhere; an underscore does not inside a word."""
    return re.compile(r"[\\`*\[\]<#~&]|(?<![^\W_])_|_(?![^\W_])")


@cache
def _start() -> re.Pattern[str]:
    """What means something at the start of a line: the sign comes right behind the match."""
    return re.compile(r"\d{1,9}(?=[.)])|(?=[>+=-])")


def plain(text: str) -> str:
    """`text` in one line, as words that Markdown leaves alone."""
    text = _signs().sub(r"\\\g<0>", " ".join(text.split()))
    start = _start().match(text)
    return f"{text[: start.end()]}\\{text[start.end() :]}" if start else text


def code(text: str) -> str:
    """A code span that holds any `text`: the fence is longer than every run of backquotes inside."""
    text = " ".join(text.split())
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""


def block(text: str, language: str = "") -> str:
    """A fenced code block that holds any `text`."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text.rstrip(chr(10))}\n{fence}"


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """The fenced code blocks of a Markdown text: the words behind the fence ("yaml playbook", "" for none), the code.

    Fences are as `block` and the base write them: of backquotes, from the first column. One left open is no block.
    """
    fence, words, code = "", "", list[str]()
    for line in text.split("\n"):
        if fence and line.startswith(fence) and not line.strip("`").strip():
            yield words, "".join(f"{each}\n" for each in code)
            fence = ""
        elif fence:
            code.append(line)
        elif line.startswith("```") and "`" not in (rest := line.lstrip("`")):
            fence, words, code = line[: len(line) - len(rest)], rest.strip(), []


def _longest_run(text: str) -> int:
    longest = current = 0
    for char in text:
        current = current + 1 if char == "`" else 0
        longest = max(longest, current)
    return longest
