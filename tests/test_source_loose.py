"""Snippets as people paste them: what must stay refused first, then what is read, with places in the paste."""

from __future__ import annotations

import time

import pytest
from often import often

from assistant.model import Node
from assistant.source import SourceError, load, load_loose

REFUSED = {
    "a fault in the middle is no cut": ("- name: a: b\n  async: 1\n- name: c\n", (1, 10)),
    "a tab in the middle is no cut": ("- name: a\n\tasync: 1\n  poll: 0\n", (2, 1)),
    "a dedent in the middle is no cut": ("- name: a\n  command: x\n async: 1\n  poll: 0\n", (3, 2)),
    "nothing would be left": ('"never closed', (1, 14)),
    "a fence around a fault": ("```yaml\n- name: a: b\n  x: 1\n```\n", (1, 1)),
}


@pytest.mark.parametrize(("text", "at"), REFUSED.values(), ids=REFUSED)
def test_stays_refused_with_its_place_in_the_paste(text: str, at: tuple[int, int]) -> None:
    with pytest.raises(SourceError) as caught:
        load_loose(text)
    assert (caught.value.line, caught.value.column) == at


def outline(text: str, node: Node) -> object:
    """What a node says, each scalar by its own text in the paste."""
    if node.kind == "scalar":
        return text[node.span.start : node.span.end]
    if node.kind == "list":
        return [outline(text, item) for item in node.items]
    return {outline(text, key): outline(text, found) for key, found in node.pairs}


TASK = {"name": "Wait", "async_status": {"jid": "'{{ j }}'"}, "retries": "3"}
WHOLE = "- name: Wait\n  async_status:\n    jid: '{{ j }}'\n  retries: 3\n"
LOST = "- name: Wait\n      async_status:\n        jid: '{{ j }}'\n      retries: 3\n"
QUOTED = "> - name: Wait\n>   async_status:\n>     jid: '{{ j }}'\n>   retries: 3\n"
READ = {
    "as it should be": WHOLE,
    "all indented": "      - name: Wait\n        async_status:\n          jid: '{{ j }}'\n        retries: 3\n",
    "first line lost its indentation": LOST,
    "only a part of the first indentation": "  " + LOST,
    "fence": "```yaml\n" + WHOLE + "```\n",
    "fence and words": "My task:\n\n~~~\n" + WHOLE + "~~~\nWhat now?\n",
    "fence never closed": "```\n- name: Wait\n  async_status:\n    jid: '{{ j }}'\n  retries: 3",
    "quotation": QUOTED,
    "quotation and fence": "> ```yml\n" + QUOTED + "> ```\n",
    "no-break spaces": WHOLE.replace(" name: ", "\u00a0name:\u00a0")
    .replace("   ", " \u00a0 ")
    .replace("s: 3", "s:\u00a03"),
    "Windows": LOST.replace("\n", "\r\n"),
    "byte-order mark": "\ufeff" + LOST,
    "cut in a template": WHOLE + '  until: "{{ resu',
    "cut in brackets": WHOLE + "  vars: {a: 1,\n    b: 2,\n  c",
    "cut in a key": WHOLE + "  unt",
    "cut in a quotation over lines": WHOLE + "  when: 'a\n    b\n   c",
    "dots at the end": WHOLE + "[...]\n",
    "cut and lost indentation": LOST + "      until: '{{ r",
    "a comment before": "# mine\n" + LOST,
}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_one_task_however_it_was_pasted(text: str) -> None:
    assert [outline(text, node) for node in load_loose(text)] == [[TASK]]


def test_a_mapping_whose_first_key_lost_its_indentation() -> None:
    text = "command:\n          cmd: x\n      async: 3\n      poll: 0\n"
    assert outline(text, load_loose(text)[0]) == {"command": {"cmd": "x"}, "async": "3", "poll": "0"}


def test_tasks_after_a_first_line_that_lost_its_indentation() -> None:
    text = "- block:\n        - debug:\n            msg: a\n      when: x\n    - name: b\n      ping:\n"
    assert outline(text, load_loose(text)[0]) == [
        {"block": [{"debug": {"msg": "a"}}], "when": "x"},
        {"name": "b", "ping": ""},
    ]


def test_no_more_than_needed_is_left_out() -> None:
    text = "- a: 1\n- b: 2\n- c: [3,\n- d"
    assert outline(text, load_loose(text)[0]) == [{"a": "1"}, {"b": "2"}]


def test_spans_of_lists_and_mappings_lie_in_the_paste() -> None:
    text = "> - name: a\n>   vars:\n>     b: 1\n"
    task = load_loose(text)[0].items[0]
    assert text[task.span.start : task.span.end] == "name: a\n>   vars:\n>     b: 1"


def test_what_reads_strictly_is_left_alone() -> None:
    text = "- name: a\u00a0b\n  cmd: '> c'\n"
    assert load_loose(text) == load(text)


def test_a_scalar_is_given_when_there_is_nothing_else() -> None:
    assert load_loose("just words")[0].text == "just words"
    assert load_loose("") == ()


def test_a_large_broken_text_is_refused_quickly() -> None:
    lines = often(400, 10_000)
    text = f"- command: {'x' * (240_000 // lines)}\n" * lines + "- 'open"
    begun = time.process_time()
    with pytest.raises(SourceError):
        load_loose(text)
    assert time.process_time() - begun < 2


def test_a_snippet_that_breaks_at_each_line_is_refused_quickly() -> None:
    begun = time.process_time()
    with pytest.raises(SourceError):
        load_loose("- name: a\n" + "  - [\n" * often(400, 2_000))
    assert time.process_time() - begun < 5
