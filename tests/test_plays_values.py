"""What the file itself tells of a value: YAML 1.1 types, simple sums, and unknown for everything else."""

from __future__ import annotations

import pytest

from assistant import plays
from assistant.model import Value
from assistant.plays.expressions import evaluate


def sole(text: str, keyword: str = "async") -> Value:
    """The keyword of the last task of a text."""
    return plays.read("x.yml", text).tasks[-1].own[keyword]


# --- never guessed


@pytest.mark.parametrize(
    "text",
    [
        "{{ limit }}",
        "{{ limit | default(600) }}",
        "{{ ansible_check_mode | ternary(0, 600) }}",
        "{{ 600 if slow else 60 }}",
        "{{ lookup('env', 'LIMIT') | int }}",
        "{% if slow %}600{% else %}60{% endif %}",
        "{{ 5 / 0 }}",
        "{{ 2 ** 9 }}",
        "{{ '9' * 99 }}",
        "{{ 10 * 'a' }}",
        "{{ true + 1 }}",
        "{{ 'a' + 'b' }}",
        "{{ 600",
        "{{ }}",
        "{{ 1 2 }}",
        "{{ (1 }}",
        "{{ 0600 }}",
        "{{ 'x' | int }}",
        "{{ 999999999999999999 * 999999999999999999 }}",
        "{{ " + "(" * 90 + "1" + ")" * 90 + " }}",
        "{{ " + "9" * 5000 + " }}",
        "{{ hostvars.db.limit }}",
        "{{ seconds | default(600, true) }}",
    ],
)
def test_what_another_file_or_a_run_decides_stays_unknown(text: str) -> None:
    assert evaluate(text, {"seconds": Value("literal", 0)}).state == "unknown"


def test_a_name_set_twice_or_while_running_is_unknown() -> None:
    for setting in ["register: limit", "set_fact: limit=60", "vars: {limit: 60}", "set_fact: {limit: 60}"]:
        action = "" if setting.startswith("set_fact") else "command: id\n      "
        text = f"""
- hosts: all
  vars: {{limit: 600}}
  tasks:
    - {action}{setting}
    - command: sleep 1
      async: "{{{{ limit }}}}"
"""
        assert sole(text).state == "unknown", setting


def test_a_name_that_stands_for_a_loop_item_or_is_prompted_for_is_unknown() -> None:
    loop = """
- hosts: all
  vars: {limit: 600}
  tasks:
    - command: sleep 1
      loop: [1, 2]
      loop_control: {loop_var: limit}
      async: "{{ limit }}"
"""
    prompt = """
- hosts: all
  vars: {limit: 600}
  vars_prompt: [{name: limit}]
  tasks:
    - command: sleep 1
      async: "{{ limit }}"
"""
    assert sole(loop).state == sole(prompt).state == "unknown"


def test_another_play_s_variable_is_not_in_force() -> None:
    text = """
- hosts: a
  vars: {limit: 600}
  tasks: [{command: id}]
- hosts: b
  tasks: [{command: id, async: "{{ limit }}"}]
"""
    assert sole(text).state == "unknown"


def test_names_that_lead_back_to_themselves_end() -> None:
    text = """
- hosts: a
  vars: {one: "{{ two }}", two: "{{ one }}"}
  tasks: [{command: id, async: "{{ one }}"}]
"""
    assert sole(text).state == "unknown"


def test_a_long_chain_of_names_ends() -> None:
    names = "".join(f'    n{i}: "{{{{ n{i + 1} }}}}"\n' for i in range(600))
    text = f'- hosts: a\n  vars:\n{names}    n600: 1\n  tasks: [{{command: id, async: "{{{{ n0 }}}}"}}]\n'
    assert sole(text).state == "unknown"


def test_a_doubling_chain_stays_small() -> None:
    names = "".join(f'    n{i}: "{{{{ n{i + 1} }}}}{{{{ n{i + 1} }}}}"\n' for i in range(18))
    text = f'- hosts: a\n  vars:\n{names}    n18: xx\n  tasks: [{{command: id, async: "{{{{ n0 }}}}"}}]\n'
    assert sole(text).state == "unknown"


def test_a_tree_of_names_is_opened_once() -> None:
    names = "".join(f'    n{i}: {{a: "{{{{ n{i + 1} }}}}", b: "{{{{ n{i + 1} }}}}"}}\n' for i in range(300))
    text = f'- hosts: a\n  vars:\n{names}  tasks: [{{command: id, async: "{{{{ n0.a }}}}"}}]\n'
    assert sole(text).state == "unknown"


def test_secrets_and_unsafe_text_are_not_opened() -> None:
    text = """
- command: id
  vars:
    a: !vault |
      $ANSIBLE_VAULT;1.1;AES256
      6162
    b: !unsafe "{{ 1 + 1 }}"
"""
    task = plays.read("x.yml", text).tasks[0]
    told = plays.vars_in_force(task)
    assert told["a"].state == "unknown"
    assert told["b"].value == "{{ 1 + 1 }}"


# --- and what is certain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no braces", "no braces"),
        ("{{ 600 }}", 600),
        ("{{- 600 -}}", 600),
        ("{{ 60 * 10 + 5 }}", 605),
        ("{{ 60 * (10 + 5) }}", 900),
        ("{{ 605 // 60 }}", 10),
        ("{{ 605 % 60 }}", 5),
        ("{{ 600 / 60 }}", 10.0),
        ("{{ -3 + 5 }}", 2),
        ("{{ '600' | int }}", 600),
        ("{{ 1.9 | int }}", 1),
        ("{{ 600 | string }}", "600"),
        ("{{ minutes * 60 }}", 300),
        ("{{ minutes | default(9) * 60 }}", 300),
        ("{{ minutes | default(lookup('x', y), true) }}", 5),
        ("{{ limits.backup }}", 7200),
        ("{{ limits['backup'] | int }}", 7200),
        ("{{ list[1] }}", 20),
        ("{{ list.1 }}", 20),
        ("{{ minutes }}m", "5m"),
        ("{{ minutes }}0", "50"),
        ("{{ none }}", None),
        ("{{ True }}", True),
        ("{# why #}{{ 5 }}", 5),
    ],
)
def test_sums_and_names_of_the_file(text: str, value: object) -> None:
    known = {
        "minutes": Value("literal", 5),
        "limits": Value("literal", {"backup": 7200}),
        "list": Value("literal", [10, 20]),
    }
    told = evaluate(text, known)
    assert told == Value("literal", value)
    assert type(told.value) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True),
        ("on", True),
        ("off", False),
        ("0644", 420),
        ("'0644'", "0644"),
        ("1:30", 90),
        ("1_000", 1000),
        ("1__000_", 1000),
        ("0x10", 16),
        ("0b11", 3),
        ("-1", -1),
        ("20.5", 20.5),
        ("1e3", "1e3"),
        ("08", "08"),
        ("~", None),
        ("", None),
        ("10m", "10m"),
        (".inf", float("inf")),
        ("2001-01-01", "2001-01-01"),
        ("0b_", "0b_"),
    ],
)
def test_plain_scalars_are_typed_as_by_pyyaml(text: str, value: object) -> None:
    told = sole(f"- command: id\n  async: {text}\n")
    assert (told.state, told.value) == ("literal", value)
    assert type(told.value) is type(value)


def test_play_block_and_task_variables_are_in_force() -> None:
    text = """
- hosts: all
  vars: {minute: 60}
  tasks:
    - vars: {minutes: 10}
      block:
        - command: id
          vars: {more: 5}
          async: "{{ minute * minutes + more }}"
"""
    assert sole(text).value == 605


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (Value("literal", 600), 600),
        (Value("literal", "600"), 600),
        (Value("literal", " 600 "), 600),
        (Value("literal", 20.5), 20.5),
        (Value("literal", "0.5"), 0.5),
        (Value("literal", True), None),
        (Value("literal", "10m"), None),
        (Value("literal", ""), None),
        (Value("literal", None), None),
        (Value("literal", "9" * 9999), None),
        (Value("unknown"), None),
        (Value("absent"), None),
    ],
)
def test_number_reads_what_ansible_converts(value: Value, number: object) -> None:
    assert plays.number(value) == number


def test_what_each_play_sets() -> None:
    text = """
- hosts: a
  vars: {limit: 600, moved: 1}
  tasks:
    - command: id
      register: job
    - set_fact: {moved: 2}
- hosts: b
  tasks: [{command: id}]
"""
    first, second = plays.read("x.yml", text).variables
    assert {name: value.state for name, value in first.items()} == {
        "limit": "literal",
        "moved": "unknown",
        "job": "unknown",
    }
    assert second == {}
