"""What real Ansible printed when something else than a background job failed, kept in `tests/families.tar.xz`.

One folder per scenario, named `<family>--<cause>[--<variant>]`: the playbook under the name it was run by (none where
no playbook was run), `fixed/` with its mended text where it was mended, and `out/` as in tests/lab.py; further files
of a scenario, such as its inventory, are left out, as nobody pastes them. `benign/` holds outputs that are no failure
of Ansible's: runs that went well, and what other programs print.
`python tests/families.py pack FOLDER` makes the archive; equal input, equal bytes.
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from lab import Run, packed, runs_in, unpacked

ARCHIVE = Path(__file__).with_name("families.tar.xz")
Playbook = tuple[str, str]
"""A playbook's name and its text."""


@functools.cache
def files() -> dict[str, str]:
    """All files by path inside the archive."""
    return unpacked(ARCHIVE)


@functools.cache
def runs() -> tuple[Run, ...]:
    """Every output of a scenario, in the order of the scenarios' names."""
    return tuple(runs_in(files()))


def benign() -> dict[str, str]:
    """Outputs that are no failure of Ansible's, by name."""
    front = "benign/"
    return {path.removeprefix(front): text for path, text in files().items() if path.startswith(front)}


def family(scenario: str) -> str:
    """The family that a scenario was made for; "" for one of tests/lab.py."""
    name, cut, _ = scenario.partition("--")
    return name if cut else ""


@functools.cache
def playbook(scenario: str, fixed: bool = False) -> Playbook | None:
    """What was run; None where no playbook was. A scenario mended outside its playbook ran the same one again."""
    written, mended = _playbooks().get(scenario), _playbooks().get(f"{scenario}/fixed")
    return mended or written if fixed else written


@functools.cache
def _playbooks() -> dict[str, Playbook]:
    paths = (path.rpartition("/") for path in files() if path.endswith(".yml"))
    return {folder: (name, files()[f"{folder}/{name}"]) for folder, _, name in paths}


# --- the archive is made -------------------------------------------------------------------------------------------


def pack(folder: Path) -> bytes:
    """The archive made from a folder of scenarios, each with `about.json`, and the statuses of all in `runs.jsonl`."""
    codes: dict[tuple[str, str], str] = {}
    for line in (folder / "runs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        codes[row["name"], f"{row['rel']}-{row['form']}"] = row["rc"]
    found = [one for home in sorted(folder.glob("*--*")) for one in _scenario(home, codes)]
    found += [(f"benign/{path.name}", path.read_bytes()) for path in sorted((folder / "benign").glob("*.txt"))]
    return packed(found)


def _scenario(home: Path, codes: dict[tuple[str, str], str]) -> Iterator[tuple[str, bytes]]:
    """The files of one scenario; none of one that was never run."""
    outs = {_named(path.stem): path for path in sorted((home / "out").glob("*.txt"))}
    if not outs:
        return
    play = json.loads((home / "about.json").read_text(encoding="utf-8"))["play"]
    for source, name in (("broken.yml", play), ("fixed.yml", f"fixed/{play}")):
        if (home / source).exists():
            yield f"{home.name}/{name}", (home / source).read_bytes()
    rows = [f"{name}\t{name.partition('-')[0]}\trc={codes[home.name, path.stem]}" for name, path in outs.items()]
    yield f"{home.name}/out/runs.tsv", "\n".join(rows).encode()
    yield from ((f"{home.name}/out/{name}.txt", path.read_bytes()) for name, path in outs.items())


def _named(stem: str) -> str:
    """The name of a run, as tests/lab.py writes it: "2.21-fixed" was printed by the default callback."""
    return stem.replace("-fixed", "-default-fixed")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "pack":
        sys.exit("usage: python tests/families.py pack FOLDER")
    ARCHIVE.write_bytes(pack(Path(sys.argv[2])))
