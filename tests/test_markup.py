"""Texts of any kind inside Markdown: they come out of a reader of it as they went in."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.markup import block, blocks, code, plain

WORDS = (
    "*a* _b_ `c`", "<script>x</script>", "[a](javascript:b)", "![x](y)", "\\*", "&lt;b&gt;", "~~a~~", "<https://x.y>",
    "Copy *.conf", "my_task_2", "_x", "x_", "a __b__ c", "# a", "a #", "> a", "- a", "+ a", "* a", "1. a", "1) a",
    "= =", "---", "===", "a | b", "${HOME}/`id`", "{{ x }}", "a\\", "`", "``a`",
)  # fmt: skip
TEXT = st.text(st.sampled_from("ab1 *_`~#<>[]()!&;\\-+=.|{}'\"$:/"), max_size=30)


def html(text: str) -> str:
    """What a reader of Markdown makes of `text`."""
    return MarkdownIt("commonmark").render(text)


def quoted(text: str) -> str:
    return escape(text, quote=False).replace('"', "&quot;")


@pytest.mark.parametrize("text", WORDS)
def test_words_mean_nothing_to_markdown(text: str) -> None:
    assert html(plain(text)) == f"<p>{quoted(text)}</p>\n"
    assert html(f"In **{plain(text)}**, and\n- {plain(text)}\n") == (
        f"<p>In <strong>{quoted(text)}</strong>, and</p>\n<ul>\n<li>{quoted(text)}</li>\n</ul>\n"
    )


@given(TEXT)
def test_any_words(text: str) -> None:
    said = " ".join(text.split())
    assert html(plain(text)) == (f"<p>{quoted(said)}</p>\n" if said else "")
    assert html(f"a {code(text)} b") == (f"<p>a <code>{quoted(said)}</code> b</p>\n" if said else "<p>a  b</p>\n")


@pytest.mark.parametrize(
    "text", ["Wait for it", "my_task_2", "db-1.example.com", "Install nginx (1.2)", "10 s", ".bashrc"]
)
def test_common_names_stay_as_they_are(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("text", ["a", "`", "``a`", "a`b", "```", "a\nb"])
def test_a_code_span_holds_anything(text: str) -> None:
    assert html(code(text)) == f"<p><code>{' '.join(text.split())}</code></p>\n"


@pytest.mark.parametrize("text", ["a\n```\nb", "````", "x"])
def test_a_block_holds_anything(text: str) -> None:
    assert html(block(text)) == f"<pre><code>{text}\n</code></pre>\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "``\na\n``",
        " ```\na\n```",
        "```\na",
        "```\na\n````x",
        "````\na\n```",
        "```a``b```\nc\n```",
        "a ```\nb\n```",
    ],
)
def test_what_is_no_block_or_left_open(text: str) -> None:
    assert list(blocks(text)) == []


def test_blocks_are_read_with_the_words_behind_their_fence() -> None:
    text = "Do\n\n```sh\nls\n\n  pwd\n```\n\nor\n\n````yaml playbook \n```\n````\n```\n```"
    assert list(blocks(text)) == [("sh", "ls\n\n  pwd\n"), ("yaml playbook", "```\n"), ("", "")]


@given(st.lists(TEXT, min_size=1).map("\n".join))
def test_any_block_is_read_as_it_was_written(text: str) -> None:
    assert list(blocks(block(text, "sh"))) == [("sh", text.rstrip("\n") + "\n")]
