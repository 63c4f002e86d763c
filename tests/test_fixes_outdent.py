"""Keywords moved out of a module's options; first what must stay as it is."""

from __future__ import annotations

from textwrap import dedent

import pytest

from assistant.fixes import FIXES, CannotFixError, Subjects
from assistant.fixes.expressions import set_expression
from assistant.fixes.outdent import outdent
from assistant.plays import read
from assistant.source import apply

KEYWORDS = ["until", "retries", "delay"]


def moved(text, keywords=KEYWORDS):
    text = dedent(text)
    task = read("site.yml", text).tasks[0]
    return apply(text, outdent(Subjects("site.yml", text, {"wait": task}), "wait", keywords))


def test_nothing_to_move_is_nothing_done():
    text = "- async_status:\n    jid: x\n  until: r is finished\n  register: r\n"
    assert moved(text) == text
    assert outdent(Subjects("site.yml", text, {}), "wait", KEYWORDS) == []


@pytest.mark.parametrize(
    "text",
    [
        "- async_status:\n    until: r is finished\n    retries: 3\n",  # nothing would stay
        "- async_status:\n    jid: x\n    retries: 3\n  retries: 5\n",  # written twice
        "- async_status:\n    jid: x\n    until: >\n      r is finished\n",  # more than one line
        "- async_status: {retries: 3, jid: x, delay: 5}\n",  # not side by side
    ],
)
def test_what_needs_a_person_is_given_up(text):
    with pytest.raises(CannotFixError):
        moved(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "- async_status:\n    jid: x\n    until: r is finished\n    retries: 3  # often\n  register: r\n",
            "- async_status:\n    jid: x\n  register: r\n  until: r is finished\n  retries: 3\n",
        ),
        (
            "- name: Wait\n  register: r\n  async_status:\n    retries: 3\n    jid: x  # the job\n    delay: 2\n",
            "- name: Wait\n  register: r\n  async_status:\n    jid: x  # the job\n  retries: 3\n  delay: 2\n",
        ),
        (
            "- name: Wait\n  async_status:\n    jid: x\n    retries: 3",
            "- name: Wait\n  async_status:\n    jid: x\n  retries: 3\n",
        ),
        (
            "- async_status: {jid: x, until: r is finished, retries: 3}\n  register: r\n",
            "- async_status: {jid: x}\n  register: r\n  until: r is finished\n  retries: 3\n",
        ),
        (
            "- async_status: {retries: 3, delay: 1, jid: x}\n",
            "- async_status: {jid: x}\n  retries: 3\n  delay: 1\n",
        ),
        (
            "- command: ls\n  args:\n    chdir: /\n    delay: 1\n",
            "- command: ls\n  args:\n    chdir: /\n  delay: 1\n",
        ),
        (
            "- async_status:\r\n    jid: x\r\n    retries: 3\r\n",
            "- async_status:\r\n    jid: x\r\n  retries: 3\r\n",
        ),
    ],
)
def test_options_become_keywords(before, after):
    assert moved(before) == after
    assert moved(after) == after


@pytest.mark.parametrize(
    ("written", "wanted", "after"),
    [
        ('"{{ r.finished }}"', "r.finished", "r.finished"),
        ("'{{ r is finished }}'", "r is finished", "r is finished"),
        ("\"{{ 'done' in r.stdout }}\"", "'done' in r.stdout", "\"'done' in r.stdout\""),
    ],
)
def test_an_expression_is_written_anew(written, wanted, after):
    text = f"- async_status: {{jid: x}}\n  until: {written}  # why\n"
    task = read("site.yml", text).tasks[0]
    edits = set_expression(Subjects("site.yml", text, {"wait": task}), "wait", "until", wanted)
    assert apply(text, edits) == text.replace(written, after)


@pytest.mark.parametrize(
    ("written", "old", "new", "after"),
    [
        ("tempalte", "copy", "template", None),  # another name stands there
        ("action", "action", "template", None),  # no module but the word for one
        ('"tempalte"', "tempalte", "template", None),
        ("tempalte", "tempalte", "template", "template"),
        ("ansible.builtin.tempalte", "ansible.builtin.tempalte", "template", "ansible.builtin.template"),
        ("ufw", "ufw", "community.general.ufw", "community.general.ufw"),
    ],
)
def test_a_module_is_called_by_another_name(written, old, new, after):
    text = f"- name: A\n  {written}:\n    src: a\n"
    task = read("site.yml", text).tasks[0]
    edits = FIXES["module"](Subjects("site.yml", text, {"reader": task}), on="reader", old=old, new=new)
    assert apply(text, edits) == (text.replace(written, after) if after else text)
