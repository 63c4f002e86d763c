"""The same answer however an output was mangled on its way into a paste."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import mangle
import pytest

from assistant.model import Paste
from assistant.paste import read

pytestmark = pytest.mark.slow  # seconds: for the whole suite

FILES = sorted((Path(__file__).parent / "pastes").glob("*.txt"))


def told(paste: Paste) -> list[Any]:
    """What must stay: all but line numbers and the wording of evidence."""
    return [
        (f.host, f.task, f.module, f.message, f.result, f.kind, f.layers, f.origin, f.retries, f.count, len(f.seen))
        for f in paste.failures
    ]


@cache
def clean(file: Path) -> Paste:
    """What the output says as it was."""
    return read(file.read_text())


@pytest.mark.parametrize("name", mangle.ALL)
def test_mangled(name: str) -> None:
    wrong = []
    for file in FILES:
        mangled = read(mangle.ALL[name](file.read_text()))
        if (told(clean(file)), clean(file).verdict) != (told(mangled), mangled.verdict):
            wrong.append(file.name)
    assert wrong == []


def summed_up(paste: Paste) -> list[Any]:
    """What must stay when no line is left whole: what failed where, and what it said."""
    return [(f.host, f.task, f.message, f.result, f.kind, f.retries, f.count) for f in paste.failures]


@pytest.mark.parametrize("name", mangle.ENDLESS)
def test_lost_line_ends(name: str) -> None:
    texts = {file: file.read_text() for file in FILES if file.stem.endswith("-default")}
    files = [file for file, text in texts.items() if "***\n" in text and "{\n" not in text]  # banners tell of it
    told = {file.stem: (read(mangle.ENDLESS[name](file.read_text())), clean(file)) for file in files}
    assert len(told) > 10
    assert [stem for stem, (lost, whole) in told.items() if summed_up(lost) != summed_up(whole)] == []


def test_what_a_result_quotes_of_another_run_stays_a_text() -> None:
    inner = "TASK [a] ****\\nfatal: [db1]: FAILED! => {}\\nPLAY RECAP ****\\ndb1 : ok=1"
    text = 'TASK [Run it] ****\nfatal: [web1]: FAILED! => {"rc": 2, "msg": "non-zero", "stdout": "INNER"}\n'.replace(
        "INNER", inner
    )
    for paste in (read(text), read(mangle.ENDLESS["all on one line"](text))):
        (failure,) = paste.failures
        assert (failure.host, failure.task, failure.result["stdout"]) == ("web1", "Run it", inner.replace("\\n", "\n"))


def test_clean_pastes_hold_something() -> None:
    assert len(FILES) >= 40
    assert sum(bool(clean(file).failures) for file in FILES) >= 40


def test_line_numbers_are_those_of_the_paste_as_given() -> None:
    text = (FILES[0].parent / "poll-timeout.2.19-default.txt").read_text()
    assert read(text).failures[0].lines == (8, 16)
    assert read(mangle.fenced(text)).failures[0].lines == (11, 19)
    assert read(mangle.wrapped(80)(text)).failures[0].lines[0] == 8
