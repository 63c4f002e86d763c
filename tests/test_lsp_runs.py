"""A failed run in the editor: its cause at the place that caused it, until the task is changed or a run passes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty

import pytest
from lsp_client import Client, edited, position

from assistant.front.lsp.runs import Artifacts, Log, last_run

PLAYBOOK = """\
- name: Nightly dump
  hosts: db1
  gather_facts: false
  tasks:
    - name: Start the dump
      ansible.builtin.command: sleep 12
      async: "{{ dump_limit }}"
      poll: 0
      register: dump

    - name: Wait for the dump
      ansible.builtin.async_status:
        jid: "{{ dump.ansible_job_id }}"
      register: dump_result
      until: dump_result is finished
      retries: 2
      delay: 2
"""
LAUNCHED = """
PLAY [Nightly dump] ************************************************************

TASK [Start the dump] **********************************************************
changed: [db1]

TASK [Wait for the dump] *******************************************************
FAILED - RETRYING: [db1]: Wait for the dump (2 retries left).
FAILED - RETRYING: [db1]: Wait for the dump (1 retries left).
"""
ORIGIN = """\
[ERROR]: Task failed: Action failed: Unknown error.
Origin: {path}:11:7

 9       register: dump
10
11     - name: Wait for the dump
         ^ column 7

"""
FATAL = (
    'fatal: [db1]: FAILED! => {"ansible_job_id": "j937895434909.16679", "attempts": 2, "changed": false, '
    '"finished": 0, "results_file": "/home/ops/.ansible_async/j937895434909.16679", "started": 1}\n'
)
RECAP = """
PLAY RECAP *********************************************************************
db1                        : ok=1    changed=1    unreachable=0    failed=1    skipped=0    rescued=0    ignored=0
"""
PASSED = """
PLAY [Nightly dump] ************************************************************

TASK [Start the dump] **********************************************************
changed: [db1]
"""
WITHIN = 0.3
"""Seconds from the write to the finding; a busy machine is given ten times as much before the test fails."""


def as_log(text: str, process: int) -> str:
    """As Ansible writes it to log_path."""
    lead = f"2026-11-22 19:00:00,123 p={process} u=me n=ansible | "
    return "".join(f"{lead}{line}\n" for line in text.splitlines())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "dump.yml"
    made.write_text(PLAYBOOK)
    return made


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "ansible.log"


@pytest.fixture
def client(tmp_path: Path, file: Path, log: Path) -> Iterator[Client]:
    folders = [{"uri": tmp_path.as_uri(), "name": "here"}]
    with Client(env={"ANSIBLE_LOG_PATH": str(log)}, workspaceFolders=folders) as started:
        yield started


def failures(client: Client, file: Path) -> list[dict]:
    return [each for each in client.found(file.as_uri()) if each["source"] == "ansible-why run"]


@pytest.mark.slow
def test_a_failure_is_shown_at_its_origin_and_goes_when_a_run_passes(client: Client, file: Path, log: Path) -> None:
    client.open(file.as_uri(), PLAYBOOK)
    assert failures(client, file) == []
    log.write_text(as_log(LAUNCHED, 77))
    since = time.monotonic()
    with log.open("a") as more:
        more.write(as_log(ORIGIN.format(path=file) + FATAL, 77))
    [found] = failures(client, file)
    assert time.monotonic() - since < WITHIN * 10
    assert found["code"] == "async/wait-shorter-than-job"
    assert found["severity"] == 1
    assert found["message"].startswith("Wait for the dump failed on db1. The wait gives up while")
    assert found["range"]["start"] == {"line": 10, "character": 6}
    with log.open("a") as more:
        more.write(as_log(RECAP, 77) + as_log(PASSED, 78))
    with pytest.raises(Empty):
        client.found(file.as_uri(), patience=0.5)  # it has begun well, which says nothing yet
    with log.open("a") as more:
        more.write(as_log(RECAP.replace("failed=1", "failed=0"), 78))
    assert failures(client, file) == []


@pytest.mark.slow
def test_it_goes_when_the_task_is_changed_and_stays_when_another_is(client: Client, file: Path, log: Path) -> None:
    client.open(file.as_uri(), PLAYBOOK)
    client.found(file.as_uri())
    log.write_text(ORIGIN.format(path=file) + FATAL)
    assert len(failures(client, file)) == 1
    start = position(PLAYBOOK, "Nightly")
    client.change(file.as_uri(), 2, "New\n# and longer\n- name: ", {"start": {**start, "character": 8}, "end": start})
    client.found(file.as_uri(), 2)
    later = PLAYBOOK.replace("sleep 12", "sleep 13\n      # why not")
    client.change(file.as_uri(), 3, later)
    [moved] = failures(client, file)
    assert moved["range"]["start"]["line"] == 11
    client.change(file.as_uri(), 4, later.replace("retries: 2", "retries: 20"))
    assert failures(client, file) == []


@pytest.mark.slow
def test_a_change_is_offered_where_it_failed(client: Client, file: Path, log: Path) -> None:
    text = PLAYBOOK.replace('"{{ dump_limit }}"', "60")
    file.write_text(text)
    client.open(file.as_uri(), text)
    client.found(file.as_uri())
    log.write_text(ORIGIN.format(path=file) + FATAL)
    [found] = failures(client, file)
    context = {"diagnostics": [found], "only": ["quickfix"]}
    given = {"textDocument": {"uri": file.as_uri()}, "range": found["range"], "context": context}
    change, explain, *_ = client.ask("textDocument/codeAction", given)
    assert edited(text, change["edit"]["changes"][file.as_uri()]) == text.replace("retries: 2", "retries: 30")
    assert explain["command"]["arguments"] == ["async/wait-shorter-than-job"]
    assert edited(text, found["data"]["edits"]) == text.replace("retries: 2", "retries: 30")


@pytest.mark.parametrize("place", ["", "task path: {path}:11\n"], ids=["name", "task path"])
@pytest.mark.slow
def test_older_releases_by_task_path_or_name_in_files_that_are_not_open(
    client: Client, file: Path, log: Path, place: str
) -> None:
    log.write_text(LAUNCHED + place.format(path=file) + FATAL)
    [found] = failures(client, file)
    assert found["range"]["start"]["line"] in (10, 11)
    file.write_text(PLAYBOOK.replace("retries: 2", "retries: 20"))
    assert failures(client, file) == []


@pytest.mark.slow
def test_a_name_that_several_tasks_have_places_nothing(client: Client, file: Path, log: Path) -> None:
    (file.parent / "other.yml").write_text(PLAYBOOK)
    client.open(file.as_uri(), PLAYBOOK)
    client.found(file.as_uri())
    log.write_text(LAUNCHED + FATAL)
    with pytest.raises(Empty):
        client.found(file.as_uri(), patience=0.6)


@pytest.mark.slow
def test_a_failure_of_another_kind_is_shown_too(client: Client, file: Path, log: Path) -> None:
    client.open(file.as_uri(), PLAYBOOK)
    client.found(file.as_uri())
    log.write_text(
        "TASK [Start the dump] ****\n"
        f"[ERROR]: Task failed: Module failed: no space on device\nOrigin: {file}:6:7\n\n"
        'fatal: [db1]: FAILED! => {"changed": false, "msg": "no space on device"}\n'
    )
    [found] = failures(client, file)
    assert found["message"] == "Start the dump failed on db1: no space on device"
    assert found["range"]["start"]["line"] == 5
    assert "code" not in found


def event(number: int, kind: str, printed: str, **data: object) -> tuple[str, str]:
    value = {"event": kind, "counter": number, "stdout": printed.replace("\n", "\r\n"), "event_data": data}
    return f"{number}-0a1b2c3d-{number:04}.json", json.dumps(value)


@pytest.mark.slow
def test_artifacts_of_ansible_runner(tmp_path: Path, file: Path) -> None:
    events = tmp_path / "artifacts" / "first" / "job_events"
    events.mkdir(parents=True)
    folders = [{"uri": tmp_path.as_uri(), "name": "here"}]
    with Client("--watch", str(tmp_path / "artifacts"), workspaceFolders=folders) as client:
        client.open(file.as_uri(), PLAYBOOK)
        assert failures(client, file) == []
        heads = LAUNCHED.split("\n\n")
        rows = [event(number, "verbose", head) for number, head in enumerate(heads, 1)]
        rows.append(event(9, "runner_on_failed", f"\x1b[0;31m{FATAL.strip()}\x1b[0m", task_path="dump.yml:11"))
        for name, text in rows:
            (events / f"{name}.tmp").write_text(text)
            (events / f"{name}.tmp").rename(events / name)
        [found] = failures(client, file)
        assert (found["code"], found["range"]["start"]["line"]) == ("async/wait-shorter-than-job", 10)
        other = tmp_path / "artifacts" / "second" / "job_events"
        other.mkdir(parents=True)
        name, text = event(1, "playbook_on_stats", PASSED + RECAP)
        (other / name).write_text(text)
        assert failures(client, file) == []


@pytest.mark.parametrize(
    ("runs", "first"),
    [
        ((LAUNCHED + FATAL,), "\nPLAY"),
        ((LAUNCHED + FATAL + RECAP, PASSED), "PLAY"),
        ((LAUNCHED + FATAL + RECAP, PASSED + RECAP), "PLAY"),
    ],
)
@pytest.mark.parametrize("form", [lambda text, _: text, as_log], ids=["plain", "log_path"])
def test_the_last_run_of_a_log(runs: tuple[str, ...], first: str, form: Callable[[str, int], str]) -> None:
    text = "".join(form(run, number) for number, run in enumerate(runs, 10))
    last = last_run(text)
    assert ("FATAL" in last.upper()) == (len(runs) == 1)
    assert "Start the dump" in last


def test_nothing_there_yet_is_no_error(tmp_path: Path) -> None:
    assert Log(tmp_path / "none.log").news() is None
    assert Artifacts(tmp_path).news() is None
