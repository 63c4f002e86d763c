"""Which variables an expression reads, and where they stand."""

from __future__ import annotations

import time

import pytest
from often import often

from assistant.model import Node, Span
from assistant.plays.expressions import references
from assistant.source import load


def node(yaml: str) -> Node:
    """The node of a YAML text."""
    return load(yaml)[0]


def read(text: str, bare: bool = True) -> list[str]:
    """The references in an expression, as `name.path`."""
    scalar = Node("scalar", "str", text, "plain", Span(0, len(text)))
    return [".".join((ref.name, *ref.path)) for ref in references(scalar, bare)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "true and False or none",
        "'job.rc' == \"job.rc\"",
        "lookup('env', 'job')",
        "range(3) | map('int') | list",
        "'it\\'s job'",
        "'never closed job",
        "{'job': 1}",
        "600",
        "5m",
        "omit",
    ],
)
def test_names_that_are_no_variables(text: str) -> None:
    assert read(text) == []


def test_text_outside_braces_is_text_where_braces_are_due() -> None:
    assert read("job.rc != 0", bare=False) == []
    assert read("job {# {{ job }} #} {% raw %}{{ job }}{% endraw %}", bare=False) == []


def test_what_ansible_does_not_template_is_not_read() -> None:
    assert references(node("!unsafe '{{ job.rc }}'")) == ()
    assert references(node("!vault '{{ job.rc }}'")) == ()
    assert references(node("yes"), bare=True) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("job", ["job"]),
        ("job.finished", ["job.finished"]),
        ("job['rc'] != 0", ["job.rc"]),
        ('job["rc"]', ["job.rc"]),
        ("job.results[0].rc", ["job.results.0.rc"]),
        ("job.results.0.rc", ["job.results.0.rc"]),
        ("job.results[-1].rc", ["job.results.-1.rc"]),
        ("job.results[i].rc", ["job.results.*.rc", "i"]),
        ("job.results[1:].rc", ["job.results.*.rc"]),
        ("job.get('rc', 0)", ["job.rc"]),
        ("job.stdout.split(',')[0]", ["job.stdout"]),
        ("job is finished", ["job"]),
        ("job is not defined", ["job"]),
        ("job is ansible.builtin.failed and other", ["job", "other"]),
        ("not job.finished", ["job.finished"]),
        ("job.finished | bool", ["job.finished"]),
        ("x | default(y)", ["x", "y"]),
        ("x | map(attribute='rc') | select('in', z)", ["x", "z"]),
        ("x | combine(recursive=y)", ["x", "y"]),
        ("(a or b).rc", ["a", "b"]),
        ("a if b else c", ["a", "b", "c"]),
        ("a in b and c not in d", ["a", "b", "c", "d"]),
        ("a==b", ["a", "b"]),
        ("lookup('vars', name)", ["name"]),
        ("hostvars[h].job.rc", ["hostvars.*.job.rc", "h"]),
        ("item.item.ansible_job_id", ["item.item.ansible_job_id"]),
        ("{{ r.finished }}", ["r.finished"]),
        ("größe.größer", ["größe.größer"]),
    ],
)
def test_what_an_expression_reads(text: str, found: list[str]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ job.rc }}", ["job.rc"]),
        ("{{-job.rc-}}", ["job.rc"]),
        ("a {{ b }} c {{ d }}", ["b", "d"]),
        ("{% if job.rc %}x{% endif %}", ["job.rc"]),
        ("{% for x in y %}{{ x.z }} {{ loop.index }}{% endfor %}", ["y"]),
        ("{%- for k, v in d.items() %}{{ k }}{% endfor %}", ["d"]),
        ("{% set x = y %}{{ x }}", ["y"]),
        ("{{ '}}' ~ x }}", ["x"]),
        ("{{ {'a': {'b': x}} }} {{ y }}", ["x", "y"]),
        ("{{ {'a': {'b': 1}}.a ~ x }} y", ["x"]),
        ("{{ x", ["x"]),
    ],
)
def test_what_a_template_reads(text: str, found: list[str]) -> None:
    assert read(text, bare=False) == found


@pytest.mark.parametrize(
    "yaml",
    [
        "{{ job.rc }} and {{ job['rc'] }}".join('""'),
        "'{{ job.rc }} and {{ job[\"rc\"] }}'",
        "'it''s {{ job.rc }}'",
        '"\\tgo {{ job.rc }}"',
        "key: a {{ job.rc }} b",
        "- [x, '{{ job.rc }}']",
        "|\n  echo\n  echo {{ job.rc }}\n",
        ">-\n  one\n  {{ job.rc }}\n",
        "a plain text\n  over two lines {{ job.rc }}",
        "&name '{{ job.rc }}'",
        "{{ job.rc }}: x".join(("? '", "'")).replace(": x'", "'\n: x"),
    ],
)
def test_the_place_of_a_reference_is_exact(yaml: str) -> None:
    for ref in references(node(yaml), text=yaml):
        assert yaml[ref.span.start : ref.span.end] in ("job.rc", "job['rc']", 'job["rc"]')


def test_a_place_that_cannot_be_told_is_the_whole_scalar() -> None:
    yaml = "|\n  {{ job.rc }}\n  {{ job.rc }}\n"
    assert [yaml[ref.span.start : ref.span.end] for ref in references(node(yaml), text=yaml)] == [yaml.rstrip("\n")] * 2


def test_an_alias_is_read_at_its_own_place() -> None:
    yaml = "a: &x '{{ job.rc }}'\nb: *x\n"
    second = references(node(yaml), text=yaml)[1]
    assert yaml[second.span.start : second.span.end] == "*x"


@pytest.mark.parametrize("yaml", ["a: &abcdef r is ok\nb: *abcdef\n", "a: &job [job]\nb: &jobs jobs\nc: *jobs\n"])
def test_an_alias_is_not_taken_for_the_text_it_stands_for(yaml: str) -> None:
    last = references(node(yaml), bare=True, text=yaml)[-1]
    assert yaml[last.span.start : last.span.end] == "*" + yaml.rpartition("*")[2].rstrip()


def test_keys_are_no_bare_expressions() -> None:
    assert [ref.name for ref in references(node("{job: x.y, '{{ z }}': 1}"), bare=True)] == ["x", "z"]


@pytest.mark.parametrize("unit", ["{{ x", "a[", '"', '\\"', "'", "{%", "{#", "(", "a.", "{{ a }}", "{", "x[y]."])
def test_reading_is_linear(unit: str) -> None:
    text = unit * often(1_000, 8_000)
    assert any(spent_on(text) < 1 for _ in range(3)), "slow thrice is no chance"


def spent_on(text: str) -> float:
    """Seconds of CPU that reading takes, as an expression and as a text with some in it."""
    start = time.process_time()
    read(text)
    read(text, bare=False)
    return time.process_time() - start
