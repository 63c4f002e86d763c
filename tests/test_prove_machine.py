"""The pieces of the machines that scenarios are played on. They are played on them by `make prove` alone."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from prove import record, venvs
from prove.__main__ import main
from prove.machine import boot, booted, www
from prove.record import Record, is_played
from prove.scenes import LAB, scenes

MACHINE = Path(boot.__file__).parent


def test_without_root_one_line_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(venvs, "ansible", lambda _: Path(sys.executable).parent)
    machine = booted(scenes()["become/password-missing"], "2.21")
    with pytest.raises(PermissionError, match="need root and Linux namespaces") as told, machine:
        pass
    assert "\n" not in str(told.value)


def test_without_root_all_of_them_are_left_out_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    for name in ("DATA", "TABLE", "JOURNAL"):
        monkeypatch.setattr(record, name, tmp_path / name)
    assert main(["--only", "become/password-missing", "--release", "2.21", "--again"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == f"left out: {boot.NEEDS}"


@pytest.mark.parametrize(
    "script", [*MACHINE.glob("*.sh"), *LAB.glob("*/*/setup.sh")], ids=lambda path: str(path.relative_to(venvs.ROOT))
)
def test_its_shell_scripts_can_be_read(script: Path) -> None:
    done = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_setup_is_played_on_a_machine_and_never_here() -> None:
    of_plain = [str(path) for path in LAB.glob("*/*/setup.sh") if not _scene(path).machine]
    assert of_plain == []


def _scene(path: Path) -> object:
    return scenes()[f"{path.parent.parent.name}/{path.parent.name}"]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(www.Handler, "log_message", lambda *_: None)
    one = ThreadingHTTPServer(("127.0.0.1", 0), www.Handler)
    threading.Thread(target=one.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{one.server_port}"
    one.shutdown()
    one.server_close()


@pytest.mark.slow
def test_the_web_server_answers_by_the_path(server: str) -> None:
    assert urllib.request.urlopen(f"{server}/health").read() == b'{"status":"degraded","workers":0}'
    for path, code in (("/private/x", 401), ("/missing", 404), ("/busy", 503)):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(server + path)
        assert refused.value.code == code
    with pytest.raises(ConnectionError):
        urllib.request.urlopen(f"{server}/drop")


def test_it_offers_the_collections_that_were_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(www, "FILES", tmp_path)
    assert www.galaxy("/api/v3/collections/acme/shop/versions/?limit=100") is None
    (tmp_path / "acme-shop-1.2.0.tar.gz").write_bytes(b"archive")
    listed, one = (
        json.loads((www.galaxy(f"/api/v3/collections/acme/shop/versions/{version}") or (0, "", b""))[2])
        for version in ("", "1.2.0/")
    )
    assert [version["version"] for version in listed["data"]] == ["1.2.0"]
    assert one["artifact"]["sha256"] == hashlib.sha256(b"archive").hexdigest()
    assert www.galaxy("/archives/acme-shop-1.2.0.tar.gz") == (200, "application/gzip", b"archive")


def test_the_table_counts_by_family() -> None:
    one = {"outcome": "proved", "ansible": "2.21.5", "date": "2026-11-23"}
    held = Record(
        {"vault/password-missing": {"2.21": one}, "vault/password-wrong": {"2.21": {**one, "outcome": "failed: …"}}}
    )
    rows = [row for row in held._table().splitlines() if row.startswith("| vault")]
    assert rows[0].startswith("| vault | 1 |  |  | 1 |")
    assert any(row.startswith("| vault/password-missing | proved | 2026-11-23") for row in rows)


def test_an_outcome_stays_only_while_its_scene_is_there() -> None:
    assert is_played("vault/password-missing") and is_played("async/job-failed (json)")
    assert not is_played("vault/gone") and not is_played("containers/image-not-found")
