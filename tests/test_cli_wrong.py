"""Wrong calls: one line on standard error that names the mend, exit status 2, and nothing on standard output."""

from __future__ import annotations

from pathlib import Path

import pytest
from calls import EXAMPLES, call

from assistant.front.cli import main

LOG = str(EXAMPLES / "backup.log")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["explain", "async/wait-to-short"],
            'no such cause "async/wait-to-short"; did you mean async/wait-shorter-than-job?',
        ),
        (["explain", "wait-shorter-then-job"], "; did you mean async/wait-shorter-than-job?"),
        (["explain", "xyzzy"], 'no such cause "xyzzy"; ansible-why list shows all'),
        (["explain", "asinc/"], 'no such family "asinc/"; did you mean async?'),
        (["diagnos"], 'no such command "diagnos"; did you mean diagnose?'),
        (["frobnicate"], 'no such command "frobnicate" (there are diagnose, repl, check, '),
        ([LOG], f'no such command "{LOG}"; for the file, write ansible-why diagnose {LOG}'),
        (["diagnose", "no/such.log"], "no/such.log: cannot be read (no such file or directory)"),
        (["diagnose", str(EXAMPLES)], f"{EXAMPLES}: a folder, where a file is wanted"),
        (["diagnose", LOG, "--task", "no/such.yml"], "no/such.yml: cannot be read"),
        (["diagnose", LOG, "--task", str(EXAMPLES)], f"{EXAMPLES}: a folder, where a file is wanted"),
        (["diagnose", "-", "-"], "standard input can be read only once"),
        (["diagnose", "-", "--task", "-"], "standard input can be read only once"),
        (["diagnose", LOG, "--format", "jsn"], "argument --format: invalid choice: 'jsn'"),
        (["diagnose", LOG, "--ansible", "two"], '"two" is no release of ansible-core; write it as 2.16 or 2.16.3'),
        (["diagnose", LOG, "--width", "7"], "'7' is no number of columns from 20 to 1000"),
        (["diagnose", LOG, "--answer", "novalue"], '--answer wants KEY=VALUE, not "novalue"'),
        (["diagnose", LOG, "--answer", "zzz=1"], 'no question has the key "zzz" (it asks for '),
        (["diagnose", "--tsk", "x"], "unrecognized arguments: --tsk"),
        (["check"], "the following arguments are required: PATH"),
        (["check", "no/such.yml"], "no/such.yml: cannot be read (no such file or directory)"),
        (["completion", "csh"], "argument shell: invalid choice: 'csh'"),
        (["schema", "list"], "argument output: invalid choice: 'list'"),
    ],
)
def test_a_wrong_call_names_its_mend(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(arguments)
    out, err = capsys.readouterr()
    first = err.splitlines()[0]
    assert (status, out) == (2, "")
    assert first.startswith("ansible-why: ")
    assert words in first
    assert len([line for line in err.splitlines() if line.startswith("ansible-why: ")]) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x7fELF\x00\x01", "a binary file, not what Ansible printed"),
        (b"\x1f\x8b\x08\x00", "a compressed file; unpack it first, as in: zcat x.log | ansible-why"),
    ],
)
def test_a_file_that_is_no_text(content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.log").write_bytes(content)
    assert main(["diagnose", str(tmp_path / "x.log")]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"- a: 1\n- b: \xe9\n", "line 2 is not UTF-8 (byte 0xe9); save the file as UTF-8"),
        (b"\x00\x01", "a binary file, no YAML"),
    ],
)
@pytest.mark.parametrize("command", ["check", "task"])
def test_a_task_file_that_is_no_text(
    content: bytes, words: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "site.yml"
    path.write_bytes(content)
    arguments = ["check", str(path)] if command == "check" else ["diagnose", LOG, "--task", str(path)]
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


def test_yaml_that_cannot_be_read_is_named_and_the_others_are_still_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.yml").write_text("- name: x: y\n")
    (tmp_path / "b.yml").write_text((EXAMPLES / "backup.yml").read_text())
    assert main(["check", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert f"ansible-why: {tmp_path}/a.yml: line 1, column" in err
    assert f"{tmp_path}/b.yml:" in out
    assert "1 file not read" in err


@pytest.mark.slow
def test_closed_standard_streams() -> None:
    import subprocess
    import sys

    from calls import ROOT, surroundings

    done = subprocess.run(
        ["sh", "-c", '"$0" -m assistant diagnose <&-', sys.executable],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=surroundings(),
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (2, "ansible-why: standard input is closed\n")


def test_an_empty_paste_is_no_crash() -> None:
    called = call("diagnose", given="")
    assert called.status == 1
    assert "does not look like Ansible" in called.out
