"""The Markdown of the base on a terminal: what is no markup stays, and every block has its place."""

from __future__ import annotations

import time

import pytest
from often import often
from rich.cells import cell_len

from assistant.front.forms.view import View
from assistant.front.terminal.prose import inline, markdown
from assistant.front.terminal.sheet import Sheet


def shown(text: str, width: int = 60, first: str = "", colour: bool = False) -> str:
    """Markdown as it is shown."""
    sheet = Sheet(View(width, colour=colour))
    markdown(sheet, text, 0, first)
    return sheet.text()


def styles(text: str) -> dict[str, str]:
    """The pieces of one paragraph that have a style, each with its style."""
    made = inline(text)
    return {made.plain[span.start : span.end]: str(span.style) for span in made.spans if span.style}


# --- inside a paragraph --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 = 15 * 1",
        "a ** b",
        "a `b",
        "[x] (y)",
        "snake_case_name",
        "*",
        "``",
        "[a](b",
        "all *.yml and *.yaml files",
        "{{ hosts | map('x') }}",
        "a < b > c & d",
        "<host> and </host>",
        "&nosuch;",
        "[red]x[/red] [/] :smile:",
        "\\d+ and C:\\temp",
        "~~a~~",
        "| a | b |",
    ],
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert inline(text).plain == text
    assert shown(f"See {text}") == f"See {text}\n"


def test_emphasis_code_and_links() -> None:
    assert inline("**a** *b* `c*d*` [e](https://f)").plain == "a b `c*d*` e (https://f)"
    assert styles("**a** *b* `c*d*` [e](https://f)") == {
        "a": "bold",
        "b": "italic",
        "`c*d*`": "cyan",
        "e": "underline",
    }


def test_styles_lie_on_top_of_each_other() -> None:
    assert styles("**a *b* `c`**") == {"a ": "bold", "b": "bold italic", " ": "bold", "`c`": "bold cyan"}
    assert styles("*a *b* c*")["b"] == "italic"
    assert styles("*a [b](https://c)*") == {"a ": "italic", "b": "italic underline", " (https://c)": "italic"}


def test_emphasis_inside_a_word() -> None:
    assert styles("re*launch*ed") == {"launch": "italic"}
    assert inline("re*launch*ed").plain == "relaunched"
    assert styles("re_launch_ed") == {}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\\*not\\* \\`code\\`", "*not* `code`"),
        ("\\[a\\](b)", "[a](b)"),
        ("**Copy \\*.conf**", "Copy *.conf"),
        ("5 \\* 3 \\* 1", "5 * 3 * 1"),
    ],
)
def test_escaped_signs_are_signs(text: str, plain: str) -> None:
    assert inline(text).plain == plain


@pytest.mark.parametrize("text", ["`\\*`", "`` a`b ``", "`a  b`", "`**x**`", "`[red]`"])
def test_code_is_left_alone_and_keeps_its_quotes(text: str) -> None:
    assert inline(text).plain.replace(" ", "") == text.replace(" ", "")
    assert list(styles(text).values()) == ["cyan"]


def test_code_that_is_a_quote_can_still_be_told_from_its_quotes() -> None:
    assert inline("`` `x` ``").plain == "`` `x` ``"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<https://a.b/ä>", "https://a.b/ä"),
        ("[https://a.b/c](https://a.b/c)", "https://a.b/c"),
        ("[words *here*](https://a.b/c)", "words here (https://a.b/c)"),
        ('[a](https://b "title")', "a (https://b)"),
        ("![a picture](b.png)", "a picture (b.png)"),
        ("[a](javascript:alert)", "[a](javascript:alert)"),
    ],
)
def test_a_link_is_its_words_and_its_address(text: str, plain: str) -> None:
    assert inline(text).plain == plain


def test_a_line_end_is_a_blank_unless_it_is_meant() -> None:
    assert shown("one\ntwo\\\nthree") == "one two\nthree\n"


# --- blocks --------------------------------------------------------------------------------------


def test_lists_code_and_paragraphs() -> None:
    text = "One\nline.\n\n- first item\n  goes on\n- second\n\n```yaml\na:\n  b: 1\n```\n\n1. x\n2. y\n\n## Head\nend"
    assert (
        shown(text)
        == """\
One line.

• first item goes on
• second

  a:
    b: 1

1. x
2. y

Head
end
"""
    )


def test_lists_in_lists() -> None:
    text = "Look:\n- on the host\n  - as root\n    1. the log\n    2. the job's file,\n       if any\n  - as me\n- here"
    assert (
        shown(f"{text}\n\nEnd", 24)
        == """\
Look:

• on the host
  • as root
    1. the log
    2. the job's file,
       if any
  • as me
• here

End
"""
    )


def test_an_items_lines_hang_under_its_words() -> None:
    assert shown("9. one two three four\n10. five six seven", 20) == "9. one two three\n   four\n10. five six seven\n"


def test_a_list_with_air_keeps_it() -> None:
    assert shown("- a\n\n  more\n\n- b") == "• a\n\n  more\n\n• b\n"


def test_numbers_count_on_from_the_first() -> None:
    assert shown("3) a\n3) b") == "3) a\n4) b\n"


def test_code_is_raw_whatever_stands_around_it() -> None:
    long = "ansible-playbook site.yml " + "--limit web1 " * 10
    text = f"1. Run\n\n   ```sh\n   {long}\n     # *in* [b]\n\n   end\n   ```\n2. Look"
    assert shown(text) == f"1. Run\n\n     {long.rstrip()}\n       # *in* [b]\n\n     end\n\n2. Look\n"


def test_code_in_a_nested_item() -> None:
    assert shown("- a\n  - b\n    ```\n    x:\n      y\n    ```\n- c") == "• a\n  • b\n\n      x:\n        y\n\n• c\n"


def test_a_fence_holds_other_fences_and_may_be_open() -> None:
    assert shown("````\n```\nx\n```\n````\n\nb") == "  ```\n  x\n  ```\n\nb\n"
    assert shown("~~~\nx") == "  x\n"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a\n\nb", "7. a\n\n   b\n"),
        ("- a\n- b\n\nc", "7. • a\n   • b\n\n   c\n"),
        ("```\na\n```\nb", "7.\n     a\n\n   b\n"),
        ("# a\nb", "7. a\n   b\n"),
        ("", "7.\n"),
    ],
)
def test_a_lead_hangs_in_front_of_whatever_comes_first(text: str, answer: str) -> None:
    assert shown(text, first="7. ") == answer


def test_a_line_that_begins_like_a_tag_is_words() -> None:
    assert shown("<div>\n**a**\n</div>") == "<div> a </div>\n"


def test_a_heading_is_bold() -> None:
    assert shown("# a `b`", colour=True).startswith("\x1b[1ma ")


def test_what_the_base_hardly_uses() -> None:
    assert shown("a\n\n> b\n> c\n\n---\n\n-\n- d") == "a\n\n  b c\n\n───\n\n•\n• d\n"


@pytest.mark.parametrize("width", [20, 33, 60])
def test_nothing_but_code_is_wider_than_the_screen(width: int) -> None:
    text = "**Some words** that go on, `code` and [links](https://a.b)\n\n- item after item after item\n  1. deep in it"
    assert max(cell_len(line) for line in shown(text, width).splitlines()) <= width


def test_no_colour_without_colour() -> None:
    text = "**a** `b`\n\n```\nc\n```"
    assert "\x1b" not in shown(text)
    assert shown(text, colour=True).count("\x1b[") >= 3


def test_hostile_markdown_is_read_in_linear_time() -> None:
    size = often(1_000, 8_000)
    start = time.process_time()
    pieces = ("*", "`a ", "[", "[a](", "**a *b ", "[a](b)", "![", "<a ", "*_", "&", "\\`", "> ", "- ", "1. ", "a\n\n")
    for text in (*(piece * (size // len(piece)) for piece in pieces), "*a " * size + "a* " * size):
        inline(text)
        shown(text)
    assert time.process_time() - start < often(2, 20)
