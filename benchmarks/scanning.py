"""A log of 100 MB through the whole engine, against grep -E with the same patterns, with 50 to 5,000 causes."""

from __future__ import annotations

import os
import statistics
import sys
from pathlib import Path

from benchmarks import samples
from benchmarks.clock import Spent, spent
from benchmarks.peers import ROOT
from benchmarks.table import Row, ratio

MEGABYTES = 100
CAUSES = (50, 500, 5000)
FAST = 150.0
"""Aim in MB/s on a log of mostly sound tasks."""
FLAT = 1.25
"""Aim: how much longer the log may take with 5,000 causes than with 50."""
SHARES = {"1 line in 10,000 fails": 0.0001, "17 lines in 1,000 fail": 0.017}
PATIENCE = 60.0
"""Seconds after which grep is stopped and counted as that slow."""

ENGINE = """
import sys
from assistant import kb
from assistant.diagnose import diagnose
from assistant.paste import read_file
base = kb.load(sys.argv[1])
if len(sys.argv) > 2:
    with open(sys.argv[2], "rb") as stream:
        found = diagnose(read_file(stream), base)
    assert found.verdict == "causes", found.verdict
"""


def rows(folder: Path, rounds: int) -> list[Row]:
    """MB/s and ratios; bases and logs are written to `folder`."""
    bases = {count: _base(folder, count) for count in CAUSES}
    found: list[Row] = []
    for number, (words, share) in enumerate(SHARES.items()):
        speeds = {}
        for count in CAUSES:
            log = folder / "run.log"
            samples.log(log, MEGABYTES, share, count)
            ours, starting = _engine(bases[count], log, rounds)
            peer = _grep(folder, count, log)
            speeds[count] = MEGABYTES / ours
            found += _of(count, words, speeds[count], starting, peer, aimed=number == 0)
        slower = speeds[CAUSES[0]] / speeds[CAUSES[-1]]
        found.append(
            ratio(f"{CAUSES[-1]:,} causes / {CAUSES[0]} causes, {words}", slower, at_most=FLAT * (number == 0))
        )
    return found


def _of(count: int, words: str, speed: float, starting: float, peer: Spent, aimed: bool) -> list[Row]:
    grep = MEGABYTES / peer.seconds
    at_most = " (stopped: slower than this)" if peer.stopped else ""
    aim = {"aim": f"at least {FAST:g} MB/s", "met": speed >= FAST} if aimed else {}
    return [
        Row(f"{count:,} causes, {words}", speed, "MB/s", **aim),  # type: ignore[arg-type]
        Row(f"{count:,} causes, grep -E{at_most}", grep, "MB/s"),
        ratio(f"{count:,} causes, our speed / that of grep -E", speed / grep),
        Row(f"{count:,} causes, start of the program and its base", starting * 1000, "ms"),
    ]


def _base(folder: Path, count: int) -> Path:
    from assistant import kb

    written, compiled = folder / f"base-{count}" / "kb", folder / f"base-{count}.jsonl"
    samples.base(written, count)
    kb.compile_to(str(written), str(compiled))
    return compiled


def _engine(base: Path, log: Path, rounds: int) -> tuple[float, float]:
    """CPU seconds for the log alone, and for starting with this base (which the first leaves out)."""
    command = [sys.executable, "-c", ENGINE, base]
    pairs = [(spent([*command, log], folder=ROOT).seconds, spent(command, folder=ROOT).seconds) for _ in range(rounds)]
    return statistics.median(whole - start for whole, start in pairs), statistics.median(start for _, start in pairs)


def _grep(folder: Path, count: int, log: Path) -> Spent:
    """One run of grep in the C locale, its quickest."""
    patterns = folder / f"patterns-{count}.txt"
    patterns.write_text(samples.patterns(count), encoding="utf-8")
    os.environ["LC_ALL"] = "C"
    return spent(["grep", "-E", "-c", "-f", patterns, log], limit=PATIENCE)
