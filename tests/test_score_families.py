"""What real Ansible printed outside background jobs leads to its causes, and what is no failure is called none."""

from __future__ import annotations

import functools

import pytest
import score
from families import benign, playbook, runs
from judging import Judged, base, expected, given, judge, sure, table
from pieces import cut, newest, parts

from assistant.check import check
from assistant.diagnose import diagnose
from assistant.paste import read


@functools.cache
def graded(with_task: bool) -> tuple[Judged, ...]:
    """All runs, judged with their playbook or without."""
    return tuple(judge(run, with_task) for run in runs())


def _wanted(with_task: bool) -> list[Judged]:
    """The outputs that have a cause."""
    return [one for one in graded(with_task) if one.expected.cause]


def _shown(judged: list[Judged]) -> str:
    return "\n".join(f"{one.grade} {one.run.name}: wanted {one.expected.cause}, said {one.said}" for one in judged)


@pytest.mark.slow
@pytest.mark.parametrize("with_task", [True, False])
def test_nineteen_of_twenty_are_answered_and_one_in_a_hundred_is_confidently_wrong_at_most(with_task: bool) -> None:
    wanted = _wanted(with_task)
    missed = [one for one in wanted if not one.good and not one.excused]
    wrong = [one for one in wanted if one.grade == "WRONG"]
    assert len(wanted) >= 300
    assert len(missed) <= 0.05 * len(wanted), _shown(missed)
    assert len(wrong) <= 0.01 * len(wanted), _shown(wrong)


@pytest.mark.slow
def test_with_the_playbook_the_cause_stands_first_in_nineteen_of_twenty() -> None:
    wanted = _wanted(True)
    second = [one for one in wanted if not score.first(one)]
    assert len(second) <= 0.05 * len(wanted), _shown(second)


@pytest.mark.slow
@pytest.mark.parametrize("with_task", [True, False])
def test_no_failure_is_taken_for_a_good_run(with_task: bool) -> None:
    bad = [one for one in _wanted(with_task) if one.grade == "unread"]
    assert not bad, _shown(bad)


@pytest.mark.slow
def test_a_piece_of_an_output_is_confidently_wrong_once_in_two_hundred_at_most() -> None:
    """Of outputs cut off anywhere. What was rescued or counted, and not the cause, is right where no more is shown."""
    wrong, count = [], 0
    for run, with_task in ((run, with_task) for run in newest(runs()) for with_task in (True, False)):
        row = table()[run.scenario]
        right = {expected(run, with_task).cause, row.get("inside"), row.get("part")}
        for piece in {*parts(run.text), *cut(run.text)} if "cause" in row else ():
            said = diagnose(read(piece, known=base().known), base(), given(run) if with_task else ())
            count += 1
            wrong += [(run.name, with_task, piece)] if sure(said) - right else []
    assert count > 4000
    assert len(wrong) <= 0.005 * count, wrong


def test_nothing_benign_is_called_a_failure() -> None:
    """Runs that went well, failures that were ignored, rescued or tried again, other programs' output, sources."""
    well = {run.name: run.text for run in runs() if run.code == 0 and not score.idle(run)}
    texts = {**benign(), **well}
    assert len(texts) >= 200
    verdicts = {name: diagnose(read(text, known=base().known), base()).verdict for name, text in texts.items()}
    bad = {name: verdict for name, verdict in verdicts.items() if verdict not in ("no-failure", "not-ansible")}
    assert not bad


@pytest.mark.slow
def test_check_is_silent_about_what_was_mended() -> None:
    mended = {run.scenario: playbook(run.scenario, fixed=True) for run in runs() if run.fixed}
    assert len(mended) >= 50
    for name, book in mended.items():
        found = check(*book, base()) if book and book != playbook(name) else ()
        assert not found, (name, [fault.cause for fault in found])
