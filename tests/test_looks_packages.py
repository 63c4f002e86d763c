"""Looks at packages, services and containers: what cannot be told first, then what is told."""

from __future__ import annotations

import pytest
from looking import evidence_at, look

from assistant.looks import packages

START = "- name: Start\n  ansible.builtin.systemd: {name: shop, state: started}\n"
RUN = "- name: Run\n  community.docker.docker_container: {name: cache, image: redis}\n"
APT = "- name: Relay\n  apt:\n    name: metrics-relay\n"


def failures(*lines):
    return look("dnf_failures", result={"failures": list(lines)})


def test_what_cannot_be_told_is_unknown():
    assert look("dnf_failures") == look("dnf_failures", result={"failures": "No package x available."}) == "unknown"
    assert failures() == failures("something else went wrong") == "unknown"
    assert look("unit_scope") == look("unit_scope", APT, "Relay") == "unknown"
    assert look("unit_scope", START.replace("name: shop", 'scope: "{{ whose }}", name: shop'), "Start") == "unknown"
    assert look("container_module") == look("container_module", RUN, "Another") == "unknown"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("No package apache2 available.", "no such package"),
        ("Unable to find a match: apache2", "no such package"),
        ("nothing provides libfoo.so needed by bar", "conflict"),
        ("package bar-1.x86_64 conflicts with baz provided by baz-2.x86_64", "conflict"),
        ("Failed to download packages: Curl error (6): Couldn't resolve host name", "not reached"),
    ],
)
def test_what_dnf_lists(line, answer):
    assert failures("something unknown", line) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (START, "system"),
        (START.replace("name: shop", "scope: system, name: shop"), "system"),
        (START.replace("name: shop", "scope: user, name: shop"), "user"),
    ],
)
def test_whose_units_a_task_asks_for(text, answer):
    assert look("unit_scope", text, "Start") == answer


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("systemctl restart shop", "system"),
        (["systemctl", "--user", "restart", "shop"], "user"),
        ("/usr/bin/systemctl", "system"),
        ("/usr/bin/systemctl --user", "user"),
        ("echo --user", "unknown"),
    ],
)
def test_whose_units_a_command_asks_for(command, answer):
    assert look("unit_scope", result={"cmd": command}) == answer


@pytest.mark.parametrize(
    ("text", "at", "answer"),
    [(RUN, "Run", "yes"), (APT, "Relay", "no"), (RUN.replace("community.docker.", ""), "Run", "yes")],
)
def test_whose_library_is_missing(text, at, answer):
    assert look("container_module", text, at) == answer


def test_the_paste_may_name_the_module():
    assert look("container_module", module="docker_container") == "yes"
    assert look("container_module", module="pip") == "no"


def test_an_option_is_only_offered_to_a_module_that_has_it():
    assert dict(packages.holes(evidence_at(APT, "Relay")))["cache_option"] == "update_cache"
    assert not any(dict(packages.holes(evidence_at(RUN, "Run"))).values())
    assert (
        dict(packages.holes(evidence_at(APT.replace("apt:", "pip:"), "Relay")))["venv_option"] == "virtualenv_command"
    )
    assert dict(packages.holes(evidence_at(START, "Start")))["reload_option"] == "daemon_reload"
    free = START.replace("{name: shop, state: started}", "name=shop state=started")
    assert dict(packages.holes(evidence_at(free, "Start")))["reload_option"] == "daemon_reload"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("command: docker-compose up -d", "docker compose up -d"),
        (
            "shell: cd /srv && docker-compose -f docker-compose.yml up",
            "cd /srv && docker compose -f docker-compose.yml up",
        ),
        ("command: /usr/local/bin/docker-compose up", ""),
        ("command: docker compose up -d", ""),
        ("debug: {msg: docker-compose}", ""),
    ],
)
def test_compose_one_is_called_as_compose_two(line, written):
    found = dict(packages.holes(evidence_at(f"- name: Up\n  {line}\n", "Up")))
    assert found["compose_command"] == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("dnf: {name: shop, enablerepo: epel}", ""),
        ("apt: {name: shop}", ""),
        ("ansible.builtin.yum: {name: shop, state: present}", "ansible.builtin.yum"),
        ("dnf: name=shop", "dnf"),
    ],
)
def test_package_only_takes_what_every_manager_knows(text, written):
    assert dict(packages.holes(evidence_at(f"- name: Shop\n  {text}\n", "Shop")))["dnf_written"] == written
