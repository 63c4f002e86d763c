"""The paste box in a real browser, on this machine: wall time, since a reader waits for the wall clock.

The page is served by `tests/box_page.py` with brotli, from loopback: add the download at the speed of a line.
"""

from __future__ import annotations

import importlib
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.samples import PASTE
from benchmarks.table import Row

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Playwright

CHROMIUM = "/usr/bin/chromium"
ASKED = """async (pastes) => {
  const box = document.querySelector("[data-box]");
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  const times = [];
  for (const paste of pastes) {
    const start = performance.now();
    const heard = new Promise((told) => box.addEventListener("verdict", told, { once: true }));
    part("paste").focus();
    part("paste").value = paste;
    part("form").requestSubmit();
    await heard;
    times.push(performance.now() - start);
  }
  return times;
}"""
"""From the first focus of the box to each verdict shown, in ms."""


def rows(folder: Path, rounds: int) -> list[Row]:
    """Time to the first verdict with an empty cache and with a full one, to the second, and the download's size."""
    from playwright.sync_api import sync_playwright

    from assistant.front.site.engine import download

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
    page = importlib.import_module("box_page")
    page.write(folder / "site", compressed=True)
    engine = {path.name: path.read_bytes() for path in (folder / "site" / "assets" / "engine").iterdir()}
    with page.served(folder / "site") as address, sync_playwright() as playwright:
        found = [_visits(playwright, folder / f"profile-{number}", address) for number in range(rounds)]
    cold, warm, at_once, second = (statistics.median(times) for times in zip(*found, strict=True))
    return [
        Row("first verdict, nothing in the cache", cold, "ms", "at most 1500 ms", cold <= 1500),
        Row("first verdict on a later visit", warm, "ms", "at most 1000 ms", warm <= 1000),
        Row("second verdict, at once", at_once, "ms"),
        Row("second verdict, after 5 s of reading the first", second, "ms", "at most 20 ms", second <= 20),
        Row("download of the engine, brotli", download(engine) / 1e6, "MB"),
    ]


def _visits(playwright: Playwright, profile: Path, address: str) -> tuple[float, ...]:
    """A first visit and two later ones in a new profile: cold, the quicker warm, and the medians of second verdicts:
    those asked for without a pause, and those after some reading, when WebAssembly has become quick."""
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=["--no-sandbox"], headless=True
    )
    first, *later = (_visit(context, address) for _ in range(3))
    context.close()
    at_once, read = (statistics.median(time for one in later for time in one[part]) for part in (AT_ONCE, READ))
    return first[0], min(times[0] for times in later), at_once, read


AT_ONCE, READ = slice(1, 6), slice(6, None)
"""Of the times of a visit: five without a pause after the first, five after READING."""
READING = 5_000
"""In ms; the answer fills a screen."""


def _visit(context: BrowserContext, address: str) -> list[float]:
    page = context.new_page()
    page.goto(address)
    pastes = [PASTE, *(PASTE.replace("web", f"web{number}") for number in range(10))]
    times: list[float] = page.evaluate(ASKED, pastes[:6])
    page.wait_for_timeout(READING)
    times += page.evaluate(ASKED, pastes[6:])
    page.close()
    return times
