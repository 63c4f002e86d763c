"""Findings of `check` for people and machines: lines with a caret, GitHub annotations, SARIF."""

from __future__ import annotations

import pytest
from front_values import FAULT, PATH, TEXT, span

from assistant.front.forms.github import commands
from assistant.front.forms.lines import coloured, report, summary
from assistant.front.forms.marks import marked
from assistant.front.forms.sarif import log
from assistant.model import Span

PAGES = {FAULT.cause: ("The wait gives up early", "https://ansible-why.github.io/async/wait-shorter-than-job/")}


def test_text_points_at_the_place() -> None:
    assert report([(FAULT, TEXT)]) == (
        "roles/db/tasks/backup.yml:12:3: async/wait-shorter-than-job: this waits 30 s at most, the job may take 600 s"
        " (certain)\n"
        "   12 |   retries: 10\n"
        "      |   ^^^^^^^^^^^\n"
    )


def test_text_shows_what_would_mend_it() -> None:
    lines = report([(FAULT, TEXT)], diffs=True).splitlines()
    assert "-  retries: 10" in lines
    assert "+  retries: 200" in lines


def test_colour_adds_nothing_but_colour() -> None:
    import re

    painted = report([(FAULT, TEXT)], coloured, diffs=True)
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == report([(FAULT, TEXT)], diffs=True)


@pytest.mark.parametrize(
    ("line", "words", "under"),
    [
        ("\ttask: x", "task", "\t^^^^"),
        ("名前: async: 1", "async", "      ^^^^^"),
        ("name: 名前", "名前", "      ^^^^"),
        ("e\u0301: async", "async", "   ^^^^^"),
    ],
)
def test_the_caret_stands_below_its_words_on_a_terminal(line: str, words: str, under: str) -> None:
    assert marked(line, span(words, line))[0].under() == under


def test_an_empty_place_has_a_caret_too() -> None:
    assert marked("a: b", Span(4, 4))[0].under() == "    ^"


def test_a_long_place_is_marked_on_its_first_lines_only() -> None:
    lines = marked(TEXT, Span(0, len(TEXT)))
    assert [line.number for line in lines] == [1, 2, 3, 4]
    assert lines[1].under() == "  " + "^" * len("ansible.builtin.command: /usr/local/bin/backup")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_are_never_shown(ending: str) -> None:
    text = TEXT.replace("\n", ending)
    assert [line.line for line in marked(text, span("retries: 10", text))] == ["  retries: 10"]


def test_secrets_and_escapes_of_a_line_are_not_shown() -> None:
    text = "vars: {run: --password hunter2, async: 5}\n\x1b]0;owned\x07async: 6\n"
    first = marked(text, span("async: 5", text))[0]
    assert "hunter2" not in first.line
    assert "async: 5" in first.mark
    second = marked(text, span("async: 6", text))[0]
    assert "\x1b" not in second.line + second.under()
    assert "\x07" not in second.line


def test_a_github_annotation() -> None:
    assert commands([(FAULT, TEXT)]) == (
        "::warning file=roles/db/tasks/backup.yml,line=12,col=3,endLine=12,"
        "title=ansible-why async/wait-shorter-than-job,endColumn=14"
        "::this waits 30 s at most, the job may take 600 s (certain)\n"
    )


def test_a_github_annotation_cannot_be_broken_by_its_words() -> None:
    fault = FAULT._replace(path="a,b:c%.yml", message="100%\n::error::no")
    line = commands([(fault, TEXT)])
    assert line.count("\n") == 1
    assert "file=a%2Cb%3Ac%25.yml," in line
    assert "100%25%0A::error::no" in line


def test_a_github_annotation_over_several_lines_names_no_columns_at_its_end() -> None:
    assert "endColumn" not in commands([(FAULT._replace(span=Span(0, 60)), TEXT)])


def test_sarif() -> None:
    made = log([(FAULT, TEXT)], PAGES)
    run = made["runs"][0]
    rule = run["tool"]["driver"]["rules"][0]
    assert (made["version"], rule["id"], rule["shortDescription"]["text"]) == (
        "2.1.0",
        "async/wait-shorter-than-job",
        "The wait gives up early",
    )
    assert rule["helpUri"] == "https://ansible-why.github.io/async/wait-shorter-than-job/"
    result = run["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == PATH
    assert place["region"] == {"startLine": 12, "startColumn": 3, "endLine": 12, "endColumn": 14}
    change = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["insertedContent"]["text"] == "200"
    assert change["deletedRegion"] == {"startLine": 12, "startColumn": 12, "endLine": 12, "endColumn": 14}


def test_sarif_without_findings_is_a_log_too() -> None:
    run = log([], {})["runs"][0]
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []


def test_sarif_knows_a_finding_again_after_lines_moved() -> None:
    moved = "# a new comment\n\n" + TEXT
    fault = FAULT._replace(span=span("retries: 10", moved), edits=())
    ours, theirs = (
        log([pair], PAGES)["runs"][0]["results"][0]["partialFingerprints"] for pair in ((FAULT, TEXT), (fault, moved))
    )
    assert ours == theirs


def test_sarif_writes_a_path_as_an_address() -> None:
    fault = FAULT._replace(path="my roles/ä.yml", edits=())
    place = log([(fault, TEXT)], PAGES)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20roles/%C3%A4.yml"


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((0, 0, 1, 0), "nothing found in 1 file"),
        ((1, 0, 3, 0), "1 finding in 3 files"),
        ((0, 2, 3, 0), "nothing found in 3 files, 2 fixed"),
        ((4, 0, 3, 1), "4 findings in 3 files, 1 file not read"),
    ],
)
def test_the_last_line_says_what_was_done(numbers: tuple[int, int, int, int], words: str) -> None:
    assert summary(*numbers) == words
