"""The base proves itself: every entry is held to its own examples, and the set to its own rules."""

from __future__ import annotations

import itertools

import pytest
from base import FOLDER, HOME, cases, unlikes

from assistant import kb, redact
from assistant.fixes import FIXES
from assistant.front.authoring.proof import Proof
from assistant.looks import LOOKS

CASES, UNLIKES = list(cases()), list(unlikes())
PROOF = Proof(kb.load(str(HOME)))
"""What `ansible-why kb check` holds anybody's base to."""


def name(case):
    return f"{case.id}:{case.line}"


def pastes():
    """Each paste; the newest of an example at every save, those of older releases in the whole suite."""
    for case in CASES:
        for number, text in enumerate(case.pastes, 1):
            marks = [] if number == len(case.pastes) else [pytest.mark.slow]
            yield pytest.param(case, text, id=f"{name(case)}-{number}", marks=marks)


# --- what must not match ---------------------------------------------------------------------------


@pytest.mark.parametrize("entry", FOLDER.entries)
def test_its_look_alikes_lead_elsewhere_and_sound_code_is_met_with_silence(entry):
    others = [other for other in UNLIKES if other.id == entry]
    assert others
    assert [wrong for other in others for wrong in PROOF.unlike(other)] == []


# --- each entry --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("case", "text"), [p for p in pastes() if p.values[0].before])
def test_a_paste_with_its_task_leads_to_the_entry_and_to_no_other(case, text):
    assert [*PROOF.with_task(case, text)] == []


@pytest.mark.parametrize(("case", "text"), [*pastes()])
def test_a_paste_alone_names_the_entry_and_nothing_else_with_confidence_and_no_hole_shows(case, text):
    assert [*PROOF.alone(case, text), *PROOF.holes(case, text)] == []


@pytest.mark.parametrize("case", [c for c in CASES if c.after], ids=name)
def test_its_edit_turns_before_into_after_and_then_rests(case):
    assert [*PROOF.edit(case)] == []


@pytest.mark.parametrize("case", [c for c in CASES if c.before], ids=name)
def test_check_sees_the_cause_in_its_code_and_not_in_the_mended_one(case):
    assert [*PROOF.code(case)] == []


# --- the set -------------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_the_base():
    assert FOLDER.mistakes.found == []


def test_no_words_of_the_base_are_taken_for_a_secret():
    texts = [(entry.id, text) for entry in PROOF.base.entries.values() for text in entry.sections.values()]
    assert [(id, redact.text(text)[0]) for id, text in texts if redact.text(text)[0] != text] == []


def test_every_look_and_every_fix_is_used():
    unused = set(LOOKS) - FOLDER.looks_used() - {"release"}  # release: shown with every diagnosis, decides nothing
    assert unused == set()
    assert {fix for entry in FOLDER.entries.values() for row in entry["fix"] for fix in row} == set(FIXES)


def test_every_entry_has_at_least_one_example_of_its_own():
    assert {case.id for case in CASES} == set(FOLDER.entries)


@pytest.mark.slow
def test_every_pair_of_causes_differs_in_a_fact():
    """What the walk knew of the one entry's examples is never all that it knew of another's."""
    known: dict[str, set[frozenset[tuple[str, str]]]] = {}
    for case in CASES:
        for text in case.pastes:
            facts = frozenset(
                (fact.key, fact.value) for f in PROOF.read(text, case.before).findings for fact in f.facts
            )
            known.setdefault(case.id, set()).add(facts)
    same = [(a, b) for a, b in itertools.combinations(known, 2) if known[a] & known[b]]
    assert same == []
