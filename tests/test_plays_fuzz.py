"""Whatever is pasted, reading ends, raises nothing, and what means nothing changes nothing."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from assistant import plays
from assistant.model import Span
from assistant.plays.freeform import words
from assistant.plays.reading import File

pytestmark = pytest.mark.slow  # seconds: for the whole suite

BOOKS = Path(__file__).parent / "playbooks"
TEXTS = [path.read_text() for path in sorted((BOOKS / "lab").glob("*.yml"))] + [
    (BOOKS / "kitchen-sink.yml").read_text()
]
SIGNS = "{{ }} {% %} ' \" : | > [ ] { } # = \\ 0 item block: &a *a !x !!str".split()
BLANKS = ["\n", "  ", "\t", "\r", "\ufeff", "\u00a0", "- ", "<<: *a", "async: ", "jid: ", "loop: ", "register: "]
BITS = st.sampled_from(SIGNS + BLANKS)
CUT = tuple[float, int, str]
CUTS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), BITS | st.text(max_size=3)), max_size=4)


def mutated(text: str, cuts: list[CUT]) -> str:
    """The text with some pieces taken out and others put in."""
    for where, length, instead in cuts:
        at = int(where * len(text))
        text = text[:at] + instead + text[at + length :]
    return text


def everything(file: File) -> None:
    """Asks every question about every task."""
    for task in file.tasks:
        plays.vars_in_force(task)
        plays.environment_in_force(task)
        for _, ref in plays.reads(task, file.text):
            assert 0 <= ref.span.start <= ref.span.end <= len(file.text)
        name = plays.registers(task)
        if name:
            plays.readers(file, name, task)
        plays.task_named(file, task.name)
        assert task.index == file.tasks.index(task)
    plays.task_at(file, 3, 5)
    for job in file.jobs:
        assert all(job.launch is None or job.launch.index != wait.index for wait in job.waits)


@settings(max_examples=often(40, 150), deadline=None)
@given(st.sampled_from(TEXTS), CUTS)
def test_a_mutated_playbook_never_raises(text: str, cuts: list[CUT]) -> None:
    everything(plays.read("x.yml", mutated(text, cuts)))


@settings(max_examples=often(40, 150), deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_comments_and_blank_lines_change_nothing(text: str, data: st.DataObject) -> None:
    before = plays.read("x.yml", text)
    lines = text.split("\n")
    for at in data.draw(st.lists(st.integers(0, len(lines)), max_size=6)):
        if not any(line.rstrip().endswith(("|", ">")) for line in lines[:at]):
            lines.insert(at, data.draw(st.sampled_from(["", "# a: b", "        # - name: {{ x", "   "])))
    assert said(plays.read("x.yml", "\n".join(lines))) == said(before)


@settings(max_examples=often(15, 60), deadline=None)
@given(st.sampled_from(TEXTS), st.integers(0, 8), st.sampled_from(["\n", "\r\n"]))
def test_indenting_the_whole_and_line_ends_change_nothing(text: str, indent: int, newline: str) -> None:
    moved = newline.join(" " * indent + line if line and line != "---" else line for line in text.split("\n"))
    assert said(plays.read("x.yml", moved)) == said(plays.read("x.yml", text))


def said(file: File) -> tuple[object, ...]:
    """What a reader learns from a file, without places."""
    names = [(task.name, task.module, task.kind, task.section, task.play) for task in file.tasks]
    jobs = [
        (job.register, job.launch and job.launch.index, [w.index for w in job.waits], [c.index for c in job.cleanups])
        for job in file.jobs
    ]
    args = [{name: value.value for name, value in task.args.items()} for task in file.tasks]
    return names, jobs, args, file.kind


@settings(max_examples=often(40, 150), deadline=None)
@given(st.text(alphabet="ab= \n\"'{}%#\\", max_size=40), st.booleans())
def test_words_of_a_free_form_stand_where_they_say(text: str, command: bool) -> None:
    for word in words(text, command):
        assert 0 <= word.start <= word.end <= len(text)
        if word.name != "_raw_params":
            assert text[word.start : word.end] == word.text


def test_spans_of_real_references_are_exact() -> None:
    name = re.compile(r"[A-Za-z_]\w*")
    for text in TEXTS:
        file = plays.read("x.yml", text)
        for task in file.tasks:
            for _, ref in plays.reads(task, text):
                found = name.match(text[Span(*ref.span).start : ref.span.end])
                assert found and found.group() == ref.name


def test_deep_and_wide_files_end_soon() -> None:
    bulk = often(1, 8)
    deep = "- hosts: a\n  tasks:\n" + "".join("    " + "  " * i + "- block:\n" for i in range(90))
    wide = "- &t {name: x, block: [{command: id, async: 1, register: j}]}\n" + "- *t\n" * 2_500 * bulk
    many = "- command: id\n  async: 60\n  register: job\n  when: a\n" * 375 * bulk
    many += "- async_status: jid={{ job.ansible_job_id }}\n" * 10
    bomb = "- vars: {a: &a [x, x], b: &b [*a, *a], c: &c [*b, *b], d: [*c, *c]}\n  command: id\n" * 20
    for text in (deep, wide, many, bomb):
        start = time.process_time()
        plays.read("x.yml", text)
        assert time.process_time() - start < bulk
