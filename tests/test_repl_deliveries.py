"""One paste, one diagnosis, however the terminal hands it over: on real terminals, with what Ansible really printed."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from concurrent import futures
from pathlib import Path

import pytest
from calls import call
from pty_session import END, START, Screen

import lab
from assistant import kb
from assistant.front.forms.view import View
from assistant.front.repl.conversation import Conversation

pytestmark = pytest.mark.slow

FORMS = ("default", "yaml", "minimal", "oneline", "json", "default-v", "default-vvv")
LONGEST = 20_000
"""Characters; longer ones have tests of their own."""


@functools.cache
def pastes() -> tuple[str, ...]:
    """What failed runs of every scenario printed, another form and release from scenario to scenario."""
    found: dict[str, list[lab.Run]] = {}
    for run in lab.runs():
        if run.code and not run.fixed and len(run.text) < LONGEST:
            found.setdefault(run.scenario, []).append(run)
    texts = [
        min(runs, key=lambda run: ((FORMS.index(run.form) - at) % len(FORMS) if run.form in FORMS else 99, run.release))
        for at, runs in enumerate(found.values())
    ]
    chosen = tuple(run.text for at, run in enumerate(texts) if at % 3)
    assert len(chosen) >= 50
    return chosen


@functools.cache
def diagnoses() -> tuple[str, ...]:
    """What `ansible-why diagnose` says of each paste, for 100 columns."""
    return tuple(call("diagnose", "--no-pager", "--width", "100", given=text).out for text in pastes())


def whole(text: str) -> str:
    """`text` with a line end at its end."""
    return text if text.endswith("\n") else f"{text}\n"


def keyed(text: str, end: str = "\r") -> bytes:
    """A paste as terminals send it: every line end is the Enter key's."""
    return re.sub("\r?\n", end, text).encode()


def marked(data: bytes) -> bytes:
    """The same with the marks of a terminal that has them."""
    return START + data + END


@functools.cache
def answers() -> tuple[str, ...]:
    """What a conversation says to these pastes, one after the other, without a terminal."""
    conversation = fresh()
    return tuple(conversation.pasted(text).text for text in pastes())


def fresh() -> Conversation:
    """A conversation for 100 columns."""
    return Conversation(kb.load(), View(width=100))


def differ(said: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """The pastes whose answers are not what they should be, up to the blank line behind them."""
    both = zip(pastes(), said, wanted, strict=True)
    return [text for text, one, other in both if one.rstrip("\n") != other.rstrip("\n")]


DELIVERIES: dict[str, Callable[[str], tuple[bytes, int, float]]] = {
    "unmarked": lambda text: (keyed(text), 65536, 0),
    "in chunks": lambda text: (keyed(text), max(len(text) // 7, 40), 0.007),
    "in chunks, marked": lambda text: (marked(keyed(text, "\n")), max(len(text) // 5, 3), 0.02),
    "CRLF": lambda text: (keyed(text, "\r\n"), 65536, 0),
}
"""What is sent, how many bytes at once, and the seconds between."""


@pytest.mark.parametrize("name", DELIVERIES)
def test_every_delivery_leads_to_the_same_answers(name: str, tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        screen.ready()
        said = [screen.answer(*DELIVERIES[name](text)) for text in pastes()]
        assert screen.leave() == 0
        assert screen.prompts() == len(said) + 1, "a paste was taken for several"
    assert differ(said, answers()) == []


def test_a_marked_paste_is_diagnosed_as_from_a_pipe(tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        screen.ready()
        both = [(screen.answer(marked(keyed(text))), screen.answer(b"show\r")) for text in pastes()]
    assert differ([said for said, _ in both], answers()) == []
    assert differ([shown for _, shown in both], diagnoses()) == []


def test_a_paste_typed_ahead_of_the_prompt(tmp_path: Path) -> None:
    with futures.ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda text: ahead(text, tmp_path), pastes()))
    assert differ(said, [fresh().pasted(text).text for text in pastes()]) == []


def ahead(text: str, home: Path) -> str:
    """The answer to a paste that came before the program had even started."""
    with Screen(home, ahead=keyed(text)) as screen:
        said = screen.next()
        screen.leave()
        assert screen.prompts() == 2
        return said


def test_a_script_on_standard_input() -> None:
    script = "".join(f"paste <<THE-END\n{whole(text)}THE-END\n" for text in pastes())
    called = call("repl", "--width", "100", given=script)
    said = called.out.split("why> paste <<THE-END\n")[1:]
    assert differ(said, answers()) == []


def test_the_path_of_a_file(tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        screen.ready()
        shown = []
        for at, text in enumerate(pastes()):
            (tmp_path / f"{at}.log").write_text(text, newline="")
            screen.answer(f"{tmp_path}/{at}.log\r".encode())
            shown.append(screen.answer(b"show\r"))
    assert differ(shown, diagnoses()) == []
