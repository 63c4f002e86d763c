"""Folders walked: what is left out comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.front import folders
from assistant.front.folders import files


def grow(root: Path, *paths: str) -> None:
    """Files with a little YAML in them."""
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("- hosts: all\n")


def walked(root: Path, notes: list[str] | None = None) -> list[str]:
    """The files found below `root`, without it."""
    found = files([str(root)], (notes if notes is not None else []).append)
    return [str(Path(path).relative_to(root)) for path, _ in found]


@pytest.mark.parametrize(
    "path",
    [
        ".git/x.yml",
        ".github/workflows/ci.yml",
        ".tox/py/x.yml",
        ".cache/x.yml",
        ".hidden.yml",
        "node_modules/a/x.yml",
        "collections/ansible_collections/a/b/roles/r/tasks/main.yml",
        "venv/lib/x.yml",
        "site.yml.j2",
        "README.md",
        "yml",
        "group_vars/all.yml",
        "host_vars/web1/main.yaml",
        "templates/compose.yml",
        "files/config.yml",
    ],
)
def test_left_out(path: str, tmp_path: Path) -> None:
    grow(tmp_path, path)
    assert walked(tmp_path) == []


def test_a_virtual_environment_by_any_name_is_left_out(tmp_path: Path) -> None:
    grow(tmp_path, "tools/pyvenv.cfg", "tools/lib/x.yml")
    assert walked(tmp_path) == []


def test_variables_of_a_role_are_left_out_but_not_a_folder_that_is_only_called_so(tmp_path: Path) -> None:
    grow(tmp_path, "roles/db/tasks/main.yml", "roles/db/vars/main.yml", "roles/db/defaults/main.yml", "meta/site.yml")
    assert walked(tmp_path) == ["meta/site.yml", "roles/db/tasks/main.yml"]


def test_a_vaulted_file_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text("$ANSIBLE_VAULT;1.1;AES256\n6162\n")
    assert walked(tmp_path) == []


def test_a_huge_file_is_left_out_with_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST", 5)
    grow(tmp_path, "dump.yml")
    notes: list[str] = []
    assert walked(tmp_path, notes) == []
    assert notes == [f"{tmp_path}/dump.yml: left out, larger than 0 MB"]


def test_ansibles_own_code_is_found_in_a_steady_order(tmp_path: Path) -> None:
    paths = [
        "playbooks/site.yaml",
        "roles/db/handlers/main.yml",
        "roles/db/tasks/deep/er/migrate.yml",
        "roles/db/tasks/main.yml",
        "site.yml",
    ]
    grow(tmp_path, *reversed(paths))
    assert walked(tmp_path) == paths


def test_links_are_followed_once_and_never_in_a_circle(tmp_path: Path) -> None:
    grow(tmp_path, "a/site.yml")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere.yml")
    (tmp_path / "broken.yml").symlink_to(tmp_path / "nowhere.yml")
    assert walked(tmp_path) == ["a/site.yml"]


def test_what_the_call_names_is_always_read(tmp_path: Path) -> None:
    grow(tmp_path, ".git/site.yml", "notes.txt")
    named = [str(tmp_path / ".git/site.yml"), str(tmp_path / "notes.txt"), "no/such/file"]
    assert list(files(named, print)) == [(path, True) for path in named]


def test_a_folder_that_would_be_left_out_is_walked_when_the_call_names_it(tmp_path: Path) -> None:
    grow(tmp_path, "templates/site.yml")
    assert walked(tmp_path / "templates") == ["site.yml"]


def test_a_folder_named_twice_is_walked_once(tmp_path: Path) -> None:
    grow(tmp_path, "site.yml")
    assert len(list(files([str(tmp_path), str(tmp_path) + "/."], print))) == 1
