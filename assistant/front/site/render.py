"""Templates: a page's values in, HTML out. Values are escaped by Jinja; only what is made here is HTML already."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from assistant.about import SITE, VERSION
from assistant.front.site import drawing, fan, forks, pictures, prose
from assistant.front.site.assets import Assets
from assistant.front.site.headers import POLICY
from assistant.front.site.places import SiteError


class Page(NamedTuple):
    """One page before it is rendered."""

    path: str
    """Its folder below the root ("async/job-hung/"), "" for the home page; or a file ("404.html")."""
    template: str
    title: str
    description: str
    values: Mapping[str, Any] = {}
    listed: bool = True
    """False for what search engines and the sitemap leave out."""

    @property
    def file(self) -> str:
        """The file it is written to."""
        return self.path if self.path.endswith(".html") else f"{self.path}index.html"

    @property
    def address(self) -> str:
        """Its lasting address."""
        return SITE + self.path


class Renderer:
    """Renders pages with the templates of one `site/`."""

    def __init__(self, site: Path, assets: Assets, titles: Mapping[str, str], flags: Mapping[str, bool]) -> None:
        """`titles` of all that has a page, by id; `flags`: what every template is told."""
        self._assets, self._titles = assets, titles
        self._environment = Environment(
            loader=FileSystemLoader(site / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.globals.update(
            {"version": VERSION, "policy": POLICY, "site": SITE, "titles": titles, **flags}
        )
        self._environment.filters.update(
            {
                "code": prose.code,
                "diff": prose.diff,
                "output": prose.output,
                "time": pictures.time,
                "slug": prose.slug,
                "chain": forks.chain,
            }
        )

    def html(self, page: Page) -> bytes:
        """One page as HTML. Raises SiteError when a template is wrong."""
        root = root_of(page)
        words = prose.Prose(self._titles, lambda path: root + path)
        try:
            return (
                self._environment.get_template(page.template)
                .render(
                    page=page,
                    root=root,
                    link=lambda path="": (root + path) or "./",
                    asset=lambda name: root + self._assets.url(name),
                    has_asset=self._assets.__contains__,
                    markdown=words.html,
                    inline=words.inline,
                    drawn=lambda node, here="", label="Decision tree": drawing.tree(
                        node, lambda path: root + path, here, label
                    ),
                    fanned=lambda signs: fan.fan(signs, self._titles, lambda path: root + path),
                    **page.values,
                )
                .encode()
            )
        except TemplateError as error:
            place = f"site/templates/{getattr(error, 'name', None) or page.template}"
            raise SiteError(f"{place}: {error.message} (page {page.file})") from None


def root_of(page: Page) -> str:
    """The way from a page to the site's root: "../../", or a whole path for the page that stands in for any other."""
    if page.file == "404.html":
        from urllib.parse import urlsplit

        return urlsplit(SITE).path
    return "../" * page.file.count("/")
