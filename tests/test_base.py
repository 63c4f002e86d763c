"""The base proves itself: every entry is held to its own examples, and the set to its own rules."""

from __future__ import annotations

import functools
import itertools
import re

import pytest
from base import FOLDER, HOME, cases, unlikes

from assistant import kb, paste
from assistant.check import check
from assistant.diagnose import diagnose
from assistant.fixes import FIXES
from assistant.looks import LOOKS
from assistant.source import apply, load

BASE = kb.load(str(HOME))
CASES, UNLIKES = list(cases()), list(unlikes())
FILE = "site.yml"


def name(case):
    return f"{case.id}:{case.line}"


@functools.cache
def read(text, before=""):
    """The diagnosis of a paste, with the file it came from when there is one."""
    return diagnose(paste.read(text, known=BASE.known), BASE, [(FILE, before)] if before else [])


def outer(diagnosis):
    """What is found for each failure as it stands, without what failed inside it: that is other entries' business."""
    return [finding for finding in diagnosis.findings if not finding.failure.within]


def best(diagnosis):
    """(id, confidence) of the first cause of each failure."""
    return [(f.causes[0].id, f.causes[0].confidence) for f in outer(diagnosis) if f.causes]


def named(diagnosis):
    """All ids that are named."""
    return {cause.id for finding in outer(diagnosis) for cause in finding.causes}


def inside(diagnosis):
    """(id, confidence) of the first cause of what failed inside each failure."""
    within = [finding for finding in diagnosis.findings if finding.failure.within]
    return [(f.causes[0].id, f.causes[0].confidence) for f in within]


def pastes():
    return [pytest.param(case, text, id=f"{name(case)}-{n}") for case in CASES for n, text in enumerate(case.pastes)]


# --- what must not match ---------------------------------------------------------------------------


@pytest.mark.parametrize("other", [u for u in UNLIKES if not u.code], ids=name)
def test_a_look_alike_leads_elsewhere(other):
    diagnosis = read(other.text)
    assert other.id not in [id for id, sure in best(diagnosis) if sure != "possible"]
    if other.instead == "none":
        assert named(diagnosis) == set()
    else:
        assert other.instead in named(diagnosis)


@pytest.mark.parametrize("other", [u for u in UNLIKES if u.code], ids=name)
def test_sound_code_that_looks_like_the_fault_is_met_with_silence(other):
    assert other.id not in {fault.cause for fault in check(FILE, other.text, BASE)}


# --- each entry --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("case", "text"), [p for p in pastes() if p.values[0].before])
def test_a_paste_with_its_task_leads_to_the_entry_and_to_no_other(case, text):
    found = best(read(text, case.before))
    assert [id for id, _ in found] == [case.id]


@pytest.mark.parametrize(("case", "text"), pastes())
def test_a_paste_alone_names_the_entry_and_nothing_else_with_confidence(case, text):
    diagnosis = read(text)
    if BASE.entries[case.id].deeper and case.before and case.id not in named(diagnosis):
        # The task alone shows it: without the task, what failed inside is the answer.
        assert best(diagnosis) == inside(read(text, case.before))
        return
    assert case.id in named(diagnosis)
    assert {id for id, sure in best(diagnosis) if sure != "possible"} <= {case.id}


@pytest.mark.parametrize("case", [c for c in CASES if c.after], ids=name)
def test_its_edit_turns_before_into_after_and_then_rests(case):
    for edits in (*_edits_of_pastes(case), _edits_of_check(case, case.before)):
        if edits is None:
            continue
        assert apply(case.before, edits) == case.after
    load(case.after)
    assert not _edits_of_check(case, case.after)
    for text in case.pastes:
        again = [s.edits for f in read(text, case.after).findings for c in f.causes if c.id == case.id for s in c.steps]
        assert not any(again), "a second application must change nothing"


def _edits_of_pastes(case):
    """The edits that the diagnosis of each paste offers."""
    for text in case.pastes:
        steps = [
            step for f in read(text, case.before).findings for c in f.causes if c.id == case.id for step in c.steps
        ]
        offered = [step.edits for step in steps if step.edits]
        assert len(offered) == 1, f"{len(offered)} steps carry an edit"
        yield offered[0]


def _edits_of_check(case, text):
    """The edits of the entry's findings in code; None when check cannot see this cause."""
    if not BASE.entries[case.id].code:
        return None
    return tuple(edit for fault in check(FILE, text, BASE) if fault.cause == case.id for edit in fault.edits)


@pytest.mark.parametrize("case", [c for c in CASES if c.before], ids=name)
def test_check_sees_the_cause_in_its_code_and_not_in_the_mended_one(case):
    if not BASE.entries[case.id].code:
        assert not case.after or case.pastes, "an edit nobody is led to"
        return
    assert case.id in {fault.cause for fault in check(FILE, case.before, BASE)}
    if case.after:
        assert case.id not in {fault.cause for fault in check(FILE, case.after, BASE)}


@pytest.mark.parametrize(("case", "text"), pastes())
def test_no_hole_shows_with_or_without_the_task(case, text):
    for before in {case.before, ""}:
        for finding in read(text, before).findings:
            for cause in finding.causes:
                steps = [step.text for step in cause.steps]
                bars = [bar.text for bar in cause.picture]
                for words in (cause.title, cause.what, cause.why, cause.check, cause.prevent, *steps, *bars):
                    assert not re.search(r"(?<!\{)\{[a-z_]+(\|[^{}]*)?\}(?!\})", words), words


# --- the set -------------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_the_base():
    assert FOLDER.mistakes.found == []


def test_every_look_and_every_fix_is_used():
    unused = set(LOOKS) - FOLDER.looks_used() - {"release"}  # release: shown with every diagnosis, decides nothing
    assert unused == set()
    assert {fix for entry in FOLDER.entries.values() for row in entry["fix"] for fix in row} == set(FIXES)


def test_every_entry_has_at_least_one_example_of_its_own_and_a_look_alike():
    assert {case.id for case in CASES} == set(FOLDER.entries)
    assert {other.id for other in UNLIKES} == set(FOLDER.entries)


def test_every_pair_of_causes_differs_in_a_fact():
    """What the walk knew of the one entry's examples is never all that it knew of another's."""
    known: dict[str, set[frozenset[tuple[str, str]]]] = {}
    for case in CASES:
        for text in case.pastes:
            facts = frozenset((fact.key, fact.value) for f in read(text, case.before).findings for fact in f.facts)
            known.setdefault(case.id, set()).add(facts)
    same = [(a, b) for a, b in itertools.combinations(known, 2) if known[a] & known[b]]
    assert same == []
