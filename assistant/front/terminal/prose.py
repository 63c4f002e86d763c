"""The Markdown of the base on a terminal. markdown-it-py reads it (CommonMark); only the drawing is ours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len
from rich.text import Text

from assistant.front.terminal.sheet import Sheet

STYLES = {"strong_open": "bold", "em_open": "italic", "link_open": "underline"}

CLOSED = {"strong_close", "em_close", "link_close"}

TIGHT = (("item", "item"), ("head", "text"), ("head", "item"))
"""Pairs of neighbours without air between them; "item" is what stands in a list without blank lines."""

QUOTED = 2
"""Columns that a quotation is set in."""


def markdown(sheet: Sheet, text: str, indent: int = 0, first: str = "") -> None:
    """Writes `text`; `first` hangs in front of the first line, the rest is indented alike."""
    page = _Page(sheet, indent, first)
    for token in _reader().parse(text):
        page.take(token)
    page.end_lead()


def inline(text: str) -> Text:
    """One paragraph with its code, emphasis and links styled; anything else stays as it is written."""
    return _words(_reader().parseInline(text)[0].children or ())


@cache
def _reader() -> MarkdownIt:
    # Tags stay words: the base has none, and what is pasted must not vanish.
    return MarkdownIt("commonmark", {"html": False})


def _words(tokens: Sequence[Token]) -> Text:
    """The text of a paragraph's tokens. They come flat, so that deep nesting is no recursion."""
    out, styles = Text(), [""]
    address, said = "", list[str]()  # of the link that is open; links hold no links
    for token in tokens:
        if token.type in STYLES:
            styles.append(_both(styles[-1], STYLES[token.type]))
            if token.type == "link_open":
                address, said = _address(token), []
        elif token.type in CLOSED:
            styles.pop()
            if token.type == "link_close" and address not in ("", "".join(said)):
                out.append(f" ({address})", styles[-1])
        else:
            said.append(_piece(token))
            out.append(said[-1], _both(styles[-1], "cyan") if token.type == "code_inline" else styles[-1])
    return out


def _both(style: str, more: str) -> str:
    """One style on top of another."""
    return style if more in style.split() else f"{style} {more}".strip()


def _piece(token: Token) -> str:
    """What is written for a token that has words of its own."""
    if token.type == "code_inline":
        return _quoted(token)
    if token.type == "image":
        return f"{token.content} ({token.attrGet('src')})"
    return {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)


def _address(token: Token) -> str:
    """Where a link leads; "" where its words are the address itself, as in <https://x>."""
    return "" if token.info == "auto" else str(token.attrGet("href") or "")


def _quoted(token: Token) -> str:
    """Code in its backticks: where a command ends must not hang on colour."""
    pad = " " if "`" in (token.content[:1], token.content[-1:]) else ""
    return f"{token.markup}{pad}{token.content}{pad}{token.markup}"


class _Page:
    """Writes one block after the other and knows where the next one goes."""

    def __init__(self, sheet: Sheet, indent: int, lead: str) -> None:
        self._sheet = sheet
        self._lead, self._style = lead, "bold"  # what hangs in front of the next line
        self._indents = [indent + cell_len(lead)]
        self._numbers: list[int | None] = []  # of the next item, one for each open list; None has bullets
        self._kind = self._before = ""

    def take(self, token: Token) -> None:
        """Writes what `token` brings, or remembers what it opens or closes."""
        match token.type:
            case "paragraph_open":
                self._kind = "item" if token.hidden else "text"
            case "heading_open":
                self._kind = "head"
            case "inline":
                self._paragraph(token)
            case "fence" | "code_block":
                self._code(token.content.removesuffix("\n"))
            case "hr":
                self._put(Text(self._sheet.signs.line * 3), "text")
            case "bullet_list_open":
                self._numbers.append(None)
            case "ordered_list_open":
                start = token.attrGet("start")
                self._numbers.append(1 if start is None else int(start))
            case "bullet_list_close" | "ordered_list_close":
                self._numbers.pop()
            case "list_item_open":
                self._item(token)
            case "blockquote_open":
                self._indents.append(self._indents[-1] + QUOTED)
            case "list_item_close" | "blockquote_close":
                self.end_lead()
                self._indents.pop()

    def end_lead(self) -> None:
        """A number or bullet that has no words beside it gets a line of its own."""
        if self._lead:
            self._put(Text(), "item")

    def _item(self, token: Token) -> None:
        number = self._numbers[-1]
        lead = f"{self._sheet.signs.dot} " if number is None else f"{number}{token.markup} "
        if number is not None:
            self._numbers[-1] = number + 1
        self._lead += lead
        self._indents.append(self._indents[-1] + cell_len(lead))

    def _paragraph(self, token: Token) -> None:
        text = _words(token.children or ())
        if self._kind == "head":
            text.stylize("bold")
        self._put(text, self._kind)

    def _put(self, text: Text, kind: str) -> None:
        self._air(kind)
        lead = self._lead if text else self._lead.rstrip()
        self._sheet.put(text, self._indents[-1] - cell_len(self._lead), lead, self._style)
        self._lead = self._style = ""

    def _code(self, text: str) -> None:
        if self._lead:
            self.end_lead()
        else:
            self._air("code")
        self._before = "code"
        for line in text.split("\n"):
            self._sheet.raw(Text(line, "cyan"), self._indents[-1] + 2)

    def _air(self, kind: str) -> None:
        if self._before and (self._before, kind) not in TIGHT:
            self._sheet.blank()
        self._before = kind
