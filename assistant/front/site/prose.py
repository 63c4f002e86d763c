"""Markdown and code as HTML: headings that can be linked to, ids of causes as links, code in colours by class."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.anchors import anchors_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

LEXERS = {
    "yaml": "yaml",
    "yml": "yaml",
    "diff": "diff",
    "sh": "bash",
    "console": "console",
    "json": "json",
    "toml": "toml",
    "lua": "lua",
    "elisp": "emacs-lisp",
}


class Prose:
    """Renders for one page: `link` turns a path below the root ("async/job-hung/") into one as seen from the page."""

    def __init__(self, titles: Mapping[str, str], link: Callable[[str], str]) -> None:
        """`titles` of the entries that have a page, by id; a code span that is an id becomes a link with the title."""
        self._titles, self._link = titles, link

    def html(self, text: str, down: int = 0) -> Markup:
        """Markdown as HTML; headings go `down` so many levels."""
        parser = _parser()
        env = {"titles": self._titles, "link": self._link}
        tokens = parser.parse(text, env)
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(int(token.tag[1]) + down, 6)}"
        _label(tokens)
        return Markup(parser.renderer.render(tokens, parser.options, env))

    def inline(self, text: str) -> Markup:
        """One line of Markdown without a paragraph around it."""
        env = {"titles": self._titles, "link": self._link}
        return Markup(_parser().renderInline(" ".join(text.split()), env))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.use(anchors_plugin, max_level=3, slug_func=slug)
    parser.add_render_rule("code_inline", _code_inline)
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule(
        "table_open",
        lambda *_: '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table role="table">\n',
    )
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return parser


def _label(tokens: Sequence[Token]) -> None:
    """Tells each cell of a table the head of its column, which narrow pages show beside it in place of columns."""
    heads: list[str] = []
    column = 0
    for token, inner in zip(tokens, [*tokens[1:], None], strict=False):
        if token.type in ROLES:
            token.attrSet("role", ROLES[token.type])
        if token.type == "table_open":
            heads = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open" and inner is not None:
            heads.append(inner.content)
        elif token.type == "td_open":
            token.attrSet("data-label", heads[column] if column < len(heads) else "")
            column += 1


ROLES = {
    "thead_open": "rowgroup",
    "tbody_open": "rowgroup",
    "tr_open": "row",
    "th_open": "columnheader",
    "td_open": "cell",
}
"""Said again in words, since a table that is not laid out as one is no table to some browsers."""


def slug(title: str) -> str:
    """The anchor of a heading: its words in small letters, joined with hyphens."""
    return "-".join(re.findall(r"[a-z0-9_]+", title.lower())) or "section"


def _code_inline(self: object, tokens: list[object], at: int, options: object, env: dict[str, object]) -> str:
    text: str = tokens[at].content  # type: ignore[attr-defined]
    titles: Mapping[str, str] = env["titles"]  # type: ignore[assignment]
    if text in titles:
        return f'<a href="{env["link"](text + "/")}">{escape(titles[text], quote=False)}</a>'  # type: ignore[operator]
    return f"<code>{escape(text, quote=False)}</code>"


def _fence(self: object, tokens: list[object], at: int, options: object, env: dict[str, object]) -> str:
    token = tokens[at]
    return str(code(token.content, token.info.split()[0] if token.info.split() else ""))  # type: ignore[attr-defined]


def code(text: str, language: str = "", label: str = "Code") -> Markup:
    """A block of code in colours; `language` "" or an unknown one gives plain text. It can be scrolled by keys."""
    inner = coloured(text.rstrip("\n"), language)
    return Markup(
        f'<pre class="code" tabindex="0" role="group" aria-label="{escape(label)}"><code>{inner}</code></pre>\n'
    )


def coloured(text: str, language: str) -> str:
    """Text as HTML with Pygments' short classes around its words."""
    if language not in LEXERS:
        return escape(text, quote=False)
    return highlight(text, _lexer(LEXERS[language]), _formatter()).rstrip("\n")


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True)


@cache
def _lexer(name: str) -> Lexer:
    return get_lexer_by_name(name, stripnl=False, ensurenl=False)


SIGNS = {"+": "ins", "-": "del", "@": "hunk"}


def diff(text: str, bare: bool = False) -> Markup:
    """A unified diff, a line in its colour and with its sign; `bare`: without its head, and moved to the left."""
    lines = text.rstrip("\n").split("\n")
    heads = ("--- ", "+++ ", "@@ ")
    if bare:
        lines = _outdented([line for line in lines if not line.startswith(heads)])
    rows = []
    for line in lines:
        kind = "head" if line.startswith(heads[:2]) else SIGNS.get(line[:1], "same")
        rows.append(f'<span class="{kind}">{escape(line, quote=False)}\n</span>')
    return Markup(
        '<pre class="diff" tabindex="0" role="group" aria-label="The change"><code>' + "".join(rows) + "</code></pre>\n"
    )


def _outdented(lines: list[str]) -> list[str]:
    """Lines of a diff, signs kept, with one blank in place of those that all of them begin with."""
    depths = [len(line[1:]) - len(line[1:].lstrip(" ")) for line in lines if line[1:].strip()]
    return [f"{line[:1]} {line[1 + min(depths, default=0) :]}".rstrip() for line in lines]


OUTPUT = (
    (re.compile(r"(?:fatal:|failed:|\[ERROR\]|ERROR!|FAILED!|ASYNC FAILED)"), "bad"),
    (re.compile(r"(?:PLAY|TASK|RUNNING HANDLER|PLAYBOOK)\b.*"), "head"),
    (re.compile(r"(?:changed:|FAILED - RETRYING|\[WARNING\]|\[DEPRECATION)"), "warn"),
    (re.compile(r"(?:ok:|ASYNC OK)"), "good"),
    (re.compile(r"(?:skipping:|ASYNC POLL|\.\.\.ignoring|Origin:|included:)"), "dim"),
)
"""How lines of Ansible's output begin, and the class they get."""


def output(text: str, marked: str = "") -> Markup:
    """What Ansible printed, its lines in colours by how they begin, the words `marked` marked where they stand."""
    rows = []
    for line in text.rstrip("\n").split("\n"):
        kind = next((name for pattern, name in OUTPUT if pattern.match(line.lstrip())), "")
        words = escape(line.rstrip(), quote=False)
        if marked and marked in line:
            words = words.replace(escape(marked, quote=False), f"<mark>{escape(marked, quote=False)}</mark>", 1)
        rows.append(f'<span class="{kind}">{words}</span>' if kind else words)
    return Markup(
        '<pre class="output" tabindex="0" role="group" aria-label="Output of Ansible"><code>'
        + "\n".join(rows)
        + "</code></pre>\n"
    )


SHORT = 155
"""Characters of a description; search engines cut longer ones."""


def summary(text: str) -> str:
    """The first words of a Markdown text as a description: plain, whole sentences where that is possible."""
    first = next((p for p in text.strip().split("\n\n") if p and not p.lstrip().startswith(("#", "|", "```"))), "")
    plain = " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", first).replace("`", "").replace("**", "").split())
    plain = re.sub(r"^(?:[-*]|\d+\.) ", "", plain)
    if len(plain) <= SHORT:
        return plain
    cut = plain[:SHORT]
    stop = cut.rfind(". ")
    return cut[: stop + 1] if stop > 60 else cut[: cut.rfind(" ")] + " …"
