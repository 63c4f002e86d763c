"""Whatever is typed, in whatever order: the server has the editor's text, and says what `ansible-why check` says."""

from __future__ import annotations

import gc
import random
import resource
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol.types import Position, Range
from lsprotocol.types import TextDocumentContentChangePartial as Change
from mutations import SCRAPS
from often import often

from assistant import kb
from assistant.check import check
from assistant.front.lsp.checking import Checking
from assistant.front.lsp.documents import Client, Document
from assistant.front.lsp.findings import diagnostics
from assistant.front.lsp.positions import Positions
from assistant.model import Span
from assistant.source import SourceError

pytestmark = pytest.mark.slow  # seconds: for the whole suite

BASE = kb.load()
TEXTS = [file.read_text() for file in sorted((Path(__file__).parent / "playbooks").rglob("*.yml"))]
PIECES = st.sampled_from(
    [*SCRAPS, "", "\n", "\n    ", "a", "0", "é", "\U0001f600", "\u2028", "\x0c", "- ", "async: 9\n", "poll: 0", "until"]
)


def checking() -> Checking:
    return Checking(BASE, lambda _: None)


def opened(text: str, encoding: str = "utf-16") -> Document:
    return Document("file:///p/site.yml", "ansible", 1, text, Client(encoding))


def said_by_check(text: str) -> list[tuple[str, Span]] | None:
    try:
        return [(fault.cause, fault.span) for fault in check("/p/site.yml", text, BASE)]
    except SourceError:
        return None


def agrees(document: Document) -> None:
    wanted = said_by_check(document.text)
    shown = [(fault.cause, span) for fault, span in document.faults()]
    if wanted is None:
        assert document.current is None
        assert all(0 <= span.start <= span.end <= len(document.text) for _, span in shown)
    else:
        assert shown == wanted
    diagnostics(document, BASE)


@given(st.text(max_size=40), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
@settings(max_examples=often(100, 2_000), deadline=None)
def test_places_go_to_the_editor_and_back(text: str, encoding: str) -> None:
    positions = Positions(text, encoding)
    for at in range(len(text) + 1):
        if text[max(at - 1, 0) : at + 1] != "\r\n":
            assert positions.offset(positions.at(at)) == at


@pytest.mark.parametrize(
    ("encoding", "column"),
    [("utf-8", 9), ("utf-16", 6), ("utf-32", 5)],
)
def test_columns_count_what_was_agreed_on(encoding: str, column: int) -> None:
    text = "a: 1\r\né: \U0001f600x\n"
    assert Positions(text, encoding).at(text.index("x") + 1) == Position(1, column)


def test_lines_end_where_the_editor_ends_them() -> None:
    text = "a\u2028b\x0cc\x85d\re\r\nf\n"
    assert [Positions(text).at(text.index(sign)).line for sign in "abcdef"] == [0, 0, 0, 0, 1, 2]


def test_a_place_inside_a_character_or_behind_the_line_is_the_next_there_is() -> None:
    positions = Positions("\U0001f600\r\nb", "utf-16")
    assert [positions.offset(Position(*place)) for place in ((0, 1), (0, 2), (0, 99), (1, 9), (9, 0))] == [
        0,
        1,
        1,
        4,
        4,
    ]


@given(st.data())
@settings(max_examples=often(30, 300), deadline=None)
def test_after_any_edits_the_findings_are_those_of_check(data: st.DataObject) -> None:
    encoding = data.draw(st.sampled_from(["utf-8", "utf-16", "utf-32"]))
    text = data.draw(st.sampled_from(TEXTS))
    document, looking = opened(text, encoding), checking()
    looking.at_once(document)
    for version in range(2, 2 + data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 10, len(text))))
        piece = data.draw(PIECES)
        if "\r\n" in (text[max(start - 1, 0) : start + 1], text[max(end - 1, 0) : end + 1]):
            continue  # no editor puts the cursor there
        span = Positions(text, encoding).range(Span(start, end))
        text = text[:start] + piece + text[end:]
        document.change(version, [Change(span, piece)])
        assert document.text == text
        looking.at_once(document)
    agrees(document)


EDITS = often(100, 2_000)


def test_random_edits_neither_crash_nor_leak() -> None:
    """10,000 of them take minutes; the figure in the report is from such a run (EDITS=10_000)."""
    chance = random.Random(11)
    document, looking = opened(max(TEXTS, key=len)), checking()
    tracemalloc.start()
    held = 0
    for number in range(EDITS):
        if number % 50 == 0:
            document = opened(chance.choice(TEXTS))
        at = chance.randrange(len(document.text) + 1)
        place = document.positions.at(at)
        end = document.positions.at(min(at + chance.choice((0, 0, 1, 4)), len(document.text)))
        piece = chance.choice(["", "a", "\n", " ", "- ", ": ", '"', "{{ ", "async: 5\n", "\U0001f600", "#"])
        document.change(number, [Change(Range(place, end), piece)])
        looking.at_once(document)
        diagnostics(document, BASE)
        if number == EDITS // 2:
            gc.collect()
            held = tracemalloc.get_traced_memory()[0]
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - held
    tracemalloc.stop()
    assert grown < 3_000_000
    print(f"{EDITS} edits, {grown} bytes more than half-way, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss} KB")


HALF = """\
- hosts: web
  tasks:
    - name: Start the dump
      command: sleep 900
      async: 600
      poll: 0
      register: dump

    - name: Wait for it
      async_status:
        jid: "{{ dump.ansible_job_id }}"
      register: result
      until: result is finished
      retries: 3
      delay: 1
"""


def test_half_a_line_keeps_what_stands_elsewhere() -> None:
    document, looking = opened(HALF), checking()
    looking.at_once(document)
    before = document.faults()
    assert len(before) > 1
    at = document.positions.at(HALF.index("      register: result"))
    document.change(2, [Change(Range(at, at), '      vars: {a: "\n')])
    looking.at_once(document)
    assert document.current is None
    moved = [(fault.cause, document.text[span.start : span.end]) for fault, span in document.faults()]
    assert moved == [(fault.cause, HALF[span.start : span.end]) for fault, span in before]
    assert [each.code for each in diagnostics(document, BASE)][-1] == "yaml"
    assert not any(each.data for each in diagnostics(document, BASE))


def test_what_is_typed_over_is_not_kept() -> None:
    document, looking = opened(HALF), checking()
    looking.at_once(document)
    start, end = HALF.index("3\n"), HALF.index("delay")
    span = document.positions.range(Span(start, end))
    document.change(2, [Change(span, '"')])
    looking.at_once(document)
    assert "async/wait-shorter-than-job" not in [fault.cause for fault, _ in document.faults()]


@pytest.mark.parametrize(
    ("uri", "language", "text", "looked_at"),
    [
        ("file:///p/docker-compose.yml", "yaml", "services:\n  web:\n    image: nginx\n", False),
        ("file:///p/.github/workflows/ci.yml", "yaml", "on: push\njobs:\n  a:\n    steps:\n      - run: make\n", False),
        ("file:///p/group_vars/all.yml", "yaml", HALF, False),
        ("file:///p/roles/x/templates/a.yml", "yaml", HALF, False),
        ("file:///p/notes.txt", "plaintext", HALF, False),
        ("file:///p/site.yml", "yaml", HALF, True),
        ("untitled:Untitled-1", "ansible", HALF, True),
        ("file:///p/roles/x/tasks/main.yaml", "yaml", HALF, True),
    ],
)
def test_only_ansible_files(uri: str, language: str, text: str, looked_at: bool) -> None:
    document = Document(uri, language, 1, text, Client())
    checking().at_once(document)
    assert bool(diagnostics(document, BASE)) == looked_at


def test_broken_yaml_that_was_never_ansible_is_not_our_business() -> None:
    for language, count in (("yaml", 0), ("ansible", 1)):
        document = Document("file:///p/x.yml", language, 1, 'a: "\n', Client())
        checking().at_once(document)
        assert len(diagnostics(document, BASE)) == count
