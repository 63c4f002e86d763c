"""What must hold for every text: places are exact, edits touch nothing else, nothing but SourceError is raised."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from assistant.model import Edit, Node, Span
from assistant.source import Lines, SourceError, apply, diff, load, load_loose, mended, quote_like

pytestmark = pytest.mark.slow  # seconds: for the whole suite

FILES = sorted((Path(__file__).parent / "yaml").glob("*/*.yml"))
TEXTS = [file.read_bytes().decode() for file in FILES]
SIGNS = st.sampled_from(
    [*"-?:,[]{}#&*!|>'\"%@` \t\n\r\\ab01", "- ", ": ", "\n  ", "\r\n", "é", "🚀", "\ufeff", "\u2028"]
)
SOUP = st.lists(SIGNS, max_size=60).map("".join)
PLAYBOOKS = st.builds(
    lambda text, at, length, piece: text[:at] + piece + text[at + length :],
    st.sampled_from(TEXTS),
    st.integers(0, 800),
    st.integers(0, 30),
    SOUP,
)
ANYTHING = st.one_of(st.text(max_size=80), SOUP, PLAYBOOKS)


def nodes_of(node: Node) -> Iterator[Node]:
    yield node
    for child in (*(part for pair in node.pairs for part in pair), *node.items):
        yield from nodes_of(child)


def readings(own: str) -> list[tuple[str, str]]:
    """Text and tag of `own` standing alone and in brackets (where `-` is a word)."""
    found = []
    for text in (own, f"[{own}]"):
        try:
            root = load(text)[0]
        except SourceError:
            continue
        found += [(node.text, node.tag) for node in (root, *root.items)]
    return found


def spans_are_exact(text: str) -> None:
    """Every scalar's own text reads as that scalar again; every span lies in its parent's, without rims."""
    for root in load(text):
        for node in nodes_of(root):
            own = text[node.span.start : node.span.end]
            if node.text or node.kind != "scalar":
                assert own == own.strip(" \n\r\t")
            if own.startswith("*") or "!" in own or node.style not in ("plain", "single", "double"):
                continue
            assert not own or (node.text, node.tag) in readings(own)
            child_spans = [part.span for pair in node.pairs for part in pair] + [item.span for item in node.items]
            assert all(node.span.start <= span.start <= span.end <= node.span.end for span in child_spans)


@pytest.mark.parametrize("text", TEXTS, ids=[f"{file.parent.name}/{file.stem}" for file in FILES])
def test_spans_in_real_and_messy_files(text: str) -> None:
    try:
        load(text)
    except SourceError:
        return
    spans_are_exact(text)


def only_source_errors(text: str) -> None:
    for reader in (load, lambda given: load(given, pure=True), load_loose):
        try:
            roots = reader(text)
        except SourceError as error:
            assert 1 <= error.line <= len(Lines(text).starts)
            assert error.column >= 1
            assert error.message.endswith((".", ")."))
        else:
            assert all(0 <= node.span.start <= node.span.end <= len(text) for root in roots for node in nodes_of(root))


def edits_touch_nothing_else(text: str, cuts: list[int], pieces: list[str]) -> None:
    places = sorted(min(cut, len(text)) for cut in cuts)
    spans = [Span(*pair) for pair in zip(places[::2], places[1::2], strict=False)]
    edits = [Edit("a.yml", span, piece) for span, piece in zip(spans, pieces, strict=False)]
    after = apply(text, edits)
    kept_before = kept_after = ""
    at = shift = 0
    for edit in edits:
        kept_before += text[at : edit.span.start]
        kept_after += after[at + shift : edit.span.start + shift]
        assert after[edit.span.start + shift :].startswith(edit.text)
        at = edit.span.end
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    assert kept_before + text[at:] == kept_after + after[at + shift :]
    assert (diff("a.yml", text, after) == "") == (text == after)
    assert mended(text, edits) in (None, after)


@given(ANYTHING)
@settings(max_examples=often(40, 5_000), deadline=None)
def test_any_text_reads_or_is_refused(text: str) -> None:
    only_source_errors(text)


@given(ANYTHING, st.lists(st.integers(0, 900), max_size=6), st.lists(SOUP, max_size=3))
@settings(max_examples=often(25, 500), deadline=None)
def test_edits_touch_nothing_else(text: str, cuts: list[int], pieces: list[str]) -> None:
    edits_touch_nothing_else(text, cuts, pieces)


@given(st.text(max_size=20), st.sampled_from(["plain", "single", "double", "literal", "folded"]))
@settings(max_examples=often(40, 500), deadline=None)
def test_any_string_can_be_written(said: str, style: str) -> None:
    said = said.encode(errors="ignore").decode()
    for text in (f"k: {quote_like(said, style)} # c", f"[k: {quote_like(said, style)}]"):
        root = load(text)[0]
        found = (root.pairs or root.items[0].pairs)[0][1]
        assert (found.text, found.tag) == (said, "str")


@given(ANYTHING)
@settings(max_examples=often(25, 500), deadline=None)
def test_places_undo_offsets(text: str) -> None:
    lines = Lines(text)
    for at in range(lines.starts[0], len(text) + 1):
        if text[max(at - 1, 0) : at + 1] != "\r\n":
            assert lines.offset(*lines.place(at)) == at
