"""The language server over its pipe, as an editor meets it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from calls import EXAMPLES, IGNORED
from lsp_client import STOCKTAKE, Client, edited, position

from assistant import kb
from assistant.check import check
from assistant.source import Lines

EDITOR = {
    "general": {"positionEncodings": ["utf-32", "utf-16"]},
    "workspace": {"workspaceEdit": {"documentChanges": True}, "inlayHint": {"refreshSupport": True}},
    "window": {"showDocument": {"support": True}},
    "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}},
}
TEXT = f"""{STOCKTAKE}
    - name: Run the report
      command: /usr/local/bin/report
      async: 60
      poll: -1

    - name: Start the mail
      command: /usr/local/bin/mail
      async: 60
      poll: 0
      register: mail_job
"""


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client(capabilities=EDITOR) as started:
        yield started


URI = "file:///srv/shop/site.yml"


@pytest.fixture(scope="module")
def found(client: Client) -> list[dict]:
    client.open(URI, TEXT)
    return client.found(URI)


def asked(client: Client, method: str, words: str, shift: int = 1) -> object:
    where = {"textDocument": {"uri": URI}, "position": position(TEXT, words, shift)}
    return client.ask(f"textDocument/{method}", {**where, "context": {"includeDeclaration": True}})


def test_it_names_the_unit_of_its_columns(client: Client) -> None:
    assert client.server["capabilities"]["positionEncoding"] == "utf-32"
    assert client.server["capabilities"]["textDocumentSync"]["change"] == 2


def test_the_findings_are_those_of_check(client: Client, found: list[dict]) -> None:
    faults = check("/srv/shop/site.yml", TEXT, kb.load())
    lines = Lines(TEXT)
    assert [
        (each["code"], each["range"]["start"]["line"] + 1, each["range"]["start"]["character"] + 1) for each in found
    ] == [(fault.cause, *lines.place(fault.span.start)) for fault in faults]
    assert len(found) > 1


def test_a_finding_says_all_that_is_known(found: list[dict]) -> None:
    [wait] = [each for each in found if each["code"] == "async/wait-shorter-than-job"]
    assert wait["message"] == "the wait ends after 10 × 3 s = 30 s, the job may run for 600 s"
    assert (wait["severity"], wait["source"]) == (2, "ansible-why")
    assert wait["codeDescription"]["href"].endswith("/async/wait-shorter-than-job/")
    told = [(each["location"]["range"]["start"]["line"] + 1, each["message"]) for each in wait["relatedInformation"]]
    assert (4, "“Start the stocktake” starts the job") in told
    assert (7, "its id is kept in stocktake") in told
    assert edited(TEXT, wait["data"]["edits"]) == TEXT.replace("retries: 10", "retries: 200")


@pytest.mark.parametrize(
    ("line", "words", "said"),
    [
        ("become: true", "true", "the launch runs as root, the wait as the connecting user"),
        ("delegate_to: db1", "async_status", "“Wait for the stocktake” waits for it"),  # shown at the launch itself
    ],
)
def test_the_other_task_whose_user_or_host_differs_is_pointed_at(
    client: Client, line: str, words: str, said: str
) -> None:
    uri, text = f"file:///srv/shop/{words}.yml", STOCKTAKE.replace("poll: 0", f"poll: 0\n      {line}")
    client.open(uri, text)
    told = [each for finding in client.found(uri) for each in finding["relatedInformation"] if each["message"] == said]
    assert [each["location"]["range"]["start"] for each in told] == [position(text, words, 0)]


def actions(client: Client, found: list[dict], code: str, only: list[str] | None = None) -> list[dict]:
    [finding] = [each for each in found if each["code"] == code]
    context = {"diagnostics": [finding], **({"only": only} if only else {})}
    where = {"textDocument": {"uri": URI}, "range": finding["range"], "context": context}
    given: list[dict] = client.ask("textDocument/codeAction", where)
    return given


def made(action: dict) -> str:
    [change] = action["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": URI, "version": 1}
    return edited(TEXT, change["edits"])


def test_the_change_the_comment_and_the_page_are_offered(client: Client, found: list[dict]) -> None:
    change, ignore, explain = actions(client, found, "async/wait-shorter-than-job", ["quickfix"])
    assert change["title"] == "Write retries: 200 (read it first)"
    assert change["isPreferred"] is False
    assert made(change) == TEXT.replace("retries: 10", "retries: 200")
    assert ignore["title"] == "Ignore wait-shorter-than-job here, with a reason"
    silenced = made(ignore)
    assert "      retries: 10  # ansible-why: ignore[wait-shorter-than-job] reason: \n" in silenced
    assert "wait-shorter" not in str(check("site.yml", silenced, kb.load()))
    assert explain["command"]["command"] == "ansible-why.explain"
    assert all(action["diagnostics"][0]["code"] == "async/wait-shorter-than-job" for action in (change, ignore))


def test_a_safe_change_is_preferred_and_one_action_makes_all_of_them(client: Client, found: list[dict]) -> None:
    safe = [each["code"] for each in found if each["data"]["trust"] == "safe" and each["data"]["edits"]]
    assert safe == ["async/poll-negative"]
    change = actions(client, found, safe[0], ["quickfix"])[0]
    assert change["isPreferred"] is True
    assert made(change) == TEXT.replace("poll: -1", "poll: 0")
    [whole] = actions(client, found, safe[0], ["source.fixAll"])
    assert (whole["kind"], whole["title"]) == ("source.fixAll.ansible-why", "Make all safe changes of ansible-why (1)")
    assert made(whole) == TEXT.replace("poll: -1", "poll: 0")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("async: 600", "may run **600 s**"),
        ("poll: 0", "runs on by itself"),
        ("retries", "10 × 3 s = **30 s**; the job may run **600 s**."),
        ("delay", "10 × 3 s = **30 s**"),
        ("until", "gives up after 30 s (10 × 3 s)"),
        ("async_status", "until it is over"),
        ("register: stocktake", "started by “Start the stocktake”, line 3"),
        ("stocktake.ansible", "waited for by “Wait for the stocktake”, line 9"),
    ],
)
def test_a_keyword_says_what_it_means_here(client: Client, found: list[dict], words: str, said: str) -> None:
    answer = asked(client, "hover", words)
    assert isinstance(answer, dict)
    assert said in answer["contents"]["value"]
    assert "━" in answer["contents"]["value"]


@pytest.mark.parametrize("words", ["hosts", "--all", "name: Start"])
def test_other_words_mean_nothing_to_us(client: Client, found: list[dict], words: str) -> None:
    assert asked(client, "hover", words) is None


def test_the_other_end_of_a_job_is_one_step_away(client: Client, found: list[dict]) -> None:
    launch, wait = position(TEXT, "command")["line"], position(TEXT, "async_status")["line"]
    for words, line in (("stocktake.ansible", launch), ("retries", launch), ("async: 600", wait)):
        answer = asked(client, "definition", words)
        assert isinstance(answer, dict)
        assert answer["range"]["start"]["line"] == line
    assert asked(client, "definition", "hosts") is None
    places = asked(client, "references", "stocktake.ansible")
    assert isinstance(places, list)
    assert [place["range"]["start"]["line"] for place in places] == [3, 6, 9, 10]


def test_jobs_are_symbols_with_their_tasks_beneath(client: Client, found: list[dict]) -> None:
    symbols = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": URI}})
    assert [(each["name"], [part["detail"] for part in each["children"]]) for each in symbols] == [
        ("stocktake", ["launch", "wait"]),
        ("Run the report", ["launch"]),
        ("mail_job", ["launch"]),
    ]


def test_waiting_is_added_up_beside_the_numbers_and_can_be_switched_off(client: Client, found: list[dict]) -> None:
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    where = {"textDocument": {"uri": URI}, "range": whole}
    hints = client.ask("textDocument/inlayHint", where)
    assert [(each["position"]["line"] + 1, each["label"]) for each in hints][:2] == [
        (5, "s, waited for 30 s"),
        (14, "= 30 s of 600 s"),
    ]
    for wanted, count in ((False, 0), (True, 4)):
        client.tell("workspace/didChangeConfiguration", {"settings": {"ansible-why": {"inlayHints": wanted}}})
        client.until(lambda message: message.get("method") == "workspace/inlayHint/refresh")
        assert len(client.ask("textDocument/inlayHint", where)) == count


@pytest.mark.parametrize("settings", [None, [], {}, {"ansible-why": None}, {"ansible-why": {"watch": None}}])
def test_settings_that_are_none_change_nothing(client: Client, found: list[dict], settings: object) -> None:
    client.tell("workspace/didChangeConfiguration", {"settings": settings})
    assert asked(client, "hover", "retries")
    assert not [message for message in client.other if message.get("method") == "window/showMessage"]


def complete(client: Client, before: str, typed: str) -> dict[str, dict]:
    """Completion at the end of a last line, by label."""
    uri = "file:///srv/shop/typing.yml"
    text = before + typed
    client.open(uri, before)
    client.found(uri, 1)
    client.change(uri, 2, text)
    at = {"line": text.count("\n"), "character": len(text) - text.rfind("\n") - 1}
    items = client.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": at})
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    return {item["label"]: item for item in items}


def test_the_wait_that_is_missing_is_offered_with_its_names_and_numbers(client: Client) -> None:
    items = complete(client, TEXT, "\n    - ")
    assert "async-wait stocktake" not in items
    item = items["async-wait mail_job"]
    assert item["textEdit"]["range"]["start"]["character"] == 4
    assert item["insertTextFormat"] == 2
    text = item["textEdit"]["newText"]
    assert text.startswith("- name: ${1:Wait for mail}\n  ansible.builtin.async_status:\n")
    assert 'jid: "{{ ${2:mail_job}.ansible_job_id }}"\n  register: ${3:mail}\n  until: ${3:mail} is finished' in text
    assert "retries: ${4:12}" in text
    patterns = {each.id for each in kb.load().entries.values() if each.kind == "pattern"}
    assert {f"async/patterns/{label.removeprefix('async-')}" for label in items} >= patterns


@pytest.mark.parametrize(
    ("typed", "label", "text"),
    [
        ('        jid: "{{ mail', "mail_job", "mail_job.ansible_job_id"),
        ('        jid: "', "mail_job", "{{ mail_job.ansible_job_id }}"),
        ("        jid: ", "mail_job", '"{{ mail_job.ansible_job_id }}"'),
        ("      until: cou", "counted", "counted"),
        ('      debug: msg="{{ counted.rc + cou', "counted", "counted"),
        ("      when: not cou", "counted", "counted"),
    ],
)
def test_names_of_the_file_are_offered(client: Client, typed: str, label: str, text: str) -> None:
    before = TEXT + "    - name: Look\n"
    assert complete(client, before, typed)[label]["textEdit"]["newText"] == text


@pytest.mark.parametrize("typed", ["      until", "  vars:", "      poll: ", "- name: as"])
def test_nothing_is_offered_where_nothing_fits(client: Client, typed: str) -> None:
    assert complete(client, TEXT, typed) == {}


def test_a_change_is_answered_for_its_version(client: Client) -> None:
    uri = "file:///srv/shop/change.yml"
    client.open(uri, TEXT)
    assert len(client.found(uri, 1)) > 1
    start = position(TEXT, "10\n")
    place = {"start": start, "end": {**start, "character": start["character"] + 2}}
    client.change(uri, 2, "999", place)
    assert "async/wait-shorter-than-job" not in [each["code"] for each in client.found(uri, 2)]
    for version in range(3, 30):
        client.change(uri, version, TEXT.replace("retries: 10", f"retries: {version}"))
    assert any(f" {29} × 3 s" in each["message"] for each in client.found(uri, 29))
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert client.found(uri) == []


def test_an_error_text_is_looked_up_with_the_open_files(client: Client) -> None:
    playbook = (EXAMPLES / "backup.yml").read_text()
    uri = "file:///srv/shop/backup.yml"
    client.open(uri, playbook)
    client.found(uri)
    paste = (EXAMPLES / "backup.log").read_text()
    answer = client.ask("workspace/executeCommand", {"command": "ansible-why.diagnose", "arguments": [paste]})
    [failure] = answer["failures"]
    assert (answer["verdict"], failure["causes"][0]["id"]) == ("causes", "async/wait-shorter-than-job")
    assert any(step["edits"] for step in failure["causes"][0]["steps"])
    assert answer["markdown"].startswith("## Wait for the backup failed on web1")
    shown = client.told("window/showDocument")["uri"]
    assert Path(shown.removeprefix("file://")).read_text() == answer["markdown"]
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_a_selected_failure_that_was_ignored_is_looked_up_too(client: Client) -> None:
    def verdict(text: str) -> tuple[str, list[str]]:
        answer = client.ask("workspace/executeCommand", {"command": "ansible-why.diagnose", "arguments": [text]})
        return answer["verdict"], [failure["spared"] for failure in answer["failures"]]

    assert verdict((EXAMPLES / "sound.log").read_text()) == ("no-failure", [])
    assert verdict(IGNORED) == ("causes", ["ignored"])
    assert verdict(IGNORED + (EXAMPLES / "index.log").read_text()) == ("causes", [""])


def test_selected_tasks_are_checked_where_they_stand(client: Client, found: list[dict]) -> None:
    start, end = position(TEXT, "    - name: Wait"), position(TEXT, "    - name: Run")
    given = {"uri": URI, "range": {"start": start, "end": end}}
    answer = client.ask("workspace/executeCommand", {"command": "ansible-why.diagnose", "arguments": [given]})
    assert answer["markdown"].startswith("- line 14: the wait ends after 10 × 3 s")
    assert "poll-negative" not in answer["markdown"]


def test_a_cause_is_explained(client: Client) -> None:
    asked = {"command": "ansible-why.explain", "arguments": ["async/job-hung"]}
    assert client.ask("workspace/executeCommand", asked).startswith("# ")


@pytest.mark.slow
def test_an_editor_that_can_do_little_gets_plain_things(tmp_path: Path) -> None:
    with Client() as plain:
        assert plain.server["capabilities"]["positionEncoding"] == "utf-16"
        uri = (tmp_path / "site.yml").as_uri()
        plain.open(uri, TEXT, "yaml")
        found = plain.found(uri)
        where = {"textDocument": {"uri": uri}, "range": found[0]["range"], "context": {"diagnostics": []}}
        change = plain.ask("textDocument/codeAction", where)[0]
        assert list(change["edit"]["changes"]) == [uri]
        at = {"line": TEXT.count("\n") + 1, "character": 6}
        plain.change(uri, 2, TEXT + "\n    - ")
        items = plain.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": at})
        assert all("$" not in item["textEdit"]["newText"].replace("$(", "") for item in items)
        assert items[0]["textEdit"]["newText"].split("\n")[1] == "      ansible.builtin.async_status:"
        plain.ask("workspace/executeCommand", {"command": "ansible-why.explain", "arguments": ["async/job-hung"]})
        assert plain.told("window/showMessage")["message"].endswith("/async/job-hung/")


@pytest.mark.slow
def test_a_debugger_may_come_in_by_a_port() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "assistant", "lsp", "--tcp", str(port)])
    try:
        with _connected(port) as connection:
            call = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})
            connection.sendall(f"Content-Length: {len(call)}\r\n\r\n{call}".encode())
            assert b"ansible-why" in connection.recv(4096)
    finally:
        server.kill()
        server.wait()


def _connected(port: int) -> socket.socket:
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port), 10)
        except OSError:
            time.sleep(0.1)
    raise TimeoutError
