"""A report for a ticket: Markdown, secrets taken out."""

from __future__ import annotations

from assistant.about import VERSION
from assistant.front.forms.clean import shown
from assistant.front.forms.markdown import diagnosis
from assistant.front.forms.values import Report
from assistant.front.repl.state import State
from assistant.markup import block, plain

MOST = 60_000
"""Characters of the paste that go in; trackers take 65,536 in all."""


def report(state: State) -> str:
    """The diagnosis of `state`, what was answered, and what was pasted."""
    assert state.diagnosis is not None
    parts = [diagnosis([Report(state.name or "paste", state.diagnosis)])]
    if state.said:
        answers = (f"- {plain(shown(said.asked))} **{plain(said.value)}**" for said in state.said)
        parts.append("## What we were asked\n\n" + "\n".join(answers) + "\n")
    for document in state.documents:
        parts.append(_quoted("The tasks" if document.pasted else plain(shown(document.path)), document.text, "yaml"))
    if state.text:
        parts.append(_quoted("What Ansible printed", state.text, "text"))
    return "\n".join([*parts, f"Written by ansible-why {VERSION}; secrets were taken out.\n"])


def _quoted(title: str, text: str, language: str) -> str:
    clean = shown(text)
    left = f"\n({len(clean) - MOST:,} more characters left out)\n" if len(clean) > MOST else ""
    return f"## {title}\n\n{block(clean[:MOST], language)}\n{left}"
