"""Real VS Code (code-server's) with our packaged extension in headless Chromium: `make vscode`.

Not part of `make test`, for it installs 600 MB into .cache the first time: code-server of npm, whose own shrinkwrap
pins all that it needs. Its parts that would have to be built are left out; the editor runs without them.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsp_client import STOCKTAKE
from playwright.sync_api import Browser, Page, TimeoutError

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / ".cache" / "npm" / "code-server"
VERSION = "4.100.3"
"""The last that runs on Node 20, which Debian and Ubuntu bring."""
EDITOR = PLACE / "node_modules" / "code-server" / "lib" / "vscode"
EXTENSION = ROOT / "dist" / "ansible-why.vsix"
PATIENCE = 90_000

pytestmark = pytest.mark.vscode


@pytest.fixture(scope="module")
def editor() -> Path:
    """VS Code's server, installed where it is missing."""
    install = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    if not (EDITOR / "node_modules").is_dir():
        PLACE.mkdir(parents=True, exist_ok=True)
        (PLACE / "package.json").write_text('{"private": true}')
        subprocess.run([*install, f"code-server@{VERSION}"], cwd=PLACE, check=True)
        for folder in (EDITOR / "extensions", EDITOR):
            subprocess.run([*install, "--omit=dev"], cwd=folder, check=True)
    return EDITOR / "out" / "server-main.js"


@pytest.fixture
def address(editor: Path, tmp_path: Path) -> Iterator[str]:
    """An editor that serves the folder `work`, with the extension in it."""
    data, work = tmp_path / "data", tmp_path / "work"
    work.mkdir()
    (work / "site.yml").write_text(STOCKTAKE)
    settings = data / "data" / "Machine" / "settings.json"
    settings.parent.mkdir(parents=True)
    command = [sys.executable, "-m", "assistant", "lsp"]
    settings.write_text(json.dumps({"ansible-why.command": command, "workbench.startupEditor": "none"}))
    start = ["node", str(editor), "--server-data-dir", str(data)]
    subprocess.run([*start, "--install-extension", str(EXTENSION)], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = ["--host", "127.0.0.1", "--port", str(port), "--without-connection-token", "--accept-server-license-terms"]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen([*start, *serve, "--telemetry-level", "off"], stdout=subprocess.PIPE, env=surroundings)
    try:
        assert server.stdout
        while b"available at" not in (line := server.stdout.readline()):
            assert line, "the editor went away"
        yield f"http://127.0.0.1:{port}/?folder={work}"
    finally:
        server.terminate()
        server.wait()


def test_see_the_finding_and_apply_its_change(address: str, browser: Browser, tmp_path: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        page.click("text=Yes, I trust the authors")
        page.dblclick("text=site.yml")
        page.wait_for_selector(".squiggly-warning")
        assert "= 30 s of 600 s" in page.inner_text(".view-lines").replace("\u00a0", " ")
        page.click(".view-lines")
        _at(page, "14:16")
        assert page.inner_text(".action-widget").splitlines()[1] == "Write retries: 200 (read it first)"
        page.keyboard.press("Enter")
        page.wait_for_function("document.querySelector('.view-lines').innerText.includes('200')")
        page.wait_for_selector(".squiggly-warning", state="detached")
        page.keyboard.press("Control+s")
        file, wanted = tmp_path / "work" / "site.yml", STOCKTAKE.replace("retries: 10", "retries: 200")
        for _ in range(100):
            if file.read_text() == wanted:
                return
            page.wait_for_timeout(200)
        raise AssertionError(file.read_text())


def _at(page: Page, place: str) -> None:
    """Opens the menu of changes at a line and column; a menu asked for too early stays empty."""
    page.keyboard.press("Control+g")
    page.keyboard.type(place)
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.press("Control+.")
        try:
            page.wait_for_selector(".action-widget", timeout=4_000)
            return
        except TimeoutError:
            continue
    raise AssertionError("no change is offered")
