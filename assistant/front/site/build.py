"""The whole build: everything is read and rendered first, then every link is held against it, then it is written."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from assistant.about import SITE
from assistant.front.site import assets, feeds, finding, headers, links, lists, material, pages, weight
from assistant.front.site.material import Material, Say
from assistant.front.site.places import Places, SiteError
from assistant.front.site.render import Page, Renderer
from assistant.front.site.writing import Written, write
from assistant.kb import Base


class Options(NamedTuple):
    """What may be left out to be quicker."""

    engine: bool = True
    search: bool = True


WHOLE = Options()


class Built(NamedTuple):
    """What a build did, and how long it took (seconds)."""

    pages: int
    written: Written
    seconds: float


def build(places: Places, out: Path, say: Say, options: Options = WHOLE) -> Built:
    """Builds the site into `out`. Raises SiteError, and writes nothing, when a page or a link is wrong."""
    start = time.monotonic()
    files = render(places, say, options)
    say("writing")
    written = write(files, out)
    return Built(sum(path.endswith(".html") for path in files), written, time.monotonic() - start)


def render(places: Places, say: Say, options: Options = WHOLE) -> dict[str, bytes]:
    """All files of the site, by path below its root. Raises SiteError, one line for each thing that is wrong."""
    held = material.gather(places, say)
    kept = assets.of_folder(places.site)
    for name, data in lists.rows(held).items():
        kept.add(name, data)
    size = _add_engine(places, held.base, kept, say) if options.engine else 0
    found = pages.all_pages(held, weight.numbers(size))
    html = _html(found, held, places, kept, options, say)
    files = {**html, **kept.files, **headers.files(), **feeds.files(found, held), **_as_they_are(places)}
    if options.search:
        say("search index")
        files |= finding.index({page.file: html[page.file] for page in found if page.listed})
    say("links")
    wrong = [
        *links.problems(files, urlsplit(SITE).path),
        *weight.too_heavy(files, {page.file for page in found if page.template in lists.TEMPLATES}),
    ]
    if wrong:
        raise SiteError("\n".join(wrong))
    return files


def _html(
    found: list[Page], held: Material, places: Places, kept: assets.Assets, options: Options, say: Say
) -> dict[str, bytes]:
    renderer = Renderer(places.site, kept, held.labels.titles, {"box": options.engine, "search": options.search})
    html: dict[str, bytes] = {}
    for number, page in enumerate(found, 1):
        say(f"pages {number}/{len(found)}")
        if page.file in html:
            raise SiteError(f"two pages want to be {page.file}")
        html[page.file] = renderer.html(page)
    return html


def _add_engine(places: Places, base: Base, kept: assets.Assets, say: Say) -> int:
    """Adds the paste box; gives back how many bytes of it a browser downloads."""
    from assistant.front.site import engine

    for name, data in engine.scripts(places, base).items():
        kept.add(name, data)
    files = engine.engine(places, places.cache, say=say)
    kept.add_folder("engine", files.items())
    return engine.download(files)


def _as_they_are(places: Places) -> Mapping[str, bytes]:
    """Files of `site/root`, which keep their names: what others look for at a fixed address."""
    return {path.name: path.read_bytes() for path in sorted((places.site / "root").glob("*")) if path.is_file()}


__all__ = ["Built", "Options", "build", "render"]
