"""The ledger: the failure texts of Ansible, held against the base.

    python lab/ledger.py [--list] PLACE...   # site-packages folders (or environments) with ansible-core in them

Takes the texts from the syntax trees of each release, fills their holes as a run would, and looks where the base
leads with them. Which files are read is said in `ledger.yaml`, and why a text needs no cause. Two things are mistakes:
a text that leads to no cause and is not excused, and a row of kb/*/signs.yaml whose text is gone from a release that it
still claims. (A text may well be in a release that does not print it any more: a branch that is dead, or a sentence
that another failure shares.) Nothing of Ansible is imported or run.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "lab")]

from ledger_claims import wrong_claims  # noqa: E402
from ledger_texts import Release, Text, releases, texts  # noqa: E402

from assistant import kb  # noqa: E402
from assistant.kb.signs import Match  # noqa: E402
from assistant.kb.tree import UNKNOWN, leaves  # noqa: E402

FILLED = (
    ("12", "x"),
    ("sudo",),
    ("ssh", "x"),
    ("ansible.builtin.copy", "x"),
    ("/srv/shop/a.conf",),
    ("name",),
    ("True", "str", "/srv/site.yml:3:5"),
    ("name, other",),
    ("start", "shop", "Job for shop.service failed."),
    ("loading tasks",),
    ("192.0.2.1", "80"),
    ("absent", "absent"),
    ("last boot time check", "600"),
)
"""What the holes of a text are filled with, tried one after the other."""

BESIDE: tuple[Mapping[str, Any], ...] = ({"changed": False}, {"unreachable": True})
"""What else stands in a result, tried one after the other."""


class Row(NamedTuple):
    """What becomes of one text of an area."""

    text: Text
    causes: tuple[str, ...]
    signs: frozenset[tuple[str, str]]
    """Family and message of the rows that led there."""
    excuse: str
    """Why it needs no cause; "" where it has one or needs one."""
    versions: list[str]


class Rules(NamedTuple):
    """`ledger.yaml`."""

    areas: Mapping[str, Mapping[str, Sequence[str]]]
    printed: list[Mapping[str, Any]]
    excused: list[Mapping[str, Any]]
    not_only_ours: tuple[str, ...]


@cache
def rules() -> Rules:
    """What is read and what is excused."""
    written = yaml.safe_load((ROOT / "lab" / "ledger.yaml").read_text(encoding="utf-8"))
    areas = {
        name: files if isinstance(files, dict) else dict.fromkeys(files, ()) for name, files in written["areas"].items()
    }
    return Rules(areas, written["printed"], written["excused"], tuple(written["not_only_ours"]))


def applies(rule: Mapping[str, Any], text: Text) -> bool:
    """Whether a rule's files, texts and exceptions, each a list of patterns, are those of a text."""
    seen = {"files": text.file, "texts": " ".join(text.template.split()), "raised": text.raised.rpartition(".")[2]}
    return all(_one_fits(tuple(rule[key]), said) for key, said in seen.items() if key in rule)


def _one_fits(patterns: tuple[str, ...], said: str) -> bool:
    return _pattern(patterns).match(said) is not None


@cache
def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for several; in them * is any text, ? any letter, and all else stands for itself."""
    each = (re.escape(one).replace(r"\*", ".*").replace(r"\?", ".") for one in patterns)
    return re.compile(f"(?s:{'|'.join(each)})\\Z")


def excuse(text: Text) -> str:
    """Why a text needs no cause, "" when it does."""
    return next((rule["why"] for rule in rules().excused if applies(rule, text)), "")


def reached(base: kb.Base, text: Text, area: str) -> tuple[tuple[str, ...], frozenset[tuple[str, str]]]:
    """The causes that the base names as possible for a text, and the rows that led there."""
    for match in _matches(base, text, area):
        below = base.tree(match.sign.family)["cases"].get(match.sign.name, UNKNOWN)
        found = tuple(kb.id_of(match.sign.family, leaf) for leaf in dict.fromkeys(leaves(below)) if leaf != UNKNOWN)
        if found:
            return found, frozenset({(match.sign.family, match.sign.message)})
    return (), frozenset()


def _matches(base: kb.Base, text: Text, area: str) -> Iterator[Match]:
    """The rows that fit a text by its words; in async's area also by the fields beside it."""
    own: dict[str, Any] = dict.fromkeys(text.fields, True)
    if "async_result" in own:
        own["async_result"] = {"finished": False, "started": True}
    path = Path(text.file)
    module = path.stem if area == "modules" and path.parts[0] != "module_utils" else ""
    for words in _filled(text):
        said = (words, f"{text.raised}: {words}")
        for beside in BESIDE:
            found = base.find_all(said, {**own, **beside}, "", module)
            yield from (match for match in found if match.sign.message or area == match.sign.family)


def _filled(text: Text) -> Iterator[str]:
    """The text as runs print it: with the words of `printed` where they decide; since 2.19 with an error behind it."""
    for rule in (one for one in rules().printed if applies(one, text)):
        for filling in [rule["filled"]] if "filled" in rule else FILLED:
            yield str(rule.get("as", "{text}")).replace("{text}", _with(text.template, filling).rstrip("."))
    for words in dict.fromkeys(_with(text.template, filling) for filling in FILLED):
        yield from (words, f"{words[:-1]}: x") if words.endswith(".") else (words,)


def _with(template: str, filling: Sequence[str]) -> str:
    """A template with its holes filled, the last filling as often as needed."""
    holes = iter(filling)
    return re.sub("%s", lambda _: next(holes, filling[-1]), template)


def _row(base: kb.Base, text: Text, area: str) -> Row:
    causes, signs = reached(base, text, area)
    return Row(text, causes, signs, "" if causes else excuse(text), [])


def ledger(base: kb.Base, found: Iterable[Release]) -> dict[str, list[Row]]:
    """Every text by area, once for all releases that have it."""
    seen: set[tuple[str, str]] = set()
    rows: dict[str, dict[tuple[str, str], Row]] = {area: {} for area in rules().areas}
    for release in found:
        for area, files in rules().areas.items():
            for text in texts(release, files):
                if (release.version, text.place) not in seen:
                    seen.add((release.version, text.place))
                    key = text.template, text.raised
                    if key not in rows[area]:
                        rows[area][key] = _row(base, text, area)
                    rows[area][key].versions.append(release.version)
    return {area: [*by_text.values()] for area, by_text in rows.items()}


def mistakes(base: kb.Base, rows: Mapping[str, list[Row]], found: list[Release]) -> Iterator[str]:
    """What is wrong: texts without a cause and without an excuse, and claims that a release does not keep."""
    for area, its in rows.items():
        for row in its:
            if not row.causes and not row.excuse:
                yield (
                    f"{area}: {row.versions[-1]} {row.text.place}: “{row.text.template}” leads to no cause; "
                    "add a row to signs.yaml, or a reason to lab/ledger.yaml"
                )
    led_to = frozenset(sign for its in rows.values() for row in its for sign in row.signs if not _others(sign[1]))
    yield from wrong_claims(
        base.signs, found, led_to, (pattern for files in rules().areas.values() for pattern in files)
    )


def _others(message: str) -> bool:
    """Whether a row's words are other programs' as well."""
    return message.startswith(rules().not_only_ours)


def table(rows: Mapping[str, list[Row]]) -> Iterator[str]:
    """A line for each area: its texts, those that lead to a cause, those with a written reason, and the others."""
    yield f"{'AREA':14}{'texts':>8}{'a cause':>9}{'excused':>9}{'neither':>9}"
    for area, its in rows.items():
        caused, excused = sum(bool(row.causes) for row in its), sum(not row.causes and bool(row.excuse) for row in its)
        yield f"{area:14}{len(its):>8}{caused:>9}{excused:>9}{len(its) - caused - excused:>9}"


def _listed(rows: Mapping[str, list[Row]]) -> Iterator[str]:
    for area, its in rows.items():
        for row in sorted(its, key=lambda row: row.text.template):
            versions = f"{row.versions[0]} … {row.versions[-1]} ({len(set(row.versions))})"
            yield f"{area}: {' '.join(row.text.template.split())}\n    {row.text.file}, {versions}: "
            yield f"    {', '.join(row.causes) or row.excuse or 'NO CAUSE'}"


def main(arguments: list[str]) -> int:
    """Prints the ledger; 1 when something is wrong with it, 2 when there is no release to look at."""
    places = [one for one in arguments if one != "--list"]
    base, found = kb.load(), releases(places)
    if not found:
        given = " ".join(places) or "(no place given)"
        print(f"ledger: no ansible-core in {given} - try .cache/venvs/*", file=sys.stderr)
        return 2
    rows = ledger(base, found)
    if "--list" in arguments:
        print("\n".join(_listed(rows)))
    print("\n".join(table(rows)))
    total = sum(map(len, rows.values()))
    held = sum(bool(row.causes or row.excuse) for its in rows.values() for row in its)
    span = f"{found[0].version} to {found[-1].version}"
    print(f"\n{held} of {total} texts in {len(found)} releases ({span}) are accounted for")
    wrong = [*mistakes(base, rows, found)]
    print("\n".join(wrong) or "and every row of the base claims the releases that print it")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or sorted(map(str, (ROOT / ".cache" / "venvs").glob("*")))))
