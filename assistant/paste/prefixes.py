"""What others put before each line: CI systems, containers, journals, mailers, indentation.

A prefix is believed only when headlines of Ansible (`TASK [`, `fatal: [`) stand right behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache

from assistant.paste.rows import Row, headline_at

MAX_ROUNDS = 6
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_STAMP = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?"
_KNOWN = (
    r"(?:>[ \t]?){1,20}",  # mail and Markdown quotes
    rf"{_STAMP} p=\d+ u=\S{{1,64}}(?: n=\S{{1,64}})?(?: [A-Z]{{4,8}})? ?\|(?: |$)",  # ansible.log
    rf"[^\t]{{1,200}}\t[^\t]{{1,200}}\t{_STAMP}(?: |$)",  # gh run view --log
    rf"{_STAMP} \d\d[OE]\+?(?: |$)",  # GitLab, job log timestamps
    rf"\[{_STAMP}\](?: |$)",  # Jenkins timestamper
    rf"{_STAMP}(?: \S{{1,100}} [\w./@-]{{1,100}}\[\d+\]:)?(?: |$)",  # GitHub Actions, Azure, docker logs -t, journald
    rf"{_MONTH} [ \d]\d \d\d:\d\d:\d\d \S{{1,100}} [\w./@-]{{1,100}}(?:\[\d+\])?:(?: |$)",  # journald, syslog
    rf"(?:build|error|simple)\t\d\d-{_MONTH}-\d{{4}} \d\d:\d\d:\d\d\t",  # Bamboo
    r"\[\d\d:\d\d:\d\d\](?:[A-Z]?:)?(?:\t|[ ]{1,2}|$)(?:\[[^\]]{1,60}\][ \t])?",  # TeamCity, others
    r"\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[ ]{1,2}|$)",  # Jenkins
    r"\[[\w ./:()-]{1,80}\](?: |$)",  # Jenkins parallel branches, kubectl --prefix, foreman
    r"[\w./-]{1,100}[ ]{0,40}\|(?: |$)",  # docker compose
    r"[ ]{0,8}\d{1,7}[:|]?(?:[ \t]|$)",  # numbered listings
)


@cache
def _known() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _KNOWN)


Stripper = Callable[[str], str]


def find(rows: list[Row]) -> Stripper | None:
    """A function that takes one layer of prefix off a line; None when there is none."""
    heads = Counter(row.text[:at] for row in rows if (at := headline_at(row.text)) >= 0)
    total = sum(heads.values())
    if not total:
        return _around_json(rows)
    if heads.get("", 0) * 2 > total:
        return None
    del heads[""]
    best = max(((_score(pattern, heads), -i, pattern) for i, pattern in enumerate(_known())), default=(0, 0, None))
    if best[0] * 2 > total and best[2] is not None:
        return _by_pattern(best[2])
    text, count = heads.most_common(1)[0]
    if not text.strip():
        text = min((head for head in heads if not head.strip()), key=len)
    elif count * 2 <= total or (count < 2 and not _everywhere(rows, text)):
        return None
    return _by_literal(text)


def _everywhere(rows: list[Row], head: str) -> bool:
    said = [row.text for row in rows if row.text.strip()]
    return len(said) >= 3 and sum(text.startswith(head) for text in said) * 5 >= len(said) * 3


@cache
def _structure() -> re.Pattern[str]:
    return re.compile(r"\s*(?:\"[^\"]{1,200}\": |[{}\[\]]{1,3},?\s*$|\"[^\"]{0,2000}\",?$|[\d.-]{1,20},?$)")


def _around_json(rows: list[Row]) -> Stripper | None:
    """No headline: a JSON tree or result whose lines all have something before them."""
    said = [row.text for row in rows if row.text.strip()]
    first = next((text for text in said if text.endswith("{")), "{")
    literal = [_by_literal(first[:-1])] if 1 < len(first) < 200 and '"' not in first else []
    for strip in (*map(_by_pattern, _known()), *literal):
        fits = sum(bool((rest := strip(text)) != text and _structure().match(rest)) for text in said)
        if len(said) > 1 and fits * 10 >= len(said) * 7:
            return strip
    return None


def _score(pattern: re.Pattern[str], heads: Counter[str]) -> int:
    return sum(count for head, count in heads.items() if (found := pattern.match(head)) and found.end())


def _by_pattern(pattern: re.Pattern[str]) -> Stripper:
    def strip(text: str) -> str:
        found = pattern.match(text)
        return text[found.end() :] if found else text

    return strip


def _by_literal(literal: str) -> Stripper:
    bare = literal.rstrip()

    def strip(text: str) -> str:
        if text.startswith(literal):
            return text[len(literal) :]
        if bare:
            return "" if text.rstrip() == bare else text
        return text.lstrip() if len(text) - len(text.lstrip()) < len(literal) else text

    return strip
