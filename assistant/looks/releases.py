"""Which release printed the paste, as far as it tells."""

from __future__ import annotations

import re

from assistant.looks.evidence import Evidence
from assistant.model import Fact

Version = tuple[int, ...]


def version(text: str) -> Version:
    """ "2.16.19" to (2, 16, 19); () for what is no version."""
    return tuple(int(part) for part in re.findall(r"\d{1,6}", text)[:3])


def at_most(evidence: Evidence, most: Version) -> bool:
    """True when the release is known to be no newer than `most` (compared to its length)."""
    told = version(evidence.hints.get("release") or evidence.hints.get("at_most") or "")
    return bool(told) and told[: len(most)] <= most


def at_least(evidence: Evidence, least: Version) -> bool:
    """True when the release is known to be `least` or newer."""
    told = version(evidence.hints.get("release") or evidence.hints.get("at_least") or "")
    return bool(told) and told >= least


def release(evidence: Evidence) -> Fact | None:
    """The release, when the paste names it."""
    told = evidence.hints.get("release")
    return Fact("release", told, evidence.hints.get("release because", "")) if told else None
