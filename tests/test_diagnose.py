"""The place where the rooms meet: a paste, its tasks, answers and a release in; one verdict out."""

from __future__ import annotations

import json
from textwrap import indent

import pytest
from looking import LAUNCH, WAIT
from markdown_it import MarkdownIt

from assistant import kb, paste
from assistant.diagnose import diagnose
from assistant.front.forms.markdown import diagnosis as as_markdown
from assistant.front.forms.values import report
from assistant.front.forms.view import View
from assistant.front.forms.words import headline, passing
from assistant.front.terminal.diagnosis import diagnosis as as_text
from assistant.model import Failure

BASE = kb.load()

MISSING = (
    'fatal: [web1]: FAILED! => {"ansible_job_id": "j1.2", "attempts": 1, "changed": false, "finished": 1, '
    '"msg": "could not find job", "started": 1}\n'
)
RAN_OUT = (
    'fatal: [web1]: FAILED! => {"ansible_job_id": "j1.2", "attempts": 10, "changed": false, '
    '"finished": 0, "started": 1}\n'
)
PLAY = "- hosts: web\n  tasks:\n" + indent(LAUNCH + WAIT, "    ")


def told(text, play="", **rest):
    """The diagnosis of a text, with a play that it may belong to."""
    return diagnose(paste.read(text, known=BASE.known), BASE, [("site.yml", play)] if play else [], **rest)


def ids(diagnosis):
    return [cause.id.rpartition("/")[2] for finding in diagnosis.findings for cause in finding.causes]


def raised(kind):
    """What 2.12 prints of an async_status whose jid is no text; a mapping in a task of another module alike."""
    error = f"TypeError: join() argument must be str, bytes, or os.PathLike object, not {kind!r}"
    fatal = 'fatal: [web1]: FAILED! => {"msg": "Unexpected failure during module execution.", "stdout": ""}'
    brief = "An exception occurred during task execution. To see the full traceback, use -vvv. The error was:"
    return f"TASK [Wait] ***\n{brief} {error}\n{fatal}\n"


@pytest.mark.parametrize(
    ("kind", "play", "causes"),
    [
        ("int", PLAY, []),
        ("float", PLAY.replace("async_status", "template"), []),
        ("float", "", [("job-id-mangled", "possible")]),
        ("float", PLAY, [("job-id-mangled", "certain")]),
        ("dict", "", [("job-id-is-whole-result", "possible")]),
        ("dict", PLAY.replace(".ansible_job_id", ""), [("job-id-is-whole-result", "certain")]),
    ],
)
def test_a_job_id_that_is_no_text_breaks_the_look_of_2_12(kind, play, causes):
    found = told(raised(kind), play).findings[0]
    assert [(cause.id.removeprefix("async/"), cause.confidence) for cause in found.causes] == causes
    assert (found.question is not None) == (causes != [] and not play)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("", "not-ansible"),
        ("hello, can you help me?", "not-ansible"),
        ("$ npm install\nnpm ERR! code ENOENT\n", "not-ansible"),
        ("Error: Timeout exceeded while waiting for the pod to become ready", "not-ansible"),
        ("PLAY RECAP ****\nweb1 : ok=2 changed=1 unreachable=0 failed=0 skipped=0 rescued=0 ignored=0\n", "no-failure"),
        ('fatal: [web1]: FAILED! => {"changed": false, "msg": "the moon is full"}\n', "unknown"),
    ],
)
def test_what_we_know_nothing_of_gets_no_cause(text, verdict):
    diagnosis = told(text)
    assert diagnosis.verdict == verdict
    assert ids(diagnosis) == []


def test_a_play_that_is_not_readable_is_no_evidence_and_no_error():
    assert ids(told(MISSING, "- hosts: [\n")) == ids(told(MISSING))


def test_another_play_than_the_one_that_failed_is_no_evidence():
    other = PLAY.replace("name: Wait", "name: Something else").replace("name: Start", "name: Begin")
    text = "TASK [Wait] ****\n" + RAN_OUT
    assert ids(told(text, other)) == ids(told(text))


def test_the_reader_s_own_numbers_stand_in_every_part():
    diagnosis = told("TASK [Wait] ****\n" + RAN_OUT, PLAY, answers={"still_running": "yes"})
    cause = diagnosis.findings[0].causes[0]
    assert (cause.id, cause.confidence) == ("async/wait-shorter-than-job", "certain")
    assert [(bar.label, bar.seconds) for bar in cause.picture] == [("job", 600), ("wait", 30)]
    assert "10 × 3 s = 30 s of waiting < async: 600" in [fact.because for fact in cause.because]
    assert "+      retries: 200\n" in next(step.diff for step in cause.steps if step.edits)


def test_an_answer_decides_and_not_giving_it_leaves_the_question():
    open_ = told("TASK [Wait] ****\n" + RAN_OUT, PLAY)
    assert open_.findings[0].question.key == "still_running"
    assert set(open_.findings[0].question.answers) == {"yes", "no"}
    assert open_.findings[0].causes[0].confidence != "certain"


def test_the_release_given_wins_over_the_one_guessed():
    old = told("TASK [Wait] ****\n" + RAN_OUT, PLAY, release="2.11", answers={"still_running": "no"})
    new = told("TASK [Wait] ****\n" + RAN_OUT, PLAY, release="2.16", answers={"still_running": "no"})
    assert "limit-below-run-time" in ids(old)
    assert "limit-below-run-time" not in ids(new)


def test_several_failures_each_get_their_own_causes():
    text = "TASK [One] ****\n" + MISSING + "TASK [Two] ****\n" + RAN_OUT.replace("web1", "web2")
    findings = told(text).findings
    assert [f.failure.task for f in findings] == ["One", "Two"]
    assert {c.id for c in findings[0].causes}.isdisjoint(c.id for c in findings[1].causes)


def test_the_same_question_twice_gives_the_same_answer():
    assert told(MISSING, PLAY) == told(MISSING, PLAY)


def test_secrets_of_the_paste_reach_no_part_of_the_answer():
    text = MISSING.replace('"started": 1', '"started": 1, "db_password": "hunter2"')
    assert "hunter2" not in repr(told(text, PLAY))


NAMES = (
    "Copy *.conf and *.d",
    "_now_ or __never__",
    "Run `id` and ``ls``",
    "<b>bold</b> &amp;",
    "[x](y) ![z](w)",
    "1. go",
)


@pytest.mark.parametrize("name", NAMES)
def test_names_in_an_answer_are_shown_as_they_are_written(name):
    """In JSON and Markdown alike: texts of a cause are Markdown, and a reader of it shows the name, nothing more."""
    play = PLAY.replace("name: Start", f"name: '{name}'").replace("name: Wait", f"name: '{name} again'")
    diagnosis = told("TASK [" + name + " again] ***\n" + RAN_OUT, play)
    cause = diagnosis.findings[0].causes[0]
    shown = []
    for text in (cause.what, cause.why, cause.check, cause.prevent, *(step.text for step in cause.steps)):
        tokens = [part for one in MarkdownIt("gfm-like", {"linkify": False}).parse(text) for part in one.children or ()]
        assert {one.type for one in tokens} <= PLAIN_TOKENS
        shown.append("".join(one.content for one in tokens))
    assert any(name in text for text in shown)
    html = MarkdownIt("commonmark").render(as_markdown([report("-", diagnosis)]))
    assert "<em>" not in html and "<b>" not in html and 'href="y"' not in html
    assert as_text([report("-", diagnosis)], {}, View(width=200)).count(name) >= 2, "its headline, and in a text"


PLAIN_TOKENS = {"text", "text_special", "code_inline", "softbreak", "strong_open", "strong_close"}


# --- what failed inside -------------------------------------------------------------------------------------


def both(diagnosis):
    """The first cause of each finding, and for what failed inside, in what."""
    return [(found.causes[0].id if found.causes else "", found.failure.within) for found in diagnosis.findings]


def job(**result):
    """A job that ended by itself, with what its module said."""
    told_by_job = {"ansible_job_id": "j1.2", "changed": True, "finished": 1, **result}
    return f"TASK [Wait for the job] ***\nfatal: [web1]: FAILED! => {json.dumps(told_by_job)}\n"


FAILED_JOB = job(msg="non-zero return code", rc=4, cmd="/opt/upgrade", stderr="table is locked", delta="1")


@pytest.mark.parametrize(
    "text",
    [
        job(msg="the moon is full", rc=4),  # nobody knows what failed inside
        "TASK [Wait] ****\n" + RAN_OUT,
        "TASK [Run] ***\n" + FAILED_JOB.replace('"ansible_job_id": "j1.2", ', ""),
    ],
)
def test_a_cause_without_another_inside_stands_alone(text):
    assert [within for _, within in both(told(text))] == [""]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (FAILED_JOB, "command/non-zero-exit"),
        (
            job(msg="[Errno 2] No such file or directory: b'shop-compile'", rc=2, cmd="shop-compile --all"),
            "command/executable-not-found",
        ),
        (
            job(msg="non-zero return code", rc=137, cmd="/opt/upgrade", stderr="", delta="1"),
            "command/killed-by-signal",
        ),
        (job(msg="Destination directory /srv/shop does not exist", rc=1), "files/destination-directory-missing"),
        (
            job(
                msg="Failed to lock apt for exclusive operation: Failed to lock directory /var/lib/apt/lists/: "
                "E:Could not get lock /var/lib/apt/lists/lock. It is held by process 46 (python3)",
                rc=100,
            ),
            "package/apt-locked",
        ),
    ],
)
def test_a_failed_job_names_what_failed_inside_it(text, inner):
    assert both(told(text)) == [("async/job-failed", ""), (inner, "async/job-failed")]


def test_behind_retries_stands_what_failed_on_the_last_try():
    text = FAILED_JOB.replace('"ansible_job_id": "j1.2", ', '"attempts": 3, ').replace('"finished": 1, ', "")
    keeps = "retries/retried-task-keeps-failing"
    assert both(told(text)) == [(keeps, ""), ("command/non-zero-exit", keeps)]


def test_of_two_failures_each_is_followed_by_what_failed_inside_it():
    text = FAILED_JOB + MISSING.replace("web1", "web2") + job(msg="x", rc=-9).replace("web1", "web3")
    assert [within for _, within in both(told(text))] == ["", "async/job-failed", "", ""]


def test_the_inside_is_told_once_in_words_and_has_no_number():
    reports = [report("-", told(FAILED_JOB))]
    text, markdown = as_text(reports, {}, View()), as_markdown(reports)
    assert text.splitlines()[0] == "Wait for the job failed on web1"
    assert text.count("│ non-zero return code") == markdown.count("```\nnon-zero return code\n```") == 1
    for said in (text, markdown):
        assert said.count("And what failed inside it: non-zero return code") == 1
        assert said.index("async/job-failed") < said.index("And what failed") < said.index("command/non-zero-exit")


def test_an_inside_without_a_message_has_a_headline_all_the_same():
    failed = Failure(within="async/job-failed")
    assert (headline(failed), passing(failed)) == ("And what failed inside it", "")
