"""Every page of the site, as values for its template; nothing is rendered or written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.front.site import causes, lists, messages
from assistant.front.site.material import Material
from assistant.front.site.prose import summary
from assistant.front.site.render import Page


def all_pages(material: Material, numbers: Mapping[str, str]) -> list[Page]:
    """The pages of the whole site. `numbers` take the place of `{name}` in the words of `site/words`."""
    return [
        *_top(material),
        *lists.pages(material),
        *(causes.page(material, id) for id in material.studies),
        *(messages.page(material, sign) for sign in material.signs),
        *_others(material),
        *_prose(material, numbers),
    ]


def _top(material: Material) -> Iterator[Page]:
    silent = lists.silent(material.studies.values())
    yield Page(
        "",
        "home.html",
        "Paste an Ansible failure, learn its cause",
        "Paste what Ansible printed and get the cause, the proof and the exact fix. It runs in your browser: nothing "
        "leaves the page.",
        {"messages": messages.common(material), "causes": len(material.studies), "silent": silent[:6]},
    )
    yield Page(
        "search/",
        "search.html",
        "Search",
        "Find a message, a cause, a keyword or a sound pattern.",
    )
    yield Page("404.html", "404.html", "There is no such page", "This page does not exist.", {}, listed=False)


def _others(material: Material) -> Iterator[Page]:
    patterns = [entry for entry in material.others.values() if entry.kind == "pattern"]
    yield Page(
        "patterns/",
        "patterns.html",
        "Patterns that work",
        "Sound ways to start, wait for and collect background jobs with Ansible, each a whole playbook that runs.",
        {"patterns": patterns},
    )
    for entry in material.others.values():
        first = next(iter(entry.sections))
        text = summary(entry.plain(first))
        template = "pattern.html" if entry.kind == "pattern" else "entry.html"
        yield Page(f"{entry.id}/", template, entry.title, text, {"entry": entry})


def _prose(material: Material, numbers: Mapping[str, str]) -> Iterator[Page]:
    """The pages of `site/words`, how to add a cause, and what changed; the first line of each is its title."""
    where = {"CHANGELOG": "changes/", "CONTRIBUTING": "contribute/"}
    for name, text in material.words.items():
        title, _, body = text.removeprefix("# ").partition("\n")
        for word, number in numbers.items() if name not in where else ():
            body = body.replace(f"{{{word}}}", number)
        yield Page(where.get(name, f"{name}/"), "prose.html", title.strip(), summary(body), {"text": body})
