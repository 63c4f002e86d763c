"""Long files and small changes: only the changed tasks are read and compared again, and nobody can tell."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import SCRAPS
from often import often

from assistant.model import Edit, Span
from assistant.plays import read
from assistant.source import diff, mended

FILES = sorted((Path(__file__).parent / "playbooks").rglob("*.yml"))
TEXTS = [text for file in FILES if not (whole := read("site.yml", text := file.read_text())).problem and whole.tasks]
AWKWARD = """\
- hosts: all
  tasks:
    - name: Say
      debug:
        msg: |
          one
            # two
      # of the next one

    - name: &named Run
      command: "true && false"
    - {name: in one line, command: "true"}
    - block:
        - command: sleep 1
          async: 5
      always:
        - debug: {msg: over}
    # the end
  handlers:
    - name: *named
      command: "true"
- hosts: web
  tasks: []
"""


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("one\n", "    - name: Say", "      # of the next one\n\n"),
        ("two\n", "    - name: Say", "      # of the next one\n\n"),
        ("in one", '    - {name: in one line, command: "true"}\n', 'command: "true"}\n'),
        ("sleep 1", "    - block:", "\n  handlers:\n"),
        ("hosts: all", "- hosts: all", 'command: "true"\n'),
        ("hosts: web", "- hosts: web", "  tasks: []\n"),
    ],
)
def test_the_lines_around_a_change(words: str, first: str, last: str) -> None:
    at = AWKWARD.index(words)
    piece = read("site.yml", AWKWARD).index.piece(Span(at, at + len(words)))
    assert piece is not None
    found = AWKWARD[piece.start : piece.end]
    assert found.startswith(first)
    assert found.endswith(last)


def test_no_piece_where_no_dash_starts_a_line() -> None:
    assert read("site.yml", '[{hosts: all, tasks: [{command: "true"}]}]\n').index.piece(Span(12, 13)) is None
    macintosh = "- hosts: all\r  tasks:\r  - debug:\r"
    assert read("site.yml", macintosh).index.piece(Span(30, 31)) == Span(0, len(macintosh))


def test_a_piece_that_runs_into_what_follows_is_no_piece() -> None:
    text = "- command: a\n- command: b\n"
    edit = Edit("site.yml", Span(text.index("a\n") + 1, text.index("a\n") + 2), "")
    piece = read("site.yml", text).index.piece(edit.span)
    assert piece == Span(0, text.index("- command: b"))
    assert mended(text, [edit], piece) is None


@given(st.data())
@settings(max_examples=often(100, 1_000), deadline=None)
def test_reading_a_piece_says_what_reading_all_says(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([AWKWARD, *TEXTS]))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 12, len(text))))
    scraps = st.lists(st.sampled_from([*SCRAPS, "\n", "\n  ", "- a", "x: y", "\n---\n"]), max_size=3)
    edit = Edit("site.yml", Span(start, end), "".join(data.draw(scraps)))
    piece = read("site.yml", text).index.piece(edit.span)
    assert mended(text, [edit], piece) == mended(text, [edit])


@given(st.data())
@settings(max_examples=often(50, 500), deadline=None)
def test_a_diff_of_few_lines_is_the_diff_of_all(data: st.DataObject) -> None:
    lines = [f"line {number}\n" for number in range(data.draw(st.integers(0, 60)))]
    after = list(lines)
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(after)))
        after[at : at + data.draw(st.integers(0, 2))] = [f"new {at}\n"] * data.draw(st.integers(0, 2))
    if after and data.draw(st.booleans()):
        after[-1] = after[-1].rstrip("\n")
    whole = "".join(difflib.unified_diff(lines, after, "a/x", "b/x"))
    found = diff("x", "".join(lines), "".join(after)).replace("\\ No newline at end of file\n", "")
    assert found.rstrip("\n") == whole.rstrip("\n")
