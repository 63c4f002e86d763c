"""Text that wants to steer the terminal, hide itself or be kept: none of it gets out of a conversation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from talks import conversation, example

from assistant.front.forms.view import View
from assistant.front.repl.conversation import Conversation
from assistant.front.repl.shaping import clean

from talks import base  # isort: skip

pytestmark = pytest.mark.slow  # seconds: for the whole suite

STEERING = (
    "\x1b[2J\x1b[H", "\x1b]0;title\x07", "\x1b]52;c;aGk=\x07", "\x1b[201~", "\x1b[200~", "\x1bP+q\x1b\\", "\x9b31m",
    "\x00", "\x07", "\x08\x08", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\r\x1b[K", "\x1b[8m",
)  # fmt: skip
OUTPUT = 'TASK [{0}Wait{0}] ***\nfatal: [we{0}b1]: FAILED! => {{"attempts": 1, "msg": "could not find job {0}"}}\n'
CODE = "- name: {0}Wait\n  ansible.builtin.async_status:\n    jid: '{0}'\n  register: x\n  until: x is finished\n"
EVERYTHING = ("why", "causes", "failures", "view", "steps", "next", "diff", "copy", "show", "check", "ask", "back")
BAD = re.compile(
    "[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\x1b(?!\\[[0-9;]*m)"
)
SECRETS = (
    '"db_password": "hunter2secret"', "Authorization: Bearer hunter2secret", "--password hunter2secret",
    "https://me:hunter2secret@example.org", "PGPASSWORD=hunter2secret",
)  # fmt: skip


def everything(talk: Conversation) -> str:
    """All that a conversation can be made to say."""
    said = [talk.opening(), talk.hint(), talk.prompt()]
    for line in EVERYTHING:
        reply = talk.enter(line)
        said += [reply.text, reply.copy, reply.edit or "", talk.hint(), talk.prompt()]
    return "".join(said)


@pytest.mark.parametrize(
    ("steering", "colour"), [*((each, False) for each in STEERING), ("".join(STEERING), True)], ids=ascii
)
def test_nothing_that_steers_gets_out(steering: str, colour: bool) -> None:
    talk = Conversation(base(), View(80, colour))
    said = talk.pasted(OUTPUT.format(steering)).text
    said += talk.pasted(CODE.format(steering)).text + everything(talk)
    for typed in (
        f"{steering}xyzzy",
        f"examples/{steering}.log",
        f"what if {steering}=1",
        f"explain {steering}",
        steering,
    ):
        said += talk.enter(typed).text
    assert not BAD.search(said)
    assert colour or "\x1b" not in said
    assert "could not find job" in said


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_gets_out_or_is_kept(secret: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    talk = conversation()
    told = secret.replace('"', '\\"') if secret.startswith('"') else secret
    said = talk.pasted(example("migrate.log").replace("could not find job", f"could not find job {told}")).text
    assert "secret hidden" in said.splitlines()[0] or "secrets hidden" in said.splitlines()[0]
    code = (
        example("migrate.yml").replace("sleep 1", f"sleep 1 # {secret}").replace("retries: 3", f"retries: 3 # {secret}")
    )
    said += talk.pasted(code).text
    said += everything(talk) + talk.enter("save report.md").text + (tmp_path / "report.md").read_text()
    assert "hunter2secret" not in said
    assert all("hunter2secret" not in word for word, _ in talk.words(""))


@pytest.mark.parametrize(
    "text",
    [
        "password: |\n  hunter2secret\n  more\n",
        '"passwords": ["hunter2secret", "b"]\n',
        "api_tokens:\n  - hunter2secret\n  - x\n",
    ],
)
def test_secrets_over_several_lines_are_not_viewed(text: str) -> None:
    talk = conversation()
    talk.pasted(example("migrate.log") + text)
    assert "hunter2secret" not in everything(talk)


def test_of_escape_sequences_only_our_colours_are_left() -> None:
    assert (
        clean("\x1b[1;31mred\x1b[0m \x1b[2J\x1b[31;1Hx\x07\x1b]0;t\x07", View(colour=True)) == "\x1b[1;31mred\x1b[0m x"
    )
    assert clean("\x1b[1;31mred\x1b[0m", View()) == "red"


def test_a_name_of_a_file_cannot_steer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("\x1b[2Jx.log", "\u202etxt.yml"):
        (tmp_path / name).write_text(example("migrate.log"))
        talk = conversation()
        assert not BAD.search(talk.enter(f"'{name}'").text + talk.enter("back").text + talk.enter("view").text)
        assert not any(BAD.search(word) for word, _ in talk.words("read "))


@pytest.mark.slow
def test_a_large_paste_is_taken_whole_and_soon() -> None:
    talk = conversation()
    said = talk.pasted(example("migrate.log") * 5_500).text  # 5 MB
    assert re.match(r"104,500 lines, \d+ failures? on web1\n", said)
    assert "causes fit" in said


@pytest.mark.slow
def test_deep_and_endless_texts_are_answered() -> None:
    for text in (
        "[" * 50_000,
        "- " * 20_000 + "x",
        "a: &a [*a, *a]\n" * 50,
        "{" * 5_000 + "\n",
        "-\n" * 50_000,
        "x" * 10**6,
    ):
        assert conversation().pasted(text).text.endswith("\n")
