"""Where things stand: the line, below it what it may become or a hint, and nothing that needs the cursor's place.

prompt_toolkit's own session asks the terminal where the cursor is and shows a toolbar once it knows; the
answer would come among what is typed or pasted ahead, and after a session on a slow line into the shell.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition, has_completions, is_done
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import AnyContainer, BufferControl, ConditionalContainer, Dimension, HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.menus import CompletionsMenu
from prompt_toolkit.styles import Style
from prompt_toolkit.widgets import SearchToolbar

MENU, HINT = 7, 2
"""Rows at most."""


def arranged(buffer: Buffer, prompt: Callable[[], str], mark: Callable[[], str], hint: Callable[[], str]) -> Layout:
    """The layout around `buffer`, with the focus in it; `mark` stands for what was pasted past the line."""
    search = SearchToolbar(
        ignore_case=True, backward_search_prompt="earlier line: ", forward_search_prompt="later line: "
    )
    control = BufferControl(buffer, search_buffer_control=search.control, preview_search=True)

    def prefix(row: int, wrapped: int) -> StyleAndTextTuples:
        if row or wrapped:
            return [("", " " * len(prompt()))]
        return [("class:prompt", prompt()), ("class:hint", mark())]

    line = Window(control, wrap_lines=True, get_line_prefix=prefix, dont_extend_height=True)

    def help_below() -> StyleAndTextTuples:
        rows = textwrap.wrap(hint(), get_app().output.get_size().columns - 1)
        return [("class:hint", "\n".join(rows[:HINT]))]

    below = Window(FormattedTextControl(help_below), height=Dimension(max=HINT), dont_extend_height=True)
    quiet = ~has_completions & ~is_done & Condition(lambda: search.control.buffer.text == "")
    rows: list[AnyContainer] = [
        line,
        search,
        CompletionsMenu(max_height=MENU, scroll_offset=1),
        ConditionalContainer(below, quiet),
        Window(height=Dimension(preferred=0)),  # what is left when a menu has closed
    ]
    return Layout(HSplit(rows), line)


def styled(light: bool) -> Style:
    """Styles whose sense is in the words too; readable on a light or a dark screen, and without colour."""
    menu, meaning = (
        ("bg:#e4e4e4 #1c1c1c", "bg:#eeeeee #585858") if light else ("bg:#3a3a3a #eeeeee", "bg:#303030 #b2b2b2")
    )
    return Style(
        [
            ("prompt", "bold"),
            ("hint", "dim"),
            ("search-toolbar", "bold"),
            ("completion-menu", menu),
            ("completion-menu.completion.current", "noinherit reverse"),
            ("completion-menu.meta.completion", meaning),
            ("completion-menu.meta.completion.current", "noinherit reverse"),
        ]
    )
