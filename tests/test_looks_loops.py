"""Looks at launches in loops, at what stands around a launch, and at what the paste shows of it; unknown first."""

from __future__ import annotations

from textwrap import dedent

import pytest
from looking import LAUNCH, WAIT, look

from assistant import kb, paste
from assistant.check import check
from assistant.diagnose import diagnose
from assistant.looks import LOOKS, gather
from assistant.model import Failure, Seen
from assistant.plays import read

BASE = kb.load()
LOOPED = LAUNCH + "  loop: [a, b]\n"
OVER = WAIT.replace("job.ansible", "item.ansible") + '  loop: "{{ job.results }}"\n'
BETWEEN = """\
- name: Between
  ansible.builtin.stat:
    path: "{{ item.results_file }}"
  loop: "{{ job.results }}"
  register: files
"""
SKIPPABLE = "  when: wanted\n"
OVER_FILES = OVER.replace("job.results", "files.results")
STATUS = BETWEEN.replace("stat:\n    path", "async_status:\n    jid").replace("results_file", "ansible_job_id")
OTHER = LAUNCH.replace("Start", "Other").replace("/opt/job", "/opt/other")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("id_read", WAIT),  # nobody registers it here
        ("id_read", LAUNCH + WAIT.replace("{{ job.ansible_job_id }}", "{{ ids[0] }}")),
        ("id_read", LAUNCH + WAIT.replace("{{ job.ansible_job_id }}", "{{ (job | default({})).ansible_job_id }}")),
        ("id_read", LOOPED + OVER.replace("job.results", "job.results | map('combine', {})")),
        ("id_read", OVER),
        ("id_read", LOOPED + WAIT.replace("job.ansible", "(job.results | last).ansible")),
        ("launch_register", WAIT),  # the launch may be in another file
        ("launch_register", LAUNCH + OTHER + WAIT.replace("job.ansible", "task.ansible").replace("register: job", "x")),
        ("launch_register", OVER),
        ("register_kept", WAIT),
        ("jid_owner", WAIT),
        ("launch_condition", WAIT),
        ("launch_condition", LAUNCH + SKIPPABLE + WAIT + "  when: wanted and ready\n"),  # may come to the same
        ("launch_condition", LAUNCH + SKIPPABLE + WAIT + "  ignore_errors: true\n"),
        ("launch_condition", LAUNCH + "  when: true\n" + WAIT),
        ("launch_ignores", LAUNCH + '  ignore_errors: "{{ lenient }}"\n' + WAIT),
        ("loop_condition", LAUNCH + WAIT),
        ("loop_condition", LOOPED + SKIPPABLE + OVER + "  when: wanted and ready\n"),
    ],
)
def test_unknown_stays_unknown(name, text):
    assert look(name, text) == "unknown"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("loop_order", LAUNCH.replace("poll: 0", "poll: 5")),
        ("loop_order", LOOPED.replace("poll: 0", 'poll: "{{ pause }}"')),
        ("loop_order", LOOPED.replace("poll: 0", "poll: 5").replace("[a, b]", "[a]")),
        ("loop_order", LOOPED.replace("poll: 0", "poll: 5") + "  loop_control: {pause: 3}\n"),
        ("loop_order", LOOPED.replace("poll: 0", "poll: 5") + "  throttle: 1\n"),
        ("loop_order", LOOPED.replace("poll: 0", "poll: 5").replace("command: /opt/job", "apt: {name: jq}")),
        ("async_stands", "- name: Start\n  ansible.builtin.set_fact: {async: 60}\n"),
        ("async_stands", "- name: Start\n  example.cloud.copy: {name: a, async: true}\n"),
        ("async_stands", "- name: Start\n  ansible.builtin.command: job async=60\n"),
        ("async_stands", "- name: Start\n  ansible.builtin.import_tasks: a.yml\n  async: 0\n"),
        ("async_stands", "- name: Start\n  ansible.builtin.import_tasks: a.yml\n  poll: 5\n"),
    ],
)
def test_what_cannot_be_told_of_a_launch(name, text):
    assert look(name, text, "Start") == "unknown"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("- name: Start\n  ansible.builtin.command: job\n  async: 60\n", "on a task"),
        ("- name: Start\n  include_tasks: a.yml\n  poll: 5\n", "on an include"),
        ("- name: Start\n  ansible.builtin.include_role: {name: a}\n  async: 60\n", "on an include"),
        ("- name: Start\n  import_role: {name: a}\n  async: 60\n", "on an import"),
        ("- name: Start\n  async: 60\n  block:\n    - command: job\n", "on a block"),
        ("- name: Start\n  hosts: all\n  async: 60\n  tasks:\n    - command: job\n", "on a play"),
        ("- name: Start\n  command: {cmd: job, async: 60}\n", "under the module"),
        ("- name: Start\n  ansible.builtin.get_url: {url: a, dest: b, async: 60}\n", "under the module"),
    ],
)
def test_where_async_stands(text, place):
    assert look("async_stands", text, "Start") == place


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (LAUNCH + WAIT, "register"),
        (LOOPED + WAIT, "looped register"),
        (LOOPED + WAIT.replace("job.ansible", "job.results.ansible"), "looped register"),
        (LOOPED + WAIT.replace("job.ansible", "job.results[0].ansible"), "first result"),
        (LOOPED + WAIT.replace("job.ansible", "job.results[-1].ansible"), "first result"),
        (LOOPED + OVER, "item"),
        (LOOPED + OVER.replace("job.results", "job.results | rejectattr('skipped', 'defined') | list"), "item"),
        (LOOPED + OVER.replace("item.ansible", "item.item.ansible"), "wrong depth"),
        (LOOPED + BETWEEN + OVER_FILES, "wrong depth"),
        (LOOPED + BETWEEN + OVER_FILES.replace("item.ansible", "item.item.ansible"), "item"),
        (LOOPED + STATUS + OVER_FILES, "item"),  # a status keeps the id
    ],
)  # fmt: skip
def test_which_id_the_wait_reads(text, word):
    assert look("id_read", text) == word


def test_a_renamed_item_is_kept_under_its_name():
    named = BETWEEN.replace("item.", "one.") + "  loop_control: {loop_var: one}\n"
    wait = OVER.replace("job.results", "files.results")
    assert look("id_read", LOOPED + named + wait.replace("item.ansible", "item.one.ansible")) == "item"
    assert look("id_read", LOOPED + named + wait) == "wrong depth"


@pytest.mark.parametrize(
    "text",
    [
        LOOPED.replace("[a, b]", "[a]") + WAIT.replace("job.ansible", "job.results[0].ansible"),
        LOOPED + WAIT.replace("job.ansible", "job.results[0].ansible")
        + WAIT.replace("Wait", "Next").replace("job.ansible", "job.results[1].ansible"),
    ],
)  # fmt: skip
def test_one_result_may_be_all_there_is_or_one_of_several_waits(text):
    assert look("id_read", text) == "unknown"


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("launch_condition", LAUNCH + WAIT, "none"),
        ("launch_condition", LAUNCH + SKIPPABLE + WAIT + SKIPPABLE, "none"),
        ("launch_condition", LAUNCH + SKIPPABLE + WAIT + "  when: job is not skipped\n", "guarded"),
        ("launch_condition", LAUNCH + SKIPPABLE + "- meta: end_host\n  when: job is skipped\n" + WAIT, "guarded"),
        (
            "launch_condition",
            LAUNCH + SKIPPABLE + WAIT.replace("ansible_job_id", "ansible_job_id | default(0)"),
            "guarded",
        ),
        ("launch_condition", LAUNCH + SKIPPABLE + WAIT, "unguarded"),
        ("launch_ignores", LAUNCH + WAIT, "no"),
        ("launch_ignores", LAUNCH + "  ignore_errors: true\n" + WAIT + "  ignore_errors: true\n", "no"),
        ("launch_ignores", LAUNCH + "  ignore_errors: true\n" + WAIT + "  when: job is succeeded\n", "guarded"),
        ("launch_ignores", LAUNCH + "  ignore_errors: yes\n" + WAIT, "unguarded"),
        ("loop_condition", LOOPED + OVER, "none"),
        ("loop_condition", LOOPED + SKIPPABLE + OVER + "  when: item is not skipped\n", "guarded"),
        (
            "loop_condition",
            LOOPED + SKIPPABLE + OVER.replace("s }}", "s | selectattr('started', 'defined') }}"),
            "guarded",
        ),
        ("loop_condition", LOOPED + SKIPPABLE + OVER, "unguarded"),
        ("register_kept", LAUNCH + WAIT, "kept"),
        ("register_kept", LAUNCH + SKIPPABLE + OTHER + SKIPPABLE + WAIT, "kept"),  # both or none
        ("register_kept", LAUNCH + SKIPPABLE + OTHER + WAIT, "kept"),  # the second always runs: another fault
        ("register_kept", LAUNCH + SKIPPABLE + OTHER + "  when: not wanted\n" + WAIT, "overwritten"),
        ("register_kept", LAUNCH + OTHER + "  when: job is failed\n" + WAIT, "overwritten"),
        ("jid_owner", LAUNCH + WAIT, "its own"),
        ("jid_owner", LAUNCH + OTHER.replace("register: job", "register: other") + WAIT, "its own"),
        ("launch_register", LAUNCH + WAIT, "elsewhere"),
        ("launch_register", LAUNCH.replace("  register: job\n", "") + WAIT, "missing"),
        ("launch_register", LAUNCH.replace("register: job", "register: jobs") + WAIT, "another name"),
        ("launch_register", "- import_tasks: a.yml\n  async: 60\n  register: job\n" + WAIT, "on an import"),
    ],
)
def test_who_runs_and_who_keeps_the_id(name, text, word):
    assert look(name, text) == word


def test_of_two_waits_for_one_job_the_one_is_meant_that_speaks_of_the_other():
    launches = LAUNCH.replace("Start", "Start backup") + OTHER.replace("Other", "Start index").replace(": job", ": idx")
    waits = WAIT.replace("Wait", "Wait for the index") + WAIT.replace("Wait", "Wait for the backup")
    assert look("jid_owner", launches + waits, "Wait for the index") == "another launch"
    assert look("jid_owner", launches + waits, "Wait for the backup") == "its own"


# --- what the paste shows -------------------------------------------------------------------------------


ITEM, SKIPPED_ITEM = "changed: [web1] => (item=1)", "skipping: [web1] => (item=2)"


def row(kind, task="Start", text="", line=3):
    return Seen(kind, "web1", task, {}, text or f"{kind}: [web1]", line)


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ((), None),
        ((row("skipped", task="Wait"),), None),
        ((row("skipped"),), "skipped"),
        ((row("ok", task="Earlier"), row("skipped")), "skipped after others"),
        ((row("ok"), row("skipped", task="Elsewhere")), "skipped after others"),
        ((row("ignored"),), "ignored"),
        ((row("ok", text=ITEM),), "looped"),
        ((row("ok", text=ITEM), row("skipped", text=SKIPPED_ITEM)), "some items skipped"),
        ((row("ok"),), "started"),
    ],
)  # fmt: skip
def test_what_the_launch_printed_by_the_paste_alone(rows, word):
    fact = LOOKS["launch_seen"](gather(Failure(host="web1", task="Wait", seen=rows), None, None))
    assert (fact and fact.value) == word


def test_with_the_tasks_only_the_launch_counts():
    file = read("site.yml", LAUNCH + "- name: Look\n  debug: {}\n" + WAIT)
    rows = (row("ok"), row("skipped", task="Look"))
    failure = Failure(host="web1", task="Wait", seen=rows)
    assert LOOKS["launch_seen"](gather(failure, file, file.tasks[-1])).value == "started"
    assert LOOKS["launch_seen"](gather(failure._replace(seen=rows[1:]), file, file.tasks[-1])) is None


@pytest.mark.parametrize(
    ("result", "release", "word"),
    [
        ({}, "", "not told"),
        ({}, "2.18", "not told"),
        ({}, "2.19.3", "no item"),
        ({"item": {"skipped": True}}, "", "skipped"),
        ({"item": {"failed": True, "msg": "no"}}, "", "failed"),
        ({"item": {"failed": False, "skipped": False, "rc": 0}}, "", "other"),
        ({"item": {"ansible_job_id": "j1.2", "item": 3}}, "", "has an id"),
        ({"item": {"rc": 0, "item": {"ansible_job_id": "j1.2"}}}, "", "id deeper"),
        ({"item": "sda"}, "", "other"),
        ({"ansible_loop_var": "disk", "disk": {"skipped": True}, "item": 1}, "", "skipped"),
    ],
)
def test_which_item_had_no_id(result, release, word):
    hints = {"release": release} if release else {}
    evidence = gather(Failure(host="web1", task="Wait", result=result), None, None, hints=hints)
    assert LOOKS["item_failed"](evidence).value == word


# --- texts up to 2.18, which say nothing of async ---------------------------------------------------------

UNDEFINED = """\
TASK [{task}] ******************************************************************
fatal: [db1]: FAILED! => {{"msg": "{message} '{name}' is undefined"}}
"""
MESSAGE = "The task includes an option with an undefined variable. The error was:"
REFUSED = """\
ERROR! 'poll' is not a valid attribute for a TaskInclude

The error appears to be in '/srv/site.yml': line 2, column 3, but may
be elsewhere in the file depending on the exact syntax problem.
"""


def named(text, play):
    found = diagnose(paste.read(text, known=BASE.known), BASE, [("main.yml", dedent(play))])
    return [(cause.id.rpartition("/")[2], cause.confidence) for f in found.findings for cause in f.causes]


def test_an_undefined_variable_is_a_lost_id_only_where_a_wait_reads_it():
    nobody = [(cause, "possible") for cause in ("variable-undefined", "name-misspelt", "defined-for-other-host")]
    text = UNDEFINED.format(task="Wait", name="job", message=MESSAGE)
    assert named(text, WAIT.replace("async_status", "stat").replace("jid", "path")) == nobody
    assert named(text, LAUNCH.replace("  register: job\n", "") + WAIT) == [("launch-not-registered", "certain")]
    assert named(text, LAUNCH + WAIT) == nobody  # it is registered: another host, or tags
    assert named(UNDEFINED.format(task="Start", name="job", message=MESSAGE), LAUNCH + WAIT) == nobody


def test_what_was_refused_is_found_by_its_keyword_when_the_place_does_not_help():
    include = "- name: Load\n  include_tasks: a.yml\n  poll: 5\n"
    assert named(REFUSED, LAUNCH + include) == [("async-on-include-or-block", "certain")]
    fixed = diagnose(paste.read(REFUSED, known=BASE.known), BASE, [("main.yml", LAUNCH + include)]).findings[0]
    assert [step.diff.count("-  poll: 5") for step in fixed.causes[0].steps if step.edits] == [1]


def test_check_mode_of_a_task_is_told_from_that_of_the_run():
    text = (
        "TASK [Start] ***\n" + 'fatal: [a]: FAILED! => {"msg": "check mode and async cannot be used on same task."}\n'
    )
    assert named(text, LAUNCH)[0] == ("async-in-check-mode", "certain")
    assert named(text, LAUNCH + "  check_mode: false\n")[0] == ("async-in-check-mode", "certain")
    assert named(text, LAUNCH + "  check_mode: yes\n")[0] == ("check-mode-forced-on-job", "certain")
    block = "- block:\n    " + LAUNCH.replace("\n", "\n    ").rstrip() + "\n  check_mode: true\n"
    assert named(text, block)[0] == ("check-mode-forced-on-job", "certain")


# --- check --------------------------------------------------------------------------------------------------


def test_a_block_s_keywords_are_not_a_launch_s():
    play = "- name: All\n  async: 10m\n  poll: 0\n  block:\n    - name: One\n      command: job\n"
    assert [f.cause for f in check("main.yml", play, BASE)] == ["async/async-on-include-or-block"]
    assert look("role", play, "All") == "other"
    assert look("limit_written", play, "All") == "unknown"


@pytest.mark.parametrize("more", ["become: true", "register: done", "when: wanted", "tags: [slow]"])
def test_a_wait_is_not_written_where_it_might_need_more(more):
    text = LOOPED.replace("poll: 0", "poll: 5").replace("  register: job\n", "") + f"  {more}\n"
    text += '- debug: {msg: "{{ done.results }}"}\n' if "register" in more else ""
    assert [bool(f.edits) for f in check("main.yml", text, BASE) if f.cause.endswith("runs-serially")] == [False]
