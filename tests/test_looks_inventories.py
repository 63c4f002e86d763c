"""Looks at inventories: what their plugins said, and what warnings say above an error about hosts."""

from __future__ import annotations

import pytest

from assistant.looks import Evidence
from assistant.looks.inventories import extra_vars_met, holes, inventory_fault, inventory_read
from assistant.model import Failure, Origin, Seen

UNREAD = "Unable to parse /srv/{file} as an inventory source"


def chain(*texts: str) -> Evidence:
    return Evidence(failure=Failure(kind="parse", message=texts[-1] if texts else "", chain=texts))


def above(*warnings: str) -> Evidence:
    seen = tuple(Seen("warning", "", "", {}, f"[WARNING]: {text}", n) for n, text in enumerate(warnings, 1))
    return Evidence(failure=Failure(kind="parse", message="Specified hosts …", seen=seen))


def test_without_a_source_or_a_warning_nothing_is_known() -> None:
    for evidence in (Evidence(), chain(), chain("No inventory was parsed, only implicit localhost is available")):
        assert inventory_fault(evidence) is None
    assert inventory_read(Evidence()) is None
    assert inventory_read(above()) is None
    assert inventory_read(above("provided hosts list is empty, only localhost is available.")) is None


OLD = "Failed to parse /srv/{file} with {plugin} plugin: {said}"
NEW = "Failed to parse inventory with '{plugin}' plugin: {said}"
COLON = "Invalid host pattern 'all:' supplied, ending in ':' is not allowed"
YAML = "We were unable to read either as JSON nor YAML"


@pytest.mark.parametrize("shape", [OLD, NEW])
@pytest.mark.parametrize(
    ("file", "said", "answer"),
    [
        ("a.yml", [("auto", YAML), ("yaml", YAML), ("ini", COLON)], "yaml"),  # ini tries last and means nothing
        ("a.sh", [("script", "had an execution error"), ("ini", "Expected key=value")], "script"),
        ("a.ini", [("ini", "Expected key=value host variable assignment, got: x")], "ini"),
        ("a.ini", [("ini", "not enough values to unpack (expected 3, got 2)")], "host line"),
        ("a.ini", [("ini", "host range must have begin <= end")], "host line"),
        ("a.conf", [("ini", "Invalid host pattern 'plugin:' supplied, ending in ':' is not allowed")], "other"),
        ("a.conf", [("ini", "Invalid host pattern '---' supplied, '---' is normally a sign")], "other"),
        ("a.ini", [], "not there"),
        ("a.aws_ec2.yml", [("auto", "inventory config specifies unknown plugin")], "other"),
    ],
)
def test_the_plugin_that_was_meant_says_why(shape: str, file: str, said: list[tuple[str, str]], answer: str) -> None:
    texts = [shape.format(file=file, plugin=plugin, said=text) for plugin, text in said]
    evidence = chain(*texts, UNREAD.format(file=file))
    fact = inventory_fault(evidence)
    assert fact is not None and fact.value == answer
    known = dict(holes(evidence))
    assert known["inventory_source"] == f"/srv/{file}"
    assert bool(known["inventory_said"]) == bool(said)


@pytest.mark.parametrize(
    ("warnings", "answer"),
    [
        ((UNREAD, "No inventory was parsed, only implicit localhost is available"), "unread"),
        (("No inventory was parsed, only implicit localhost is available",), "none given"),
        (("Could not match supplied host pattern, ignoring: staging",), "read"),
    ],
)
def test_warnings_above_the_error_tell_whether_there_was_an_inventory(warnings: tuple[str, ...], answer: str) -> None:
    fact = inventory_read(above(*warnings))
    assert fact is not None and fact.value == answer


@pytest.mark.parametrize(
    ("warning", "answer"),
    [
        ("", "no"),
        ("Failed to parse inventory with 'ini' plugin: Expected key=value host variable assignment, got: x", "no"),
        ("something else said failed at splitting arguments: msg='it", "no"),
        ("Failed to parse inventory with 'ini' plugin: failed at splitting arguments: msg='it", "yes"),
        ("* Failed to parse /srv/a.ini with ini plugin: failed at splitting\narguments: msg='it", "yes"),
    ],
)
def test_only_what_an_inventory_plugin_met_too_comes_from_the_command_line(warning: str, answer: str) -> None:
    seen = above(*([warning.removeprefix("* ")] if warning else []))
    assert seen.failure is not None
    failure = seen.failure._replace(message="failed at splitting arguments: msg='it")
    fact = extra_vars_met(Evidence(failure=failure))
    assert fact is not None and fact.value == answer
    assert extra_vars_met(Evidence()) is None
    placed = failure._replace(origin=Origin("/srv/site.yml", 3, 7))
    fact = extra_vars_met(Evidence(failure=placed))
    assert fact is not None and fact.value == "no"


def test_a_key_in_the_wrong_place_is_why_a_limit_finds_nobody() -> None:
    skipped = 'Skipping unexpected key (web) in group (all), only "vars", "children" and "hosts" are valid'
    evidence = above(skipped, "Could not match supplied host pattern, ignoring: web")
    fact = inventory_read(evidence)
    assert fact is not None and (fact.value, fact.because) == ("misplaced", skipped)
    known = dict(holes(evidence))
    assert (known["misplaced_key"], known["group_told"]) == ("web", "all")
    assert "misplaced_key" not in dict(holes(above("Could not match supplied host pattern, ignoring: web")))
