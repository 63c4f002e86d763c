"""Reading pastes: what is no failure comes first, then what Ansible's callbacks print, then what people paste of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.front.forms.words import headline
from assistant.model import Failure, Origin, Paste
from assistant.paste import read
from lab import runs

PASTES = Path(__file__).parent / "pastes"
RECAP = (
    "\nPLAY RECAP *****\n"
    "web1 : ok=1 changed=0 unreachable=0 failed={failed} skipped=0 rescued={rescued} ignored={ignored}\n"
)


def known(text: str) -> bool:
    return text in ("could not find job", "Timeout (30s) waiting for async task to finish")


def only(text: str) -> Failure:
    failures = read(text, known).failures
    assert len(failures) == 1, failures
    return failures[0]


def real(name: str) -> Paste:
    return read((PASTES / f"{name}.txt").read_text())


def lab(name: str) -> Paste:
    return next(read(run.text) for run in runs() if run.name == name)


# --- no failure, or nothing of Ansible's --------------------------------------------------------

FOREIGN = {
    "prose": "Hello, my computer is slow.\nWhat can I do?",
    "shell": "$ ls -la\ntotal 4\ndrwxr-xr-x 2 me me 4096 .\nfailed: [Errno 2] No such file\nbash: foo: not found",
    "terraform": "Error: Reference to undeclared resource\n\n  on main.tf line 4:\nApply complete!",
    "pytest": "FAILED tests/test_x.py::test_a - assert 1 == 2\n====== 1 failed, 2 passed in 0.1s ======",
    "npm": "npm ERR! code ELIFECYCLE\nnpm ERR! errno 1\nnpm ERR! Failed at the build script.",
    "docker": 'Error response from daemon: {"message": "No such container: x"}\n{"status": "failed", "failed": 3}',
    "kubectl": "NAME    READY   STATUS             RESTARTS\nweb-0   0/1     CrashLoopBackOff   3",
    "maven": "[INFO] BUILD FAILURE\n[ERROR] Failed to execute goal on project x: could not resolve",
    "json log": '{"level": "info", "msg": "started", "ts": 1.2}\n{"level": "error", "msg": "no", "ts": 1.3}',
    "a table": "name | FAILED | 3\nother | SUCCESS",
    "a state of its own": '{"failed": 0, "unreachable": false, "hosts": ["web01"], "msg": "all fine"}',
    "a test of such a text": "E   AssertionError: assert 'ok' in 'fatal: [web01]: FAILED! => {}'",
    "a playbook": "- hosts: web\n  tasks:\n    - command: sleep 1\n      async: 10\n",
    "nothing": "",
    "blanks": " \n\t\n\n",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_other_tools_are_not_ansible(name: str) -> None:
    paste = read(FOREIGN[name], known)
    assert (paste.verdict, paste.failures) == ("not-ansible", ())


def test_ignored_failure_is_a_note_and_evidence_for_what_fails_later() -> None:
    text = 'TASK [a] ***\nfatal: [web1]: FAILED! => {"msg": "first"}\n...ignoring\n\nTASK [b] ***\n'
    assert read(text).verdict == "no-failure"
    assert read(text).notes == ("line 2: failed and was ignored",)
    failure = only(text + 'fatal: [web1]: FAILED! => {"msg": "second"}\n')
    assert (failure.message, failure.task) == ("second", "b")
    assert [(seen.kind, seen.task, seen.result) for seen in failure.seen] == [("ignored", "a", {"msg": "first"})]


def test_ignoring_of_one_host_leaves_the_others() -> None:
    failed = 'fatal: [web{}]: FAILED! => {{"msg": "no"}}\n'
    both = read("TASK [a] ***\n" + failed.format(1) + "...ignoring\n" + failed.format(2))
    assert [failure.hosts for failure in both.failures] == [("web2",)]


def test_ignored_items_are_one_note() -> None:
    paste = real("kill-misses-job.2.21-default")
    assert (paste.verdict, paste.notes) == (
        "no-failure", ("line 31: failed and was ignored (20 times, the last on line 58)",)
    )  # fmt: skip


def test_recap_tells_what_was_rescued() -> None:
    one = 'TASK [a] ***\nfatal: [web1]: FAILED! => {"msg": "first"}\n\nTASK [mend] ***\nok: [web1]\n'
    paste = read(one + RECAP.format(failed=0, rescued=1, ignored=0))
    assert (paste.verdict, paste.notes) == ("no-failure", ("line 2: failed and was rescued",))
    two = one + '\nTASK [c] ***\nfatal: [web1]: FAILED! => {"msg": "second"}\n'
    paste = read(two + RECAP.format(failed=1, rescued=1, ignored=0))
    assert [failure.message for failure in paste.failures] == ["second"]


def test_old_recap_without_rescued_counts_every_failure() -> None:
    text = (
        'TASK [a] ***\nfatal: [web1]: FAILED! => {"msg": "x"}\n'
        "PLAY RECAP ***\nweb1 : ok=1 changed=0 unreachable=0 failed=1\n"
    )
    assert len(read(text).failures) == 1


UNREACHABLE = """\
TASK [Is anybody there] ********************************************************
fatal: [app01]: UNREACHABLE! => {"changed": false, "msg": "Connection refused", "unreachable": true}

TASK [Go on here] **************************************************************
ok: [app02]

PLAY RECAP *********************************************************************
app01                      : ok=1    changed=0    unreachable=1    failed=0    skipped=1    rescued=0    ignored=0
"""


def test_2_9_says_only_in_the_result_that_an_unreachable_host_is_ignored() -> None:
    assert only(UNREACHABLE).kind == "unreachable"
    said = UNREACHABLE.replace('"unreachable": true', '"skip_reason": "Host app01 is unreachable", "unreachable": true')
    paste = read(said, known)
    assert (paste.verdict, paste.notes) == ("no-failure", ("line 2: failed and was ignored",))
    assert read(said + said.replace("Connection refused", "No route"), known).verdict == "no-failure"
    (failure,) = read(said + UNREACHABLE, known).failures
    assert failure.lines[0] > 9


def test_retries_that_came_good() -> None:
    paste = real("retries-exhausted.2.19-default-fixed")
    assert (paste.verdict, paste.notes) == ("no-failure", ("a retried task came good (line 9)",))
    old = "TASK [a] ***\nFAILED - RETRYING: a (3 retries left).\nchanged: [web1]\n"
    assert read(old).notes == ("a retried task came good (line 2)",)


def test_of_a_task_that_is_still_tried_at_the_end_nobody_says_how_it_ended() -> None:
    line = "FAILED - RETRYING: [web1]: Wait for it ({} retries left).\n"
    tried = "TASK [Wait for it] ***\n" + line.format(7) + line.format(6)
    note = "a task was being tried again where the paste ends (line {})"
    assert read(tried).notes == (note.format(3),)
    assert read(tried + "ok: [web1]\n").notes == ("a retried task came good (line 3)",)
    assert read(tried + "ok: [web2]\n").notes == (note.format(3),)
    assert read(tried + "\nTASK [b] ***\nok: [web1]\n" + tried).notes[-1] == note.format(9)


def test_an_error_whose_result_is_cut_away_still_has_its_task() -> None:
    (failure,) = read("TASK [Deploy] ***\n[ERROR]: Task failed: Module failed: no\n\nTask failed.\n").failures
    assert (failure.task, failure.kind) == ("Deploy", "failed")


def test_in_a_post_the_message_is_what_stands_between_the_fences() -> None:
    said = "Conditional result (False) was derived from value of type 'list' at 'solr.yml:9:13'. Conditionals must be."
    quoted = "Origin: main.yml:68:7\n\n66   when:\n67     - cores is defined\n68     - cores\n         ^ column 7"
    (failure,) = read(
        f"With 2.19 I get:\n\n```\n{said}\n{quoted}\n```\n\nIt works with 2.16.\n", lambda text: said in text
    ).failures
    assert failure.message == said
    assert (failure.origin.path, failure.origin.line, failure.origin.under) == ("main.yml", 68, "when")
    (failure,) = read(f"With 2.19 I get\n{said}\nand it works with 2.16.\n", lambda text: said in text).failures
    assert said in failure.message and failure.origin is None


def test_two_places_above_a_message_do_no_harm() -> None:
    (failure,) = read(
        "Origin: a.yml:1:2\nOrigin: b.yml:2:3\ncould not find job\n", lambda text: "find job" in text
    ).failures
    assert "could not find job" in failure.message


@pytest.mark.parametrize(
    ("quoted", "key"),
    [
        ("7   when: cores", ""),
        ("6   when: cores\n7   loop: pages", ""),
        ("6         when:\n7   loop: pages", ""),
        ("5   when:\n6     - ready\n7     - cores", "when"),
        ("6   when:\n7   - cores", "when"),
        ("6   until: >-\n7     result.stdout", "until"),
        ("6     that:\n7       - cores", "that"),
    ],
)
def test_the_key_that_a_quoted_line_belongs_to(quoted: str, key: str) -> None:
    (failure,) = read(f"[ERROR]: Task failed: Conditional result (1) was\nOrigin: main.yml:7:5\n\n{quoted}\n").failures
    assert failure.origin is not None and failure.origin.under == key


def test_the_end_of_a_result_is_read_from_its_message_on() -> None:
    text = (
        '            "validate": null\n        }\n    },\n    "msg": "Destination directory /srv/x does not exist"\n}\n'
    )
    (failure,) = read(text).failures
    assert (failure.message, failure.truncated) == ("Destination directory /srv/x does not exist", True)


def test_a_place_without_its_message_is_ansibles_and_says_what_is_missing() -> None:
    place = "The error appears to be in '/srv/tasks/web.yml': line 31, column 3, but may\nbe elsewhere in the file."
    paste = read(f"AWX shows this, what is it?\n\n{place}\n")
    (failure,) = paste.failures
    assert (failure.message, failure.truncated) == ("", True)
    assert (failure.origin.path, failure.origin.line) == ("/srv/tasks/web.yml", 31)
    assert paste.notes == ("line 1: the message that stands above the place is not in this paste",)
    assert read("The error appears to be in my head, line 31.").verdict == "not-ansible"


def test_a_result_of_dnf_that_is_cut_off_before_its_message_shows_its_failures() -> None:
    (failure,) = read(
        'fatal: [web1]: FAILED! => {"changed": false, "failures": ["No package shopd available.", "x'
    ).failures
    assert failure.message.startswith("No package shopd available.")


@pytest.mark.parametrize("host", ["m1-web", "mail1", "K8s", "m"])
def test_a_host_whose_name_begins_like_the_end_of_a_colour_keeps_it(host: str) -> None:
    lost = f"[0;31mfatal: [{host}]: FAILED! => [0m\n[0;31m  msg: no[0m\n"
    for text in (lost, lost.replace("[0", "\\u001b[0"), lost.replace("[0m", "\x1b[m"), lost.replace("[0m", "^[[m")):
        (failure,) = read(text).failures
        assert (failure.host, failure.message) == (host, "no")


def test_a_run_that_was_broken_off_had_begun() -> None:
    said = "ERROR! User interrupted execution\n"
    for above in ("TASK [a] ***\n", "ok: [web1]\n", "FAILED - RETRYING: [web1]: a (7 retries left).\n"):
        (failure,) = read(above + said).failures
        assert failure.begun and headline(failure) == "The run broke off"
    for above in ("", "$ ansible-playbook site.yml\n", "PLAY [web] ***\n"):
        (failure,) = read(above + said + "\nTASK [b] ***\n").failures
        assert not failure.begun and headline(failure) == "The run ended before any task ran"


def test_bare_launch_and_bare_success_are_no_failures() -> None:
    assert read('{"ansible_job_id": "j1.2", "changed": true, "finished": 0, "started": 1}').verdict == "no-failure"
    assert read('{"changed": true, "rc": 0, "stdout": "", "failed": false, "msg": ""}').verdict == "no-failure"


def test_result_beside_a_sound_run_is_a_note() -> None:
    text = "TASK [a] ***\nchanged: [web1]\n" + RECAP.format(failed=0, rescued=0, ignored=0)
    paste = read(text + '\n{"changed": true, "rc": 1, "failed": true, "msg": "non-zero return code"}\n')
    assert (paste.verdict, len(paste.notes)) == ("no-failure", 1)


# --- callbacks and releases ---------------------------------------------------------------------

M01 = "async task did not complete within the requested time - 12s"
TOLD = {
    "poll-timeout.2.9-default": ("web1", "Rebuild search index", M01),
    "poll-timeout.2.9-yaml": ("web1", "Rebuild search index", M01),
    "poll-timeout.2.9-minimal": ("web1", "", M01),
    "poll-timeout.2.9-oneline": ("web1", "", M01),
    "poll-timeout.2.16-default-vvv": ("web1", "Rebuild search index", M01),
    "poll-timeout.2.19-default": ("web1", "Rebuild search index", M01),
    "poll-timeout.2.19-yaml": ("web1", "Rebuild search index", M01),
    "poll-timeout.2.19-json": ("web1", "Rebuild search index", M01),
    "poll-timeout.2.21-json": ("web1", "Rebuild search index", "async task produced unparsable results"),
    "retries-exhausted.2.18-default": ("web1", "Wait for the backup", ""),
    "job-itself-failed.2.9-minimal": ("web1", "", "non-zero return code"),
    "watcher-kill-then-status.2.16-default-v": ("web1", "Wait for the export", "Timeout exceeded"),
    "adhoc-background.2.9-default": ("web1", "", "could not find job"),
    "adhoc-background.2.19-default": ("web1", "", "could not find job"),
    "no-log.2.19-default": ("web1", "Run job", "non-zero return code"),
}


@pytest.mark.parametrize("name", TOLD)
def test_real_outputs(name: str) -> None:
    (failure,) = real(name).failures
    assert (failure.host, failure.task, failure.message) == TOLD[name]
    assert not failure.truncated


def test_poll_that_still_runs_leaves_the_outer_message() -> None:
    (failure,) = real("poll-timeout.2.19-default").failures
    assert failure.result is not None and "async_result" in failure.result
    assert failure.layers == () and failure.outer == failure.result


def test_poll_that_failed_itself_is_peeled() -> None:
    (failure,) = real("check-mode-false-task.2.16.3-default").failures
    assert failure.layers == ("async poll",)
    assert failure.message.endswith("does not support check mode")
    assert failure.outer["msg"].startswith("async task did not complete") and failure.result["skipped"] is True
    (failure,) = real("non-utf8-output-poll.2.18-default").failures
    assert "module_stdout" in failure.result and "async_result" in failure.outer


def test_what_the_fact_module_said_is_peeled_and_of_several_none_is_chosen() -> None:
    one = '"setup": {"failed": true, "msg": "MODULE FAILURE", "module_stdout": "sh: sudo: not found", "rc": 127}'
    text = 'fatal: [db01]: FAILED! => {"failed_modules": {%s}, "msg": "The following modules failed to execute: %s"}'
    (failure,) = read(text % (one, "setup")).failures
    assert (failure.message, failure.layers, failure.result["rc"]) == ("MODULE FAILURE", ("fact module",), 127)
    assert failure.outer["msg"] == "The following modules failed to execute: setup"
    (failure,) = read(text % (one + ', "ios_facts": {"failed": true, "msg": "no"}', "setup, ios_facts")).failures
    assert failure.message.startswith("The following modules") and failure.layers == ()


def test_relayed_job() -> None:
    (failure,) = real("job-itself-failed.2.16-yaml").failures
    assert failure.layers == ("until", "async_status")
    assert failure.result["stderr"] == "relation users does not exist"
    (failure,) = real("job-failed-poll.2.12-default").failures
    assert failure.layers == ("async poll",)


def test_chain_and_origins_of_2_19() -> None:
    (failure,) = real("jid-undefined-skipped.2.19-default").failures
    assert failure.module == "async_status"
    assert failure.chain[1:] == (
        "Finalization of task args for 'ansible.builtin.async_status' failed.",
        "Error while resolving value for 'jid': object of type 'dict' has no attribute 'ansible_job_id'",
    )
    assert failure.task_origin == Origin("/home/me/lab/repro.yml", 13, 7, "    - name: Wait for the upgrade")
    quoted = '        jid: "{{ upgrade_job.ansible_job_id }}"'
    above = "      ansible.builtin.async_status:"
    assert failure.origin == Origin("/home/me/lab/repro.yml", 15, 14, quoted, above)
    assert [(seen.kind, seen.task) for seen in failure.seen] == [("skipped", "Start the upgrade")]
    assert failure.lines == (8, 38)


@pytest.mark.parametrize(
    ("above", "tasks"),
    [
        ("", -1),
        ("TASK [Other] ***\nok: [web1]\n\n", -1),
        ("web1 | CHANGED => {}\nPLAY [web] ***\n\n", -1),
        ("PLAY [web] ***\n\nTASK [Other] ***\nok: [web1]\n\nPLAY [db] ***\n\n", 1),
    ],
)
def test_tasks_before_are_counted_from_a_play_on(above: str, tasks: int) -> None:
    text = f'{above}TASK [Wait] ***\nfatal: [web1]: FAILED! => {{"msg": "no"}}\n'
    assert read(text + RECAP.format(failed=1, rescued=0, ignored=0)).failures[0].tasks_before == tasks


def test_a_host_that_did_more_than_is_shown_had_tasks_cut_out() -> None:
    text = 'PLAY [web] ***\n\nTASK [Wait] ***\nfatal: [web1]: FAILED! => {"msg": "no"}\n'
    recap = RECAP.format(failed=1, rescued=0, ignored=0)
    assert read(text).failures[0].tasks_before == -1, "no recap says so"
    assert read(text + recap).failures[0].tasks_before == -1
    assert read(text + recap.replace("web1", "web2")).failures[0].tasks_before == -1
    assert read(text + recap.replace("ok=1", "ok=0")).failures[0].tasks_before == 0


def test_a_failure_whose_play_is_not_shown_is_headless_and_an_ad_hoc_one_is_not() -> None:
    failed = 'TASK [Wait] ***\nfatal: [web1]: FAILED! => {"msg": "no"}\n'
    shown = {
        text: read(text).failures[0].headless for text in (failed, failed.split("\n")[1], "PLAY [web] ***\n\n" + failed)
    }
    assert [*shown.values()] == [True, True, False]
    assert not read('web1 | FAILED! => {"changed": false, "msg": "no"}\n').failures[0].headless


def test_nothing_is_counted_in_what_was_sieved() -> None:
    sound = "TASK [Other] ***\nok: [web1]\n\n" * 50_000
    failed = 'TASK [Wait] ***\nfatal: [web1]: FAILED! => {"msg": "no"}\n'
    text = f"PLAY [web] ***\n\n{failed}...ignoring\n\n{sound}{failed}"
    recap = RECAP.format(failed=1, rescued=0, ignored=1)
    assert read(text + recap.replace("ok=1", "ok=50001")).failures[0].tasks_before == -1


def test_what_goes_into_the_background_is_seen_only_where_it_is_said() -> None:
    assert not real("retries-exhausted.2.16-default-vvv").failures[0].wrapped, "the wait itself does not"
    assert not real("become-unprivileged-no-acl.2.16-yaml").failures[0].wrapped
    assert lab("become-unprivileged-no-acl/2.16-default-vvv").failures[0].wrapped


def test_what_minimal_and_oneline_print_of_tasks_that_did_well() -> None:
    assert [
        (seen.kind, seen.result) for seen in only('web1 | SKIPPED? | x\nweb1 | FAILED! => {"msg": "no"}\n').seen
    ] == []
    assert [seen.kind for seen in only('web1 | SKIPPED\nweb1 | FAILED! => {"msg": "no"}\n').seen] == ["skipped"]
    above = "web1 | CHANGED | rc=0 | (stdout) app\n"
    assert [seen.kind for seen in only(f'{above}web1 | FAILED! => {{"msg": "no"}}\n').seen] == ["ok"]
    twice = 'web1 | FAILED | rc=1 | (stdout)  (stderr) no\nweb1 | FAILED! => {"msg": "no", "rc": 1}\n'
    assert only(twice).seen == ()


def test_where_a_task_ran_is_told_by_json_too() -> None:
    (failure,) = lab("status-other-become-user/2.16-json").failures
    assert ([seen.ran_on for seen in failure.seen], failure.ran_on) == (["web1"], "web1")
    (failure,) = lab("status-not-delegated/2.16-json").failures
    assert ([seen.ran_on for seen in failure.seen], failure.ran_on) == (["127.0.0.1"], "web1")
    (failure,) = lab("status-not-delegated/2.21-json").failures
    assert (failure.seen[-1].ran_on, failure.ran_on) == ("db1", "web1")


RAISED = "TypeError: join() argument must be str, bytes, or os.PathLike object, not 'float'"
FATAL = 'fatal: [web1]: FAILED! => {"msg": "Unexpected failure during module execution.", "stdout": ""}\n'
BRIEF = "An exception occurred during task execution. To see the full traceback, use -vvv. The error was: "
ACTION = '  File "/opt/ansible/plugins/action/async_status.py", line 42, in run\n    log_path = join_path(x)\n'


@pytest.mark.parametrize(
    ("above", "chain", "module"),
    [
        ("", (), ""),
        (f"{BRIEF}NoneType: None\n", (), ""),
        (f"{BRIEF}(traceback unavailable)\n", (), ""),
        (f"{RAISED}\nTASK [Next] ***\n", (), ""),
        (f"ok: [web2]\n{BRIEF}{RAISED}\n", (RAISED,), ""),
        (f"{BRIEF}{RAISED}\n[WARNING]: much is old here\n", (RAISED,), ""),
        (f"The full traceback is:\nTraceback (most recent call last):\n{ACTION}{RAISED}\n", (RAISED,), "async_status"),
    ],
)
def test_what_python_raised_stands_above_the_result(above: str, chain: tuple[str, ...], module: str) -> None:
    failure = read(f"TASK [Wait for it] ***\n{above}{FATAL}").failures[0]
    assert (failure.chain, failure.module) == (chain, module)
    assert failure.message == "Unexpected failure during module execution."


def test_what_python_raised_on_one_host_is_not_told_of_the_next() -> None:
    text = f"TASK [Wait for it] ***\n{BRIEF}{RAISED}\n{FATAL}" + FATAL.replace("web1", "web2").replace(
        "module", "thing"
    )
    assert [failure.chain for failure in read(text).failures] == [(RAISED,), ()]


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ('"failed_when_result": true', ""),
        ('"failed_when_result": true, "msg": "Timeout exceeded"', "Timeout exceeded"),
        ('"failed_when_result": "no rc", "msg": "Timeout exceeded"', "Timeout exceeded"),
        ('"failed_when_result": "no rc"', "no rc"),
        ('"changed_when_result": "no rc", "msg": ""', "no rc"),
        ('"failed_when_result": "no rc", "msg": "Task failed: Action failed: Unknown error."', "no rc"),
        ('"failed_when_result": "no rc\\n\\nThe error appears to be in \'/a.yml\': line 3, column 1, but"', "no rc"),
    ],
)
def test_a_condition_that_broke_is_the_message_where_there_is_no_other(result: str, message: str) -> None:
    failure = read(f'fatal: [web1]: FAILED! => {{"changed": true, {result}}}\n').failures[0]
    assert failure.message == message
    assert (failure.origin is not None) == ("appears" in result)


@pytest.mark.parametrize("release", ["2.9", "2.14", "2.18"])
def test_place_in_older_messages(release: str) -> None:
    (failure,) = real(f"jid-undefined-skipped.{release}-default").failures
    assert failure.origin == failure.task_origin == Origin("/home/me/lab/repro.yml", 13, 7)
    assert failure.message.endswith("has no attribute 'ansible_job_id'")
    assert "The error appears to be in" in failure.result["msg"]


@pytest.mark.parametrize("release", ["2.9", "2.21"])
def test_refused_before_any_task(release: str) -> None:
    (failure,) = real(f"include-tasks-async.{release}-default").failures
    assert (failure.kind, failure.host, failure.task) == ("parse", "", "")
    assert failure.message == "'poll' is not a valid attribute for a TaskInclude"
    assert failure.origin is not None
    assert (failure.origin.path, failure.origin.line, failure.origin.column) == ("/home/me/lab/repro.yml", 4, 7)
    assert failure.origin.quoted == "    - name: Deploy in the background"


def test_retries_old_and_new_shape() -> None:
    assert real("retries-exhausted.2.9-default-v").failures[0].retries == (2, 1)
    assert real("retries-exhausted.2.21-default").failures[0].retries == (1, 0)
    (failure,) = real("retries-exhausted.2.16-default-vvv").failures
    assert failure.retries == (2, 1) and failure.module == "async_status"
    assert [seen.kind for seen in failure.seen] == ["launch", "retry", "retry"]
    assert failure.seen[1].result["attempts"] == 1
    assert failure.task_origin == Origin("/home/me/lab/repro.yml", 10)


def test_unreachable() -> None:
    kinds = [real(f"ssh-unreachable-in-until.{name}").failures[0].kind for name in ("2.9-default", "2.16-default")]
    assert kinds == ["unreachable", "failed"]
    (failure,) = real("ssh-unreachable-in-until.2.18-oneline").failures
    assert failure.kind == "unreachable" and failure.message.endswith("Connection refused")


def test_launch_is_evidence() -> None:
    (failure,) = real("watcher-kill-then-status.2.16-default-v").failures
    launch = failure.seen[0]
    assert (launch.kind, launch.task, launch.line) == ("launch", "Start the export", 6)
    assert launch.result["results_file"].startswith("/home/me/.ansible_async/")


def test_hints() -> None:
    assert real("poll-timeout.2.16-default-vvv").hints["release"] == "2.16.19"
    assert real("poll-timeout.2.19-default").hints["at_least"] == "2.19"
    hints = real("retries-exhausted.2.18-default").hints
    assert (hints["at_least"], hints["at_most"]) == ("2.12", "2.18")
    assert hints["at_most because"] == "finished: 0"
    assert real("retries-exhausted.2.9-default-v").hints["at_most"] == "2.11"
    assert real("retries-exhausted.2.21-default").hints["at_least"] == "2.21"
    assert real("poll-timeout.2.21-json").hints["callback"] == "json"
    assert read("$ ansible-playbook site.yml --check\n" + RECAP).hints["check_mode"] == "yes"
    assert read("PLAY [web] [CHECK MODE] ****\n").hints["check_mode"] == "yes"


def test_debug_callback() -> None:
    text = """TASK [x] ****
fatal: [web1]: FAILED! => {
    "changed": true,
    "rc": 2
}

STDERR:

boom

bang


MSG:

non-zero return code
"""
    failure = only(text + RECAP.format(failed=1, rescued=0, ignored=0))
    assert failure.result == {"changed": True, "rc": 2, "stderr": "boom\n\nbang", "msg": "non-zero return code"}


def test_unixy() -> None:
    text = """- web on hosts: web -
Rebuild search index...
  web1 failed | msg: non-zero return code | stdout: one | stderr: two

- Play recap -
  web1                       : ok=0    changed=0    unreachable=0    failed=1    rescued=0    ignored=0
"""
    failure = only(text)
    assert (failure.host, failure.task, failure.message) == ("web1", "Rebuild search index", "non-zero return code")
    assert failure.result == {"msg": "non-zero return code", "stdout": "one", "stderr": "two"}


def test_jsonl() -> None:
    text = (
        '{"_event": "v2_runner_on_failed", "hosts": {"web1": {"failed": true, "msg": "could not find job", '
        '"action": "ansible.builtin.async_status"}}, "task": {"name": "Wait", "path": "/srv/site.yml:3"}}'
    )
    failure = only(text)
    assert (failure.host, failure.task, failure.module) == ("web1", "Wait", "async_status")
    assert failure.task_origin == Origin("/srv/site.yml", 3)


def test_a_delegate_whose_name_could_not_be_had() -> None:
    said = "'dict object' has no attribute 'lb'"
    failure = only(f'fatal: [web1 -> {{{{ groups[\'lb\'][0] }}}}]: FAILED! => {{"msg": "{said}"}}\n')
    assert (failure.host, failure.message, failure.truncated) == ("web1", said, False)


# --- several failures ---------------------------------------------------------------------------


def test_items_fold_by_kind_and_the_closing_words_are_no_failure() -> None:
    items = [{"msg": "could not find job"}, {"msg": "could not find job"}, {"msg": "Timeout exceeded", "child_pid": 3}]
    lines = "".join(f"failed: [web1] (item={i}) => {item}\n".replace("'", '"') for i, item in enumerate(items))
    closing = 'fatal: [web1]: FAILED! => {"msg": "One or more items failed", "results": [{"failed": true, "msg": "x"}]}'
    paste = read("TASK [a] ***\n" + lines)
    assert [(f.message, f.count, f.layers) for f in paste.failures] == [
        ("could not find job", 2, ("loop item",)),
        ("Timeout exceeded", 1, ("loop item",)),
    ]
    assert only("TASK [b] ***\n" + closing).message == "x"


ENDED = 'fatal: [web1]: FAILED! => {"msg": "One or more items failed"}'


def test_the_end_of_a_loop_is_told_where_nothing_else_is() -> None:
    assert [failure.message for failure in read(f"TASK [Show] ***\n{ENDED}\n").failures] == ["One or more items failed"]
    other = f'TASK [Show] ***\nfailed: [web2] (item=a) => {{"msg": "no disk"}}\n{ENDED}\n'
    assert [failure.message for failure in read(other).failures] == ["no disk", "One or more items failed"]


def test_the_end_of_a_loop_adds_nothing_to_what_its_items_said() -> None:
    items = 'TASK [Show] ***\nfailed: [web1] (item=a) => {"msg": "no disk"}\n'
    items += 'failed: [web1] (item=b) => {"msg": "no room"}\n'
    assert [failure.message for failure in read(f"{items}{ENDED}\n").failures] == ["no disk", "no room"]
    assert read(f"{items}{ENDED}\n...ignoring\n").failures == ()


def test_hosts_that_failed_alike_fold() -> None:
    one = 'fatal: [web{0}]: FAILED! => {{"msg": "could not find job", "ansible_job_id": "j{0}.{0}", "attempts": {0}}}\n'
    text = "TASK [a] ***\n" + "".join(one.format(i) for i in range(1, 4))
    failure = only(text + 'fatal: [db1]: FAILED! => {"msg": "could not find job"}\n...ignoring\n')
    assert (failure.count, failure.hosts, failure.host) == (3, ("web1", "web2", "web3"), "web1")


def test_jobs_that_failed_differently_do_not_fold() -> None:
    one = 'fatal: [web{}]: FAILED! => {{"msg": "non-zero return code", "rc": 1, "stderr": "{}"}}\n'
    text = "TASK [a] ***\n" + one.format(1, "no space left") + one.format(2, "permission denied")
    assert len(read(text).failures) == 2


def test_two_runs_in_one_log() -> None:
    run = 'PLAY [web] ***\n\nTASK [a] ***\nfatal: [web1]: FAILED! => {"msg": "x"}\n'
    first, second = RECAP.format(failed=0, rescued=1, ignored=0), RECAP.format(failed=1, rescued=0, ignored=0)
    paste = read(run + first + run + second)
    assert len(paste.failures) == 1 and len(paste.notes) == 1


def test_rescued_result_handed_on() -> None:
    failure = only('fatal: [web1]: FAILED! => {"msg": {"failed": true, "msg": "could not find job", "rc": 1}}')
    assert (failure.message, failure.layers) == ("could not find job", ("rescue",))


# --- what people paste --------------------------------------------------------------------------

BARE = {
    "json": '{"changed": false, "msg": "could not find job", "finished": 1}',
    "pretty json": '{\n  "changed": false,\n  "msg": "could not find job",\n  "finished": 1\n}',
    "python": "{'changed': False, 'msg': 'could not find job', 'finished': 1}",
    "yaml": "changed: false\nmsg: could not find job\nfinished: 1\n",
    "headless": 'FAILED! => {"changed": false, "msg": "could not find job", "finished": 1}',
    "no head": '[web1]: FAILED! => {"changed": false, "msg": "could not find job", "finished": 1}',
    "in a sentence": 'See `fatal: [web1]: FAILED! => {"changed": false, "msg": "could not find job", "finished": 1}`?',
    "bracket below": 'fatal: [web1]: FAILED! =>\n{"changed": false, "msg": "could not find job", "finished": 1}',
    "no brackets": '"changed": false, "msg": "could not find job", "finished": 1}',
}


@pytest.mark.parametrize("name", BARE)
def test_results_without_their_surroundings(name: str) -> None:
    failure = only(BARE[name])
    assert failure.result == {"changed": False, "msg": "could not find job", "finished": 1}


@pytest.mark.parametrize(
    "text", ["could not find job", '"msg": "could not find job",', "msg: could not find job", "'could not find job'"]
)
def test_bare_message_needs_a_voucher(text: str) -> None:
    assert only(text).message == "could not find job"
    if "msg" not in text:
        assert read(text).verdict == "not-ansible"


def test_invented_message_that_the_base_knows() -> None:
    assert only("Timeout (30s) waiting for async task to finish").kind == "failed"


def test_truncated_result_keeps_what_can_be_read() -> None:
    failure = only(
        'fatal: [web1]: FAILED! => {"ansible_job_id": "j1.2", "attempts": 3, "changed": false, "msg": "could n'
    )
    assert failure.truncated
    assert failure.result == {"ansible_job_id": "j1.2", "attempts": 3, "changed": False, "msg": "could n"}
    text = 'fatal: [web1]: FAILED! => {"rc": 1, "cmd": ["a", "b\n\nTASK [next] ***\nok: [web1]\n'
    failure = only(text)
    assert failure.truncated and failure.result == {"rc": 1, "cmd": ["a", "b"]}


def test_elided_result() -> None:
    failure = only('fatal: [web1]: FAILED! => {"rc": 1, ..., "msg": "could not find job"}')
    assert failure.truncated and failure.result["msg"] == "could not find job"


def test_mailers_break_between_words() -> None:
    text = (
        'fatal: [web1]: FAILED! => {"changed": false, "msg": "The task includes an\n'
        "option with an undefined variable. The error was: 'dict object' has no\n"
        "attribute 'ansible_job_id'\"}\n"
    )
    assert only(text).message == (
        "The task includes an option with an undefined variable. The error was: "
        "'dict object' has no attribute 'ansible_job_id'"
    )


def test_error_block_alone() -> None:
    failure = only("[ERROR]: Task failed: Module failed: could not find job\nOrigin: /srv/site.yml:9:7\n")
    assert (failure.message, failure.kind, failure.origin) == (
        "could not find job",
        "failed",
        Origin("/srv/site.yml", 9, 7),
    )


def test_recap_alone_still_tells_that_something_failed() -> None:
    paste = read(RECAP.format(failed=1, rescued=0, ignored=0))
    assert [(f.host, f.truncated) for f in paste.failures] == [("web1", True)]


def test_lines_and_secrets() -> None:
    text = '\n\nfatal: [web1]: FAILED! => {"msg": "no", "invocation": {"module_args": {"login_password": "hunter2"}}}\n'
    paste = read(text)
    assert paste.secrets == 1 and "hunter2" not in str(paste)
    assert paste.failures[0].lines == (3, 3) and paste.lines == 3


def test_controls_never_come_through() -> None:
    text = 'fatal: [web1]: FAILED! => {"msg": "a\\u001b[31mb\\u202e", "k\\u0007": "\\ud800"}'
    failure = only(text)
    assert failure.message == "ab" and failure.result["k"] == "\ufffd"


# --- what is printed outside of a run: before it, and by ansible-galaxy ---------------------------------


def test_a_program_that_says_error_is_not_ansible() -> None:
    for line in ("ERROR: Cannot connect to the Docker daemon", "|ERROR| 12 rows", "ERROR: Could not find a version"):
        assert read(line).verdict == "not-ansible"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ERROR: Ansible requires the locale encoding to be UTF-8; Detected None.", None),
        ("ERROR: Ansible could not initialize the preferred locale: unsupported locale setting", None),
        ("|\bERROR! Failed to find collection acme.shop:*", "Failed to find collection acme.shop:*"),
        ("-ERROR! Failed to find collection acme.shop:*", "Failed to find collection acme.shop:*"),
    ],
)
def test_errors_before_the_start_and_behind_a_turning_bar(text: str, message: str | None) -> None:
    warned = "[WARNING]: The specified collections path '/a' is not\npart of the configured ones.\nProcess install\n"
    failure = only(warned + text + "\n")
    assert (failure.message, failure.kind) == (message or text.partition(": ")[2], "parse")
    assert [seen.kind for seen in failure.seen] == ["warning"]


def test_a_traceback_behind_such_an_error_belongs_to_it() -> None:
    rows = "\n".join(f'  File "/venv/ansible/cli/{n}.py", line {n}, in run\n    go()' for n in range(30))
    text = (
        f"ERROR: Error reading config file (/srv/ansible.cfg): no section\n\nTraceback (most recent call last):\n{rows}"
    )
    assert only(text).message.startswith("Error reading config file (/srv/ansible.cfg): no section")


def test_a_role_that_an_include_does_not_find_is_one_failure() -> None:
    words = "The role 'web' was not found in: /srv/roles:/srv"
    block = f"TASK [Roles] ***\n[ERROR]: {words}\nOrigin: /srv/site.yml:7:15\n\n"
    failure = only(f'{block}fatal: [web1]: FAILED! => {{"changed": false, "msg": "{words}"}}\n')
    assert (failure.host, failure.origin) == ("web1", Origin("/srv/site.yml", 7, 15))
    other = f'{block}fatal: [web1]: FAILED! => {{"changed": false, "msg": "no"}}\n'
    assert {failure.message for failure in read(other).failures} == {words, "no"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("No module named 'ansible'", "No module named 'ansible'"),
        ("msg: \"No module named 'ansible'\"", "No module named 'ansible'"),
        ("couldn't resolve module/action 'ufw'", "couldn't resolve module/action 'ufw"),  # one quote is left over
        ("'No module named ansible',", "No module named ansible"),
    ],
)
def test_quotes_of_a_bare_message_stay_where_they_are_its_own(text: str, message: str) -> None:
    (failure,) = read(text, lambda said: said == message).failures
    assert failure.message == message
