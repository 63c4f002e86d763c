"""README.md tells the truth: its sessions are run again and compared."""

from __future__ import annotations

import pytest
from calls import ROOT
from readme import README, Session, fits, printed, sessions

FOUND = list(sessions(README.read_text(encoding="utf-8")))


def test_a_session_is_found_with_its_output() -> None:
    text = "x\n```console\n$ one\na\nb\n$ two\n```\n"
    assert list(sessions(text)) == [Session("one", "a\nb", 3, 5), Session("two", "", 6, 6)]


@pytest.mark.parametrize(
    ("written", "now", "same"),
    [
        ("a\nb", "a\nb", True),
        ("a", "a\nb", False),
        ("a\n[...]\nd", "a\nb\nc\nd", True),
        ("a\n[...]\nd", "x\na\nd", False),
        ("a\n[...]", "a\nb", True),
        ("[...]\nb\n[...]", "a\nb\nc", True),
    ],
)
def test_a_cut_stands_for_any_lines(written: str, now: str, same: bool) -> None:
    assert fits(written, now) is same


def test_the_readme_has_sessions() -> None:
    assert len(FOUND) >= 3


@pytest.mark.slow
@pytest.mark.parametrize("session", FOUND, ids=lambda session: session.command)
def test_a_session_of_the_readme(session: Session) -> None:
    now = printed(session.command)
    assert fits(session.output, now), f"README.md:{session.first + 1} is out of date (make docs); it is now:\n{now}"


def test_every_file_that_the_readme_links_to_is_there() -> None:
    import re

    targets = re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
