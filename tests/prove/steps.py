"""What a step of our answer tells to do outside the playbook: its ```sh and ```ini blocks, done on a stage."""

from __future__ import annotations

import configparser
import re
import shlex
from typing import Any

from assistant import markup
from prove.stage import Stage

LANGUAGES = ("sh", "ini")
HOLE = re.compile(r"(?<![$\w])[A-Z]{4,}\b(?![=:])|<[a-z ]+>")
"""Words of an entry that stand where nothing was known: USER, HOST, <job id>; not in `A=1`, `$A`, `NOPASSWD:`."""
COMMAND, SETTING, OPTION = "command", "setting", "option"


def blocks(cause: dict[str, Any], only: tuple[int, ...] = ()) -> list[tuple[str, str]]:
    """The blocks of all steps of a cause, or of some (from 1), as the reader sees them: (language, text)."""
    chosen = [step for number, step in enumerate(cause["steps"], 1) if not only or number in only]
    found = (block for step in chosen for block in markup.blocks(step["text"]))
    return [(language, text) for language, text in found if language in LANGUAGES]


def carry_out(one: Stage, found: list[tuple[str, str]]) -> str:
    """Does what the blocks say, and says of what kind it was: COMMAND, SETTING or OPTION, the strongest of them.

    Raises ValueError for a block with a word left open, RuntimeError for a command that fails.
    """
    kinds = [_carry_out(one, language, text.strip()) for language, text in found]
    return next(kind for kind in (COMMAND, SETTING, OPTION) if kind in kinds)


def _carry_out(one: Stage, language: str, text: str) -> str:
    if language == "ini":
        _set(one, text)
        return SETTING
    kinds = [_line(one, line) for line in text.splitlines() if not line.startswith("#")]
    return COMMAND if COMMAND in kinds else kinds[-1]


def _set(one: Stage, text: str) -> None:
    """Puts settings into the `ansible.cfg` of the stage, beside those that are there."""
    settings = configparser.ConfigParser(interpolation=None)
    path = one.folder / "ansible.cfg"
    settings.read([path] if path.exists() else [])
    settings.read_string(text)
    with path.open("w", encoding="utf-8") as file:
        settings.write(file)


def _line(one: Stage, line: str) -> str:
    words = shlex.split(line)
    if words[0] == "export":
        name, _, value = words[1].partition("=")
        one.settings[name] = value
        return SETTING
    if words[0] == "unset":
        one.settings[words[1]] = ""
        return SETTING
    if "…" in words:
        one.options = tuple(words[words.index("…") + 1 :])
        return OPTION
    if HOLE.search(line):
        raise ValueError(f"a word is left open in {line!r}")
    done = one.do(line)
    if done.code:
        raise RuntimeError(f"{line!r} ended with {done.code}: {done.text.strip()}")
    return COMMAND
