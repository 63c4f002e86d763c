"""The walk: facts and a tree in, what remains and what to ask out."""

from __future__ import annotations

from assistant.model import NOT_SURE, Fact
from assistant.walk import walk

WEATHER = {
    "look": "sky",
    "ask": "What does the sky do?",
    "paste": "a picture of the sky",
    "answers": ["rains", "burns", "is blue"],
    "cases": {
        "rains": {"look": "roof", "cases": {"open": "wet-books"}, "else": "dry-books"},
        "burns": "dust",
    },
}


def run(tree, seen=None, **answers):
    """Causes with their confidence as "cause=certain", and the walk itself."""
    seen = seen or {}
    found = walk(tree, lambda look: Fact(look, seen[look], f"saw {seen[look]}") if look in seen else None, answers)
    return [f"{c.leaf}={c.confidence}" for c in found.candidates], found


def test_what_is_refuted_is_never_a_candidate():
    candidates, _ = run(WEATHER, {"sky": "burns"})
    assert candidates == ["dust=certain"]


def test_unknown_is_not_no_everything_below_stays_possible_in_written_order():
    candidates, found = run(WEATHER)
    assert candidates == ["wet-books=possible", "dry-books=possible", "dust=possible", "unknown=possible"]
    assert found.question is not None
    assert (found.question.key, found.question.answers) == ("sky", ("rains", "burns", "is blue"))
    assert found.question.paste == "a picture of the sky"


def test_an_answer_nobody_wrote_a_case_for_leads_to_an_unknown_cause_not_to_a_guess():
    candidates, _ = run(WEATHER, {"sky": "snows"})
    assert candidates == ["unknown=certain"]


def test_evidence_all_the_way_is_certain_and_leaves_its_trail():
    candidates, found = run(WEATHER, {"sky": "rains", "roof": "open"})
    assert candidates == ["wet-books=certain"]
    assert [fact.because for fact in found.candidates[0].trail] == ["saw rains", "saw open"]
    assert found.question is None


def test_an_answer_decides_what_evidence_cannot_and_says_who_said_so():
    candidates, found = run(WEATHER, {"roof": "shut"}, sky="rains")
    assert candidates == ["dry-books=certain"]
    assert found.candidates[0].trail[0].because == "you said so (sky: rains)"


CHAIN = {
    "look": "first",
    "cases": {"yes": "one"},
    "else": {"look": "second", "cases": {"yes": "two"}, "else": "three"},
}


def test_a_fork_that_points_straight_at_a_leaf_makes_it_likely_though_an_earlier_one_is_open():
    candidates, _ = run(CHAIN, {"second": "yes"})
    assert candidates == ["two=likely", "one=possible"]


def test_the_last_resort_of_a_chain_is_not_likely_only_because_nothing_else_was_seen():
    assert run(CHAIN)[0] == ["one=possible", "two=possible", "three=possible"]
    assert run(CHAIN, {"second": "no"})[0] == ["one=possible", "three=possible"]


def test_what_is_usual_is_likely_and_the_rest_stays_possible():
    tree = {
        "key": "ends",
        "ask": "Does it end?",
        "usual": "yes",
        "answers": ["yes", "no"],
        "cases": {"yes": "too-short", "no": "hung"},
    }
    assert run(tree)[0] == ["too-short=likely", "hung=possible", "unknown=possible"]
    assert run(tree, ends="no")[0] == ["hung=certain"]


def test_going_back_is_dropping_the_last_answer():
    before, _ = run(WEATHER)
    run(WEATHER, sky="rains")
    assert run(WEATHER)[0] == before


def test_who_is_not_sure_is_asked_the_next_question_and_never_again():
    tree = {**CHAIN, "ask": "The first?", "answers": ["yes", "no"]}
    tree["else"] = {"key": "more", "ask": "And more?", "answers": ["yes"], "cases": {"yes": "two"}, "else": "three"}
    plain, found = run(tree)
    assert found.question.key == "first"
    again, found = run(tree, first=NOT_SURE)
    assert (again, found.question.key, found.trail) == (plain, "more", ())
    assert run(tree, first=NOT_SURE, more=NOT_SURE)[1].question is None


def test_who_is_not_sure_does_not_talk_over_what_was_seen():
    assert run(WEATHER, {"sky": "burns"}, sky=NOT_SURE)[0] == ["dust=certain"]


def test_what_facts_led_away_from_is_named_with_the_fact():
    _, found = run(WEATHER, {"sky": "rains", "roof": "open"})
    assert [(out.by.value, out.causes) for out in found.refuted] == [("rains", ("dust",)), ("open", ("dry-books",))]


def test_nothing_is_refuted_that_another_way_leads_to_or_that_nothing_decided():
    again = {"look": "sky", "cases": {"rains": "wet", "burns": {"look": "roof", "cases": {"open": "wet"}}}}
    assert run(again, {"sky": "rains"})[1].refuted == ()
    assert run(WEATHER)[1].refuted == ()
    later = {
        "look": "sky",
        "cases": {"rains": {"look": "roof", "cases": {"open": "wet"}, "else": "dry"}, "burns": "dry"},
    }
    found = run(later, {"sky": "rains", "roof": "open"})[1]
    assert [(out.by.key, out.causes) for out in found.refuted] == [("roof", ("dry",))], (
        "the fact after which none is left"
    )
    assert run(WEATHER, {"roof": "open"})[1].refuted[0].causes == ("dry-books",)
