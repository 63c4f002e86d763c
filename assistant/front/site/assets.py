"""Styles, scripts, icons and the engine: files in, names with a fingerprint of what is in them out.

A name that changes with its content may be kept by browsers for ever, and a page can never meet an old script.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from assistant.front.site.places import SiteError

FOLDER = "assets"


def fingerprint(*parts: bytes) -> str:
    """Ten characters that change when one of the parts does."""
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:10]


class Assets:
    """All files that pages refer to by name. Names are paths below `site/` ("styles/page.css")."""

    def __init__(self) -> None:
        self._urls: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        """What is written: path below the site's root, and content."""

    def add(self, name: str, data: bytes) -> None:
        """One file; its address is `assets/<stem>.<fingerprint><ending>`."""
        path = Path(name)
        self._keep(name, f"{FOLDER}/{path.stem}.{fingerprint(data)}{path.suffix}", data)

    def add_folder(self, name: str, files: Iterable[tuple[str, bytes]]) -> None:
        """Files that call each other by name and so keep theirs, in a folder with one fingerprint for all.

        `url(name + "/")` is the folder's address, `url(name + "/" + file)` that of one file.
        """
        held = sorted(files)
        folder = f"{FOLDER}/{name}.{fingerprint(*(part for file, data in held for part in (file.encode(), data)))}/"
        self._urls[f"{name}/"] = folder
        for file, data in held:
            self._keep(f"{name}/{file}", folder + file, data)

    def url(self, name: str) -> str:
        """The address of an asset below the site's root; raises SiteError for one that nobody added."""
        if name not in self._urls:
            raise SiteError(f'a template names the asset "{name}", which does not exist')
        return self._urls[name]

    def __contains__(self, name: str) -> bool:
        return name in self._urls

    def _keep(self, name: str, url: str, data: bytes) -> None:
        self._urls[name] = url
        self.files[url] = data


def of_folder(site: Path) -> Assets:
    """The assets that lie in `site/styles`, `site/scripts` and `site/icons`."""
    assets = Assets()
    for folder in ("styles", "scripts", "icons"):
        for path in sorted((site / folder).glob("*")):
            if path.is_file() and not path.name.startswith("."):
                assets.add(f"{folder}/{path.name}", path.read_bytes())
    return assets
