"""The language server on playbooks of 20, 1,000 and 10,000 lines: from open and from change to findings, hover, memory.

Beside it, where npm can install it, `@ansible/ansible-language-server` on the same files, and `ruff server` on Python
files of the same length. Times are of the wall, as a person waits, so a busy machine disturbs them.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import samples
from benchmarks.peers import ROOT, language_server
from benchmarks.table import Row

sys.path.append(str(ROOT / "tests"))

from lsp_client import Client

LINES = (20, 1_000, 10_000)
P95, MEGABYTES, AT_ONCE = 50.0, 80.0, 300.0
"""Aims, in ms and MB, the first two at 1,000 lines."""
CHANGES = 60


def rows(folder: Path, rounds: int) -> list[Row]:
    """Figures for each length; `rounds` is not used, for each figure is of many changes already."""
    found: list[Row] = []
    for count in LINES:
        found += ours(folder / f"play-{count}.yml", count)
        found += ruff(folder / f"code-{count}.py", count)
    return [*found, *failing(folder), *_ansible(folder)]


def ours(path: Path, count: int) -> Iterator[Row]:
    """Our server on one playbook."""
    text = samples.long_playbook(count)
    with Client() as client:
        yield from _measured(client, path.as_uri(), text, "ansible", "ansible-why", count, aims=count == 1_000)


def ruff(path: Path, count: int) -> Iterator[Row]:
    """`ruff server` on Python of the same length, with a finding in every tenth line."""
    text = "".join(f"import a{n}\n" if n % 10 == 0 else f"b{n} = [{n}, 'text']\n" for n in range(count))
    with Client(command=[str(Path(sys.executable).with_name("ruff")), "server"]) as client:
        yield from _measured(client, path.as_uri(), text, "python", "ruff server", count)


def failing(folder: Path) -> Iterator[Row]:
    """From a failure's last line in a log to its finding in the editor; a new run fails each time."""
    playbook, log = folder / "failing.yml", folder / "run.log"
    playbook.write_text(samples.PLAYBOOK, encoding="utf-8")
    spent = []
    with Client("--watch", str(log)) as client:
        client.open(playbook.as_uri(), samples.PLAYBOOK)
        client.found(playbook.as_uri())
        for number in range(20):
            log.write_text(f"PLAY [run {number}] ***\n{samples.PASTE}", encoding="utf-8")
            since = time.perf_counter()
            client.found(playbook.as_uri())
            spent.append(_since(since))
    yield Row("failed run: write to finding, median", statistics.median(spent), "ms")
    slowest = max(spent)
    yield Row("failed run: write to finding, slowest of 20", slowest, "ms", f"under {AT_ONCE:g} ms", slowest < AT_ONCE)


def _ansible(folder: Path) -> Iterator[Row]:
    """The official server on 1,000 lines: it looks at what was saved, so open and save are what can be measured."""
    server = language_server()
    path = folder / "official.yml"
    text = samples.long_playbook(1_000)
    path.write_text(text, encoding="utf-8")
    with Client(command=server.command, env=server.env, initializationOptions={}) as client:
        client.configuration = server.settings
        since = time.perf_counter()
        client.open(path.as_uri(), text)
        client.found(path.as_uri(), patience=120)
        yield Row("@ansible/ansible-language-server, 1,000 lines: open to findings", _since(since), "ms")
        since = time.perf_counter()
        client.tell("textDocument/didSave", {"textDocument": {"uri": path.as_uri()}})
        client.found(path.as_uri(), patience=120)
        yield Row("@ansible/ansible-language-server, 1,000 lines: save to findings", _since(since), "ms")
        yield Row("@ansible/ansible-language-server, 1,000 lines: memory", _memory(client), "MB")


def _measured(
    client: Client, uri: str, text: str, language: str, name: str, count: int, aims: bool = False
) -> Iterator[Row]:
    """Open, then one character typed and taken away again, over and over, in the middle of the file."""
    label = f"{name}, {count:,} lines"
    since = time.perf_counter()
    client.open(uri, text, language)
    _findings(client, uri, 1)
    yield Row(f"{label}: open to findings", _since(since), "ms")
    line = text.count("\n") // 2
    place = {"line": line, "character": len(text.split("\n")[line])}
    spent, worked = [], _worked(client)
    for version in range(2, CHANGES if count < 10_000 else CHANGES // 4):
        behind = {**place, "character": place["character"] + (version % 2) * 2}
        since = time.perf_counter()
        client.change(uri, version, " #" if version % 2 == 0 else "", {"start": place, "end": behind})
        _findings(client, uri, version)
        spent.append(_since(since))
        time.sleep(0.02)
    work = (_worked(client) - worked) / len(spent)
    p95 = statistics.quantiles(spent, n=20)[18]
    yield Row(f"{label}: work for one change", work, "ms")
    yield Row(f"{label}: change to findings, median", statistics.median(spent), "ms")
    yield Row(f"{label}: change to findings, p95", p95, "ms", *((f"under {P95:g} ms", p95 < P95) if aims else ()))
    since = time.perf_counter()
    client.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": place})
    yield Row(f"{label}: hover", _since(since), "ms")
    held = _memory(client)
    yield Row(f"{label}: memory", held, "MB", *((f"under {MEGABYTES:g} MB", held < MEGABYTES) if aims else ()))


def _findings(client: Client, uri: str, version: int) -> None:
    """Waits for the findings; servers that are asked for them (pull diagnostics) are asked."""
    if client.server["capabilities"].get("diagnosticProvider"):
        client.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    else:
        client.found(uri, version, patience=120)


def _since(start: float) -> float:
    return (time.perf_counter() - start) * 1000


def _worked(client: Client) -> float:
    """CPU time of the server so far, in ms (Linux)."""
    fields = Path(f"/proc/{client.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _memory(client: Client) -> float:
    """Resident memory of the server, in MB (Linux)."""
    status: dict[str, Any] = dict(
        line.split(":", 1) for line in Path(f"/proc/{client.process.pid}/status").read_text().splitlines()
    )
    return int(status["VmRSS"].split()[0]) / 1000
