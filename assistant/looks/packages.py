"""Packages, services and containers: what dnf listed, whose units are meant, whose library is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.commands import command_value
from assistant.looks.evidence import ABSENT, Evidence, literal, text_of
from assistant.model import Fact

MISSING = re.compile(r"No package .{1,200} available|Unable to find a match|No match for argument|nothing matches")
CLASH = re.compile(r"nothing provides|conflicting requests|conflicts with|cannot install|obsoleted by|requires ")
FETCH = re.compile(r"Failed to download|Cannot download|All mirrors were tried|Curl error|Status code: \d{3}")
WITH_CACHE = frozenset("apt dnf dnf5 yum package".split())
SYSTEMD = frozenset("systemd systemd_service".split())
COMPOSE = re.compile(r"(?<![\w./-])docker-compose(?![\w./-])")
"""Compose 1 as a program: no path to it, and no file that is called after it."""
DOCKER = re.compile(r"^(?:community\.docker\.)?docker_[a-z_]+$")


def dnf_failures(evidence: Evidence) -> Fact | None:
    """no such package | conflict | not reached: what dnf lists in `failures`, where its message says nothing.

    The list holds lines of its own (modules/dnf.py, since 2.5); the first that is understood decides.
    """
    listed = evidence.result.get("failures")
    for line in listed if isinstance(listed, list) else ():
        for word, pattern in (("no such package", MISSING), ("not reached", FETCH), ("conflict", CLASH)):
            if pattern.search(str(line)[:2_000]):
                return Fact("dnf_failures", word, f"failures: {str(line)[:80]}")
    return None


def unit_scope(evidence: Evidence) -> Fact | None:
    """user | system: whose units the failed task asks for, by `scope` or by systemctl --user."""
    command = _command(evidence)
    if "systemctl" in command:
        word = "user" if re.search(r"\s--user\b", command) else "system"
        return Fact("unit_scope", word, f"the command is {command[:60]}")
    task = evidence.task
    if task is None or task.module not in (*SYSTEMD, "service"):
        return None
    scope = task.args.get("scope", ABSENT)
    if scope.state == "unknown":
        return None
    word = "user" if literal(scope, str) in ("user", "global") else "system"
    said = f"scope: {text_of(scope)}" if scope.node else "no scope is written: units of the system"
    return Fact("unit_scope", word, said, task.action_span, task.path)


def _command(evidence: Evidence) -> str:
    """The command line of the result; systemd's module shows how it calls systemctl, "/usr/bin/systemctl --user"."""
    told = evidence.result.get("cmd", "")
    return " ".join(map(str, told)) if isinstance(told, list) else str(told)


def container_module(evidence: Evidence) -> Fact | None:
    """yes | no: whether the task that failed runs one of Docker's modules."""
    task, told = evidence.task, evidence.failure.module if evidence.failure else ""
    name = task.module if task is not None else told
    if not name:
        return None
    word = "yes" if DOCKER.match(name) else "no"
    where = (task.action_span, task.path) if task is not None else (None, "")
    return Fact("container_module", word, f"the module is {name}", *where)


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """What a fix may write into the failed task: only where its module has such an option, or such a command."""
    module = evidence.task.module if evidence.task else ""
    cache = "update_cache" if module in WITH_CACHE else ""
    yield "cache_option", cache
    yield "cache_option_for_gone_file", cache if _url(evidence).endswith((".deb", ".rpm")) else ""
    yield "reload_option", "daemon_reload" if module in SYSTEMD else ""
    yield "mask_option", "masked" if module in SYSTEMD else ""
    yield "venv_option", "virtualenv_command" if module == "pip" else ""
    yield "compose_command", _with_plugin(evidence)
    yield "dnf_written", _dnf_written(evidence)


def _dnf_written(evidence: Evidence) -> str:
    """The action yum or dnf as the task has it, where `package` can stand in its place; "" with options of its own."""
    task = evidence.task
    plain = task is not None and task.module in ("yum", "dnf") and set(task.args) <= {"name", "state"}
    return task.action if task is not None and plain else ""


def _url(evidence: Evidence) -> str:
    """The address that could not be fetched, as the sign caught it."""
    return evidence.match.holes.get("url", "") if evidence.match else ""


def _with_plugin(evidence: Evidence) -> str:
    """The task's command with `docker compose` in place of `docker-compose`; "" where it has none to replace."""
    task = evidence.task
    value = command_value(task) if task and task.module in ("command", "shell") else None
    text = text_of(value) if value else ""
    written = COMPOSE.sub("docker compose", text)
    return written if written != text else ""
