"""The outputs of real Ansible runs that the tests read, kept in `tests/lab.tar.xz`.

One folder per scenario: `repro.yml` (what was run), `fixed.yml` (one sound repair, where a playbook
can repair it), `runs.tsv` (exit codes) and `out/<release>-<form>[-fixed].txt` (what Ansible printed).
`python tests/lab.py pack FOLDER` makes the archive from such folders; equal input, equal bytes.
"""

from __future__ import annotations

import functools
import io
import lzma
import sys
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ARCHIVE = Path(__file__).with_name("lab.tar.xz")
KEPT = (".yml", ".tsv", ".txt")


class Run(NamedTuple):
    """One run of a scenario and what it printed."""

    scenario: str
    release: str
    """As the lab names it: "2.9", "2.16", "2.18.6"."""
    form: str
    """Callback and verbosity: "default", "default-v", "default-vvv", "yaml", "minimal", "oneline", "json"."""
    fixed: bool
    """True when `fixed.yml` was run."""
    text: str
    """Everything that was printed."""
    code: int
    """Exit status of ansible-playbook: 0 means that nothing stopped the play."""

    @property
    def name(self) -> str:
        """For people and test ids: "poll-timeout/2.16-default-v"."""
        return f"{self.scenario}/{self.release}-{self.form}" + ("-fixed" if self.fixed else "")


@functools.cache
def files() -> dict[str, str]:
    """All files of the lab by path inside the archive."""
    return unpacked(ARCHIVE)


def unpacked(path: Path) -> dict[str, str]:
    """The texts of an archive by path inside it."""
    with tarfile.open(path) as archive:
        members = [(one.name, archive.extractfile(one)) for one in archive if one.isfile()]
        return {name: handle.read().decode("utf-8") for name, handle in members if handle}


def playbook(scenario: str, name: str = "repro.yml") -> str | None:
    """The playbook of a scenario; None where there is none, or only a comment (ad-hoc runs)."""
    text = files().get(f"{scenario}/{name}")
    return text if text and not all(line.startswith("#") for line in text.splitlines()) else None


@functools.cache
def runs() -> tuple[Run, ...]:
    """Every output of the lab, in the order of the scenarios' names."""
    return tuple(runs_in(files()))


def runs_in(contents: Mapping[str, str]) -> Iterator[Run]:
    """Every output among the files of an archive, in the order of the scenarios' names."""
    codes: dict[str, dict[str, int]] = {}
    for path in sorted(contents):
        scenario, out, name = path.removesuffix(".txt").rpartition("/out/")
        if out and path.endswith(".txt"):
            if scenario not in codes:
                codes[scenario] = _codes(contents[f"{scenario}/out/runs.tsv"])
            release, _, form = name.partition("-")
            fixed = form.endswith("-fixed")
            yield Run(scenario, release, form.removesuffix("-fixed"), fixed, contents[path], codes[scenario][name])


def _codes(written: str) -> dict[str, int]:
    """Exit statuses by run; a line reads `2.9-default<tab>2.9.27<tab>rc=2<tab>12.9s<tab>command`."""
    rows = (line.split("\t") for line in written.splitlines())
    return {row[0]: int(row[2].removeprefix("rc=")) for row in rows}


def pack(folder: Path) -> bytes:
    """The archive made from a folder of scenarios."""
    kept = sorted((path for path in folder.rglob("*") if path.is_file() and path.suffix in KEPT), key=_alike_together)
    return packed((path.relative_to(folder).as_posix(), path.read_bytes()) for path in kept)


def _alike_together(path: Path) -> tuple[str, str]:
    return path.name, path.as_posix()


def packed(contents: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of files, (path, content), in the order given; it holds neither times nor owners."""
    memory = io.BytesIO()
    with lzma.open(memory, "wb", preset=9) as packing, tarfile.open(fileobj=packing, mode="w") as archive:
        for path, content in contents:
            entry = tarfile.TarInfo(path)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return memory.getvalue()


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "pack":
        sys.exit("usage: python tests/lab.py pack FOLDER")
    ARCHIVE.write_bytes(pack(Path(sys.argv[2])))
