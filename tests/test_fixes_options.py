"""Options and actions of a task: given and renamed; and a task put before another one."""

from __future__ import annotations

import pytest

from assistant.fixes import FIXES, CannotFixError, Subjects
from assistant.plays import read
from assistant.source import apply, load


def changed(fix, text, task="One", **arguments):
    """The text after the fix of the task of that name; it must still be YAML."""
    found = {found.name: found for found in read("site.yml", text).tasks}
    subjects = Subjects("site.yml", text, {"reader": found[task]} if task in found else {})
    after = apply(text, FIXES[fix](subjects, **arguments))
    load(after)
    return after


def given(text, option="remote_src", value="true", name="One"):
    return changed("add", text, name, on="reader", name=option, value=value)


# --- an option more ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "option"),
    [
        ("- name: One\n  copy: {src: a, dest: b}\n", "Two", "remote_src"),
        ("- name: One\n  copy: {src: a, dest: b}\n", "One", ""),
        ("- name: One\n  copy: {src: a, dest: b, remote_src: true}\n", "One", "remote_src"),
    ],
)
def test_nothing_to_give(text, name, option):
    assert given(text, option, name=name) == text


@pytest.mark.parametrize(
    "text",
    [
        "- name: One\n  copy: {src: a, dest: b, remote_src: false}\n",
        '- name: One\n  copy: {src: a, dest: b, remote_src: "{{ there }}"}\n',
        '- name: One\n  shell: ls\n  args: "{{ options }}"\n',
    ],
)
def test_what_needs_a_person(text):
    with pytest.raises(CannotFixError):
        given(text) if "copy" in text else given(text, "executable", "/bin/bash")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "- name: One\n  copy:\n    src: a  # ours\n    dest: b\n  become: true\n",
            "- name: One\n  copy:\n    src: a  # ours\n    dest: b\n    remote_src: true\n  become: true\n",
        ),
        ("- {name: One, copy: {src: a, dest: b}}\n", "- {name: One, copy: {src: a, dest: b, remote_src: true}}\n"),
        (
            "- name: One\r\n  copy:\r\n    src: a\r\n",
            "- name: One\r\n  copy:\r\n    src: a\r\n    remote_src: true\r\n",
        ),
    ],
)
def test_an_option_stands_with_its_neighbours(text, after):
    assert given(text) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "- name: One\n  shell: |\n    set -o pipefail\n    ls\n",
            "- name: One\n  shell: |\n    set -o pipefail\n    ls\n  args:\n    executable: /bin/bash\n",
        ),
        (
            "- name: One\n  shell: ls\n  args:\n    chdir: /srv\n  register: x\n",
            "- name: One\n  shell: ls\n  args:\n    chdir: /srv\n    executable: /bin/bash\n  register: x\n",
        ),
        ("- {name: One, shell: ls}\n", "- {name: One, shell: ls, args: {executable: /bin/bash}}\n"),
    ],
)
def test_beside_free_text_it_stands_under_args(text, after):
    assert given(text, "executable", "/bin/bash") == after


# --- another action ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "new"), [("- name: One\n  shell: ls\n", "shell"), ("- name: One\n  command: ls\n", "")]
)
def test_an_action_that_is_right_stays(text, new):
    assert changed("action", text, on="reader", new=new) == text


@pytest.mark.parametrize(
    "text", ["- name: One\n  command: {argv: [ls, '|', wc]}\n", "- name: One\n  action: command ls\n"]
)
def test_an_action_that_cannot_be_renamed_needs_a_person(text):
    with pytest.raises(CannotFixError):
        changed("action", text, on="reader", new="shell")


def test_an_action_keeps_its_place_and_its_text():
    text = "- name: One\n  ansible.builtin.command: ls | wc  # command\n"
    after = changed("action", text, on="reader", new="ansible.builtin.shell")
    assert after == "- name: One\n  ansible.builtin.shell: ls | wc  # command\n"


# --- a task before ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("- name: One\n  ping:\n", "- name: New\n  debug:\n\n- name: One\n  ping:\n"),
        (
            "- name: Nought\n  ping:\n\n# why\n# and how\n- name: One\n  ping:\n",
            "- name: Nought\n  ping:\n\n- name: New\n  debug:\n\n# why\n# and how\n- name: One\n  ping:\n",
        ),
        ("- name: One\r\n  ping:\r\n", "- name: New\r\n  debug:\r\n\r\n- name: One\r\n  ping:\r\n"),
    ],
)
def test_a_new_task_stands_before_it_and_its_comment(text, after):
    assert changed("insert", text, before="reader", lines=["name: New", "debug:", ""]) == after
