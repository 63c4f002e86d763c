"""Commands and retries: what their looks must not conclude first, then what they may."""

from __future__ import annotations

import time

import pytest
from looking import evidence_at, look

from assistant import kb
from assistant.check import check
from assistant.kb.signs import Match, Sign
from assistant.looks import LOOKS
from assistant.looks.values import values

TASK = "- name: Run\n  {module}: {text}\n"


def run(text, module="ansible.builtin.command", more=""):
    return TASK.format(module=module, text=text) + more


def with_program(program, text="", **result):
    """What the look at the words says where that program was not found."""
    sign = Sign("command", "program missing", "", {}, (), "", "", {}, "")
    evidence = evidence_at(text, "Run", result=result, outer=result)
    fact = LOOKS["command_words"](evidence._replace(match=Match(sign, {"program": f"'{program}'"}, "")))
    return fact.value if fact else "unknown"


# --- words that only a shell understands -------------------------------------------------------------------


@pytest.mark.parametrize(
    "result",
    [
        {},
        {"cmd": []},
        {"cmd": ["awk", "-F", "|", "{ print }"]},  # it may have stood in quotes
        {"cmd": ["psql", "-c", "select", "||"]},
        {"cmd": ["tr", "|", ","], "rc": 1},
    ],
)
def test_of_a_list_that_may_have_had_quotes_nothing_is_known(result):
    assert look("command_words", result=result, outer=result) == "unknown"


@pytest.mark.parametrize(
    ("result", "word"),
    [
        ({"cmd": ["ls", "-l", "/srv"]}, "plain"),
        ({"cmd": ["sh", "-c", "ls | wc -l"]}, "plain"),
        ({"cmd": ["pip", "install", "shop>=1.0"]}, "plain"),
        ({"cmd": ["expr", "5", ">", "3"]}, "plain"),
        ({"cmd": "cat /etc/passwd | wc -l", "delta": "0:00:01"}, "plain"),
        ({"cmd": ["find", "-name", "*.log"], "stderr": "find: '/x': Permission denied"}, "plain"),
        ({"cmd": ["cat", "/etc/passwd", "|", "wc", "-l"]}, "shell signs"),
        ({"cmd": ["ls", "/srv", "2>/dev/null"]}, "shell signs"),
        ({"cmd": ["make", "all", "&&", "echo", "ok"]}, "shell signs"),
        ({"cmd": ["sleep", "100", "&"]}, "shell signs"),
        ({"cmd": "cd /etc '&&' ls"}, "shell signs"),
        (
            {
                "cmd": ["ls", "/var/log/*.log"],
                "stderr": "ls: cannot access '/var/log/*.log': No such file or directory",
            },
            "shell signs",
        ),
    ],
)
def test_the_words_of_a_result(result, word):
    assert look("command_words", result=result, outer=result) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (run("ls | wc -l", "ansible.builtin.shell"), "plain"),
        (run("ls | wc -l", "ansible.builtin.raw"), "plain"),
        (run("awk -F '|' '{ print }' /etc/shop"), "plain"),
        (run('bash -c "ls | wc -l"'), "plain"),
        (run("\"echo {{ names | join(' ') }}\""), "plain"),
        (run("ls | wc -l", "ansible.builtin.debug"), "unknown"),
        (run("\n    argv: [cat, a, '|', wc]"), "unknown"),
        (run("cat /etc/passwd | wc -l"), "shell signs"),
        (run("ls >> /tmp/list"), "shell signs"),
        (run("\n    cmd: make all || true"), "shell signs"),
    ],
)
def test_the_words_of_a_task(text, word):
    assert look("command_words", text, "Run") == word


@pytest.mark.parametrize("program", ["/srv/cd", "cdrecord", "pg_dump", "sources"])
def test_a_program_is_no_word_of_the_shell(program):
    assert with_program(program, cmd=[program]) == "plain"


@pytest.mark.parametrize("program", ["cd", "source", "export", "FOO=bar"])
def test_a_word_of_the_shell_is_no_program(program):
    assert with_program(program, cmd=f"{program} x") == "shell builtin"


def test_a_result_alone_shows_the_program_in_its_command_since_2_19():
    def alone(command, message="Error executing command."):
        return look("command_words", result={"cmd": command, "msg": message, "rc": 2})

    assert alone("cdrecord x") == "plain"
    assert alone("cd /etc", "non-zero return code") == "plain"
    assert alone("cd /etc ls") == "shell builtin"


# --- codes that are answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "word"),
    [
        ({}, "unknown"),
        ({"rc": 1}, "unknown"),
        ({"cmd": ["grep", "x", "f"]}, "unknown"),
        ({"rc": 2, "cmd": ["grep", "x", "f"], "stderr": "grep: f: No such file or directory"}, "no"),
        ({"rc": 1, "cmd": ["grep", "x", "f"], "stderr": "grep: f: binary file matches"}, "no"),
        ({"rc": 1, "cmd": ["make"], "stderr": ""}, "no"),
        ({"rc": 1, "cmd": "make; grep x f", "stderr": ""}, "no"),
        ({"rc": 1, "cmd": "make && grep x f", "stderr": ""}, "no"),
        ({"rc": 1, "cmd": "grep x f | sort", "stderr": ""}, "no"),
        ({"rc": 1, "cmd": "echo 'open quote | grep x", "stderr": ""}, "no"),
        ({"rc": 1, "cmd": "grep x f\nmake", "stderr": ""}, "no"),
        ({"rc": 1, "cmd": ["test", "-e", "/srv/up"], "stderr": "", "attempts": 3}, "yes while waiting"),
        ({"rc": 1, "cmd": ["/bin/grep", "-q", "x", "f"], "stderr": ""}, "yes"),
        ({"rc": 1, "cmd": "ps aux | grep 'a|b'", "stderr": ""}, "yes"),
        ({"rc": 2, "cmd": ["getent", "passwd", "shop"], "stderr": ""}, "yes"),
    ],
)
def test_which_codes_are_answers(result, word):
    assert look("code_answers", result=result, outer=result) == word


def test_a_name_that_is_taken_is_not_given_to_the_answer():
    taken = run("grep x f") + "- name: Later\n  debug: {var: found}\n"
    result = {"rc": 1, "cmd": ["grep", "x", "f"], "stderr": ""}
    assert "answer_register" not in values(evidence_at(taken, "Run", result=result, outer=result))
    own = run("grep x f", more="  register: line\n")
    assert values(evidence_at(own, "Run", result=result, outer=result))["answer_register"] == "line"


# --- retries -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failure", "word"),
    [
        ({}, "unknown"),
        ({"result": {"rc": 1}}, "unknown"),
        ({"result": {"attempts": "3"}}, "unknown"),
        ({"result": {"attempts": 1}}, "unknown"),  # a bare result may come after lines that were not pasted
        ({"result": {"attempts": 1}, "task": "Run"}, "once"),
        ({"result": {"attempts": 1}, "task": "Run", "retries": (1,)}, "yes"),
        ({"result": {"attempts": 3}}, "yes"),
    ],
)
def test_whether_it_was_tried_again(failure, word):
    assert look("tried_again", **{"host": "web1", **failure}) == word


LEASE = run("mkdir /srv/lease", more="  retries: 2\n")


@pytest.mark.parametrize(
    ("text", "hints", "result", "word"),
    [
        ("", {"release": "2.9.27"}, {"rc": 1}, "unknown"),
        (run("mkdir /srv/lease"), {"release": "2.9.27"}, {"rc": 1}, "no"),
        (run("mkdir /srv/lease", more="  retries: 2\n  until: x is succeeded\n"), {}, {"rc": 1}, "no"),
        (LEASE, {}, {"msg": "'x' is undefined"}, "unknown"),
        (LEASE, {"release": "2.16.19"}, {"rc": 1}, "counts"),
        (LEASE, {"at_least": "2.19"}, {"rc": 1}, "counts"),
        (LEASE, {"release": "2.15.13"}, {}, "ignored"),
        (LEASE, {}, {"rc": 1}, "ignored"),
    ],
)
def test_what_retries_alone_did(text, hints, result, word):
    assert look("retries_alone", text, "Run", hints, result=result, outer=result) == word


@pytest.mark.parametrize(
    ("until", "word"),
    [
        ("members.stdout | int == 3", "no"),
        ("members.stdout == '3'", "no"),
        ("members.rc == 0", "no"),
        ("members.stdout_lines | length == 3", "no"),
        ("members.stdout == 3.5", "no"),
        ("members.stdout == 3", "yes"),
        ("members.rc == 0 and members.stdout == 3", "yes"),
        ("members.stdout_lines[0] == 3", "yes"),
    ],
)
def test_whether_output_is_compared_with_a_number(until, word):
    assert look("until_against_number", run("members", more=f'  until: "{until}"\n'), "Run") == word


def test_without_the_task_only_output_that_is_no_number_tells():
    assert look("until_against_number", host="db1", result={"stdout": "3"}, outer={"stdout": "3"}) == "unknown"
    assert look("until_against_number", host="db1", result={"stdout": "lag 3"}, outer={"stdout": "lag 3"}) == "no"


# --- in code --------------------------------------------------------------------------------------------------------


def test_check_looks_at_commands_and_untils_that_have_nothing_to_do_with_jobs():
    text = run("ls | wc -l") + run("ls", more="  register: n\n  until: n.stdout == 3\n").replace("Run", "Count")
    found = {fault.cause for fault in check("tasks.yml", text, kb.load())}
    assert found == {"command/shell-syntax-under-command", "retries/text-compared-with-number"}


def test_a_huge_command_costs_no_more_than_a_large_one():
    began = time.process_time()
    many = {"rc": 1, "cmd": ["ls", *("*.log" for _ in range(50_000))], "stderr": "x: No such file" * 50_000}
    assert look("command_words", result=many, outer=many) == "plain"
    long = {"rc": 1, "cmd": "grep " + "x" * 2_000_000, "stderr": ""}
    assert look("code_answers", result=long, outer=long) == "no"
    assert time.process_time() - began < 1
