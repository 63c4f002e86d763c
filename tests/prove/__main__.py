"""`make prove`: every scenario of `lab/` on every ansible-core that runs here; see `python -m prove --help`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from prove import machine, venvs  # noqa: E402
from prove.act import FORMS, named_in, play  # noqa: E402
from prove.record import Record  # noqa: E402
from prove.scenes import Scene, scenes  # noqa: E402
from prove.users import Guests, guests  # noqa: E402
from prove.verdict import PROVED, outcome, outcome_in_form  # noqa: E402

FORMS_ON = "2.19"
"""The release on which every failure is played in the other forms of output too."""
Job = tuple[Scene, str, str]
"""What is to be done: the scenario, the release, and the form ("" for the whole act with the default callback)."""


def main(arguments: list[str]) -> int:
    """Plays what is asked for and not proved yet. 0 when nothing failed, else 1."""
    given = _parser().parse_args(arguments)
    record = Record.read()
    releases = given.release or list(venvs.all_releases())
    jobs = [job for job in _jobs(releases, given.only) if given.again or not record.holds(*_place(job))]
    if any(scene.machine for scene, _, _ in jobs) and not machine.can_boot():
        jobs = [job for job in jobs if not job[0].machine]
        print(f"left out: {machine.NEEDS}")
    for release in dict.fromkeys(release for _, release, _ in jobs):
        venvs.ansible(release)
    try:
        failed = _play(jobs, given.workers, record)
    finally:
        record.write()
    print(record.summary())
    return int(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m prove", description=__doc__)
    parser.add_argument("--only", action="append", metavar="CAUSE", help="one cause or family (may be repeated)")
    parser.add_argument("--release", action="append", metavar="X", help='one release: "2.19" (may be repeated)')
    parser.add_argument("--again", action="store_true", help="play what is proved already too")
    parser.add_argument("--workers", type=int, default=6, help="how many play side by side (default: %(default)s)")
    return parser


def _jobs(releases: list[str], only: list[str] | None) -> Iterator[Job]:
    """Everything there is to do, releases side by side, so that each is known soon."""
    chosen = [scene for scene in scenes().values() if not scene.not_here and is_wanted(scene.id, only)]
    for scene in chosen:
        yield from ((scene, release, "") for release in scene.exactly or releases)
    for scene in chosen if FORMS_ON in releases else ():
        told = not (scene.prints_nothing or scene.by_check or scene.exactly or scene.machine or scene.run)
        if told and scene.fails_on(venvs.exact(FORMS_ON)):
            yield from ((scene, FORMS_ON, form) for form in FORMS)


def is_wanted(id: str, only: list[str] | None) -> bool:
    """True when the cause is named with its family or without, or its family is."""
    return not only or not {id, *id.split("/")}.isdisjoint(only)


def _place(job: Job) -> tuple[str, str]:
    scene, release, form = job
    return scene.id + (f" ({form})" if form else ""), release


def _play(jobs: list[Job], workers: int, record: Record) -> bool:
    """Plays side by side, notes each outcome at once; True when something failed."""
    failed = False
    with guests() as made, ThreadPoolExecutor(workers) as pool:
        waiting: dict[Future[tuple[str, str]], Job] = {pool.submit(_outcome, job, made): job for job in jobs}
        try:
            for number, done in enumerate(as_completed(waiting), 1):
                job, (said, how) = waiting[done], done.result()
                failed |= said.startswith("failed")
                runs = 1 if job[2] else job[0].repeat
                record.note(*_place(job), said, venvs.exact(job[1]), date.today(), how, runs)
                _tell(number, len(jobs), job, said)
        finally:
            pool.shutdown(cancel_futures=True)  # an interrupt waits for what plays, not for all that was to come
    return failed


def _outcome(job: Job, made: Guests) -> tuple[str, str]:
    """What came of it, and what mended it when it was no edit."""
    scene, release, form = job
    try:
        if form:
            return outcome_in_form(scene, *named_in(scene, release, form, made)), ""
        for _ in range(scene.repeat):
            act = play(scene, release, made)
            said = outcome(scene, act, venvs.exact(release))
            if said.startswith("failed"):
                break
        return said, act.how or ("uncovers" if said == PROVED and scene.uncovers else "")
    except Exception as error:  # one that goes wrong must not end all the others
        return f"failed: {type(error).__name__}: {error}", ""


def _tell(number: int, of: int, job: Job, said: str) -> None:
    cause, release = _place(job)
    line = f"{number}/{of}  {release:7} {cause}: {said}"
    if sys.stdout.isatty() and not said.startswith("failed"):
        print(f"\r\033[K{line[: os.get_terminal_size().columns - 1]}", end="", flush=True)
    else:
        print(f"{chr(13) if sys.stdout.isatty() else ''}{line}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
