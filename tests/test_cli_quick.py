"""The quick path: a paste from a pipe answered as JSON pays for nothing that it does not use."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from pathlib import Path

import pytest
from calls import EXAMPLES, ROOT, surroundings

from assistant.front.cli.commands import chosen, parse
from assistant.front.cli.quick import quick

HEAVY = (
    "rich",
    "prompt_toolkit",
    "markdown_it",
    "pygls",
    "shtab",
    "importlib.resources",
    "importlib.metadata",
    "dataclasses",
    "inspect",
    "difflib",
    "argparse",
    "shutil",
    "tempfile",
    "subprocess",
    "pathlib",
    "logging",
    "typing_extensions",
)

HARNESS = """\
import sys
sys.path.insert(0, {root!r})
from assistant.front.cli import main
status = main({arguments!r})
sys.stderr.write("\\n".join(sorted(sys.modules)))
sys.exit(status)
"""


def imported(arguments: list[str], paste: str) -> tuple[set[str], str]:
    """The modules that are loaded after a call, and its standard output. Bare: no site packages' start-up files."""
    code = HARNESS.format(root=str(ROOT), arguments=arguments)
    done = subprocess.run(
        [sys.executable, "-c", code], input=paste, capture_output=True, text=True, env=surroundings(), timeout=60
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split("\n")), done.stdout


@functools.cache
def before() -> set[str]:
    """What Python has loaded before our first line."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        env=surroundings(),
    )
    return set(done.stdout.split("\n"))


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """The base of a source checkout is compiled once; a wheel brings it along."""
    from assistant import kb

    kb.load()


def test_a_paste_answered_as_json_imports_nothing_heavy() -> None:
    modules, out = imported(["--format", "json"], (EXAMPLES / "backup.log").read_text())
    assert json.loads(out)["verdict"] == "causes"
    assert sorted((modules - before()) & {*HEAVY, "yaml", "assistant.source", "assistant.plays"}) == []


def test_yaml_is_read_only_where_a_task_is_given() -> None:
    paste = (EXAMPLES / "backup.log").read_text()
    modules, _ = imported(["diagnose", "--format", "json", "--task", str(EXAMPLES / "backup.yml")], paste)
    assert "yaml" in modules
    assert (
        sorted(
            (modules - before()) & {"rich", "markdown_it", "prompt_toolkit", "pygls", "shtab", "dataclasses", "inspect"}
        )
        == []
    )


def test_check_imports_no_rich(tmp_path: Path) -> None:
    path = tmp_path / "site.yml"
    path.write_text("- hosts: all\n")
    modules, _ = imported(["check", str(path)], "")
    assert sorted((modules - before()) & {"rich", "markdown_it", "shtab", "dataclasses", "inspect"}) == []


@pytest.mark.parametrize(
    "call",
    [
        [],
        ["--help"],
        ["check", "--format", "json"],
        ["list", "--format", "json"],
        ["diagnose", "x.log"],
        ["diagnose", "--format", "text"],
        ["diagnose", "--format"],
        ["diagnose", "--format", "json", "--task"],
        ["diagnose", "--format", "json", "--width", "90"],
        ["diagnose", "--format=json"],
        ["x.log", "--format", "json"],
        ["--format", "--task"],
    ],
)
def test_odd_calls_are_left_to_argparse(call: list[str]) -> None:
    assert quick(call) is None


@pytest.mark.parametrize(
    "call",
    [
        ["--format", "json"],
        ["diagnose", "--format", "json"],
        ["diagnose", "--ignored", "--format", "json"],
        ["diagnose", "a.log", "-", "--format", "json", "--task", "x.yml", "--task", "y.yml"],
        ["diagnose", "--answer", "a=b", "--format", "json", "--ansible", "2.16", "a.log"],
    ],
)
def test_the_quick_reading_of_arguments_is_that_of_argparse(call: list[str]) -> None:
    assert vars(quick(call) or object()) == vars(parse(*chosen(call)))
