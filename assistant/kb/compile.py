"""`kb/` in, the compiled base out; every mistake in it named by place, all at once."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

from assistant.kb import BaseError, id_of
from assistant.kb.entry import Example, read_entry, read_page
from assistant.kb.mistakes import Mistakes, line_of, read_yaml
from assistant.kb.packed import pack
from assistant.kb.proofs import proved
from assistant.kb.tree import UNKNOWN, add_rare_words, check_keys, leaves, looks_in, read_signs, read_tree


class Folder:
    """A `kb/` folder as read: what the compiled file is made from, and what the proof looks at."""

    def __init__(self, folder: str, known: Collection[str] = (), called: str = "") -> None:
        """Reads everything; mistakes are kept in `mistakes`, nothing is raised for them.

        `known` are the ids of the base that it is laid beside, which it may name; `called` stands for the folder in
        mistakes (its name).
        """
        self.home, self.mistakes = Path(folder), Mistakes()
        self.known, self.private = frozenset(known), bool(known)
        self.called = called.rstrip("/") or self.home.name
        self.families: list[str] = []
        self.redirects: dict[str, str] = {}
        self.signs: list[list[Any]] = []
        self.trees: dict[str, Any] = {}
        self.entries: dict[str, dict[str, Any]] = {}
        self.examples: dict[str, tuple[Example, ...]] = {}
        self.pages: dict[str, dict[str, Any]] = {}
        """Patterns and pages of prose, by id."""
        self.playbooks: dict[str, str] = {}
        """The playbook of each pattern, by id."""
        self._read_root()
        for family in self.families:
            self._read_family(family)
        add_rare_words(self.signs)
        self._check_whole()

    def _read(self, name: str) -> str | None:
        try:
            return (self.home / name).read_text(encoding="utf-8")
        except OSError as error:
            self.mistakes.add(self._path(name), 1, f"cannot be read ({error.strerror})")
            return None

    def _path(self, name: str) -> str:
        return f"{self.called}/{name}"

    def _yaml(self, name: str) -> Any:
        text = self._read(name)
        return {} if text is None else read_yaml(text, self._path(name), self.mistakes) or {}

    def _read_root(self) -> None:
        raw = self._yaml("tree.yaml")
        for key in raw:
            if key not in ("families", "redirects"):
                self.mistakes.unknown(self._path("tree.yaml"), line_of(key), "key", key, ("families", "redirects"))
        self.families = [str(f) for f in raw.get("families", [])]
        self.redirects = {str(k): str(v) for k, v in raw.get("redirects", {}).items()}

    def _read_family(self, family: str) -> None:
        from assistant.looks import LOOKS, answers

        looks = {look: answers(look) for look in LOOKS}
        self.signs += read_signs(
            family, self._yaml(f"{family}/signs.yaml"), self._path(f"{family}/signs.yaml"), self.mistakes
        )
        tree = self._yaml(f"{family}/tree.yaml")
        self.trees[family] = read_tree(tree, self._path(f"{family}/tree.yaml"), looks, self.mistakes)
        check_keys(self.trees[family], self._path(f"{family}/tree.yaml"), self.mistakes)
        for file in sorted((self.home / family).glob("*.md")):
            id = f"{family}/{file.stem}"
            text = file.read_text(encoding="utf-8")
            self.entries[id], self.examples[id] = read_entry(self._path(f"{id}.md"), id, text, self.mistakes)

        for folder, kind in (("patterns", "pattern"), ("pages", "page")):
            for file in sorted((self.home / family / folder).glob("*.md")):
                id = f"{family}/{folder}/{file.stem}"
                text = file.read_text(encoding="utf-8")
                self.pages[id], playbook = read_page(self._path(f"{id}.md"), id, kind, text, self.mistakes)
                self.playbooks |= {id: playbook} if playbook else {}

    def _check_whole(self) -> None:
        """Every leaf has an entry and every entry a leaf or a code; names of fixes and looks exist."""
        from assistant.fixes import FIXES
        from assistant.looks import LOOKS, answers

        for family, tree in self.trees.items():
            for leaf in sorted(set(leaves(tree))):
                if leaf != UNKNOWN and id_of(family, leaf) not in (self.entries.keys() | self.known):
                    self.mistakes.add(
                        self._path(f"{family}/tree.yaml"), 1, f'leaf "{leaf}" has no entry {id_of(family, leaf)}.md'
                    )
        named = {id_of(family, leaf) for family, tree in self.trees.items() for leaf in leaves(tree)}
        for id, entry in self.entries.items():
            path = self._path(f"{id}.md")
            if id not in named and not entry["code"]:
                self.mistakes.add(path, 1, "no leaf of the tree leads here, and check cannot see it either")
            for row in entry["fix"]:
                for fix in row:
                    if fix not in FIXES:
                        self.mistakes.unknown(path, 1, "fix", fix, FIXES)
            for look, wanted in entry["code"].items():
                if look not in LOOKS:
                    self.mistakes.unknown(path, 1, "look", look, LOOKS)
                elif answers(look) and not set(wanted) <= set(answers(look)):
                    self.mistakes.unknown(path, 1, f"answer of {look}", ", ".join(wanted), answers(look))
        for id, entry in {**self.entries, **self.pages}.items():
            for other in entry["see"]:
                if other not in self.entries and other not in self.pages and other not in self.known:
                    self.mistakes.add(self._path(f"{id}.md"), 1, f'"see" names {other}, which has no entry')
        self._check_redirects()

    def _check_redirects(self) -> None:
        for old, new in self.redirects.items():
            if old in self.entries or old in self.known or new not in self.entries:
                self.mistakes.add(
                    self._path("tree.yaml"), 1, f"redirect {old} → {new}: the first must be gone, the second exist"
                )

    def place(self, id: str) -> str:
        """An entry's file, as mistakes call it."""
        return self._path(f"{id}.md")

    def page(self, id: str) -> str:
        """The address of an entry's own file."""
        return (self.home / f"{id}.md").absolute().as_uri()

    def looks_used(self) -> set[str]:
        """All looks that a tree or an entry's code names."""
        used = set().union(*(looks_in(tree) for tree in self.trees.values()))
        return used | {look for entry in self.entries.values() for look in entry["code"]}


def compile_folder(folder: str) -> bytes:
    """The compiled base of a `kb/` folder. Raises BaseError with every mistake."""
    return compiled(Folder(folder))


def compiled(read: Folder) -> bytes:
    """The compiled base of a folder that has been read. Raises BaseError with every mistake.

    What a private entry has not got yet is no reason to answer nothing at all.
    """
    wrong = [each for each in read.mistakes.found if not (read.private and each in read.mistakes.lacking)]
    if wrong:
        raise BaseError("\n".join(wrong))
    proofs = {} if read.private else proved(read.home)
    entries = {
        id: {**one, "proved": proofs.get(id, ""), "page": read.page(id) if read.private else ""}
        for id, one in {**read.entries, **read.pages}.items()
    }
    return pack(read.families, read.redirects, read.signs, read.trees, entries)


def check_folder(folder: str) -> list[str]:
    """Every mistake of a `kb/` folder, as `path:line: what; how to mend`; empty when it is sound."""
    return Folder(os.fspath(folder)).mistakes.found
