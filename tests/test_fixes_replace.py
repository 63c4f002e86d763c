"""One piece of a file put in place of another."""

from __future__ import annotations

import pytest

from assistant.fixes import FIXES, Subjects
from assistant.source import apply

TEXT = "a: b: c\nd: e\n"


@pytest.mark.parametrize(("at", "old"), [("1", "b: c"), ("", "b: c"), ("-1", "c"), ("99", "b"), ("3", "b: d")])
def test_nothing_is_replaced_where_something_else_stands(at, old):
    assert FIXES["replace"](Subjects("a.yml", TEXT, {}), at, old, "x") == []


def test_nothing_is_replaced_by_itself():
    assert FIXES["replace"](Subjects("a.yml", TEXT, {}), "3", "b: c", "b: c") == []


def test_a_piece_goes_where_the_other_stood():
    edits = FIXES["replace"](Subjects("a.yml", TEXT, {}), "3", "b: c", '"b: c"')
    assert apply(TEXT, edits) == 'a: "b: c"\nd: e\n'
