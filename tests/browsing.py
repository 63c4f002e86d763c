"""A real browser, and axe to look at its pages."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from calls import ROOT
from playwright.sync_api import Browser, Page, sync_playwright


@contextmanager
def started() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    program = shutil.which("chromium")
    assert program, "chromium is missing: apt-get install chromium (tests/apt.txt)"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def axe_source() -> str:
    """The source of axe-core, as tests/web/package-lock.json pins it."""
    home, lock = ROOT / ".cache" / "tests-web", ROOT / "tests" / "web" / "package-lock.json"
    script: Path = home / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file() or (home / lock.name).read_bytes() != lock.read_bytes():
        home.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(lock.with_name(name), home)
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=home, check=True, timeout=120)
    return script.read_text()


def violations(page: Page, axe: str) -> list[str]:
    """What axe finds wrong on a page, as sentences."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
