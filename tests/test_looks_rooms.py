"""Holes on demand: whoever asks for one name gets what asking every room would have given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib import import_module
from inspect import getsource

import pytest
from base import HOME, cases, unlikes

from assistant import check, diagnose, kb, paste
from assistant.looks import rooms, values
from assistant.looks.evidence import Evidence
from assistant.source import SourceError

BASE = kb.load(str(HOME))


Asked = list[tuple[Evidence, tuple[str, ...]]]
"""Whose holes were filled, and the families of the causes they were filled for."""


def in_full(evidence: Evidence, families: Iterable[str]) -> dict[str, str]:
    """Every room asked, in the order of the table; of one name the last value counts."""
    said: dict[str, str] = values.filled(values._of_failure(evidence))
    for room in rooms.WHERE:
        said |= values.filled(import_module(f"assistant.looks.{room}").holes(evidence))
    own = (evidence.match.sign.family,) if evidence.match else ()
    return said | values.filled(values._of_families(evidence, dict.fromkeys((*own, *families))))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The evidence of which holes were filled, while `diagnose` and `check` work."""
    seen: Asked = []

    def noted(evidence: Evidence, families: Iterable[str] = ()) -> Mapping[str, str]:
        seen.append((evidence, tuple(families)))
        return values.values(evidence, families)

    monkeypatch.setattr(diagnose, "values", noted)
    monkeypatch.setattr(check, "values", noted)
    return seen


def test_of_two_rooms_the_later_has_the_word_and_an_empty_word_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"pair": [("a", "1"), ("b", "1"), ("c", "1")], "numbers": [("a", "2"), ("b", "")]}
    monkeypatch.setattr(rooms, "_MODULES", {"a": ["numbers", "pair"], "b": ["numbers", "pair"], "c": ["pair"]})
    monkeypatch.setattr(rooms, "_of", lambda room, evidence: iter(said[room]))
    found = rooms.holes(Evidence(), said, {"a": "0", "d": "0"}, {"c": "3"})
    assert dict(found) == {"a": "2", "b": "1", "c": "3", "d": "0"}
    assert "a" in found and "e" not in found and len(found) == 4
    assert dict(rooms.holes(Evidence(), ["pair"], {}, {})) == {"a": "1", "b": "1", "c": "1"}


def test_only_the_room_of_a_wanted_name_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(rooms, "_of", lambda room, evidence: asked.append(room) or iter([("retries", "10")]))
    known = rooms.holes(Evidence(), rooms.WHERE, {"host": "web1"}, {})
    assert (known["host"], asked) == ("web1", [])
    assert [known["retries"], known["retries"], "delay" in known, asked] == ["10", "10", False, ["numbers"]]


@pytest.mark.parametrize("room", rooms.WHERE)
def test_a_room_names_all_it_can_fill(room: str) -> None:
    source = getsource(import_module(f"assistant.looks.{room}"))
    written = set(re.findall(r'^\s+yield "(\w+)", ', source, re.MULTILINE))
    assert written <= set(rooms.WHERE[room].split())


@pytest.mark.slow
def test_for_every_example_the_holes_on_demand_are_those_of_asking_every_room(asked: Asked) -> None:
    for case in cases():
        for text in case.pastes:
            documents = [("site.yml", case.before)] if case.before else []
            diagnose.diagnose(paste.read(text, known=BASE.known), BASE, documents)
    for text in [*(case.before for case in cases()), *(other.text for other in unlikes() if other.code)]:
        with suppress(SourceError):  # the examples of the family `syntax` are not YAML
            check.check("site.yml", text, BASE)
    with_tasks = [each for each in asked if each[0].file is not None]
    assert len(with_tasks) > 500
    assert [each for each in with_tasks if dict(values.values(*each)) != in_full(*each)] == []
