"""Fixes: a task in, an edit out that changes what is meant and not a byte more."""

from __future__ import annotations

import pytest

from assistant.fixes import FIXES, CannotFixError, Subjects
from assistant.plays import read
from assistant.source import apply, mended

PLAY = """\
- hosts: web
  tasks:
    - name: Start the export   # long
      ansible.builtin.command: /opt/export
      async: 600  # ten minutes
      poll: 0
      become: true
      register: export_job

    # Ask until it is done
    - name: Wait for the export
      ansible.builtin.async_status:
        jid: "{{ export_job.ansible_job_id }}"
      register: export_result
      until: export_job.finished
      retries: 10
      delay: 3
"""


def change(text, fix, **arguments):
    """The text after a fix, and after the same fix once more."""
    once = _apply(text, fix, arguments)
    return once, _apply(once, fix, arguments)


def _apply(text, fix, arguments):
    file = read("site.yml", text)
    assert file.problem is None
    tasks = {}
    for job in file.jobs:
        tasks |= {"launch": job.launch} if job.launch else {}
        tasks |= {"wait": job.waits[0]} if job.waits else {}
        tasks |= {"cleanup": job.cleanups[0]} if job.cleanups else {}
    edits = FIXES[fix](Subjects("site.yml", text, tasks), **arguments)
    return (mended(text, edits) or text) if edits else text


def lines_changed(before, after):
    """Lines gone and lines come, in order."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize(
    ("fix", "arguments"),
    [
        ("set", {"on": "wait", "keywords": {"retries": "10", "delay": "3"}}),
        ("remove", {"on": "wait", "keywords": ["async"]}),
        ("rename", {"on": "wait", "keyword": "until", "old": "export", "new": "x"}),
        ("copy", {"of": "launch", "to": "launch", "keywords": ["become"]}),
        ("argument", {"on": "wait", "name": "jid", "value": "{{ export_job.ansible_job_id }}"}),
        ("set", {"on": "cleanup", "keywords": {"poll": "0"}}),
        ("move", {"task": "wait", "after": "launch"}),
    ],
)
def test_what_is_right_already_or_not_there_is_left_alone(fix, arguments):
    assert change(PLAY, fix, **arguments)[0] == PLAY


def test_what_needs_a_person_is_given_up():
    text = PLAY.replace("delay: 3\n", "delay: 3\n      when: export_job is changed\n")
    with pytest.raises(CannotFixError):
        change(text, "set", on="wait", keywords={"when": "not ansible_check_mode"}, new=["when"])


def test_numbers_that_a_variable_decides_are_left_to_their_writer():
    text = PLAY.replace("retries: 10", 'retries: "{{ tries }}"')
    assert change(text, "set", on="wait", keywords={"retries": "60"})[0] == text


def test_a_wait_without_until_gets_no_retries():
    text = PLAY.replace("      until: export_job.finished\n", "")
    assert change(text, "set", on="wait", keywords={"retries": "60"}, having="until")[0] == text


def test_a_number_in_place_keeps_its_comment():
    once, twice = change(PLAY, "set", on="launch", keywords={"async": "1200"})
    assert lines_changed(PLAY, once) == (["      async: 600  # ten minutes"], ["      async: 1200  # ten minutes"])
    assert twice == once


def test_new_keywords_go_to_the_end_of_the_task_in_its_own_indentation():
    once, twice = change(PLAY, "set", on="wait", keywords={"delay": "10", "become": "true"})
    assert once == PLAY.replace("delay: 3\n", "delay: 10\n      become: true\n")
    assert twice == once


def test_quotes_follow_what_stood_there():
    text = PLAY.replace("retries: 10", "retries: '10'")
    assert "retries: '60'" in change(text, "set", on="wait", keywords={"retries": "60"})[0]


def test_jinja_gets_the_quotes_it_needs():
    once, _ = change(PLAY, "set", on="launch", keywords={"async": "{{ ansible_check_mode | ternary(0, 600) }}"})
    assert '      async: "{{ ansible_check_mode | ternary(0, 600) }}"  # ten minutes' in once


def test_line_ends_of_windows_stay():
    text = PLAY.replace("\n", "\r\n")
    once, _ = change(text, "set", on="wait", keywords={"become": "true"})
    assert once == text.replace("delay: 3\r\n", "delay: 3\r\n      become: true\r\n")


def test_a_file_without_a_last_line_end_stays_without_one():
    text = PLAY.rstrip("\n")
    assert change(text, "set", on="wait", keywords={"become": "true"})[0] == text + "\n      become: true"


def test_keywords_are_removed_with_their_lines_only():
    once, twice = change(PLAY, "remove", on="launch", keywords=["async", "poll"])
    assert once == PLAY.replace("      async: 600  # ten minutes\n      poll: 0\n", "")
    assert twice == once


def test_a_flow_mapping_is_edited_within_its_braces():
    text = "- {name: go, command: sleep 9, async: 60, poll: 0, register: j}\n"
    assert change(text, "remove", on="launch", keywords=["poll"])[0] == text.replace(" poll: 0,", "")
    assert change(text, "set", on="launch", keywords={"become": "true"})[0] == text.replace("j}", "j, become: true}")


def test_only_the_variable_is_renamed_not_words_like_it():
    text = PLAY.replace("until: export_job.finished", "until: export_job.finished or 'export_job' in x.export_job")
    once, twice = change(text, "rename", on="wait", keyword="until", old="export_job", new="export_result")
    assert "until: export_result.finished or 'export_job' in x.export_job" in once
    assert twice == once


def test_become_is_copied_and_its_user_too():
    text = PLAY.replace("become: true", "become: true\n      become_user: app")
    once, twice = change(text, "copy", of="launch", to="wait", keywords=["become", "become_user"])
    assert once.endswith("      delay: 3\n      become: true\n      become_user: app\n")
    assert twice == once


def test_what_the_launch_lacks_is_taken_off_the_wait():
    text = PLAY.replace("      become: true\n", "").replace("delay: 3\n", "delay: 3\n      become: true\n")
    assert change(text, "copy", of="launch", to="wait", keywords=["become", "become_user"])[0] == PLAY.replace(
        "      become: true\n", ""
    )


def test_a_clean_up_moves_behind_the_wait_with_its_comment_and_its_blank_line():
    cleanup = """
    # Tidy
    - name: Forget the job
      ansible.builtin.async_status:
        jid: "{{ export_job.ansible_job_id }}"
        mode: cleanup
"""
    head, tail = PLAY.split("\n    # Ask")
    text = head + cleanup + "\n    # Ask" + tail
    once, twice = change(text, "move", task="cleanup", after="wait")
    assert once == PLAY + cleanup
    assert twice == once


def test_a_clean_up_whose_result_is_read_in_between_stays():
    cleanup = """
    - name: Forget the job
      ansible.builtin.async_status:
        jid: "{{ export_job.ansible_job_id }}"
        mode: cleanup
      register: forgotten

    - ansible.builtin.debug:
        var: forgotten
"""
    head, tail = PLAY.split("\n    # Ask")
    with pytest.raises(CannotFixError):
        change(head + cleanup + "\n    # Ask" + tail, "move", task="cleanup", after="wait")


def test_async_stays_where_a_wait_would_be_left_over():
    with pytest.raises(CannotFixError):
        change(PLAY, "remove", on="launch", keywords=["async"], unless="wait")


def test_every_fix_gives_edits_that_apply_without_touching_anything_else():
    file = read("site.yml", PLAY)
    subjects = Subjects("site.yml", PLAY, {"launch": file.jobs[0].launch, "wait": file.jobs[0].waits[0]})
    edits = FIXES["set"](subjects, on="wait", keywords={"retries": "200", "become": "true"})
    after, shift = apply(PLAY, edits), 0
    for edit in sorted(edits):
        start = edit.span.start + shift
        assert after[start : start + len(edit.text)] == edit.text
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    assert len(after) == len(PLAY) + shift


def test_a_task_is_dropped_with_its_comment_and_its_blank_line():
    once, twice = change(PLAY, "drop", task="wait")
    assert once == PLAY[: PLAY.index("\n    # Ask")]
    assert twice == once


@pytest.mark.parametrize(
    "text",
    [
        PLAY + "    - ansible.builtin.debug:\n        var: export_result.rc\n",  # read behind it
        PLAY[: PLAY.index("    - name: Start")] + PLAY[PLAY.index("    - name: Wait") :],  # nothing would be left
    ],
)
def test_a_task_that_is_needed_is_not_dropped(text):
    with pytest.raises(CannotFixError):
        change(text, "drop", task="wait")
