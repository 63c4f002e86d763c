"""Width, colour and signs: who is heard first."""

from __future__ import annotations

import io

import pytest

from assistant.front.forms.view import decide


class Screen(io.StringIO):
    """A stream that says of itself what a test wants."""

    encoding = "utf-8"  # type: ignore[assignment]

    def __init__(self, terminal: bool, encoding: str = "utf-8") -> None:
        super().__init__()
        self.terminal = terminal
        self.encoding = encoding  # type: ignore[misc]

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("color", "terminal", "environ", "colour"),
    [
        ("auto", False, {}, False),
        ("auto", True, {}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", True, {"FORCE_COLOR": "0"}, False),
        ("auto", False, {"FORCE_COLOR": ""}, False),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
        ("auto", True, {"ACCESSIBLE": "1", "FORCE_COLOR": "1"}, False),
        ("auto", True, {"ACCESSIBLE": "0"}, True),
    ],
)
def test_colour(color: str, terminal: bool, environ: dict[str, str], colour: bool) -> None:
    assert decide(Screen(terminal), color, environ=environ).colour is colour


@pytest.mark.parametrize(
    ("width", "environ", "columns"),
    [
        (0, {}, 80),
        (0, {"COLUMNS": "120"}, 120),
        (60, {"COLUMNS": "120"}, 60),
        (0, {"COLUMNS": "wide"}, 80),
        (0, {"COLUMNS": "3"}, 20),
    ],
)
def test_width(width: int, environ: dict[str, str], columns: int) -> None:
    assert decide(Screen(False), "auto", width, environ).width == columns


@pytest.mark.parametrize(
    ("encoding", "environ", "unicode"),
    [
        ("utf-8", {}, True),
        ("ascii", {}, False),
        ("latin-1", {}, False),
        ("utf-8", {"TERM": "dumb"}, False),
        ("odd", {}, False),
        ("utf-8", {"ACCESSIBLE": "1"}, False),
    ],
)
def test_signs(encoding: str, environ: dict[str, str], unicode: bool) -> None:
    assert decide(Screen(False, encoding), environ=environ).unicode is unicode


def test_only_a_screen_is_paged() -> None:
    assert decide(Screen(False), environ={}).height == 0


@pytest.mark.parametrize(("value", "spoken"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_read_aloud(value: str, spoken: bool) -> None:
    assert decide(Screen(True), environ={"ACCESSIBLE": value}).spoken is spoken
