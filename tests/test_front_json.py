"""JSON: what scripts are promised, held against the schema that is shipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from front_values import CAUSE, FAILURE, FAULT, LIKELY, PATH, TEXT, UNKNOWN, report, span

import assistant
from assistant.front.forms.values import diagnosis, faults, verdict

SCHEMAS = Path(assistant.__file__).parent / "schema"


def schema(name: str) -> dict[str, Any]:
    """The shipped schema of an output."""
    read: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
    return read


def strict(node: Any) -> Any:
    """The schema with every object closed: a field that it does not describe fails the test."""
    if isinstance(node, dict):
        closed = {key: strict(value) for key, value in node.items()}
        return {**closed, "additionalProperties": False} if "properties" in node else closed
    return [strict(each) for each in node] if isinstance(node, list) else node


@pytest.mark.parametrize("name", ["diagnose", "check"])
def test_the_schema_is_sound(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("field", ["verdict", "failures"])
def test_the_schema_refuses_an_output_without_a_promised_field(field: str) -> None:
    value = diagnosis([report(LIKELY)], {PATH: TEXT})
    del value[field]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, schema("diagnose"))


def test_a_diagnosis_is_as_the_schema_says() -> None:
    value = diagnosis([report(LIKELY, UNKNOWN, notes=("line 3: failed and was ignored",))], {PATH: TEXT})
    jsonschema.validate(value, strict(schema("diagnose")))
    assert [failure["task"] for failure in value["failures"]] == ["Wait for the backup", "Load it"]
    assert value["failures"][0]["question"]["answers"] == ["less than 30 s", "longer"]
    assert value["failures"][1]["causes"] == []
    assert value["failures"][1]["question"] is None


def test_places_are_lines_and_columns_from_one() -> None:
    cause = diagnosis([report(LIKELY)], {PATH: TEXT})["failures"][0]["causes"][0]
    assert cause["steps"][0]["edits"] == [{"path": PATH, "start": [12, 12], "end": [12, 14], "text": "200"}]
    assert cause["marks"] == [
        {
            "path": PATH,
            "start": [12, 3],
            "end": [12, 14],
            "text": "10 looks, 3 s apart, wait 30 s; the job may take 600 s",
        }
    ]


def test_without_the_task_file_there_are_no_marks() -> None:
    finding = LIKELY._replace(causes=(CAUSE._replace(steps=()),))
    assert diagnosis([report(finding)], {})["failures"][0]["causes"][0]["marks"] == []


def test_a_secret_beside_a_change_is_taken_out_of_the_diff_but_the_edit_stays_whole() -> None:
    secret = CAUSE.steps[0]._replace(diff=" db_password: hunter2\n-a\n+b\n")
    finding = LIKELY._replace(causes=(CAUSE._replace(steps=(secret,)),))
    step = diagnosis([report(finding)], {PATH: TEXT})["failures"][0]["causes"][0]["steps"][0]
    assert "hunter2" not in step["diff"]
    assert "+b" in step["diff"]
    assert step["edits"][0]["text"] == "200"


def test_the_diff_of_a_finding_is_what_its_edits_make_of_the_file_without_secrets() -> None:
    text = TEXT.replace("  delay: 3", "  delay: 3\n  vars: {db_password: hunter2}")
    (value,) = faults([(FAULT, text)])["findings"]
    assert "-  retries: 10\n+  retries: 200\n" in value["diff"]
    assert "db_password" in value["diff"] and "hunter2" not in value["diff"]
    assert faults([(FAULT._replace(edits=()), text)])["findings"][0]["diff"] == ""


def test_several_pastes_say_which_one() -> None:
    value = diagnosis(
        [report(LIKELY, name="a.log"), report(name="b.log", verdict="no-failure", notes=("it came good",))],
        {PATH: TEXT},
    )
    assert value["verdict"] == "causes"
    assert [failure["file"] for failure in value["failures"]] == ["a.log"]
    assert value["notes"] == ["b.log: it came good"]


@pytest.mark.parametrize(
    ("given", "whole"),
    [
        (["not-ansible", "no-failure"], "no-failure"),
        (["no-failure", "unknown"], "unknown"),
        (["unknown", "causes", "not-ansible"], "causes"),
    ],
)
def test_the_verdict_over_several_pastes_is_the_most_telling_one(given: list[str], whole: str) -> None:
    assert verdict([report(verdict=each) for each in given]) == whole


def test_findings_of_check_are_as_the_schema_says() -> None:
    value = faults([(FAULT, TEXT)], [(FAULT, TEXT)])
    jsonschema.validate(value, strict(schema("check")))
    found = value["findings"][0]
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (12, 3, 12, 14)
    assert found["cause"] == "async/wait-shorter-than-job"


def test_a_place_after_wide_characters_counts_characters() -> None:
    text = "# 日本語 𝄞\n" + TEXT
    value = faults([(FAULT._replace(span=span("日本語", text)), text)])["findings"][0]
    assert (value["line"], value["column"], value["end_column"]) == (1, 3, 6)


def test_a_failure_that_says_nothing_is_sound_too() -> None:
    bare = LIKELY._replace(failure=type(FAILURE)(), causes=(), question=None)
    jsonschema.validate(diagnosis([report(bare)], {}), strict(schema("diagnose")))
