"""Signs: how a failure is recognised without a regular expression in sight."""

from __future__ import annotations

import time

import pytest

from assistant import kb
from assistant.kb.signs import Sign, field_fits, find_all, index_of, literal_words, pattern
from assistant.kb.tree import add_rare_words


def signs(*rows):
    """Signs from (name, message, fields, said) rows, with the rare words the compiler would give them."""
    raw = [["family", name, message, fields, [], "", "", *(said or [{}])] for name, message, fields, *said in rows]
    add_rare_words(raw)
    return tuple(Sign.from_json(row) for row in raw)


def names(found, texts, result=None, kind="failed", module=""):
    return [
        match.sign.name for match in find_all(found, index_of(found), texts, result or {}, kind=kind, module=module)
    ]


LIMIT = ("limit", "did not complete within the requested time - {limit:number}s", {})


@pytest.mark.parametrize(
    "text",
    [
        "did not complete within the requested time - Trues",
        "did not complete within the requested hour - 10s",
        "DID NOT COMPLETE WITHIN THE REQUESTED TIME - 10s",
        "",
    ],
)
def test_near_texts_do_not_match(text):
    assert names(signs(LIMIT), (text,)) == []


def test_a_hole_catches_what_stands_in_it():
    found = signs(LIMIT)
    match = next(
        find_all(
            found, index_of(found), ("x did not complete within the requested time - 12s",), {}, kind="", module=""
        )
    )
    assert match.holes == {"limit": "12"}
    assert match.words == "did not complete within the requested time - 12s"


def test_what_a_program_said_counts_only_in_its_own_field():
    found = signs(("not there", "", {"rc": "127"}, {"stderr": "{program:word}: command not found"}))
    assert names(found, ("mysqldump: command not found",), {"rc": 127, "stderr": ""}) == []
    assert names(found, (), {"rc": 127, "stdout": "mysqldump: command not found"}) == []
    assert names(found, (), {"rc": 1, "stderr": "mysqldump: command not found"}) == []
    assert names(found, (), {"rc": 127, "stderr": "mysqldump: command not found"}) == ["not there"]


def test_a_sign_of_message_and_said_needs_both_and_shows_the_words_of_both():
    found = signs(("dns", "non-zero return code", {}, {"stderr": "not resolve host: {name:word}"}))
    assert names(found, ("non-zero return code",), {"stderr": "timed out"}) == []
    result = {"stderr": "curl: could not resolve host: db1", "cmd": ["curl", "http://db1"]}
    match = next(find_all(found, index_of(found), ("non-zero return code",), result, kind="", module=""))
    assert match.holes == {"name": "db1"}
    assert match.words == "non-zero return code, not resolve host: db1"


def test_a_command_given_as_a_list_is_read_as_one_line():
    found = signs(("pipe", "", {}, {"cmd": "journalctl | {rest}"}))
    assert names(found, (), {"cmd": ["journalctl", "|", "grep", "x"]}) == ["pipe"]


def test_a_sign_of_fields_alone_needs_all_of_them():
    found = signs(("ran out", "", {"attempts": "present", "finished": "false"}))
    assert names(found, (), {"attempts": 3}) == []
    assert names(found, (), {"attempts": 3, "finished": 1}) == []
    assert names(found, (), {"attempts": 3, "finished": 0}) == ["ran out"]
    assert names(found, (), {"attempts": 3, "finished": False}) == ["ran out"]


@pytest.mark.parametrize(
    ("result", "wanted", "fits"),
    [
        ({}, "present", False),
        ({}, "absent", True),
        ({"a": {"b": 1}}, "present", True),
        ({"a": {"b": 1}}, "absent", False),
        ({"a": 3}, "absent", True),
        ({"a": {"b": ["x"]}}, "list", True),
        ({"a": {"b": "x"}}, "list", False),
        ({"a": {"b": "7"}}, ["5", "7"], True),
        ({"a": {"b": 7}}, "7", True),
        ({"a": {"b": ""}}, "filled", False),
        ({"a": {"b": ""}}, "empty", True),
    ],
)
def test_fields_with_dots_lead_inwards(result, wanted, fits):
    assert field_fits(result, "a.b", wanted) is fits


def test_words_that_touch_a_hole_may_be_cut_and_are_no_rare_words():
    assert literal_words("time{a}span elapsed") == ["elapsed"]


def test_a_made_up_word_ends_at_its_underscores_and_a_number_may_be_glued_to_it():
    assert literal_words("__omit_place_holder__{number:word}") == ["__omit_place_holder__"]
    made = signs(("omit", "__omit_place_holder__{number:word}", {}))
    assert names(made, ("no file /srv/__omit_place_holder__d52d44a5b99f",)) == ["omit"]
    assert names(made, ("no file /srv/__omit_place_holder",)) == []


def test_the_rare_word_is_the_one_that_fewest_signs_share():
    rows = signs(("a", "connection refused quickly", {}), ("b", "connection refused slowly", {}))
    assert [row.word for row in rows] == ["quickly", "slowly"]


@pytest.mark.slow
def test_every_sign_of_the_base_is_linear_even_on_text_made_against_it():
    """Its own literal words and half-filled holes over and over: four times the text, about four times the time."""
    for sign in kb.load().signs:
        evil = (sign.message.replace("{", "'").replace("}", " ")[:-3] or "x") * 400
        spent = []
        for size in (10_000, 40_000):
            text = (evil * (size // len(evil) + 1))[:size]
            start = time.process_time()
            for _ in range(3):
                pattern(sign.message).search(text)
            spent.append(time.process_time() - start)
        assert spent[1] < max(spent[0] * 12, 0.3), f"{sign.name}: {spent}"
