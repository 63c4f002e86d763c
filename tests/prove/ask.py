"""Our own command, asked as a user asks it, and its edits applied by other code than ours."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from prove import venvs
from prove.stage import SURROUNDINGS

COMMAND = [sys.executable, "-m", "assistant"]
REFUSED = 2
"""How our command ends when it cannot read what it was given."""


def diagnose(paste: str, playbook: Path, *extra: str) -> dict[str, Any]:
    """The JSON of `ansible-why diagnose` for this output with this playbook."""
    return _json(["diagnose", "--format", "json", "--task", playbook.name, *extra, "-"], playbook.parent, paste)


def check(playbook: Path) -> list[dict[str, Any]]:
    """The findings of `ansible-why check` in this playbook; none in one that is no YAML, which it says and refuses."""
    answer = _json(["check", "--format", "json", playbook.name], playbook.parent, "")
    findings: list[dict[str, Any]] = answer.get("findings", [])
    return findings


def _json(arguments: list[str], folder: Path, given: str) -> dict[str, Any]:
    command = [*COMMAND, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=_environment(), input=given, capture_output=True, text=True, timeout=60
    )
    if arguments[0] == "check" and done.returncode == REFUSED:
        return {}
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _environment() -> dict[str, str]:
    return {**SURROUNDINGS, "PYTHONPATH": str(venvs.ROOT)}


def causes(diagnosis: dict[str, Any]) -> list[dict[str, Any]]:
    """The causes of all failures of a diagnosis, best first; not of what failed inside one."""
    return [cause for failure in diagnosis["failures"] if not failure["within"] for cause in failure["causes"]]


def questions(diagnosis: dict[str, Any]) -> set[str]:
    """The keys of the questions that a diagnosis asks."""
    asked = (failure["question"] for failure in diagnosis["failures"])
    return {question["key"] for question in asked if question}


def edits(cause: dict[str, Any]) -> list[dict[str, Any]]:
    """The edits of all steps of a cause."""
    return [edit for step in cause["steps"] for edit in step["edits"]]


def edited(text: str, changes: list[dict[str, Any]]) -> str:
    """The text after edits as the JSON gives them: start and end are [line, column] in characters, from 1."""
    lines = text.splitlines(keepends=True)
    spans = [(_offset(lines, one["start"]), _offset(lines, one["end"]), one["text"]) for one in changes]
    for start, end, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _offset(lines: list[str], place: list[int]) -> int:
    line, column = place
    return sum(map(len, lines[: line - 1])) + column - 1
