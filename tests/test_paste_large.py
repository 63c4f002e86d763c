"""Logs of any size: the same answer as the text at once, bounded memory, quick on sound tasks."""

from __future__ import annotations

import io
import random
import time
import tracemalloc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from assistant.paste import large, read, read_file
from assistant.paste.rows import Row
from assistant.paste.sieve import Sieve

FAILED = (
    'fatal: [web{0}]: FAILED! => {{"ansible_job_id": "j{0}.1", "attempts": 1, "changed": false, "finished": 1, '
    '"msg": "could not find job", "started": 1}}\n'
)


@cache
def log(size: int, every: int = 400, seed: int = 1) -> str:
    """A log of about `size` characters in which each `every`-th task fails on some host."""
    chance = random.Random(seed)
    parts, length, task = ["ansible-playbook [core 2.18.1]\n\nPLAY [all] ****\n"], 0, 0
    while length < size:
        task += 1
        hosts = [f"{chance.choice(('ok', 'changed', 'skipping'))}: [web{i:02}.example.com]\n" for i in range(12)]
        if task % every == 7:
            hosts[5] = FAILED.format(task) + ("...ignoring\n" if task % (3 * every) == 7 else "")
        block = f"\nTASK [role{task % 50} : step {task}] {'*' * 40}\n" + "".join(hosts)
        parts.append(block)
        length += len(block)
    return "".join(parts) + "\nPLAY RECAP ***\nweb1 : ok=1 changed=1 unreachable=0 failed=0\n"


def pieces(text: str, seed: int) -> Iterator[str]:
    chance, at = random.Random(seed), 0
    while at < len(text):
        step = chance.choice((1, 50, 3_000, 200_000))
        yield text[at : at + step]
        at += step


@pytest.mark.parametrize("size", [0, 5_000, 2_600_000])
def test_file_and_text_agree(size: int) -> None:
    text = log(size) if size else ""
    for variant in (text, "\ufeff" + text.replace("\n", "\r\n"), text.replace("web05", "wéb05")):
        assert read_file(io.BytesIO(variant.encode())) == read(variant)


def test_large_log_is_read_right() -> None:
    paste = read(log(2_600_000, every=100))
    failures = paste.failures
    assert paste.lines == log(2_600_000, every=100).count("\n")
    assert len(failures) > 20 and all(f.task.endswith(f"step {f.host[3:]}") for f in failures)
    assert all(f.message == "could not find job" and not f.truncated for f in failures)
    assert paste.hints["release"] == "2.18.1" and any("ignored" in note for note in paste.notes)
    lines = log(2_600_000, every=100).split("\n")
    assert all(lines[f.lines[0] - 1].startswith(f"fatal: [{f.host}]") for f in failures)


def test_sieved_and_whole_agree() -> None:
    text = log(300_000, every=50)
    whole, sieved = read(text), large.read([text])
    assert [(f.host, f.task, f.result, f.lines) for f in whole.failures] == [
        (f.host, f.task, f.result, f.lines) for f in sieved.failures
    ]
    assert (whole.notes, whole.lines) == (sieved.notes, sieved.lines)


def test_what_is_kept_does_not_depend_on_where_buffers_end() -> None:
    text = (
        log(120_000, every=30)
        + (Path(__file__).parent / "pastes" / "retries-exhausted.2.16-default-vvv.txt").read_text()
    )
    numbered = dict(enumerate(text.split("\n"), 1))
    rows = [(row.first, row.last, row.text) for row in Sieve([text])]
    assert all(numbered[first] == words for first, _, words in rows) and len(rows) > 100
    for seed in range(8):
        assert [(row.first, row.last, row.text) for row in Sieve(pieces(text, seed))] == rows


def test_rows_of_a_sound_log_are_few() -> None:
    kept: list[Row] = list(Sieve([log(200_000, every=10**9)]))
    assert len(kept) < 50  # one task failed, and the recap


def test_carriage_returns_cut_anywhere() -> None:
    text = log(20_000, every=20)
    for seed in range(4):
        assert large.read(pieces(text.replace("\n", "\r\n"), seed)) == large.read([text])


def test_progress_is_told() -> None:
    told: list[int] = []
    read_file(io.BytesIO(log(3_000_000).encode()), told.append)
    assert told == sorted(told) and len(told) >= 3 and told[-1] >= 3_000_000


class Endless(io.RawIOBase):
    """So many megabytes of the same megabyte."""

    def __init__(self, block: bytes, times: int) -> None:
        self.block, self.times = block, times

    def read(self, size: int = -1) -> bytes:
        self.times -= 1
        return self.block if self.times >= 0 else b""


@pytest.mark.parametrize("failing", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_memory_is_bounded(failing: bool) -> None:
    block = log(1_000_000, every=20).encode() if failing else b"x" * 1_000_000
    tracemalloc.start()
    paste = read_file(Endless(block, 5))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000 and len(paste.failures) <= 500


@pytest.mark.slow
def test_speed_on_a_mostly_sound_log() -> None:
    data = log(30_000_000, every=2_000).encode()
    best = min(_seconds(data) for _ in range(3))
    assert len(data) / best / 1e6 > 60  # 150 on a quiet machine


def _seconds(data: bytes) -> float:
    start = time.process_time()
    read_file(io.BytesIO(data))
    return time.process_time() - start
