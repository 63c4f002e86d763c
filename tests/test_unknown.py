"""The page of a failure that no cause fits: all that can be said without one, and nothing that is made up."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from calls import call

from assistant.front.forms.moduledoc import at_fault
from assistant.front.forms.unknown import shortened, unwrapped

KETTLE = '''\
"""A module."""
from nowhere import nothing

DOCUMENTATION = r"""
module: kettle
options:
  state:
    description:
      - Whether O(water) shall boil, see L(the manual,https://example.org/x) and C(man kettle).
      - A kettle boils at 100. It needs water.
    choices: [hot, cold]
    default: hot
  water:
    description: How much. In litres. By volume.
    aliases: [fill]
"""
raise SystemExit("run")
'''
TASK = """\
- name: Tea
  hosts: tea
  tasks:
    - name: Boil
      kettle:
        state: warm
"""


def paste(message: str, **fields: object) -> str:
    return f"TASK [Boil] ***\nfatal: [tea]: FAILED! => {json.dumps({'msg': message, **fields})}\n"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An Ansible whose code must never run, with one module of its own and one of a collection."""
    for folder in ("ansible/modules", "ansible_collections/acme/tea/plugins/modules"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "kettle.py").write_text(KETTLE)
    (tmp_path / "ansible" / "__init__.py").write_text("raise SystemExit('imported')\n")
    (tmp_path / "secret.py").write_text(KETTLE)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path / "ansible" / "modules" / "kettle.py"


# --- what must not be said ------------------------------------------------------------------------------


def test_without_ansible_beside_us_no_module_is_quoted() -> None:
    assert at_fault("copy", "'mode' is wrong", ["mode"]) == ()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("kettle", "no water here"),  # a word of prose, which the task does not write
        ("kettle", "the statement is wrong"),
        ("kettle", "estate, un-state and state-of-the-art"),
        ("acme.tea.missing", "'state' is wrong"),
        ("pot", "'state' is wrong"),
        ("", "'state' is wrong"),
    ],
)
def test_an_option_that_the_message_does_not_name_is_not_quoted(module: str, message: str) -> None:
    assert at_fault(module, message, ["state"]) == ()


def test_a_paste_cannot_name_a_file(installed: Path) -> None:
    assert at_fault(str(installed.parents[2] / "secret"), "'state' is wrong", []) == ()


@pytest.mark.parametrize(
    "text",
    [
        "DOCUMENTATION = 'options: {state: [}'",
        "DOCUMENTATION = 'a: &a [x, x]\\nb: &b [*a, *a]\\noptions: [*b, *b]'",
        "DOCUMENTATION = 4",
        "DOCUMENTATION = 'just words'",
        "def (:",
        "",
        "x = 1\0",
        "DOCUMENTATION = '" + "[" * 3000 + "'",
    ],
)
def test_documentation_that_cannot_be_read_is_left_out(text: str, installed: Path) -> None:
    installed.write_text(text)
    assert at_fault("kettle", "'state' is wrong", []) == ()


@pytest.mark.usefixtures("installed")
def test_nothing_of_ansible_is_imported_or_run() -> None:
    assert at_fault("kettle", "'state' is wrong", [])
    assert "ansible" not in sys.modules


def test_a_secret_does_not_show_when_what_was_escaped_is_opened() -> None:
    inner = json.dumps({"error": "nope", "db_password": "hunter2"})
    out = call("diagnose", given=paste(inner, stderr="x\\ndb_password: hunter2\\ny")).out
    assert "hunter2" not in out
    assert "error: nope" in out


@pytest.mark.parametrize("message", [r"C:\new\nothing is there", r"a regex a\nb", "{not json", '{"deep": ' * 3000])
def test_what_is_no_line_end_stays_as_it_is(message: str) -> None:
    assert unwrapped(message) == message.strip()


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_known_cause_says_nothing_of_it(form: str) -> None:
    given = paste("could not find job", ansible_job_id="j1", finished=1, started=1, rc=7)
    assert "itself says" not in call("diagnose", "--format", form, given=given).out
    assert "To know more" not in call("diagnose", "--format", form, given=given).out


# --- what is said ------------------------------------------------------------------------------------------


def test_a_long_message_loses_its_middle_and_says_how_much() -> None:
    lines = [f"line {number}" for number in range(100)]
    short = shortened("\n".join(lines))
    assert (short[0], short[10], short[-1]) == ("line 0", "(86 lines left out here)", "line 99")
    assert shortened("x" * 5000)[0] == "x" * 500 + " (4000 characters left out here) " + "x" * 500


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_words_are_shown_with_real_line_ends_and_with_the_other_fields(form: str) -> None:
    given = paste(r"first\nsecond\nthird", rc=7, stderr="late\nwords", stdout="\n".join("abcdefghi"))
    out = call("diagnose", "--format", form, given=given).out
    words = [line.strip(" │") for line in out.splitlines()]
    assert all(each in words for each in ("first", "second", "third", "7", "late", "words", "i"))
    assert "a" not in words
    assert r"\n" not in out


def test_what_the_message_says_already_is_not_said_again() -> None:
    assert "stderr" not in call("diagnose", given=paste("the kettle is on fire", stderr="the kettle is on fire")).out


def test_the_place_is_shown_with_its_line_when_the_file_was_given(tmp_path: Path) -> None:
    (tmp_path / "tea.yml").write_text(TASK)
    out = call("diagnose", "--task", "tea.yml", given=paste("no"), folder=tmp_path).out
    assert "      5 │       kettle:\n        │       ^^^^^^\n" in out
    named = "[ERROR]: Task failed: no\nOrigin: /srv/tea.yml:6:9\n\n" + paste("no")
    out = call("diagnose", "--task", "tea.yml", given=named, folder=tmp_path).out
    assert "Ansible names the place /srv/tea.yml:6:9" in out
    assert "      6 │         state: warm\n" in out


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("module", ["kettle", "ansible.builtin.kettle", "acme.tea.kettle"])
def test_the_modules_own_words_on_the_option_that_is_named(module: str) -> None:
    (state,) = at_fault(module, "value of state is odd", ["state"])
    assert (state.name, state.choices) == ("state", ("hot", "cold"))
    assert state.says == "Whether water shall boil, see the manual and man kettle. A kettle boils at 100."
    assert [option.name for option in at_fault(module, "'fill' is no number", [])] == ["water"]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_answer_quotes_them(form: str, tmp_path: Path) -> None:
    (tmp_path / "tea.yml").write_text(TASK)
    given = paste("the state is odd")
    out = " ".join(call("diagnose", "--format", form, "--task", "tea.yml", given=given, folder=tmp_path).out.split())
    assert "itself says of" in out
    assert "A kettle boils at 100. It may be: hot, cold." in out


@pytest.mark.parametrize("arguments", [["diagnose"], ["diagnose", "--format", "markdown"], ["repl"]])
def test_how_to_keep_the_cause_is_said(arguments: list[str]) -> None:
    given = f"paste <<END\n{paste('no')}END\n" if arguments == ["repl"] else paste("no")
    assert "ansible-why kb new FAMILY/NAME" in " ".join(call(*arguments, given=given).out.split())


def test_the_conversation_says_it_too(tmp_path: Path) -> None:
    (tmp_path / "tea.yml").write_text(TASK)
    given = f"paste <<END\n{paste('no', stderr='late words')}END\ntea.yml\n"
    out = call("repl", given=given, folder=tmp_path).out
    assert "late words" in out
    assert "5 │       kettle:" in out
