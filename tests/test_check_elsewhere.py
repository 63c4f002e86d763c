"""Findings where others show them: pre-commit, GitHub's annotations, code scanning services (SARIF)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from calls import call
from pydantic import ValidationError
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from assistant import kb
from assistant.check import check
from assistant.source import apply, offset

ROOT = Path(__file__).resolve().parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
PLAYBOOK = """\
- hosts: shop
  tasks:
    - name: "Start: 100 %, 😀"
      command: /usr/local/bin/stocktake
      async: 600
      poll: -1
      register: stocktake

    - name: Wait, then go on
      async_status: {jid: "{{ stocktake.ansible_job_id }}"}
      register: counted
      until: "{{ counted is finished }}"
      retries: 10
      delay: 3
"""


@pytest.fixture
def playbook(tmp_path: Path) -> Path:
    made = tmp_path / "Wäsche, 50%: rein.yml"
    made.write_text(PLAYBOOK, encoding="utf-8")
    return made


def test_sarif_is_what_the_standard_says(playbook: Path) -> None:
    """pydantic-sarif is made from the schema of OASIS (sarif-schema-2.1.0.json) and allows no other keys."""
    log = json.loads(call("check", "--format", "sarif", str(playbook)).out)
    Sarif.model_validate_json(json.dumps(log))
    results = log["runs"][0]["results"]
    assert len(results) > 2
    assert any("fixes" in result for result in results)
    broken = json.loads(json.dumps(log))
    del broken["runs"][0]["tool"]["driver"]["name"]
    for wrong in (broken, {**log, "version": "2.0.0"}, {**log, "colour": "red"}):
        with pytest.raises(ValidationError):
            Sarif.model_validate_json(json.dumps(wrong))


def test_a_fix_of_sarif_makes_what_our_edits_make(playbook: Path) -> None:
    log = json.loads(call("check", "--format", "sarif", str(playbook)).out)
    faults = [fault for fault in check(str(playbook), PLAYBOOK, kb.load()) if fault.edits]
    fixes = [result["fixes"][0] for result in log["runs"][0]["results"] if "fixes" in result]
    assert len(fixes) == len(faults)
    for fault, fix in zip(faults, fixes, strict=True):
        [change] = fix["artifactChanges"]
        assert unquote(change["artifactLocation"]["uri"]) == str(playbook)
        text = PLAYBOOK
        for each in sorted(change["replacements"], key=lambda each: -_at(each, "start")):
            text = text[: _at(each, "start")] + each["insertedContent"]["text"] + text[_at(each, "end") :]
        assert text == apply(PLAYBOOK, fault.edits)


def _at(replacement: dict, end: str) -> int:
    region = replacement["deletedRegion"]
    return offset(PLAYBOOK, region[f"{end}Line"], region[f"{end}Column"])


COMMAND = re.compile(r"::(?P<name>[a-z]+) (?P<properties>[^\n]*?)::(?P<message>[^\n]*)")
"""How the runner reads a line (ActionCommand.cs): properties to the next "::", split at commas and at "="."""


def test_annotations_come_back_as_they_were_meant(playbook: Path) -> None:
    lines = call("check", "--format", "github", str(playbook)).out.splitlines()
    faults = check(str(playbook), PLAYBOOK, kb.load())
    assert len(lines) == len(faults)
    for line, fault in zip(lines, faults, strict=True):
        read = COMMAND.fullmatch(line)
        assert read
        assert read["name"] == "warning"
        properties = dict(each.split("=", 1) for each in read["properties"].split(","))
        assert set(properties) <= {"file", "line", "col", "endLine", "endColumn", "title"}
        assert _unescaped(properties["file"]) == str(playbook)
        assert offset(PLAYBOOK, int(properties["line"]), int(properties["col"])) == fault.span.start
        assert _unescaped(read["message"]).startswith(fault.message)


def _unescaped(text: str) -> str:
    for coded, sign in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(coded, sign)
    return text


def test_the_hooks_are_as_pre_commit_wants_them() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(HOOKS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_what_the_hooks_start_finds_and_mends(playbook: Path) -> None:
    find, mend = (hook["entry"].split()[1:] for hook in yaml.safe_load(HOOKS.read_text()))
    assert call(*find, str(playbook)).status == 1
    assert playbook.read_text(encoding="utf-8") == PLAYBOOK
    call(*mend, str(playbook))
    assert "poll: 0" in playbook.read_text(encoding="utf-8")
    other = playbook.with_name("compose.yaml")
    other.write_text("services:\n  web:\n    image: nginx\n")
    assert call(*find, str(other)).status == 0
