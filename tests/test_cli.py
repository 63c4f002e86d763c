"""The command as a whole: what it answers, in which form, with which exit status."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import jsonschema
import pytest
from calls import EXAMPLES, ROOT, call, process
from test_front_json import schema, strict

from assistant.about import VERSION
from assistant.front.cli import main
from assistant.front.cli.commands import COMMANDS, chosen, parse

LOG, TASK = str(EXAMPLES / "backup.log"), str(EXAMPLES / "backup.yml")


def test_a_paste_from_a_pipe_is_diagnosed() -> None:
    called = call(given=Path(LOG).read_text())
    assert (called.status, called.err) == (0, "")
    assert called.out.startswith("Wait for the backup failed on web1\n")


@pytest.mark.parametrize("arguments", [[], ["--format", "json"], ["diagnose", "--format", "jsn"]])
def test_the_program_is_what_these_tests_call(arguments: list[str]) -> None:
    paste = Path(LOG).read_text()
    assert process(*arguments, given=paste) == call(*arguments, given=paste)


def test_options_without_a_command_belong_to_diagnose() -> None:
    called = call("--format", "json", given=Path(LOG).read_text())
    assert json.loads(called.out)["verdict"] == "causes"


@pytest.mark.parametrize(
    ("paste", "verdict", "status"),
    [
        ('fatal: [web1]: FAILED! => {"changed": false, "msg": "Something nobody wrote up"}\n', "unknown", 1),
        ((EXAMPLES / "sound.log").read_text(), "no-failure", 1),
        ("Dear all,\n\nlunch is at noon.\n", "not-ansible", 1),
        (Path(LOG).read_text(), "causes", 0),
    ],
)
def test_the_exit_status_says_whether_a_cause_is_named(paste: str, verdict: str, status: int) -> None:
    called = call("diagnose", "--format", "json", given=paste)
    assert (json.loads(called.out)["verdict"], called.status) == (verdict, status)


def test_the_json_of_a_diagnosis_is_as_the_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnose", LOG, str(EXAMPLES / "sound.log"), "--task", TASK, "--format", "json"]) == 0
    out = capsys.readouterr().out
    value = json.loads(out)
    jsonschema.validate(value, strict(schema("diagnose")))
    cause = value["failures"][0]["causes"][0]
    assert cause["id"] == "async/wait-shorter-than-job"
    assert {mark["path"] for mark in cause["marks"]} == {TASK}
    assert out.isascii()


def test_a_diagnosis_in_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnose", LOG, "--task", TASK, "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("## Wait for the backup failed on web1\n")
    assert "[async/wait-shorter-than-job](https://ansible-why.github.io/async/wait-shorter-than-job/)" in out


def test_the_json_of_check_is_as_the_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EXAMPLES), "--format", "json"]) == 1
    value = json.loads(capsys.readouterr().out)
    jsonschema.validate(value, strict(schema("check")))
    assert {Path(found["path"]).name for found in value["findings"]} >= {"backup.yml"}


@pytest.mark.parametrize("form", ["text", "github", "sarif"])
def test_check_names_the_fault_in_every_form(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", TASK, "--format", form]) == 1
    assert "async/wait-shorter-than-job" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_sound_code_is_silent(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "site.yml"
    path.write_text(Path(TASK).read_text().replace("retries: 2", "retries: 300"))
    assert main(["check", str(path), "--format", form]) == 0
    assert "wait-shorter" not in capsys.readouterr().out


@pytest.mark.parametrize("name", list(COMMANDS))
def test_help_has_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert f"examples:\n  {COMMANDS[name].examples[0][1]}" in capsys.readouterr().out


def examples() -> list[list[str]]:
    """Every call that a help shows, without what the shell does with it."""
    calls = [call for command in COMMANDS.values() for call, _ in command.examples]
    calls = [each.partition("ansible-why ")[2].split("|")[0].split(">")[0] for each in calls if "ansible-why " in each]
    return [shlex.split(each) for each in calls]


@pytest.mark.parametrize("arguments", examples(), ids=" ".join)
def test_the_examples_of_the_help_are_right(arguments: list[str]) -> None:
    name, rest = chosen(arguments)
    parse(name, rest)


@pytest.mark.parametrize("call", [[], ["--help"], ["-h"], ["help"]])
def test_the_overview_names_every_command(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call or ["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n  {name} " in out for name in COMMANDS)
    assert "exit status:" in out


@pytest.mark.parametrize("call", ["--version", "-V"])
def test_the_version(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([call]) == 0
    assert capsys.readouterr().out == f"ansible-why {VERSION}\n"


def test_an_entry_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "async/wait-shorter-than-job"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[1] == "async/wait-shorter-than-job"
    headings = ("What you see", "Why", "Fix", "Check it worked", "Prevent it")
    assert [line for line in out.splitlines() if line in headings] == list(headings)
    assert "{edit}" not in out


@pytest.mark.parametrize("given", ["wait-shorter-than-job", "kb/async/wait-shorter-than-job.md"])
def test_an_id_may_be_given_short_or_as_a_path(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", given]) == 0
    assert "async/wait-shorter-than-job" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_an_entry_in_other_forms(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "async/wait-shorter-than-job", "--format", form]) == 0
    out = capsys.readouterr().out
    assert "Check it worked" in out
    assert form == "markdown" or json.loads(out)["id"] == "async/wait-shorter-than-job"


@pytest.mark.parametrize("call", [["list"], ["explain", "async/"], ["explain", "async"]])
def test_causes_are_listed(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call) == 0
    ids = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("async/")]
    assert "async/wait-shorter-than-job" in ids
    assert len(ids) == len(set(ids)) >= 17


def test_the_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {"id", "title", "url"} == set(listed[0])


def test_a_message_finds_its_causes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "could", "not", "find", "job"]) == 0
    assert "async/status-as-other-user" in capsys.readouterr().out


def test_nothing_found_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "xyzzy"]) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", 'ansible-why: nothing found for "xyzzy"; fewer or other words may help\n')


@pytest.mark.parametrize("output", ["diagnose", "check"])
def test_the_schemas_are_printed(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", output]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == f"Output of ansible-why {output} --format json"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh"])
def test_completion_knows_commands_options_and_causes(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    out = capsys.readouterr().out
    assert all(word in out for word in ("diagnose", "task", "async/wait-shorter-than-job"))


def test_bash_completes(tmp_path: Path) -> None:
    import subprocess

    (tmp_path / "script").write_text(call("completion", "bash").out)
    ask = (
        f"source {tmp_path}/script; COMP_WORDS=(ansible-why explain async/wait-sh); COMP_CWORD=2; "
        '"$(complete -p ansible-why | sed "s/.*-F \\([^ ]*\\) .*/\\1/")"; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, timeout=20)
    assert done.stdout.strip() == "async/wait-shorter-than-job"


@pytest.mark.parametrize("answer", ["wait=maybe"])
def test_an_answer_that_is_none_names_the_possible_ones(answer: str) -> None:
    from assistant.front.answers import read
    from assistant.front.wrong import Wrong

    class Base:
        families = ("async",)

        def tree(self, family: str) -> object:
            inner = {"ask": "How long?", "key": "wait", "answers": ["short", "Long"], "cases": {"short": "a"}}
            return {"look": "x", "cases": {"y": inner}, "else": "unknown"}

    base: object = Base()
    with pytest.raises(Wrong, match='"maybe" is no answer for wait; possible are "short", "Long", "not sure"'):
        read([answer], base)  # type: ignore[arg-type]
    assert read(["wait=long"], base) == {"wait": "Long"}  # type: ignore[arg-type]
    assert read(["wait=1"], base) == {"wait": "short"}  # type: ignore[arg-type]
    assert read(["wait=3"], base) == {"wait": "not sure"}  # type: ignore[arg-type]


def test_utf_16_logs_of_powershell_are_read(tmp_path: Path) -> None:
    path = tmp_path / "build.log"
    path.write_bytes(Path(LOG).read_text().encode("utf-16"))
    assert call("diagnose", path).status == 0


def test_single_bad_bytes_in_a_log_do_not_stop_it() -> None:
    assert call("diagnose", given=b"\xff\xc3 noise\n" + Path(LOG).read_bytes()).status == 0


def test_several_pastes_are_told_apart() -> None:
    called = call("diagnose", "examples/backup.log", "examples/sound.log", folder=ROOT)
    assert "== examples/backup.log ==" in called.out
    assert "== examples/sound.log ==" in called.out
