"""An entry's Markdown file in, its compiled form and its examples out."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from assistant.kb import holes
from assistant.kb.mistakes import Mistakes, Words, line_of, read_yaml

HEADINGS = ("What you see", "Why", "Fix", "Check it worked", "Prevent it", "Examples")
PATTERN = ("When", "How", "Why", "Mind")
"""Headings of a pattern: a sound way to do a thing, with a whole playbook under "How"."""
PAGE_KEYS = ("title", "releases", "see")
KEYS = ("title", "releases", "trust", "fix", "code", "confidence", "finding", "picture", "see", "source", "deeper")
TRUST = ("safe", "review", "show")
SURE = ("certain", "likely", "possible")
FENCES = ("paste", "before", "after", "unlike", "unlike-code")


class Example(NamedTuple):
    """A fenced block of an entry: its kind ("paste", "before", …), what follows the kind, the text, its line."""

    kind: str
    about: str
    text: str
    line: int
    caption: str = ""
    """The paragraph right above it, Markdown."""


def read_entry(path: str, id: str, text: str, mistakes: Mistakes) -> tuple[dict[str, Any], tuple[Example, ...]]:
    """One entry; `path` is for mistakes, `id` is family/name. Returns its JSON form and its examples."""
    front, body, first = _split(text, path, mistakes)
    tokens, lines, spans = _parsed(body, first, path, mistakes, HEADINGS)
    _check_front(front, path, mistakes, KEYS)
    sections = {name: "".join(lines[a:b]).strip() for name, (a, b) in spans.items() if name != "Examples"}
    steps = _steps(tokens, lines, spans.get("Fix", (0, 0)))
    examples = _examples(tokens, spans.get("Examples", (0, 0)), first, path, mistakes)
    entry = {**_form(front, id, "cause", sections), "steps": steps}
    _check_edit(entry, examples, path, mistakes)
    return entry, examples


def read_page(path: str, id: str, kind: str, text: str, mistakes: Mistakes) -> tuple[dict[str, Any], str]:
    """A pattern or a page of prose; `kind` is "pattern" or "page". Returns its JSON form and a pattern's playbook."""
    front, body, first = _split(text, path, mistakes)
    tokens, lines, spans = _parsed(body, first, path, mistakes, PATTERN if kind == "pattern" else ())
    _check_front(front, path, mistakes, PAGE_KEYS)
    playbooks = [t.content for t in tokens if t.type == "fence" and t.info.split() == ["yaml", "playbook"]]
    if kind == "pattern" and len(playbooks) != 1:
        mistakes.add(path, 1, f"{len(playbooks)} playbooks; a pattern has one ```yaml playbook block")
    sections = {name: "".join(lines[a:b]).strip() for name, (a, b) in spans.items()}
    return _form(front, id, kind, sections), playbooks[0] if playbooks else ""


def _form(front: dict[str, Any], id: str, kind: str, sections: dict[str, str]) -> dict[str, Any]:
    """The JSON form of an entry, without steps."""
    return {
        "id": id,
        "kind": kind,
        "family": id.partition("/")[0],
        "title": str(front.get("title", "")),
        "releases": str(front.get("releases", "")),
        "trust": str(front.get("trust", "show")),
        "fix": _plain(front.get("fix", [])),
        "code": {
            str(k): [str(x) for x in (v if isinstance(v, list) else [v])] for k, v in front.get("code", {}).items()
        },
        "confidence": str(front.get("confidence", "likely")),
        "finding": str(front.get("finding", "")),
        "picture": _plain(front.get("picture", [])),
        "source": str(front.get("source", "")),
        "deeper": str(front.get("deeper", "")).lower() == "true",
        "see": [str(x) for x in front.get("see", [])],
        "sections": sections,
        "steps": [],
    }


def _plain(value: Any) -> Any:
    """Dicts and lists with plain strings."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list) else str(value)


def _split(text: str, path: str, mistakes: Mistakes) -> tuple[dict[str, Any], str, int]:
    """Front matter, body, and the line on which the body begins."""
    match = re.match(r"---\n(.*?\n)---\n", text, re.S)
    if not match:
        mistakes.add(path, 1, "no front matter; begin the file with --- title: … ---")
        return {}, text, 1
    front = read_yaml(match[1], path, mistakes, 2)
    return (front if isinstance(front, dict) else {}), text[match.end() :], text[: match.end()].count("\n") + 1


def _check_front(front: dict[str, Any], path: str, mistakes: Mistakes, keys: tuple[str, ...]) -> None:
    for key in front:
        if key not in keys:
            mistakes.unknown(path, line_of(key), "key", key, keys)
    for key in ("title", "releases"):
        if not front.get(key):
            mistakes.add(path, 1, f'"{key}" is missing')
    if front.get("trust", "show") not in TRUST:
        mistakes.unknown(path, line_of(front["trust"]), "trust", front["trust"], TRUST)
    if front.get("confidence", "likely") not in SURE:
        mistakes.unknown(path, line_of(front["confidence"]), "confidence", front["confidence"], SURE)
    if front.get("code") and not front.get("finding"):
        mistakes.add(path, line_of(front["code"]), '"code" needs a "finding": the one line that check shows')


def _parsed(
    body: str, first: int, path: str, mistakes: Mistakes, headings: tuple[str, ...]
) -> tuple[list[Any], list[str], dict[str, tuple[int, int]]]:
    """Tokens, lines, and the lines (start, end) below each heading; `headings` are those it must have, () for any."""
    from markdown_it import MarkdownIt

    lines, tokens = body.splitlines(keepends=True), MarkdownIt().parse(body)
    heads = [
        (t.map[0], tokens[i + 1].content)
        for i, t in enumerate(tokens)
        if t.type == "heading_open" and t.tag == "h1" and t.map
    ]
    if not heads or (headings and tuple(name for _, name in heads) != headings):
        at = first + heads[0][0] if heads else first
        mistakes.add(
            path, at, f"the headings are {[n for _, n in heads]}; they must be {list(headings) or 'at least one'}"
        )
    ends = [*(start for start, _ in heads[1:]), len(lines)]
    return tokens, lines, {name: (start + 1, end) for (start, name), end in zip(heads, ends, strict=True)}


def _steps(tokens: list[Any], lines: list[str], span: tuple[int, int]) -> list[str]:
    """The items of the numbered list in "Fix", as Markdown without their numbers."""
    steps = []
    for token in tokens:
        inside = token.map and span[0] <= token.map[0] < span[1]
        if token.type == "list_item_open" and token.level == 1 and inside and token.markup in ".)":
            text = "".join(lines[token.map[0] : token.map[1]]).strip()
            steps.append(re.sub(r"^\d+[.)]\s+", "", text).replace("\n   ", "\n"))
    return steps


def _examples(
    tokens: list[Any], span: tuple[int, int], first: int, path: str, mistakes: Mistakes
) -> tuple[Example, ...]:
    found: list[Example] = []
    caption = ""
    for token in tokens:
        if token.type == "inline" and token.level == 1:
            caption = token.content
        if token.type == "fence" and token.map and span[0] <= token.map[0] < span[1]:
            kind, _, about = token.info.strip().partition(" ")
            line = first + token.map[0]
            if kind not in FENCES:
                mistakes.unknown(path, line, "kind of example", kind, FENCES)
            found.append(Example(kind, about.strip(), token.content, line, caption if caption != "Examples" else ""))
            caption = ""
    return tuple(found)


def _check_edit(entry: dict[str, Any], examples: tuple[Example, ...], path: str, mistakes: Mistakes) -> None:
    """An entry shows at least one paste or code; with a fix, a before and an after, and one {edit}."""
    kinds = {e.kind for e in examples}
    if not kinds & {"paste", "before"}:
        mistakes.lacks(path, 1, "no example; add a ```paste block with real output")
    if not kinds & {"unlike", "unlike-code"}:
        mistakes.lacks(path, 1, "no look-alike; add an ```unlike block that must lead elsewhere")
    if not entry["steps"]:
        mistakes.add(path, 1, '"Fix" has no numbered steps')
    marks = sum(step.count("{edit}") for step in entry["steps"])
    if entry["fix"] and (not {"before", "after"} <= kinds or marks != 1):
        mistakes.add(path, 1, 'a "fix" needs one step with {edit}, and a ```before and an ```after')
    if not entry["fix"] and marks:
        mistakes.add(path, 1, '{edit} without a "fix"')
    for section, text in {**entry["sections"], "title": entry["title"]}.items():
        for name, has_words in holes.names(text):
            if not has_words and name != "edit":
                mistakes.add(path, 1, f"{section}: hole {{{name}}} has no words to fall back on; write {{{name}|…}}")


__all__ = ["HEADINGS", "PATTERN", "Example", "Words", "read_entry", "read_page"]
