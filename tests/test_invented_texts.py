"""Texts that articles hold and that no release of Ansible prints: people paste them, so they lead where they mean."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from assistant import kb, paste
from assistant.diagnose import diagnose

BASE = kb.load()


class Invented(NamedTuple):
    """A text, the causes that it leads to first and that must be among the rest, and what Ansible really prints."""

    text: str
    first: str
    among: tuple[str, ...]
    real: str
    fields: dict[str, Any] = {}  # noqa: RUF012, never changed
    """What stands beside it in the articles."""


TEXTS = (
    Invented(
        "Timeout (30s) waiting for async task to finish",
        "wait-shorter-than-job",
        ("wait-left-at-default", "limit-below-run-time", "until-tests-launch-result"),
        "FAILED - RETRYING",
        {"finished": 0, "started": 1},
    ),
    Invented(
        "The async task failed to complete within the specified time",
        "limit-below-run-time",
        ("job-hung",),
        "async task did not complete within the requested time - ",
    ),
    Invented(
        "The async task failed to complete within the specified time",
        "wait-shorter-than-job",
        ("job-killed", "limit-below-run-time"),
        "FAILED - RETRYING",
        {"ansible_job_id": "123456789012.45678", "attempts": 30, "finished": 0, "started": 1},
    ),
    Invented(
        "The async task failed to complete within the specified time",
        "wait-shorter-than-job",
        ("job-killed", "limit-below-run-time"),
        "FAILED - RETRYING",
        {"attempts": 30},
    ),
    Invented(
        "job j123456789012.45678 not found or invalid",
        "job-id-is-whole-result",
        ("status-on-other-host", "status-as-other-user", "job-file-cleaned-too-early", "job-file-removed"),
        "could not find job",
        {"stderr": "", "stdout": ""},
    ),
    Invented(
        "Job reached maximum time limit of 300 seconds.", "limit-below-run-time", ("job-hung",), "Timeout exceeded"
    ),
    Invented(
        "A async task can not be run with check mode",
        "async-in-check-mode",
        (),
        "check mode and async cannot be used on same task.",
    ),
    Invented(
        "could not create async directory /home/app/.ansible_async",
        "async-dir-not-writable",
        (),
        "could not create directory: ",
    ),
    Invented(
        "async mode is not supported with the script module",
        "action-without-async",
        (),
        "async is not supported for this task.",
    ),
)
named = pytest.mark.parametrize("one", TEXTS, ids=lambda one: f"{one.text[:24]}-{len(one.fields)}")


def led(text: str) -> list[str]:
    """The causes of all failures in a paste that are async's, without their family."""
    found = diagnose(paste.read(text, known=BASE.known), BASE)
    ids = [cause.id.partition("/") for failure in found.findings for cause in failure.causes]
    return [name for family, _, name in ids if family == "async"]


def fatal(message: str, **fields: Any) -> str:
    return f"fatal: [db1]: FAILED! => {json.dumps({'changed': False, 'msg': message, **fields})}\n"


@pytest.mark.parametrize(
    "text",
    [
        "Timeout (30s) waiting for privilege escalation prompt: ",
        "Timeout (12s) waiting for the lock to finish",
        "The upgrade failed to complete within the specified time",
        "session 17 not found or invalid",
        "Job reached maximum number of tries",
        "could not create directory /opt/app",
        "check mode is not supported with the script module",
        "Failed to parse async: 12 fields expected",
    ],
)
def test_texts_of_other_things_lead_nowhere_here(text: str) -> None:
    assert led(fatal(text)) == []


@named
def test_it_leads_to_what_is_meant(one: Invented) -> None:
    causes = led(fatal(one.text, **one.fields))
    assert causes[0] == one.first
    assert set(one.among) <= set(causes[1:])


@pytest.mark.parametrize("one", [one for one in TEXTS if "attempts" not in one.fields], ids=lambda one: one.text[:24])
def test_it_does_so_bare_too(one: Invented) -> None:
    causes = led(one.text + "\n")
    assert one.first in causes[:3]
    assert set(one.among) <= set(causes)


@named
def test_the_cause_names_the_text_that_ansible_prints(one: Invented) -> None:
    assert one.real in BASE.entries[f"async/{one.first}"].plain("What you see")


@named
def test_the_page_of_wrong_advice_names_it_too(one: Invented) -> None:
    page = " ".join(BASE.entries["async/pages/elsewhere"].sections.values())
    assert one.text.partition(" /")[0] in page
