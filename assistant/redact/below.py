"""Secrets that do not stand behind their name on one line: YAML's blocks and lists, and lists in brackets."""

from __future__ import annotations

import re
from functools import cache

from assistant.redact.patterns import MARK, NAMES, harmless


@cache
def _head() -> re.Pattern[str]:
    """A name whose value begins on the next line: `password: |`, `api_tokens:`."""
    return re.compile(
        rf"^(?P<lead>[ \t]{{0,200}}+(?:-[ ]{{1,8}})?)[\"']?(?P<name>[\w.-]{{0,60}}?(?:{NAMES})\w{{0,12}})[\"']?"
        r"[ \t]{0,3}:[ \t]{0,3}(?P<block>[|>][-+0-9]{0,2})?[ \t]{0,8}\r?\n",
        re.I | re.M,
    )


@cache
def _list() -> re.Pattern[str]:
    """A name and a list in brackets on one line."""
    head = rf"(?:{NAMES})\w{{0,12}}(?:\\?[\"'])?[ \t]{{0,3}}[:=][ \t]{{0,3}}"
    return re.compile(rf"({head})\[([^\[\]\n]{{1,4000}}+)\]", re.I)


def below(s: str) -> tuple[str, int]:
    """`s` without the secrets that stand below their names or in brackets behind them, and how many went. Linear."""
    s, total = _bracketed(s) if "[" in s else (s, 0)
    if "\n" not in s:
        return s, total
    out: list[str] = []
    at = 0
    for head in _head().finditer(s):
        if head.end() <= at or harmless(head["name"].lower()):
            continue
        deep = len(head["lead"])
        cleaned, end, n = _block(s, head.end(), deep) if head["block"] else _items(s, head.end(), deep)
        out += [s[at : head.end()], cleaned]
        at, total = end, total + n
    return "".join(out) + s[at:], total


def _bracketed(s: str) -> tuple[str, int]:
    count = 0

    def swap(found: re.Match[str]) -> str:
        nonlocal count
        if "{{" in found[2] or not found[2].strip() or f"[{found[2]}]" == MARK:
            return found[0]
        count += 1
        return found[1] + MARK

    return _list().sub(swap, s), count


def _block(s: str, at: int, deep: int) -> tuple[str, int, int]:
    """A block's lines as one mark, where it ends, and how many secrets that were."""
    lines, end = [], at
    while end < len(s):
        stop = s.find("\n", end) + 1 or len(s)
        line = s[end:stop]
        if line.strip() and _depth(line) <= deep:
            break
        lines.append(line)
        end = stop
    said = [line for line in lines if line.strip()]
    if not said or [line.strip() for line in said] == [MARK]:
        return s[at:end], end, 0
    indent = said[0][: _depth(said[0])]
    return f"{indent}{MARK}\n" + "\n" * (len(lines) - 1), end, 1


def _items(s: str, at: int, deep: int) -> tuple[str, int, int]:
    """The items of a list, each a mark; lists of mappings stay, since their keys say what is secret."""
    out, end, count = [], at, 0
    while end < len(s):
        stop = s.find("\n", end) + 1 or len(s)
        item = re.match(r"([ \t]{0,200}+)- {1,8}([^\s#].*)", s[end:stop])
        if item is None or len(item[1]) < deep or re.search(r":( |$)|^[\[{]|\{\{", item[2].rstrip()):
            break
        out.append(f"{item[1]}- {MARK}\n")
        count, end = count + 1, stop
    return "".join(out), end, count


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
