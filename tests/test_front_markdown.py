"""Markdown to be pasted elsewhere: what comes from the paste must stay words there."""

from __future__ import annotations

import pytest
from front_values import CAUSE, FAILURE, LIKELY, UNKNOWN, report
from markdown_it import MarkdownIt

from assistant.front.forms.markdown import diagnosis
from assistant.model import Failure, Finding


def html(text: str) -> str:
    """What a reader of Markdown makes of `text`."""
    return MarkdownIt("commonmark").render(text)


@pytest.mark.parametrize(
    "words",
    ["*a* _b_ `c`", "<script>x</script>", "[a](javascript:b)", "# a", "a | b", "![x](y)", "\\*", "&lt;b&gt;", "~~a~~"],
)
def test_names_of_the_paste_are_no_markdown(words: str) -> None:
    from html import escape

    finding = Finding(Failure(task=words, module="m", message=words), (), None, ())
    made = html(diagnosis([report(finding, verdict="unknown", notes=(words,))]))
    assert f"<h2>{escape(words, quote=True)} failed</h2>" in made.replace("&#x27;", "'")
    assert f"<li>{escape(words, quote=True)}</li>" in made
    assert "<script>" not in made


def test_a_whole_answer() -> None:
    text = diagnosis([report(LIKELY)])
    made = html(text)
    assert text.startswith("## Wait for the backup failed on web1, web2 and 2 more\n")
    assert "\n   ```diff\n   --- a/roles/db/tasks/backup.yml\n" in text
    assert made.count("<ol>") == 1
    assert "--answer run_time=longer" in made
    assert "- [The job waits for something and would never end](" in text


def test_several_pastes_have_their_names_above_them() -> None:
    text = diagnosis([report(LIKELY, name="a.log"), report(UNKNOWN, name="b.log", verdict="unknown")])
    assert [line for line in text.splitlines() if line.startswith("# ")] == ["# `a.log`", "# `b.log`"]


def test_no_failure_is_one_sentence() -> None:
    assert (
        diagnosis([report(verdict="no-failure")]) == "This is Ansible's output, and nothing in it stopped the play.\n"
    )


def test_a_cause_without_steps_promises_none() -> None:
    finding = Finding(FAILURE, (CAUSE._replace(steps=(), picture=()),), None, ())
    assert "**Fix**" not in diagnosis([report(finding)])
