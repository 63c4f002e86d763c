"""Damage for real text: what copying, cutting, terminals, chats and bad luck do to it.

A mutation is small data, (name, two numbers, a scrap of text), so that hypothesis can make and shrink many of them;
`mutate` carries a list of them out. Numbers are taken modulo what there is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hypothesis import strategies as st

Mutation = tuple[str, int, int, str]

LARGEST = 120_000
"""Characters that a mutated text may have; a larger one is cut."""

SCRAPS = (
    *(
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
        ":",
        "- ",
        "#",
        "|",
        ">",
        "&a",
        "*a",
        "<<: *a",
        "!vault",
        "!unsafe",
        "{{",
        "}}",
        "%",
    ),
    *(
        "\t",
        "\r",
        "\r\n",
        "\ufeff",
        "\u00a0",
        "\u2028",
        "\u0085",
        "\x00",
        "\x1b[31m",
        "\x1b]0;",
        "\ud83d",
        "\U0001f600",
    ),
    *(
        "=&gt;",
        "&quot;",
        "\u201c",
        "\u2026",
        "```",
        "> ",
        "...ignoring",
        "FAILED! => {",
        "UNREACHABLE! => ",
        "[ERROR]: ",
    ),
    *("fatal: [", "TASK [", "PLAY RECAP ***", "FAILED - RETRYING: ", "<<< caused by >>>", "Origin: a:1:1", "ERROR! "),
    *("async: 0", "async: 1e3", "async: {{ x }}", "poll: -1", "retries: 99999999999999999999", "until: x.finished"),
    *("jid: '{{ x }}'", "register: job", "async_status:", "mode: cleanup", "when: a", "loop: '{{ x.results }}'"),
    *("become: yes", "delegate_to: b", "block:", "rescue:", "- hosts: all", "tasks:", "---\n", "password: hunter2"),
)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True) or [""]


def _cut_lines(text: str, a: int, b: int, _: str) -> str:
    lines = _lines(text)
    start = a % len(lines)
    return "".join(lines[:start] + lines[start + b % 8 + 1 :])


def _repeat_lines(text: str, a: int, b: int, _: str) -> str:
    lines = _lines(text)
    start = a % len(lines)
    return "".join(lines[:start] + lines[start : start + 1 + b % 5] * (2 + b % 3) + lines[start:])


def _swap_lines(text: str, a: int, b: int, _: str) -> str:
    lines = _lines(text)
    one, two = a % len(lines), b % len(lines)
    lines[one], lines[two] = lines[two], lines[one]
    return "".join(lines)


def _insert(text: str, a: int, _: int, scrap: str) -> str:
    at = a % (len(text) + 1)
    return text[:at] + scrap + text[at:]


def _insert_line(text: str, a: int, b: int, scrap: str) -> str:
    lines = _lines(text)
    lines.insert(a % (len(lines) + 1), " " * (b % 12) + scrap + "\n")
    return "".join(lines)


def _delete(text: str, a: int, b: int, _: str) -> str:
    at = a % (len(text) + 1)
    return text[:at] + text[at + 1 + b % 30 :]


def _truncate(text: str, a: int, _b: int, _: str) -> str:
    return text[: a % (len(text) + 1)]


def _behead(text: str, a: int, _b: int, _: str) -> str:
    return text[a % (len(text) + 1) :]


def _wrap(text: str, a: int, _b: int, _: str) -> str:
    width = 20 + a % 140
    return "".join(_folded(line, width) for line in _lines(text))


def _folded(line: str, width: int) -> str:
    return "\n".join(line[at : at + width] for at in range(0, len(line), width))


def _prefix(text: str, _a: int, b: int, scrap: str) -> str:
    return "".join(" " * (b % 9) + scrap + line for line in _lines(text))


def _huge(text: str, a: int, b: int, scrap: str) -> str:
    return _insert(text, a, 0, scrap * (b % 3000))


def _nest(text: str, a: int, b: int, scrap: str) -> str:
    deep = b % 2000
    inside = '{"a": ' if len(scrap) % 2 else "["
    return _insert(text, a, 0, inside * deep + "1" + ("}" if len(scrap) % 2 else "]") * deep)


def _nest_yaml(text: str, a: int, b: int, _: str) -> str:
    block = "".join(" " * (2 * level) + "a:\n" for level in range(b % 300))
    return _insert_line(text, a, 0, block)


def _crlf(text: str, _a: int, _b: int, _: str) -> str:
    return text.replace("\n", "\r\n")


def _entities(text: str, _a: int, _b: int, _: str) -> str:
    return text.replace("&", "&amp;").replace(">", "&gt;").replace('"', "&quot;")


def _indent(text: str, a: int, b: int, _: str) -> str:
    lines = _lines(text)
    start = a % len(lines)
    return "".join(
        lines[:start] + ["  " * (1 + b % 3) + line for line in lines[start : start + 6]] + lines[start + 6 :]
    )


KINDS: Mapping[str, Callable[[str, int, int, str], str]] = {
    kind.__name__.lstrip("_"): kind
    for kind in (
        *(_cut_lines, _repeat_lines, _swap_lines, _insert, _insert_line, _delete, _truncate, _behead, _wrap),
        *(_prefix, _huge, _nest, _nest_yaml, _crlf, _entities, _indent),
    )
}
GENTLE = ("cut_lines", "repeat_lines", "swap_lines", "insert", "insert_line", "delete", "indent")


def mutate(text: str, mutations: Sequence[Mutation]) -> str:
    """The text after all mutations, at most LARGEST characters of it."""
    for kind, a, b, scrap in mutations:
        text = KINDS[kind](text, a, b, scrap)[:LARGEST]
    return text


def mutations(most: int) -> st.SearchStrategy[list[Mutation]]:
    """Up to `most` mutations; the gentle ones, which leave something to be found, come more often."""
    kind = st.one_of(st.sampled_from(GENTLE), st.sampled_from(sorted(KINDS)))
    number = st.integers(0, 1_000_000)
    scrap = st.one_of(st.sampled_from(SCRAPS), st.sampled_from(SCRAPS), st.text(max_size=8))
    return st.lists(st.tuples(kind, number, number, scrap), max_size=most)
