"""What ansible-galaxy was asked for and could not give, and what warnings above a failure say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import Evidence
from assistant.model import Fact


def warned(evidence: Evidence, *words: str) -> str:
    """The last warning above the failure that holds all the words, "" when none does."""
    rows = [seen.text for seen in evidence.failure.seen if seen.kind == "warning"] if evidence.failure else []
    return next((row for row in reversed(rows) if all(word in row for word in words)), "")


WANTED = re.compile(
    r"^\* ([\w.-]{1,100}):([^\s(]{1,100})(?: \(([^)\n]{1,200})\))?( requires ansible-core \S{1,60})?", re.M
)


def galaxy_wants(evidence: Evidence) -> Fact | None:
    """any version | one version | several | another ansible: what Galaxy was asked for and could not give."""
    message = evidence.failure.message if evidence.failure else ""
    asked = WANTED.findall(message)
    if not asked:
        return None
    lines = "; ".join(f"{name}:{version}" for name, version, _, _ in asked)[:200]
    if any(needs for _, _, _, needs in asked):
        return Fact("galaxy_wants", "another ansible", lines)
    if len({name for name, _, _, _ in asked}) < len(asked):
        return Fact("galaxy_wants", "several", f"{lines}: several demands for the same collection")
    word = "any version" if all(version == "*" for _, version, _, _ in asked) else "one version"
    return Fact("galaxy_wants", word, lines)


FOLDER = re.compile(r"right subdirectory — `([^`\n]{1,300})` looks like a directory")
UNFOUND = re.compile(r"\n\s*Could not find (\S{1,300}?)\.\s*(?:\n|$)")


def galaxy_source(evidence: Evidence) -> Fact | None:
    """name | folder | clone | nothing: what stands in place of a collection that can be installed.

    The last one is the reader's answer only: without a paragraph below the entry has no name, but a paste may have
    lost it.
    """
    message = evidence.failure.message if evidence.failure else ""
    for pattern, word in ((FOLDER, "folder"), (UNFOUND, "name")):
        if found := pattern.search(message):
            cloned = "/ansible-local-" in found[1]
            return Fact("galaxy_source", "clone" if cloned else word, found[0].strip().rstrip("."))
    return None


ROLE_PATH = re.compile(
    r"- ((?:\.{0,2}/|~)\S{1,300}|\S{1,300}\.(?:tar\.gz|tgz)) was NOT installed successfully: "
    r"(?:Unknown error when attempting to call Galaxy|- sorry, )"
)
"""A path or an archive, where a role of Galaxy would be called author.name."""


def galaxy_warned(evidence: Evidence) -> Fact | None:
    """no answer | no such role | no such version | git | no role | no such file: what a warning above says."""
    if path := ROLE_PATH.search(warned(evidence, "was NOT installed")):  # no file, so a server was asked for that name
        return Fact("galaxy_warned", "no such file", f"{path[1]} was NOT installed, and Galaxy was asked for it")
    for words, value in (
        (("NOT installed", "does not appear to have a meta/main.yml file"), "no role"),
        (("Skipping Galaxy server", "Unknown error"), "no answer"),
        (("NOT installed", "Unknown error when attempting to call Galaxy"), "no answer"),
        (("NOT installed", "was not found on "), "no such role"),
        (("was not found in the list of available versions",), "no such version"),
        (("NOT installed", "git "), "git"),
    ):
        said = warned(evidence, *words)
        if said:
            return Fact("galaxy_warned", value, said[:200])
    return None


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The collection and version that were asked for first."""
    asked = WANTED.findall(evidence.failure.message) if evidence.failure else []
    if path := ROLE_PATH.search(warned(evidence, "was NOT installed")):
        yield "collection_wanted", path[1]
    message = evidence.failure.message if evidence.failure else ""
    for pattern, hole in ((FOLDER, "folder_looked_at"), (UNFOUND, "collection_wanted")):
        if found := pattern.search(message):
            yield hole, found[1]
    if asked:
        yield "collection_wanted", asked[0][0]
        yield "version_wanted", asked[0][1] if asked[0][1] != "*" else ""
