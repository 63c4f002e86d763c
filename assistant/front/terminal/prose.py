"""The Markdown of the base on a terminal: paragraphs, lists, code, emphasis. Simple, and linear in its length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.text import Text

from assistant.front.terminal.sheet import Sheet

STYLES = {"**": "bold", "`": "cyan", "*": "italic"}

TIGHT = (("item", "item"), ("head", "text"), ("head", "item"))
"""Pairs of pieces without air between them."""


class Block(NamedTuple):
    """A piece of Markdown: `kind` is "text", "item", "head" or "code"; `lead` is an item's bullet or number."""

    kind: str
    text: str
    indent: int = 0
    lead: str = ""


def markdown(sheet: Sheet, text: str, indent: int = 0, first: str = "") -> None:
    """Writes `text`; `first` hangs in front of the first line, the rest is indented alike."""
    hang = indent + len(first)
    before = ""
    for at, block in enumerate(blocks(text)):
        if at and (before, block.kind) not in TIGHT:
            sheet.blank()
        before = block.kind
        inner = hang + block.indent
        if block.kind == "code":
            for line in block.text.split("\n"):
                sheet.raw(Text(line, "cyan"), inner + 2)
        elif block.kind == "head":
            sheet.put(Text(block.text, "bold"), inner)
        elif at == 0 and first:
            sheet.put(inline(block.lead + block.text), indent, first, "bold")
        else:
            lead = f"{sheet.signs.dot} " if block.lead in ("- ", "* ") else block.lead
            sheet.put(inline(block.text), inner, lead)


def blocks(text: str) -> Iterator[Block]:
    """The pieces of `text` in order; what is not understood is a paragraph."""
    lines = text.strip("\n").split("\n")
    at, margin = 0, 0
    while at < len(lines):
        line = lines[at]
        bare, indent = line.strip(), len(line) - len(line.lstrip())
        lead = _lead(bare)
        if not bare:
            at += 1
        elif bare.startswith("```"):
            code, at = _fenced(lines, at, indent)
            yield Block("code", code, min(indent, margin))
        elif bare.startswith("#") and bare.lstrip("#").startswith(" "):
            yield Block("head", bare.lstrip("# "))
            at, margin = at + 1, 0
        else:
            margin = indent + len(lead) if lead else min(indent, margin)
            words, at = _paragraph(lines, at)
            yield Block("item" if lead else "text", words[len(lead) :], indent if lead else margin, lead)


def inline(text: str) -> Text:
    """One paragraph with its code, emphasis and links styled; anything else stays as it is written."""
    out, at = Text(), 0
    while at < len(text):
        opener = next((sign for sign in STYLES if text.startswith(sign, at)), "")
        end = text.find(opener, at + len(opener)) if opener else -1
        inner = text[at + len(opener) : end] if end > 0 else ""
        if inner and (opener == "`" or inner == inner.strip()):
            # Code keeps its quotes: where a command ends must not hang on colour.
            styled = Text(f"`{inner}`") if opener == "`" else inline(inner.replace("*", ""))
            styled.stylize(STYLES[opener])
            out.append_text(styled)
            at = end + len(opener)
        elif text[at] == "[" and (link := _link(text, at)):
            words, address, at = link
            out.append_text(Text(words, "underline")).append(f" ({address})" if address != words else "")
        else:
            out.append(text[at : at + max(len(opener), 1)])
            at += max(len(opener), 1)
    return out


def _lead(bare: str) -> str:
    """The bullet or number that starts a list item, with its blank."""
    if bare[:2] in ("- ", "* "):
        return bare[:2]
    number, dot, _ = bare.partition(". ")
    return f"{number}. " if dot and number.isdigit() and len(number) < 3 else ""


def _fenced(lines: list[str], at: int, indent: int) -> tuple[str, int]:
    """The code between two fences without its outer indentation, and the line after it."""
    fence = lines[at].strip()
    fence = fence[: len(fence) - len(fence.lstrip("`"))]
    end = at + 1
    while end < len(lines) and lines[end].strip() != fence:
        end += 1
    body = [line[min(indent, len(line) - len(line.lstrip())) :] for line in lines[at + 1 : end]]
    return "\n".join(body), end + 1


def _paragraph(lines: list[str], at: int) -> tuple[str, int]:
    """The lines up to a blank one, a fence or the next list item, joined; and the line after them."""
    words = [lines[at].strip()]
    at += 1
    while at < len(lines):
        bare = lines[at].strip()
        if not bare or bare.startswith("```") or _lead(bare):
            break
        words.append(bare)
        at += 1
    return " ".join(words), at


def _link(text: str, at: int) -> tuple[str, str, int] | None:
    """Words, address and end of the link at `at`; looks no further than 300 characters, so stays linear."""
    middle = text.find("](", at, at + 300)
    end = text.find(")", middle, middle + 300) if middle > 0 else -1
    if end < 0 or "\n" in text[at:end]:
        return None
    return text[at + 1 : middle], text[middle + 2 : end], end + 1
