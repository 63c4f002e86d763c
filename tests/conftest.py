"""What all tests share: this checkout is tested, what sleeps shares one process, and how hard is tried."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import often
import pytest
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = str(Path(__file__).resolve().parents[1])

if ROOT not in sys.path:
    sys.path.insert(0, ROOT)
# Programs that we start would compile themselves anew each time, which is most of what they cost.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [ROOT, os.environ.get("PYTHONPATH")]))

os.environ["XDG_CONFIG_HOME"] = os.path.join(ROOT, ".cache", "no-config")  # causes of one's own prove nothing of ours

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what runs in its background deaf to Ctrl-C, and programs that we start would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    """Decides how hard is tried."""
    often.FULL = "not slow" not in config.option.markexpr


GROUPS = {
    "prove": "ansible",
    "patterns": "ansible",
    "site_box": "browser",
    "site_pages": "browser",
    "packaging": "packaging",
}
"""Which files of tests share what is dear to make."""


class Together(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives each test to whoever is free, but those of one group to the same worker.

    So real Ansible plays, which mostly sleep, are side by side in one process and made once, and browsers do not wait
    for each other. (The marks of `--dist loadgroup` do nothing with xdist 3.8 on pytest 9.2.)
    """

    def _split_scope(self, nodeid: str) -> str:
        room = nodeid.partition("::")[0].rpartition("/test_")[2].removesuffix(".py")
        return GROUPS.get(room, nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together | None:
    """Where real Ansible is left out groups would only cost: xdist counts through all of them after every test."""
    if "not ansible" in config.option.markexpr or config.option.dist != "load":
        return None
    return Together(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what is only run when it is asked for by its mark."""
    asked = "vscode" in config.option.markexpr
    left_out = [item for item in items if item.get_closest_marker("vscode") and not asked]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """Leaves the tests themselves out of what Python's collector looks through, which takes it longer than most tests.

    A test that counts CPU time would else pay for it now and then.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser. For one module: while it runs, so does its event loop, which other tests would stumble over."""
    from browsing import started  # not above: it is slow to import

    with started() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    from browsing import axe_source

    return axe_source()


@pytest.fixture(autouse=True)
def no_collection_meanwhile(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that counts its CPU time once does not pay for the collector, which walks all that other tests left."""
    timed = "process_time" in request.function.__code__.co_names
    if timed:
        gc.disable()
    yield
    if timed:
        gc.enable()
