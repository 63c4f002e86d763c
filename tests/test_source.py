"""Reading and editing YAML: what must be refused comes first, then places, edits and diffs."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from assistant.model import Edit, Node, Span
from assistant.source import (
    Lines,
    SourceError,
    apply,
    bare_span,
    diff,
    indent_of,
    line_span,
    load,
    mended,
    newline,
    offset,
    pair_span,
    place,
    quote_like,
)

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "python"])


def written(text: str, node: Node) -> str:
    return text[node.span.start : node.span.end]


def value(mapping: Node, key: str) -> Node:
    return next(found for name, found in mapping.pairs if name.text == key)


# --- what is refused ----------------------------------------------------------------------------

REFUSED = {
    "a tab as indentation": ("- name: a\n\tasync: 10\n", (2, 1), "A tab stands where indentation is expected."),
    "a tab before the first key": ("\ta: 1\n", (1, 1), "A tab stands where indentation is expected."),
    "a tab after a dash": ("-\ta\n", (1, 2), "A tab stands where indentation is expected."),
    "a colon in a plain value": ("- name: a: b\n", (1, 10), "A colon followed by a blank starts a value"),
    "a key between two columns": ("- name: a\n  x: 1\n y: 2\n", (3, 2), "neither the next list item"),
    "an open quote": ('- name: "a\n  async: 10\n', (3, 1), "A quote is opened and never closed."),
    "a template with more text": ("a: {{ x }}0\n", (1, 11), "neither the next key nor the end of the mapping"),
    "a per cent sign": ("a: %x\n", (1, 4), "A plain value cannot start with this character."),
    "a key without colon": ("a: 1\nb\nc: 2\n", (3, 1), "A key must be followed by a colon"),
    "an unknown escape": ('a: "\\d"\n', (1, 5), "an escape that YAML does not know"),
    "an alias without anchor": ("a: *x\n", (1, 4), "has no anchor"),
    "an anchor twice": ("a: &x 1\nb: &x 2\n", (2, 4), "set twice"),
    "an alias inside its own anchor": ("a: &x [1, *x]\n", (1, 11), "inside the node it repeats"),
    "a control character": ("a: b\x1b[0m\n", (1, 5), "The character U+001B cannot stand in YAML."),
    "half a surrogate pair": ("a: \ud800\n", (1, 4), "The character U+D800"),
    "a glob as a plain value": ("path: */x\n", (1, 8), "a sign that is not allowed"),
    "a byte-order mark does not count": ("\ufeffa: b: c\n", (1, 5), "A colon followed by a blank"),
}


@BOTH
@pytest.mark.parametrize(("text", "at", "said"), REFUSED.values(), ids=REFUSED)
def test_refuses(text: str, at: tuple[int, int], said: str, pure: bool) -> None:
    with pytest.raises(SourceError) as caught:
        load(text, pure)
    assert (caught.value.line, caught.value.column) == at
    assert said in caught.value.message


BOMBS = {
    "1,000 brackets": "[" * 1000,
    "1,000 closed brackets": "[" * 1000 + "]" * 1000,
    "1,000 braces": "a: " + "{a: " * 1000,
    "1,000 dashes": "- " * 1000 + "a",
    "1,000 indented keys": "".join(" " * depth + "a:\n" for depth in range(1000)),
    "100,000 brackets": "[" * 100_000,
    "billion laughs": "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 64)),
    "a ladder of aliases": "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 400)),
    "ten million characters": "# " + "x" * 10_000_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_refuses_what_is_too_much_at_once(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(SourceError) as caught:
        load(text)
    assert "nested" in caught.value.message or "more than" in caught.value.message or "larger" in caught.value.message
    assert caught.value.hint
    assert time.process_time() - begun < 5


@pytest.mark.slow
def test_refuses_more_values_than_a_playbook_can_have() -> None:
    with pytest.raises(SourceError, match="more than 250,000 values"):
        load("- 1\n" * 600_000)


@BOTH
def test_200_levels_are_read(pure: bool) -> None:
    node = load("[" * 200 + "]" * 200, pure)[0]
    for _ in range(199):
        node = node.items[0]
    assert node.items == ()


@BOTH
def test_an_alias_in_a_few_places_is_read(pure: bool) -> None:
    text = "a: &x {retries: 3}\nb: *x\nc:\n  <<: *x\n"
    root = load(text, pure)[0]
    alias = value(root, "b")
    assert written(text, alias) == "*x"
    assert alias._replace(span=Span(0, 0)) == value(root, "a")._replace(span=Span(0, 0))
    merge, merged = value(root, "c").pairs[0]
    assert (merge.text, merge.tag, written(text, merged), merged.kind) == ("<<", "merge", "*x", "map")


# --- places -------------------------------------------------------------------------------------

EXACT = {
    "a literal before a comment": ("a: |\n  x\n  y\n\n# c\nb: 1\n", "a", "|\n  x\n  y"),
    "a literal that keeps its line ends": ("a: |+\n  x\n\n\nb: 1\n", "a", "|+\n  x"),
    "a folded text in CRLF": ("a: >\r\n  x\r\n\r\nb: 1\r\n", "a", ">\r\n  x"),
    "an empty literal with a comment": ("a: | # c\nb: 1\n", "a", "|"),
    "a vault": ("a: !vault |\n  $ANSIBLE\n  62\nb: 1\n", "a", "!vault |\n  $ANSIBLE\n  62"),
    "a list before a comment": ("a:\n  - 1\n  - 2 # c\n\n# d\nb: 1\n", "a", "- 1\n  - 2"),
    "a mapping at the end": ("a:\n  b: c  # d\n\n\n", "a", "b: c"),
    "an unwritten value": ("a:\n\n# c\nb: 1\n", "a", ""),
    "an unwritten value after a tag": ("a: !!str\nb: 1\n", "a", "!!str"),
    "a plain text over lines": ("a: b\n  c # d\n", "a", "b\n  c"),
    "a quoted text over lines": ('a: "b\n  c" # d\n', "a", '"b\n  c"'),
    "brackets over lines": ("a: [1,\n  2] # c\nb: 1\n", "a", "[1,\n  2]"),
    "a template without quotes": ("async: {{ x }}\n", "async", "{{ x }}"),
    "an anchor": ("a: &x 10\n", "a", "&x 10"),
    "after a byte-order mark": ("\ufeffa: 10 # c\n", "a", "10"),
    "after an emoji": ("🚀: é\na: 10\n", "a", "10"),
}


@BOTH
@pytest.mark.parametrize(("text", "key", "own"), EXACT.values(), ids=EXACT)
def test_a_span_is_the_text_of_the_node_and_no_more(text: str, key: str, own: str, pure: bool) -> None:
    assert written(text, value(load(text, pure)[0], key)) == own


@BOTH
def test_an_unwritten_value_after_a_question_mark_stays_with_its_key(pure: bool) -> None:
    text = "? a # not here\n# nor here\n\n? b\n"
    assert [found.span.end for _, found in load(text, pure)[0].pairs] == [text.index("a") + 1, text.index("b") + 1]


TAGS = (
    "int 10, int 0644, int 1:30, float 1.5, bool yes, bool off, null ~, str 'yes', str a, str 1e3, timestamp 2001-01-01"
)


@BOTH
@pytest.mark.parametrize("pair", TAGS.split(", "))
def test_plain_values_are_read_as_ansible_reads_them(pair: str, pure: bool) -> None:
    tag, plain = pair.split()
    assert load(f"a: {plain}", pure)[0].pairs[0][1].tag == tag


@BOTH
@pytest.mark.parametrize(
    ("text", "tag", "style"),
    [
        ("!vault |\n  62", "vault", "literal"),
        ("!vault-encrypted 62", "vault", "plain"),
        ("!unsafe '{{ x }}'", "unsafe", "single"),
        ('"10"', "str", "double"),
        (">-\n  a", "str", "folded"),
        ("!thing {a: 1}", "!thing", "flow"),
        ("!!str 12", "str", "plain"),
        ("- 1", "list", "block"),
    ],
)
def test_tags_and_styles(text: str, tag: str, style: str, pure: bool) -> None:
    node = load(text, pure)[0]
    assert (node.tag, node.style) == (tag, style)


@BOTH
def test_duplicate_keys_and_documents_are_all_kept(pure: bool) -> None:
    first, second, empty = load("async: 1\nasync: 2\n---\n- a\n---\n", pure)
    assert [found.text for _, found in first.pairs] == ["1", "2"]
    assert (second.kind, empty.tag) == ("list", "null")
    assert load("# nothing\n", pure) == ()


def test_places_and_offsets_undo_each_other() -> None:
    text = "\ufeffa: 1\r\né: 🚀 x\rlast"
    lines = Lines(text)
    assert [lines.place(at) for at in (0, 1, 4, 7, 10, 12, 14, 99)] == [
        (1, 1), (1, 1), (1, 4), (2, 1), (2, 4), (2, 6), (3, 1), (3, 5),
    ]  # fmt: skip
    for at in range(1, len(text) + 1):
        if text[at - 1 : at + 1] != "\r\n":
            assert offset(text, *place(text, at)) == at
    assert offset(text, 1, 99) == 5
    assert offset(text, 99, 1) == len(text)


def test_helpers_for_edits() -> None:
    text = "- name: a\r\n  async: 45  # why\r\n  poll: 0"
    task = load(text)[0].items[0]
    span = pair_span(task, "async")
    assert text[span.start : span.end] == "async: 45"
    whole = line_span(text, span)
    assert text[whole.start : whole.end] == "  async: 45  # why\r\n"
    last = line_span(text, pair_span(task, "poll"))
    assert text[last.start : last.end] == "  poll: 0"
    assert indent_of(text, span.start + 3) == "  "
    assert newline(text) == "\r\n"
    assert newline("a: 1") == "\n"
    with pytest.raises(KeyError):
        pair_span(task, "retries")


def test_the_last_of_duplicate_keys_is_the_one_that_counts() -> None:
    text = "async: 1\nasync: 2\n"
    span = pair_span(load(text)[0], "async")
    assert text[span.start : span.end] == "async: 2"


def test_a_value_without_its_tag_and_anchor() -> None:
    text = "a: &x !unsafe  '10'\n"
    span = bare_span(text, load(text)[0].pairs[0][1])
    assert text[span.start : span.end] == "'10'"


@pytest.mark.parametrize("style", ["plain", "single", "double", "literal"])
@pytest.mark.parametrize(
    "said",
    [
        "a",
        "",
        "yes",
        "600",
        "a: b",
        "a #b",
        "it's",
        '"x"',
        "{{ a }}",
        "a, b",
        " a ",
        "a\nb",
        "\x07é🚀\u2028",
        "-",
        "C:\\x",
    ],
)
def test_a_string_is_written_so_that_it_reads_as_itself(said: str, style: str) -> None:
    for text in (f"k: {quote_like(said, style)} # c", f"{{k: {quote_like(said, style)}}}"):
        found = load(text)[0].pairs[0][1]
        assert (found.text, found.tag) == (said, "str")


def test_quotes_follow_the_style_where_they_can() -> None:
    assert [quote_like("a b", style) for style in ("plain", "single", "double")] == ["a b", "'a b'", '"a b"']
    assert quote_like("10", "plain") == "'10'"


# --- edits --------------------------------------------------------------------------------------


def edit(start: int, end: int, text: str) -> Edit:
    return Edit("site.yml", Span(start, end), text)


@pytest.mark.parametrize(
    "edits",
    [
        [edit(0, 3, "x"), edit(2, 4, "y")],
        [edit(0, 3, "x"), edit(1, 1, "y")],
        [edit(0, 99, "x")],
        [edit(3, 1, "x")],
        [edit(-2, 1, "x")],
    ],
    ids=["overlap", "insertion inside", "beyond the end", "backwards", "before the start"],
)
def test_edits_that_cannot_be_made(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit"):
        apply("a: 1\nb: 2\n", edits)
    assert mended("a: 1\nb: 2\n", edits) is None


@pytest.mark.parametrize(
    "one", [edit(3, 4, "1"), edit(3, 4, "{{"), edit(3, 4, "b: c"), edit(3, 4, "*x"), edit(0, 0, "\t")]
)
def test_an_edit_that_breaks_or_changes_nothing_is_none(one: Edit) -> None:
    assert mended("a: 1\n", [one]) is None


def test_edits_are_made_at_once_and_in_any_order() -> None:
    text = "async: 45\r\npoll: 0\r\n"
    edits = [edit(17, 18, "5"), edit(7, 9, "600"), edit(9, 9, "  # was 45"), edit(9, 9, "!")]
    assert apply(text, edits) == "async: 600  # was 45!\r\npoll: 5\r\n"
    assert mended("async: 45\n", [edit(7, 9, "600")]) == "async: 600\n"


def test_neighbours_do_not_overlap() -> None:
    assert apply("abc", [edit(1, 2, "X"), edit(2, 3, "Y"), edit(1, 1, "<"), edit(3, 3, ">")]) == "a<XY>"


def test_a_snippet_that_only_reads_loosely_may_be_edited_but_not_broken() -> None:
    text = "- name: a\n      async: 45\n      poll: 0\n"
    at = text.index("45")
    assert mended(text, [edit(at, at + 2, "600")]) == text.replace("45", "600")
    assert mended(text, [edit(at, at + 2, "'")]) is None
    assert mended(text, [edit(text.index("0\n"), text.index("0\n") + 1, '"')]) is None


def test_a_diff_as_git_writes_it() -> None:
    assert diff("site.yml", "a: 1\n", "a: 1\n") == ""
    assert diff("site.yml", "a: 1\nb: 2\n", "a: 1\nb: 3\n") == (
        "--- a/site.yml\n+++ b/site.yml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n"
    )
    assert diff("site.yml", "a: 1\r\nb: 2", "a: 1\r\nb: 3") == (
        "--- a/site.yml\n+++ b/site.yml\n@@ -1,2 +1,2 @@\n a: 1\r\n"
        "-b: 2\n\\ No newline at end of file\n+b: 3\n\\ No newline at end of file\n"
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False], ids=["closed", "without final line break"])
def test_patch_makes_of_before_what_after_is(tmp_path, ends: str, last: bool) -> None:  # type: ignore[no-untyped-def]
    before = ends.join(f"k{number}: {number}" for number in range(30)) + (ends if last else "")
    after = before.replace("k3: 3", f"k3: x{ends}new: 1").replace("29", "30")
    (tmp_path / "site.yml").write_bytes(before.encode())
    change = diff("site.yml", before, after).encode()
    subprocess.run(["patch", "--binary", "-p1"], cwd=tmp_path, input=change, check=True, capture_output=True)
    assert (tmp_path / "site.yml").read_bytes() == after.encode()


def test_importing_it_does_not_import_yaml() -> None:
    code = "import sys, assistant.source; print(*{'yaml', 'difflib', 'dataclasses', 'inspect'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""
