"""Real editors with our own settings for them: open, see, apply, and the file is as it should be."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from textwrap import indent

import pytest

from assistant import kb
from assistant.check import check

ROOT = Path(__file__).resolve().parents[1]
EDITORS = ROOT / "editors"
sys.path.append(str(EDITORS))
import generate  # noqa: E402

TEXT = """\
- hosts: shop
  tasks:
    - name: Wäge die Ware 😀
      command: /usr/local/bin/weigh
      async: 600
      poll: 0
      register: weighing

    - name: Wait for the scales
      async_status: {jid: "{{ weighing.ansible_job_id }}"}
      register: weighed
      until: weighed is finished
      retries: 10
      delay: 3
"""
MENDED = TEXT.replace("retries: 10", "retries: 200")
MESSAGE = "the wait ends after 10 × 3 s = 30 s, the job may run for 600 s"


def program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing; see tests/apt.txt"
    return found


@pytest.fixture
def playbook(tmp_path: Path) -> Path:
    made = tmp_path / "site.yml"
    made.write_text(TEXT, encoding="utf-8")
    return made


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """A home of its own, and `ansible-why` on the path as this checkout has it."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "ansible-why").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m assistant "$@"\n')
    (programs / "ansible-why").chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def run(command: list[object], surroundings: dict[str, str]) -> str:
    done = subprocess.run(
        list(map(str, command)), env=surroundings, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


NEOVIM = """
vim.cmd("filetype on")
vim.ui.select = function(items, _, choose) choose(items[1]) end
vim.cmd("edit " .. os.getenv("PLAYBOOK"))
local found = {}
assert(vim.wait(20000, function() found = vim.diagnostic.get(0); return #found > 0 end), "no findings")
io.stdout:write(vim.json.encode(found[1].user_data and found[1].user_data.lsp or {}), "\\n")
io.stdout:write(found[1].message, " ", found[1].lnum + 1, "\\n")
vim.api.nvim_win_set_cursor(0, { found[1].lnum + 1, found[1].col })
vim.lsp.buf.code_action()
assert(vim.wait(20000, function() return vim.bo.modified end), "no change")
assert(vim.wait(20000, function() return #vim.diagnostic.get(0) == 0 end), "the finding stays")
vim.cmd("write | 1,3AnsibleWhy")
vim.cmd("quitall!")
"""


@pytest.mark.slow
def test_neovim(playbook: Path, surroundings: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "test.lua"
    script.write_text(
        f"local ok, wrong = pcall(function() {NEOVIM} end) if not ok then print(wrong) vim.cmd('cquit') end"
    )
    command = [program("nvim"), "--headless", "-i", "NONE", "-u", "NONE", "--cmd"]
    command += [f"set rtp^={EDITORS / 'neovim'}", "--cmd", "runtime! plugin/ansible-why.lua", "-S", script]
    said = run(command, {**surroundings, "PLAYBOOK": str(playbook)})
    assert f"{MESSAGE} 13" in said
    assert playbook.read_text(encoding="utf-8") == MENDED


EMACS = """
(setq debug-on-error t make-backup-files nil eglot-sync-connect 20)
(require 'yaml-mode)
(find-file (getenv "PLAYBOOK"))
(yaml-mode)
(call-interactively #'eglot)
(defun wait-until (what &rest tries)
  (let ((left 200))
    (while (and (not (funcall what)) (> left 0)) (accept-process-output nil 0.1) (setq left (1- left)))
    (unless (funcall what) (error "It never came"))))
(wait-until (lambda () (flymake-diagnostics)))
(let ((found (car (flymake-diagnostics))))
  (princ (format "%s %d\\n" (flymake-diagnostic-text found) (line-number-at-pos (flymake-diagnostic-beg found))))
  (goto-char (flymake-diagnostic-beg found)))
(let* ((actions (eglot-code-actions (line-beginning-position) (line-end-position)))
       (action (seq-find (lambda (each) (string-prefix-p "Write" (plist-get each :title))) actions)))
  (princ (format "%s\\n" (plist-get action :title)))
  (eglot--apply-workspace-edit (plist-get action :edit)))
(save-buffer)
(ansible-why-lookup (point-min) (point-max))
(eglot-shutdown (eglot-current-server))
"""


@pytest.mark.slow
def test_emacs_with_eglot(playbook: Path, surroundings: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "test.el"
    script.write_text(EMACS, encoding="utf-8")
    command = [program("emacs"), "--batch", "-q", "-l", EDITORS / "emacs" / "ansible-why.el", "-l", script]
    said = run(command, {**surroundings, "PLAYBOOK": str(playbook)})
    assert f"{MESSAGE} [async/wait-shorter-than-job] 13" in said or f"{MESSAGE} 13" in said
    assert "Write retries: 200 (read it first)" in said
    assert playbook.read_text(encoding="utf-8") == MENDED


def test_settings_for_other_editors_can_be_read() -> None:
    helix = tomllib.loads((EDITORS / "helix" / "languages.toml").read_text())
    assert helix["language-server"]["ansible-why"]["args"] == ["lsp"]
    sublime = (EDITORS / "sublime" / "LSP.sublime-settings").read_text()
    client = json.loads(re.sub(r"(?m)^//.*$", "", sublime))["clients"]["ansible-why"]
    assert client["command"] == ["ansible-why", "lsp"]
    kakoune = (EDITORS / "kakoune" / "ansible-why.kak").read_text()
    table = re.search(r"lsp_servers %\{\n(.*?)\n    \}", kakoune, re.S)
    assert table
    assert tomllib.loads(table[1])["ansible-why"]["command"] == "ansible-why"


def test_the_snippets_are_those_of_the_base() -> None:
    assert generate.SNIPPETS.read_text(encoding="utf-8") == generate.snippets(), "make snippets"


def test_a_snippet_with_its_defaults_is_sound_code() -> None:
    """Stops taken as they are: what comes out reads, and check has nothing to say."""
    for name, snippet in json.loads(generate.snippets()).items():
        text = re.sub(r"\$\{\d+:((?:[^}\\]|\\.)*)\}", r"\1", "\n".join(snippet["body"]))
        text = re.sub(r"\\([$}\\])", r"\1", text) + "\n"
        assert "$" not in text.replace("$(", ""), name
        playbook = text if "hosts:" in text else "- hosts: all\n  tasks:\n" + indent(text, "    ")
        assert [fault.cause for fault in check("site.yml", playbook, kb.load())] == [], name
