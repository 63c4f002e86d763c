"""Inventories that could not be read: what their plugins said, and whether there was one at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import Evidence
from assistant.model import Fact, Failure

HOST_LINE = ("host range must", "not enough values to unpack (expected 3, got 2)", "Invalid host pattern")
"""What the ini plugin says of a host's name (plugins/inventory/__init__.py and ini.py)."""
YAML = re.compile(r"YAML parsing failed|either as JSON nor YAML|YAML inventory has invalid structure")
NO_HOST = ("Invalid host pattern 'plugin:'", "Invalid host pattern '---'")
"""What it says of a file that is no inventory of hosts but a plugin's settings, or YAML without being called so."""
NAMED_YAML = (".yml", ".yaml", ".json")
"""Of a file that is called so the yaml plugin's words count; ini, which tries last, complains of everything in it."""


def inventory_fault(evidence: Evidence) -> Fact | None:
    """host line | yaml | script | ini | not there | other: what the plugins said of the source that was not read."""
    failure = evidence.failure
    texts = failure.chain if failure else ()
    source = _source(texts)
    if failure is None or not source:
        return None
    said = {plugin: text for text in texts for plugin in [_plugin(text)] if plugin}
    if not said:
        return Fact("inventory_fault", "not there", f"no plugin said a word about {source}")
    for plugin, kind in (("script", "script"), ("yaml", "yaml"), ("ini", "ini")):
        if plugin in said and (plugin != "yaml" or source.endswith(NAMED_YAML) or YAML.search(said["yaml"])):
            return Fact("inventory_fault", _of_ini(said["ini"]) if kind == "ini" else kind, _short(said[plugin]))
    return Fact("inventory_fault", "other", _short(next(iter(said.values()))))


def _of_ini(said: str) -> str:
    if any(words in said for words in NO_HOST):
        return "other"
    return "host line" if any(words in said for words in HOST_LINE) else "ini"


def _source(texts: tuple[str, ...]) -> str:
    """The first source that could not be read, "" when none is named."""
    found = (re.match(r"Unable to parse (.{1,500}) as an inventory source", text) for text in texts)
    return next((match[1] for match in found if match), "")


def _plugin(text: str) -> str:
    """The plugin that a warning is of: "Failed to parse inventory with 'ini' plugin" (2.19+), "… with ini plugin"."""
    found = re.match(r"Failed to parse .{1,500}? with '?(\w{1,40})'? plugin: ", text)
    return found[1] if found else ""


def _short(text: str) -> str:
    """The plugin's own words."""
    return text.partition(" plugin: ")[2].removeprefix("Failed to parse inventory: ").rstrip(".")[:300]


def _warnings(failure: Failure) -> tuple[str, ...]:
    """The failure's own texts, and the warnings above it."""
    seen = (row.text.removeprefix("[WARNING]: ") for row in failure.seen if row.kind == "warning")
    return (*failure.chain, *seen)


def inventory_read(evidence: Evidence) -> Fact | None:
    """unread | none given | misplaced | read: what the warnings above an error about hosts say of the inventory."""
    failure = evidence.failure
    if failure is None:
        return None
    texts = _warnings(failure)
    if _source(texts):
        return Fact("inventory_read", "unread", f"{_source(texts)} could not be read")
    if any(text.startswith("No inventory was parsed") for text in texts):
        return Fact("inventory_read", "none given", "No inventory was parsed, and no source is named")
    skipped = next((text for text in texts if text.startswith("Skipping unexpected key")), "")
    if skipped:
        return Fact("inventory_read", "misplaced", skipped)
    named = [text for text in texts if text.startswith("Could not match supplied host pattern")]
    return Fact("inventory_read", "read", named[0]) if named else None


def extra_vars_met(evidence: Evidence) -> Fact | None:
    """yes | no: whether an inventory plugin met the same error, as it does only when `-e` cannot be read."""
    failure = evidence.failure
    if failure is None:
        return None
    said = " ".join(failure.message.split())[:60]
    for text in _warnings(failure) if said and failure.origin is None else ():
        if _plugin(text) and said in " ".join(text.split()):
            return Fact("extra_vars_met", "yes", f"the inventory could not be read either, with the same words: {said}")
    return Fact("extra_vars_met", "no", "no inventory plugin said the same")


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The source that was not read, what was said of it, and the name that nobody has."""
    failure = evidence.failure
    if failure is None:
        return
    texts = _warnings(failure)
    yield "inventory_source", _source(texts)
    fault = inventory_fault(evidence)
    yield "inventory_said", fault.because if fault and fault.value != "not there" else ""
    misplaced = (re.match(r"Skipping unexpected key \((.{1,200}?)\) in group \((.{1,200}?)\)", text) for text in texts)
    for found in [match for match in misplaced if match][:1]:
        yield "misplaced_key", found[1]
        yield "group_told", found[2]
    nobody = [text.partition("ignoring: ")[2] for text in texts if text.startswith("Could not match supplied")]
    yield "pattern", nobody[0] if nobody else ""
