"""Secrets go, evidence stays. What must stay comes first."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from assistant.redact import controls, text, value

STAYS = [
    "fatal: [web1]: FAILED! => could not find job j123456789012.4567",
    "/home/deploy/.ansible_async/j372071324707.13427",
    "Missing become password",
    "Incorrect sudo password",
    "Incorrect password: try again later",
    "ansible_become_pass is not set on this host",
    "'ansible_become_pass' is undefined",
    "KeyError: 'ansible_job_id'",
    "key: value",
    "the output has been hidden due to the fact that 'no_log: true' was specified for this result",
    "no_log: true",
    "unexpected token: found ',' here",
    'db_password: "{{ vault_db_password }}"',
    "password=********",
    "password: null",
    "update_password: always",
    "token_type: bearer",
    "private_key_file: /home/me/.ssh/id_rsa",
    "http://example.com:8080/path",
    "ssh: connect to host 127.0.0.1 port 2223: Connection refused",
    "Unsupported parameters for (ansible.legacy.user) module: passwrd. Supported parameters include: password, name",
    "--ask-become-pass",
    "ansible-playbook --ask-vault-pass site.yml",
    "ansible-playbook --private-key ~/.ssh/deploy site.yml",
    "vault_password_file = ~/.vault_pass",
    "password_mechanism=sshpass",
    "-----BEGIN PUBLIC KEY-----",
    "ssh-rsa AAAAB3NzaC1yc2E me@host",
    "passing the rc 0",
    "compass: north",
    "passwords:\n  - name: db\n    length: 12",
    "community.general.htpasswd:\n  path: /x\n  state: present",
    "password_lock:\n  - x",
    "tokens: []\nnext: 1",
    "secrets:\nnext:\n  - x",
    "password: |\nnext: 1",
    "tokens: ['{{ first }}', '{{ second }}']",
]


@pytest.mark.parametrize("line", STAYS)
def test_evidence_stays(line: str) -> None:
    assert text(line) == (line, 0)


GOES = {
    "db_password: hunter2": "db_password: [redacted]",
    "+   db_password: hunter2": "+   db_password: [redacted]",
    "vars: {db_password: hunter2, async: 5}": "vars: {db_password: [redacted], async: 5}",
    "{a: 1, api_token: zzz999}": "{a: 1, api_token: [redacted]}",
    "    login_password: hunter2\n    name: x": "    login_password: [redacted]\n    name: x",
    "password=hunter2 user=me": "password=[redacted] user=me",
    '"password": "hunter2", "name": "x"': '"password": "[redacted]", "name": "x"',
    "{'passwd': 'hunter2'}": "{'passwd': '[redacted]'}",
    r"{\"api_key\": \"hunter2\"}": r"{\"api_key\": \"[redacted]\"}",
    "mysql --password=hunter2 -u root": "mysql --password=[redacted] -u root",
    "tool --token hunter2 run": "tool --token [redacted] run",
    "PGPASSWORD=hunter2 psql": "PGPASSWORD=[redacted] psql",
    "export AWS_SECRET_ACCESS_KEY=hunter2": "export AWS_SECRET_ACCESS_KEY=[redacted]",
    "Authorization: Bearer hunter2": "Authorization: Bearer [redacted]",
    '"Authorization": "Basic aHVudGVyMg=="': '"Authorization": "Basic [redacted]"',
    "https://me:hunter2@git.example.com/x": "https://me:[redacted]@git.example.com/x",
    "postgres://app:hunter2@db/x": "postgres://app:[redacted]@db/x",
    "id AKIAIOSFODNN7EXAMPLE end": "id [redacted] end",
    "ghp_0123456789abcdefghijABCDEFGHIJ012345": "[redacted]",
    "github_pat_0123456789abcdefghij_X": "[redacted]",
    "glpat-0123456789abcdefghij": "[redacted]",
    "xoxb-0123456789-abcdef": "[redacted]",
    "AIza" + "0" * 35: "[redacted]",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_def-1": "[redacted]",
    "a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b": "a [redacted] b",
    "x -----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk": "x [redacted]",
    "- db_password: |\n    hunter2\n\n    more\n  next: 1": "- db_password: |\n    [redacted]\n\n\n  next: 1",
    "vault_password: >-\n  hunter2\nnext: 1": "vault_password: >-\n  [redacted]\nnext: 1",
    "api_tokens:\n- hunter2\nnext: 1": "api_tokens:\n- [redacted]\nnext: 1",
    '"passwords": ["hunter2", "hunter3"]': '"passwords": [redacted]',
    r"{\"tokens\": [\"hunter2\"]}": r"{\"tokens\": [redacted]}",
}


def test_every_item_of_a_list_goes() -> None:
    assert text("a:\n  api_tokens:\n    - hunter2\n    - hunter3\n  b: 1\n") == (
        "a:\n  api_tokens:\n    - [redacted]\n    - [redacted]\n  b: 1\n",
        2,
    )


@pytest.mark.parametrize("line", GOES)
def test_secrets_go_and_stay_away(line: str) -> None:
    clean, count = text(line)
    assert (clean, count) == (GOES[line], 1)
    assert text(clean) == (clean, 0)


def test_values_by_name() -> None:
    result: dict[str, Any] = {
        "ansible_job_id": "j1.2", "rc": 1, "msg": "no", "invocation": {"module_args": {
            "login_password": "hunter2", "api_key": 12345, "token": ["a", {"b": "c"}], "update_password": "always",
            "password": None, "private_key_file": "/x", "key": "a", "secret": "{{ vault_x }}", "no_log": True,
            "url": "https://me:hunter2@x/", "password_lock": False,
        }},
    }  # fmt: skip
    clean, count = value(result)
    given = clean["invocation"]["module_args"]
    assert count == 5
    assert given == {
        "login_password": "[redacted]", "api_key": "[redacted]", "token": ["[redacted]", {"b": "[redacted]"}],
        "update_password": "always", "password": None, "private_key_file": "/x", "key": "a",
        "secret": "{{ vault_x }}", "no_log": True, "url": "https://me:[redacted]@x/", "password_lock": False,
    }  # fmt: skip
    assert clean["ansible_job_id"] == "j1.2" and value(clean) == (clean, 0)
    assert result["invocation"]["module_args"]["login_password"] == "hunter2"


CONTROLS = {
    "plain\ttext\n": "plain\ttext\n",
    "\x1b[0;31mred\x1b[0m": "red",
    "\x1b]0;title\x07text": "text",
    "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\": "link",
    "a\x1b[2Jb\x1b[10;10Hc\x9b31md": "abcd",
    "a\x00b\x07c\x08d\x7fe\x85f": "abcdef",
    "safe\u202egnp.exe\u2066x\u2069": "safegnp.exex",
    "zero\u200bwidth\ufeff": "zerowidth",
    "lone \ud800 surrogate": "lone \ufffd surrogate",
    "unfinished \x1b[": "unfinished ",
    "unfinished \x1b]0;rest of the line": "unfinished 0;rest of the line",
    "accents: é ü 漢字 🙂": "accents: é ü 漢字 🙂",
}


@pytest.mark.parametrize("given_text", CONTROLS)
def test_controls(given_text: str) -> None:
    assert controls(given_text) == CONTROLS[given_text]


@settings(max_examples=often(30, 500), deadline=None)
@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text(given_text: str) -> None:
    clean = controls(given_text)
    assert controls(clean) == clean
    assert not any(ord(char) < 32 and char not in "\n\t" for char in clean)
    once, _ = text(clean)
    assert text(once) == (once, 0)


PIECES = st.sampled_from(
    ["password", "=", ": ", '"', "'", "\\", "token", "hunter2", "://", "@", "-----BEGIN ", "PRIVATE KEY-----", "eyJ",
     ".", "--", " ", "\n", "|\n", ":\n", "- ", "[", "]",
     "Authorization", "Bearer ", "[redacted]", "{{", "}}", "a", "pass", "*"]
)  # fmt: skip


@settings(max_examples=often(40, 500), deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_idempotent(parts: list[str]) -> None:
    once, _ = text("".join(parts))
    assert text(once) == (once, 0)


HOSTILE = [
    "eyJ" * 100_000, "a" * 300_000, 'password:"' * 30_000, "-----BEGIN " * 27_000, "://" * 100_000, "token" * 60_000,
    "password " * 33_000, '\\"' * 150_000, "authorization " * 21_000, "://a:" * 60_000, "--pass " * 42_000,
    "-----BEGIN PRIVATE KEY-----" * 11_000, "\x1b]" * 150_000, "\x1b[" * 150_000, "password=" + "*" * 300_000,
    "password: 'a" * 25_000, "pass_" * 60_000, "password: |\n" * 25_000, "  password:\n  - " * 18_000,
    "tokens: [" * 33_000,    "password: |\n " + "\n" * 300_000, " " * 300_000 + "password:",
]  # fmt: skip


@pytest.mark.parametrize("given_text", HOSTILE, ids=lambda text: text[:14])
def test_linear(given_text: str) -> None:
    given_text = given_text[: often(40_000, None)]
    start = time.process_time()
    text(controls(given_text))
    assert time.process_time() - start < 0.3 + len(given_text) / 1e6
