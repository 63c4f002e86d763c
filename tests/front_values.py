"""A diagnosis and faults made by hand, for tests of the forms they are shown in."""

from __future__ import annotations

from assistant import source
from assistant.front.forms.values import Report
from assistant.front.forms.values import report as reported
from assistant.model import (
    Bar,
    Cause,
    Diagnosis,
    Edit,
    Fact,
    Failure,
    Fault,
    Finding,
    Origin,
    Paste,
    Question,
    Span,
    Step,
)

PATH = "roles/db/tasks/backup.yml"
TEXT = """\
- name: Start the backup
  ansible.builtin.command: /usr/local/bin/backup
  async: 600
  poll: 0
  register: backup_job

- name: Wait for the backup
  ansible.builtin.async_status:
    jid: "{{ backup_job.ansible_job_id }}"
  register: backup_result
  until: backup_result is finished
  retries: 10
  delay: 3
"""


def span(words: str, text: str = TEXT) -> Span:
    """Where `words` stand in `text`."""
    start = text.index(words)
    return Span(start, start + len(words))


def edit(words: str, instead: str) -> Edit:
    """The edit of PATH that writes `instead` where `words` stand."""
    return Edit(PATH, span(words), instead)


EDITS = (edit("10", "200"),)
DIFF = source.diff(PATH, TEXT, source.apply(TEXT, EDITS))

FAILURE = Failure(
    host="web1",
    hosts=("web1", "web2", "web3", "web4"),
    count=4,
    task="Wait for the backup",
    module="async_status",
    message="",
    layers=("until",),
    lines=(8, 11),
    origin=Origin("/srv/site/roles/db/tasks/backup.yml", 7, 3),
)

CAUSE = Cause(
    id="async/wait-shorter-than-job",
    title="The wait gives up before the job is done",
    confidence="likely",
    because=(
        Fact("attempts", "10", "line 11 of the paste says `attempts: 10`: every look was made and none saw the end"),
        Fact("wait", "30", "10 looks, 3 s apart, wait 30 s; the job may take 600 s", span("retries: 10"), PATH),
    ),
    what="The wait looked **10** times and stopped, while the job `j81.22` still ran on `web1`.",
    why="`retries` and `delay` bound the wait, `async` bounds the job, and nothing ties the two together.",
    steps=(
        Step("Let the wait last as long as the job may:\nraise `retries`.", "safe", EDITS, DIFF),
        Step("Run the play again:\n\n```\nansible-playbook site.yml --limit web1\n```", "show"),
    ),
    check="The last line of the wait says `changed`, not `FAILED!`.",
    prevent="Write the numbers once, as variables.",
    picture=(Bar("job", 600, "600 s, then killed"), Bar("wait", 30, "gives up after 30 s (10 × 3 s)")),
    url="https://ansible-why.github.io/async/wait-shorter-than-job/",
    releases="2.9 - 2.21",
    see=("async/limit-below-run-time",),
    proved="2.14.18, 2.21.5 (2026-11-22)",
)
OTHER = CAUSE._replace(
    id="async/job-hung", title="The job waits for something and would never end", confidence="possible", steps=()
)
QUESTION = Question(
    "run_time", "How long does the job take by hand?", ("less than 30 s", "longer"), "the output of `time backup`"
)


def report(*findings: Finding, verdict: str = "causes", notes: tuple[str, ...] = (), name: str = "-") -> Report:
    """One paste's diagnosis with `findings`."""
    read = "failures" if findings else verdict
    paste = Paste(read, tuple(each.failure for each in findings), (), {}, 20, 0)  # type: ignore[arg-type]
    return reported(name, Diagnosis(verdict, findings, notes, paste))  # type: ignore[arg-type]


LIKELY = Finding(FAILURE, (CAUSE, OTHER), QUESTION, ())
UNKNOWN = Finding(
    Failure(host="db1", hosts=("db1",), task="Load it", module="command", message="E: no such package\nsecond line"),
    (),
    None,
    (),
)

FAULT = Fault(
    path=PATH,
    span=span("retries: 10"),
    cause="async/wait-shorter-than-job",
    message="this waits 30 s at most, the job may take 600 s",
    confidence="certain",
    trust="safe",
    edits=EDITS,
    because=CAUSE.because,
)
