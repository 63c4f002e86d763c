"""Whatever is pasted: no crash, no hang, the same answer twice, and no changed byte outside an edit.

Quick: 30 examples; marked slow: 2,000, or as many as the variable FUZZ_EXAMPLES says.
"""

from __future__ import annotations

import functools
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from judging import base
from mutations import Mutation, mutate, mutations

from assistant import plays, source
from assistant.check import check
from assistant.diagnose import diagnose
from assistant.model import Diagnosis, Edit
from assistant.paste import read
from lab import files, playbook, runs

MANY = int(os.environ.get("FUZZ_EXAMPLES", "2000"))
HUNG = 60
"""Seconds after which something counts as hung."""
FIXED, PER_MB = 1.5, 4.0
"""CPU seconds that one step may take: so many, and so many for each million characters (of both texts)."""
PATH = "site.yml"

RUNS = [run for run in runs() if run.form in ("default", "yaml", "json", "minimal", "oneline", "default-v")]
PLAYBOOKS = sorted({text for path, text in files().items() if path.endswith(".yml")})


DAMAGE = (
    st.integers(0, len(RUNS) - 1),
    mutations(6),
    st.one_of(st.none(), st.integers(0, len(PLAYBOOKS) - 1)),
    mutations(5),
)
HEALTHY: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=30, derandomize=True, database=None, **HEALTHY)
@given(*DAMAGE)
def test_damage_quick(number: int, paste: list[Mutation], other: int | None, text: list[Mutation]) -> None:
    _survives(number, paste, other, text)


@pytest.mark.slow
@settings(max_examples=MANY, **HEALTHY)
# An expression of 12,000 characters, which every look cut anew.
@example(
    734, [("cut_lines", 8507, 7682, "async: 1e3")], 90, [("huge", 454, 2463, "&quot;"), ("crlf", 673325, 5660, "x")]
)
@given(*DAMAGE)
def test_damage_at_length(number: int, paste: list[Mutation], other: int | None, text: list[Mutation]) -> None:
    _survives(number, paste, other, text)


def _survives(number: int, paste: list[Mutation], other: int | None, harm: list[Mutation]) -> None:
    """One output and one playbook, both damaged; `other`: the playbook is not the one that was run."""
    run = RUNS[number]
    own = playbook(run.scenario, "fixed.yml" if run.fixed else "repro.yml")
    text = PLAYBOOKS[other] if other is not None else own or PLAYBOOKS[0]
    holds(mutate(run.text, paste), mutate(text, harm))


def holds(paste: str, text: str) -> None:
    """Everything that must hold for any two texts."""
    known = functools.partial(read, known=base().known)
    timed = functools.partial(_in_time, len(paste) + len(text))
    first = timed(lambda: known(paste))
    assert first == known(paste)
    for documents in ((), ((PATH, text),)):
        said = timed(lambda given=documents: diagnose(first, base(), given, {}, ""))
        if isinstance(said, Diagnosis):
            assert said == diagnose(first, base(), documents, {}, "")
            for edits in _edits_of(said):
                _touches_only_its_spans(text, edits)
    timed(lambda: plays.read(PATH, text))
    for fault in timed(lambda: check(PATH, text, base())) or ():
        _touches_only_its_spans(text, fault.edits)


def _edits_of(said: Diagnosis) -> Iterator[tuple[Edit, ...]]:
    causes = (cause for finding in said.findings for cause in finding.causes)
    return (step.edits for cause in causes for step in cause.steps if step.edits)


def _in_time(size: int, work: Callable[[], Any]) -> Any:
    """The work's answer, None when it refused the text; only a ValueError with a sentence is a refusal."""
    began = time.process_time()
    with _no_longer_than(HUNG):
        try:
            answer = work()
        except ValueError as error:
            assert type(error) is not UnicodeError
            assert len(str(error)) > 10, repr(error)
            answer = None
    spent = time.process_time() - began
    assert spent < FIXED + PER_MB * size / 1e6, f"{spent:.1f} s for {size} characters"
    return answer


@contextmanager
def _no_longer_than(seconds: int) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise TimeoutError(f"no answer within {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _touches_only_its_spans(text: str, edits: tuple[Edit, ...]) -> None:
    """Edits lie in the text, apart from one another; applied they change nothing else and leave YAML that reads."""
    if not edits:
        return
    ordered = sorted(edits, key=lambda edit: edit.span)
    kept, end = [], 0
    for edit in ordered:
        assert end <= edit.span.start <= edit.span.end <= len(text), edits
        kept += [text[end : edit.span.start], edit.text]
        end = edit.span.end
    wanted = "".join([*kept, text[end:]])
    after = source.apply(text, edits)
    assert after == wanted
    assert after != text
    if _parses(text):
        source.load(after)
    else:
        source.load_loose(after)


def _parses(text: str) -> bool:
    try:
        source.load(text)
    except source.SourceError:
        return False
    return True
