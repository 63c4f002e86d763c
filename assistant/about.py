"""What the program says of itself: its version and where its pages are."""

from __future__ import annotations

VERSION = "0.1.0"
"""Equal to the version in pyproject.toml; a test compares the two."""

SITE = "https://ansible-why.github.io/"
"""Root of the published pages; the page of a cause is SITE + its id + "/"."""

SCHEMA_VERSION = 1
"""The `version` of both JSON outputs: it grows only when a field changes its meaning or goes."""


def url(cause: str) -> str:
    """The address of the page of a cause, from its id ("async/job-hung")."""
    return f"{SITE}{cause}/"
