"""Causes and edits against real Ansible: it fails, we name the cause, our edit makes it pass.

Every scenario of `lab/` is played with the oldest and the newest ansible-core that this Python runs. The first
run installs both under `.cache/venvs`. One scenario makes a second user and so needs root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest
from prove import venvs
from prove.act import Act, installed, play

pytestmark = [pytest.mark.ansible, pytest.mark.xdist_group("prove")]

REFUSED = 'fatal: [till]: FAILED! => {"changed": false, "msg": "check mode and async cannot be used on same task."}'


class Scene(NamedTuple):
    """What must be seen of one scenario."""

    shows: str
    """Words which the failing run prints; "" where they differ by release or chance."""
    mends: bool = True
    """We have an edit for it."""
    in_code: bool = True
    """`check` finds it before anything ran."""
    told: bool = True
    """Output and playbook leave one cause; otherwise it is enough that it is among the candidates."""
    arguments: tuple[str, ...] = ()
    """Given to ansible-playbook."""
    passes_from: tuple[int, int] = (99, 0)
    """The release from which it does not fail any more; `REFUSED` is asked about there."""


SCENES = {
    "action-without-async": Scene("async"),
    "async-dir-differs": Scene("could not find job"),
    "async-dir-not-writable": Scene("", mends=False, in_code=False, told=False),
    "async-in-check-mode": Scene("check mode", in_code=False, arguments=("--check",), passes_from=(2, 17)),
    "home-differs": Scene("could not find job"),
    "job-failed": Scene("order 17 has no customer", mends=False, in_code=False),
    "job-file-cleaned-too-early": Scene("could not find job"),
    "job-file-removed": Scene("could not find job", mends=False, in_code=False, told=False),
    "job-id-is-whole-result": Scene("could not find job"),
    "job-id-missing": Scene("jid"),
    "job-id-unknown": Scene("could not find job", mends=False, in_code=False),
    "job-printed-no-json": Scene("No start of json char found", mends=False, in_code=False),
    "job-result-has-started-key": Scene('"release": "4.2"', mends=False, in_code=False),
    "launch-result-read-as-job-result": Scene("no attribute 'stdout'", mends=False),
    "limit-below-run-time": Scene(""),
    "limit-not-a-number": Scene("async_val"),
    "output-hidden": Scene("censored", mends=False),
    "status-after-poll": Scene("could not find job"),
    "status-as-other-user": Scene("could not find job"),
    "status-on-other-host": Scene("could not find job"),
    "status-read-once": Scene("no attribute 'rc'"),
    "until-tests-launch-result": Scene('"attempts": 4'),
    "wait-left-at-default": Scene('"attempts": 3'),
    "wait-shorter-than-job": Scene('"attempts": 1'),
}
PLAYED = [(cause, release) for cause in SCENES for release in venvs.releases()]

SIDE_BY_SIDE = 5
Acts = Callable[[tuple[str, str]], Act]


@pytest.fixture(scope="session")
def acts(request: pytest.FixtureRequest) -> Iterator[Acts]:
    """The act of a scenario and release. All that are wanted play side by side, for they mostly sleep."""
    installed()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        ahead = {one: pool.submit(play, *one, SCENES[one[0]].arguments, REFUSED) for one in _wanted(request)}
        yield lambda one: ahead[one].result()
        pool.shutdown(cancel_futures=True)


def _wanted(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    items = [item for item in request.session.items if "acts" in getattr(item, "fixturenames", ())]
    return [item.callspec.params["played"] for item in items]  # type: ignore[attr-defined]


@pytest.mark.parametrize("played", PLAYED, ids=lambda one: f"{one[0]}-{one[1]}")
def test_it_fails_is_named_and_mended(played: tuple[str, str], acts: Acts) -> None:
    cause, release = played
    scene, act = SCENES[cause], acts(played)
    _has_failed(scene, act, release)
    _is_named(f"async/{cause}", scene, act)
    _is_mended(f"async/{cause}", scene, act)


def _has_failed(scene: Scene, act: Act, release: str) -> None:
    if tuple(map(int, release.split("."))) >= scene.passes_from:
        assert (act.broken.code, act.said["verdict"]) == (0, "no-failure"), act.broken.text
        return
    assert act.broken.code == 2, act.broken.text
    assert scene.shows in act.broken.text
    assert act.said["verdict"] == "causes", act.broken.text


def _is_named(cause: str, scene: Scene, act: Act) -> None:
    ids = [one["id"] for one in act.named]
    assert cause in (ids[:1] if scene.told else ids), act.broken.text
    assert (cause in act.found) == scene.in_code, act.found


def _is_mended(cause: str, scene: Scene, act: Act) -> None:
    assert bool(act.after) == scene.mends, act.after
    for text, ran in zip(act.after, act.mended, strict=True):
        assert ran.code == 0, f"{text}\n{ran.text}"
    if scene.mends:
        assert act.again == act.after[0], "a second application changes the file again"
        assert cause not in act.left
