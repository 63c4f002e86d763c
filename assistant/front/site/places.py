"""Where the site's own files, the base and the project's documents lie: in a checkout, or inside an installed wheel."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent.parent.parent
CHECKOUT = PACKAGE.parent
SHIPPED = PACKAGE / "site"
"""In a wheel: `site/`, and below it what else the pages are made from (hatch_build.py)."""


class SiteError(ValueError):
    """The site cannot be built or served; the text has one line for each thing that is wrong, and its mend."""


class Places(NamedTuple):
    """What a site is made from."""

    site: Path
    """Templates, styles, scripts, icons and words."""
    kb: Path
    """The base as written, a folder: the compiled one has no examples."""
    documents: Path
    """The folder with CHANGELOG.md, CONTRIBUTING.md and `editors/`."""

    @property
    def cache(self) -> Path:
        """A folder for what is slow to make, such as the engine; it can go at any time."""
        if self.documents == CHECKOUT:
            return CHECKOUT / ".cache" / "site"
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ansible-why" / "site"


def found() -> Places:
    """The places of this installation; raises SiteError when they are not there."""
    home = CHECKOUT if (CHECKOUT / "kb" / "tree.yaml").is_file() else SHIPPED
    site = home / "site" if home is CHECKOUT else home
    for path in (site / "templates" / "base.html", home / "kb" / "tree.yaml"):
        if not path.is_file():
            raise SiteError(f"{path}: missing; install ansible-why again, or run this in a checkout")
    return Places(site, home / "kb", home)
