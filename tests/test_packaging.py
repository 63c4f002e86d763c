"""What is shipped: source archive, wheel, editable install, checkout; each tried from another folder."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from calls import EXAMPLES, ROOT, call, surroundings

from assistant.about import VERSION
from assistant.front.site import clients

METADATA = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_version_is_one() -> None:
    assert METADATA["version"] == VERSION


def test_the_checkout_works_from_another_folder(tmp_path: Path) -> None:
    assert call("diagnose", EXAMPLES / "backup.log", folder=tmp_path).status == 0


def test_own_files_name_nothing_of_the_machine_they_were_made_on() -> None:
    ours = [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "Makefile",
        "pyproject.toml",
        "hatch_build.py",
        ".ci/run",
        ".ci/setup",
    ]
    for path in ours:
        assert f"{ROOT}/" not in (ROOT / path).read_text(), path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A source archive, and the wheel that is made from it and not from this checkout."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.tar.gz")), next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of a fresh environment with the wheel in it."""
    return install(tmp_path_factory.mktemp("wheel"), str(built[1]))


def install(home: Path, *what: str) -> Path:
    """Makes an environment with `what` installed; gives back its `bin` folder."""
    venv.create(home, with_pip=True)
    command = [home / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", *what]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr
    return home / "bin"


def run(program: Path, *arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs an installed command from `folder`, without this checkout on its path."""
    environ = {name: value for name, value in surroundings().items() if name != "PYTHONPATH"}
    return subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, cwd=folder, env=environ, timeout=60
    )


@pytest.mark.slow
def test_the_source_archive_holds_what_is_needed_to_build_and_test(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {
        "kb/tree.yaml",
        "hatch_build.py",
        "LICENSE",
        "README.md",
        "Makefile",
        "tests/test_cli.py",
        "examples/backup.log",
    }
    assert wanted - names == set()
    assert [name for name in names if name.startswith((".venv", ".cache", ".git/"))] == []


@pytest.mark.slow
def test_the_wheel_holds_the_compiled_base_and_nothing_that_is_not_used(built: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(built[1]).namelist()
    own = {name for name in names if ".dist-info/" not in name}
    assert {"assistant/kb.jsonl", "assistant/py.typed", "assistant/schema/diagnose.schema.json"} <= own
    assert {f"assistant/site/{file}" for file in clients.FILES} <= own
    assert [name for name in own if not name.startswith("assistant/") or name.endswith(".pyc")] == []
    assert [name for name in own if name.endswith(".md") and not name.startswith("assistant/site/")] == []
    assert [name for name in own if "node_modules" in name] == []


@pytest.mark.slow
def test_the_wheel_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    program = installed / "ansible-why"
    done = run(
        program,
        "diagnose",
        "--format",
        "json",
        EXAMPLES / "backup.log",
        "--task",
        EXAMPLES / "backup.yml",
        folder=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["failures"][0]["causes"][0]["id"] == "async/wait-shorter-than-job"
    assert "async/wait-shorter-than-job" in run(program, "list", folder=tmp_path).stdout
    assert "Check it worked" in run(program, "diagnose", EXAMPLES / "backup.log", folder=tmp_path).stdout
    assert run(program, "check", EXAMPLES, folder=tmp_path).returncode == 1
    assert run(program, "schema", "check", folder=tmp_path).returncode == 0
    assert run(program, "--version", folder=tmp_path).stdout == f"ansible-why {VERSION}\n"


@pytest.mark.slow
def test_the_wheel_needs_nothing_that_it_does_not_name(installed: Path, tmp_path: Path) -> None:
    done = run(installed / "pip", "check", folder=tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_wheel_writes_nothing_into_its_own_folder(installed: Path, tmp_path: Path) -> None:
    home = next((installed.parent / "lib").glob("python*/site-packages"))
    run(installed / "ansible-why", "list", folder=tmp_path)
    before = {path for path in home.rglob("*") if "__pycache__" not in path.parts}
    run(installed / "ansible-why", "diagnose", EXAMPLES / "backup.log", folder=tmp_path)
    assert {path for path in home.rglob("*") if "__pycache__" not in path.parts} == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_an_editable_install_reads_the_base_of_the_checkout(tmp_path: Path) -> None:
    program = install(tmp_path / "venv", "--editable", str(ROOT)) / "ansible-why"
    done = run(program, "diagnose", EXAMPLES / "backup.log", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "async/wait-shorter-than-job" in run(program, "list", folder=tmp_path).stdout
    assert not (ROOT / "assistant" / "kb.jsonl").exists()
