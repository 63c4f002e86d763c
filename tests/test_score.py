"""The lab's outputs lead to their causes, on all releases and callbacks; `make score` prints the whole table."""

from __future__ import annotations

import functools
import json
import re
import sys
from collections.abc import Iterator

import pytest
import score
from judging import Expected, Judged, base, expected, grade, judge, table
from pieces import newest, parts

from assistant.check import check
from assistant.diagnose import diagnose
from assistant.paste import read
from lab import Run, files, playbook, runs

FAILED = Run("poll-timeout", "2.16", "default", False, "", 2)


@functools.cache
def graded(every: bool) -> tuple[Judged, ...]:
    """All runs judged both ways; else of each scenario and result the oldest release and the newest."""
    wanted = runs() if every else _ends()
    return tuple(judge(run, with_task) for run in wanted for with_task in (True, False))


def _ends() -> list[Run]:
    ends: dict[tuple[str, bool, bool], list[Run]] = {}
    for run in sorted(runs(), key=_age):
        if run.form == "default":
            ends.setdefault((run.scenario, run.fixed, bool(run.code)), []).append(run)
    return [run for found in ends.values() for run in dict.fromkeys((found[0], found[-1]))]


def _shown(judged: list[Judged]) -> str:
    return "\n".join(f"{one.grade} {one.run.name} task={one.with_task}: {one.said}" for one in judged)


EVERY = [pytest.param(False, id="sample"), pytest.param(True, id="all", marks=pytest.mark.slow)]


@pytest.mark.parametrize("every", EVERY)
def test_no_good_run_is_called_a_failure(every: bool) -> None:
    bad = [one for one in graded(every) if one.run.code == 0 and one.grade != "right"]
    assert not bad, _shown(bad)


@pytest.mark.parametrize("every", EVERY)
def test_nothing_wrong_is_said_with_confidence(every: bool) -> None:
    bad = [one for one in graded(every) if one.grade in ("WRONG", "unread")]
    assert not bad, _shown(bad)


@pytest.mark.parametrize("every", EVERY)
def test_every_cause_is_named_or_asked_for_where_nobody_could_tell(every: bool) -> None:
    bad = [one for one in graded(every) if not one.good and not one.excused]
    assert not bad, _shown(bad)


@pytest.mark.slow
def test_the_shares_of_the_lab() -> None:
    shares = score.shares(list(graded(True)))
    named, alone = shares["with the playbook, named at all"], shares["the output alone, " + score.ASKED]
    assert named >= 0.98 and alone >= 0.90


# --- what the score does not rest on ---------------------------------------------------------------------------------

NAMES = {
    "web1": "node17",
    "db1": "store2",
    "/home/me": "/home/anna",
    "/home/deploy": "/home/roll",
    "repro.yml": "a.yml",
}


def _renamed(text: str, book: str) -> str:
    """The text with other names for hosts, homes, files, and for the tasks and registers of its playbook."""
    for number, name in enumerate(re.findall(r"- name: (.+)", book)):
        text = text.replace(name.strip('"'), f"Step {number} of the night")
    for number, name in enumerate(sorted(set(re.findall(r"register: (\w{4,})", book)))):
        text = re.sub(rf"\b{name}\b", f"kept_{number}", text)
    for old, new in NAMES.items():
        text = text.replace(old, new)
    return text


def _graded(run: Run, text: str, book: str, wanted: Expected) -> str:
    """The grade of a text; `book` is the playbook, "" for the text alone."""
    paste = read(text, known=base().known)
    documents = (("a.yml", book),) if book else ()
    return grade(run, wanted, lambda answers: diagnose(paste, base(), documents, answers, ""))


@pytest.mark.slow
def test_no_name_of_the_lab_decides() -> None:
    for run, with_task in _newest():
        book = playbook(run.scenario) or ""
        wanted = expected(run, with_task)
        renamed = _graded(run, _renamed(run.text, book), _renamed(book, book) if with_task else "", wanted)
        assert renamed == judge(run, with_task).grade, run.name


def _newest() -> Iterator[tuple[Run, bool]]:
    """Of each scenario and callback the newest release that failed, with and without the playbook."""
    return ((run, with_task) for run in newest(runs()) for with_task in (True, False))


def _age(run: Run) -> list[int]:
    return [int(part) for part in run.release.split(".")]


@pytest.mark.slow
def test_a_part_of_the_output_is_never_confidently_wrong() -> None:
    for run, with_task in _newest():
        for part in parts(run.text):
            # What is left may show what failed inside, and no longer that a job was waited for.
            inside = [Expected(id) for id in [table()[run.scenario].get("inside")] if id]
            book = playbook(run.scenario) or ""
            first, *rest = (
                _graded(run, part, book if with_task else "", one) for one in (expected(run, with_task), *inside)
            )
            assert first not in ("WRONG", "unread", "missed") or {"right", "candidate"} & {*rest}, (run.name, part)


PLAYBOOKS = sorted(path for path in files() if path.endswith(".yml"))


@pytest.mark.parametrize("path", PLAYBOOKS)
def test_check_names_the_faults_of_the_lab_and_no_others(path: str) -> None:
    scenario, _, name = path.rpartition("/")
    row = table()[scenario] if name == "repro.yml" else {}
    assert {fault.cause for fault in check(path, files()[path], base())} == set(row.get("check", ()))


@pytest.mark.slow
def test_the_score_can_be_read_by_a_machine(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["score.py", "--json", "--scenario", "poll-timeout"])
    status = score.main()
    content = json.loads(capsys.readouterr().out)
    assert set(content) == {"counts", "shares", "misses"}
    assert bool(content["misses"]) == bool(status)


def test_the_table_shows_scenario_release_and_callback_and_lists_what_misses(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = (
        Judged(FAILED._replace(form="minimal"), True, Expected("async/x"), "WRONG", "async/y (certain)"),
        Judged(FAILED, True, Expected("async/x", "both print the same"), "asked", "async/x (possible)"),
        Judged(FAILED._replace(release="2.9"), True, Expected("async/x", "", "it is silent"), "unknown", "unknown"),
        Judged(FAILED, False, Expected("async/x"), "right", "async/x (certain)"),
    )
    monkeypatch.setattr(score, "_judged", lambda words: list(found))
    monkeypatch.setattr(sys, "argv", ["score.py"])
    assert score.main() == 1
    shown = capsys.readouterr().out
    assert re.search(r"WITH THE PLAYBOOK +2\.9 {7}2\.16\npoll-timeout +\. {9}\?   W\n", shown)
    assert "MISSES: 1\nWRONG     poll-timeout/2.16-minimal, with the playbook: wanted async/x, said async/y" in shown
    assert "    1 poll-timeout, with the playbook: it is silent" in shown
    assert "    1 poll-timeout, with the playbook: both print the same" in shown
    assert "   33.3%  with the playbook, right, or asked where nobody could tell" in shown
    assert "  100.0%  the output alone, right\n" in shown


def test_the_last_table_counts_answers_by_family(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Run("files--read-only--as-root", "2.16", "default", False, "", 2)
    well = other._replace(code=0, fixed=True)
    found = (
        Judged(FAILED, True, Expected("async/x"), "WRONG", "async/y (certain)"),
        Judged(other, True, Expected("files/x", "both print the same"), "asked", "files/y (possible)"),
        Judged(other, True, Expected("files/x"), "right", "files/x (certain)"),
        Judged(other, False, Expected("files/x"), "unknown", "unknown"),
        Judged(well, True, Expected(""), "right", "no-failure"),
    )
    monkeypatch.setattr(score, "_judged", lambda words: list(found))
    monkeypatch.setattr(sys, "argv", ["score.py"])
    assert score.main() == 1
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[-3:]]
    assert rows == [
        ["async", "1", "0", "0", "0", "1", "0", "0", "0", "0"],
        ["files", "2", "1", "1", "0", "0", "0", "0", "1", "0"],
        ["all", "3", "1", "1", "0", "1", "0", "0", "1", "0"],
    ]
