"""Looks at what Ansible refused: the line it names, the keys it does not know, and the change that is certain."""

from __future__ import annotations

import pytest

from assistant import paste
from assistant.diagnose import diagnose
from assistant.kb import load
from assistant.looks import Evidence, broken, broken_mends, yaml_lines
from assistant.looks.evidence import gather, locate
from assistant.looks.yaml_lines import Line
from assistant.model import Failure, Origin
from assistant.plays import read

KEY = "did not find expected key"
MAP = "mapping values are not allowed in this context"
TOKEN = "found character that cannot start any token"
HINT = "Colons in unquoted values must be followed by a non-space character."


def of(message: str, quoted: str = "", **place: int) -> Evidence:
    """The evidence of a paste alone."""
    origin = Origin("/home/ops/site/site.yml", place.get("line", 5), place.get("column", 1), quoted)
    return Evidence(failure=Failure(kind="parse", message=message, origin=origin if quoted else None))


def with_file(message: str, text: str, line: int, column: int = 1) -> Evidence:
    """The evidence of a failure with the file that it names."""
    failure = Failure(kind="parse", message=message, origin=Origin("/home/ops/site/site.yml", line, column))
    files = (read("site.yml", text),)
    return gather(failure, *locate(failure, files))


# --- a line: what is not known, and what is sound ---------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        Line("", column=3, said=KEY),
        Line("   ", column=3, said=KEY),
        Line("        state: directory", "        path: /tmp", 9, KEY),  # beside the key above it
        Line("        path: /tmp", "      file:", 9, KEY),  # below a key without a value
        Line("      ansible.builtin.debug:", "    - name: Say", 28, HINT),  # Ansible's guess, and the line is sound
        Line("        loop: [a, b", "", 20, "did not find expected ',' or ']'"),
        Line("{% if shop %}", "", 2, TOKEN),  # no quotes make that right
        Line("      msg: a `b` c", "      x: y", 14, KEY),
    ],
    ids=lambda line: line.text.strip() or "blank",
)
def test_a_line_that_shows_no_fault_tells_nothing(line: Line) -> None:
    assert yaml_lines.fault(line) == ""
    assert yaml_lines.mended(line) == ""


@pytest.mark.parametrize("path", ["<string>", "<CLI option '-e'>"])
def test_what_stands_in_no_file_comes_from_the_command_line(path: str) -> None:
    failure = Failure(kind="parse", message=KEY, origin=Origin(path, 1, 9))
    fact = broken.yaml_fault(Evidence(failure=failure))
    assert fact is not None and fact.value == "command line"


def test_without_a_line_nothing_is_known() -> None:
    assert broken.yaml_fault(of(f"Syntax Error while loading YAML.\n  {KEY}")) is None
    assert broken.yaml_fault(Evidence()) is None
    assert broken.statements(of("no module/action detected in task.")) is None
    assert broken.key_refused(of("conflicting action statements: a, b")) is None


@pytest.mark.parametrize(
    ("line", "fault", "mended"),
    [
        (Line("  - name: Note: old", "tasks:", 13, MAP), "colon", '  - name: "Note: old"'),
        (Line("    - shell: echo 'a: b'  # say", "", 20, MAP), "colon", "    - shell: \"echo 'a: b'\"  # say"),
        (Line("      msg: say \"a: 'b'\"", "", 17, MAP), "colon", ""),  # both kinds of quotes: a person must choose
        (Line("    - debug: msg: hello", "", 17, MAP), "colon", ""),  # two keys
        (Line("- name: Web   hosts: web", "", 20, MAP), "colon", ""),
        (Line('        msg: "hello: there"', "    - debug:", 20, MAP), "colon", ""),  # typographic in the file
        (Line('        msg: "hello: there"', "      debug:", 12, MAP), "indentation", ""),
        (Line("    - debug: msg=a", "<<<<<<< HEAD", 12, KEY), "merge conflict", ""),
        (Line("=======", "    - debug: msg=a", 1, KEY), "merge conflict", ""),
        (Line("   path: =======", "  src: x", 4, MAP), "indentation", ""),
        (Line("      dest: /x", "    content: x", 11, MAP), "indentation", ""),
        (Line("  hosts: web", "- name Web", 8, MAP), "no colon above", ""),
        (Line("       web02:", "        web01:", 13, HINT), "indentation", ""),
        (Line("        path: {{ base }}/c", "      file:", 25, KEY), "braces", '        path: "{{ base }}/c"'),
        (Line("      msg: {{ x['a'] }}", "", 14, KEY), "braces", "      msg: \"{{ x['a'] }}\""),
        (Line('      msg: {{ x["a"] }}', "", 14, KEY), "braces", "      msg: '{{ x[\"a\"] }}'"),
        (Line("      loop: [ {{ a }}, b ]", "", 14, KEY), "braces", ""),
        (Line('        path: "/tmp/{{ h }}"/c', "", 28, KEY), "quotes", '        path: "/tmp/{{ h }}/c"'),
        (Line('      when: "a" in b', "", 17, KEY), "quotes", "      when: '\"a\" in b'"),
        (Line('      msg: "a" and "b"', "", 16, KEY), "quotes", ""),
        (Line('    - name: "Second"', '        msg: "first', 14, KEY), "open quote", ""),
        (Line("\tmsg: hello", "      debug:", 1, TOKEN), "tab", ""),
        (Line("      msg: @home", "", 12, TOKEN), "sign", '      msg: "@home"'),
        (
            Line("      msg: */5 * * * *", "", 13, "did not find expected alphabetic"),
            "sign",
            '      msg: "*/5 * * * *"',
        ),
        (Line("      msg: *name", "", 13, "found undefined alias"), "sign", ""),
        (Line("       state: x", "        path: y", 8, KEY), "indentation", ""),
        (Line("     - name: b", "        msg: a", 6, "did not find expected '-' indicator"), "indentation", ""),
    ],
)
def test_what_is_wrong_with_a_line_and_how_it_is_right(line: Line, fault: str, mended: str) -> None:
    assert (yaml_lines.fault(line), yaml_lines.mended(line)) == (fault, mended)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r'  regexp: "^a\d+$"', r"  regexp: '^a\d+$'"),
        (r'  regexp: "^a\d+\n"', ""),  # one of them is meant
        (r"""  regexp: "it's \d" """, ""),
        (r'  src: "C:\shop"  # here', r"  src: 'C:\shop'  # here"),
    ],
)
def test_backslashes_go_into_single_quotes_where_none_is_meant(before: str, after: str) -> None:
    assert yaml_lines.mended(Line(before, said="found unknown escape character")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n\tb: c\n\td: e\n", "a:\n  b: c\n  d: e\n"),
        ("- a:\n\tb:\n\t\tc: d\n\te: f\n", "- a:\n    b:\n      c: d\n    e: f\n"),
        ("a: b\n\tc: d\n", ""),  # below what?
        ("a:\n  b: |\n\t  text\n", ""),  # lines of a text
    ],
)
def test_tabs_become_blanks_where_the_depth_is_told(before: str, after: str) -> None:
    assert yaml_lines.without_tabs(before) == after


# --- keys ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", ["shop_deploy, shop_check", "user, group", "my_module, port_range", "copy, script"])
def test_names_that_could_be_both_are_not_judged(pair: str) -> None:
    assert broken.statements(of(f"conflicting action statements: {pair}")) is None


@pytest.mark.parametrize(
    ("pair", "answer"),
    [
        ("debug, whem", "misspelt"),
        ("command, sudo", "misspelt"),
        ("apt, ignore-errors", "misspelt"),
        ("copy, debug", "two modules"),
        ("ansible.builtin.copy, community.docker.docker_container", "two modules"),
        ("file, path", "options"),
        ("debug, var", "options"),  # nearly "vars", and yet an option
        ("hosts, tasks", "plays"),
    ],
)
def test_what_conflicting_statements_are(pair: str, answer: str) -> None:
    fact = broken.statements(of(f"conflicting action statements: {pair}"))
    assert fact is not None and fact.value == answer


TASK = "- hosts: web\n  tasks:\n    - name: x\n      user:{value}\n      group: y\n      state: present\n"


@pytest.mark.parametrize(("value", "answer"), [("", "options"), (" name=x", "two modules")])
def test_the_task_tells_an_option_from_a_module(value: str, answer: str) -> None:
    fact = broken.statements(with_file("conflicting action statements: user, group", TASK.format(value=value), 3, 7))
    assert fact is not None and fact.value == answer


def test_a_key_that_two_keywords_are_near_to_or_none_is_not_renamed() -> None:
    assert [broken.near_keyword(name) for name in ("registry", "debug", "xyz", "wait", "with_foo")] == [""] * 5
    assert broken.near_keyword("gather_fact") == ""  # of a task, nothing; of a play:
    assert broken.near_keyword("gather_fact", "Play") == "gather_facts"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("'debug' is not a valid attribute for a Play", "a module"),
        ("'loop' is not a valid attribute for a Block", "a key"),
        ("'debug' is not a valid attribute for a Block", "a module in a block"),
        ("'gather_fact' is not a valid attribute for a Play", "a key"),
    ],
)
def test_a_module_among_the_keys_of_a_play_is_a_task(said: str, answer: str) -> None:
    fact = broken.key_refused(of(said))
    assert fact is not None and fact.value == answer


# --- the change ------------------------------------------------------------------------------------------------


IN_PLAY = "- hosts: web\n  tasks:\n    {}\n"
BOTH_THERE = "- debug:\n      when: a\n      whem: b"


def change(evidence: Evidence) -> tuple[str, ...]:
    return broken_mends.change(evidence, broken.named_line(evidence))


@pytest.mark.parametrize(
    "evidence",
    [
        of(f"Syntax Error while loading YAML.\n  {MAP}", "  - name: Note: x", column=13),  # no file
        with_file("conflicting action statements: copy, debug", IN_PLAY.format("- copy:\n      debug:"), 3, 7),
        with_file("A playbook must be a list of plays, got a", "name: x\nroles: [a]\n", 1),  # a play for nobody
        with_file("'loop' is not a valid attribute for a Block", IN_PLAY.format("- block: []\n      loop: []"), 3, 7),
        with_file("conflicting action statements: debug, whem", IN_PLAY.format(BOTH_THERE), 3, 7),
    ],
)
def test_nothing_is_changed_where_a_person_must_decide(evidence: Evidence) -> None:
    assert change(evidence) == ()


def test_options_go_below_their_module_up_to_the_next_keyword() -> None:
    text = (
        "- hosts: a\n  tasks:\n    - name: x\n      apt:\n      name: vim\n      state: present\n      become: true\n"
    )
    evidence = with_file("conflicting action statements: apt, state", text, 3, 7)
    at, old, new = change(evidence)
    assert text[int(at) :].startswith(old)
    assert new == "        name: vim\n        state: present"


def test_a_file_is_known_by_the_line_that_is_quoted_and_by_no_other() -> None:
    broken_file = read("other.yml", "- hosts: a\n  tasks:\n    - name: Note: x\n      debug:\n")
    told = Origin("/home/ops/site/deploy.yml", 3, 17, "    - name: Note: x")
    assert locate(Failure(kind="parse", message=MAP, origin=told), (broken_file,)) == (broken_file, None)
    for elsewhere in (told._replace(line=4), told._replace(quoted="    - name: Note: y"), told._replace(quoted="")):
        assert locate(Failure(kind="parse", message=MAP, origin=elsewhere), (broken_file,)) == (None, None)


def test_a_file_that_was_changed_since_is_left_alone() -> None:
    base = load()
    text = (
        "[ERROR]: YAML parsing failed: Colons in unquoted values must be followed by a non-space character.\n"
        "Origin: /home/ops/site/site.yml:1:15\n\n1 - name: Note: old\n                ^ column 15\n"
    )
    for given in ("- name: Now\n  hosts: a\n  tasks: x: y\n", '- name: "Note: old"\n  hosts: a\n'):
        diagnosis = diagnose(paste.read(text), base, [("site.yml", given)])
        assert diagnosis.findings[0].causes[0].id == "syntax/mapping-values-not-allowed"
        assert not any(step.edits for step in diagnosis.findings[0].causes[0].steps)
