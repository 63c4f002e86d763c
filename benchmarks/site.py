"""Building the site against mkdocs-material and Sphinx furo on the same Markdown; what pages weigh; Lighthouse.

The base as it is, and ten times over: ours puts every entry to its examples and draws its trees, the peers only turn
the entries' Markdown into pages with a search. Their time is therefore the floor, not the like. Of the ten times only
the first keeps its own examples; in the others each entry has one message and one example, for nobody shares a message.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import spent
from benchmarks.peers import ROOT, venvs
from benchmarks.table import Row, ratio

COPIES = (1, 10)
"""Of the base: about 300 entries, and 3,000."""
LONGEST = 1200.0
"""Seconds of wall time that one build may take; what takes longer is stopped, and counts as that."""

LIGHTEST = 60.0
"""Aim in kB: html, css and js of a page together, gzip."""
PAGES = ("", "async/limit-below-run-time/", "messages/", "async/messages/", "search/")
"""What Lighthouse looks at."""
EXAMPLE = """
```paste ansible-core 2.21.5
TASK [Open the shop] ***
fatal: [web01]: FAILED! => {{"changed": false, "msg": "{message}"}}
```
```unlike none
TASK [Open the shop] ***
ok: [web01]
```
"""
SCORES = ("performance", "accessibility", "best-practices", "seo")
STYLE = "extensions = ['myst_parser']\nhtml_theme = 'furo'\nproject = 'base'\n"


def rows(folder: Path, rounds: int) -> list[Row]:
    """Build times, weights and scores."""
    found: list[Row] = []
    for copies in COPIES[: 2 if rounds > 1 else 1]:
        found += _builds(folder / str(copies), copies)
    site = folder / "whole"
    _site(ROOT / "kb", site)
    return [*found, *_weights(site), *_scores(site, folder)]


def _builds(folder: Path, copies: int) -> Iterator[Row]:
    """Time of one build of so many copies of the base, ours and the peers'."""
    kb, pages = folder / "home" / "kb", folder / "docs"
    entries = _multiplied(kb, copies)
    _as_pages(kb, pages)
    ours = _site(kb, folder / "ours")
    what = f"ansible-why site build, {entries} entries, search included"
    yield Row(what, ours, "s", "at most 10 s", ours <= 10) if copies == 1 else Row(what, ours, "s")
    for name, seconds in {"mkdocs-material": _material(folder, pages), "Sphinx furo": _furo(folder, pages)}.items():
        yield Row(f"{name}, the same Markdown", seconds, "s")
        yield ratio(f"{name} / ours, {entries} entries", seconds / ours)


def _multiplied(kb: Path, copies: int) -> int:
    """The base, and each family of it under so many names in all; how many entries that makes."""
    families = [path.name for path in sorted((ROOT / "kb").iterdir()) if path.is_dir()]
    for family in families:
        shutil.copytree(ROOT / "kb" / family, kb / family)
        for number in range(2, copies + 1):
            _again(kb / family, kb / _named(family, number))
    listed = [_named(family, number) for number in range(1, copies + 1) for family in families]
    (kb / "tree.yaml").write_text(f"families: [{', '.join(listed)}]\n")
    return len(list(kb.rglob("*.md")))


def _again(family: Path, other: Path) -> None:
    """A family with the same words and other messages: one for each entry, which is its example too."""
    other.mkdir()
    names = [path.stem for path in sorted(family.glob("*.md"))]
    for name in names:
        front, _, body = (family / f"{name}.md").read_text().removeprefix("---\n").partition("\n---\n")
        title = next(line for line in front.splitlines() if line.startswith("title: "))
        text = body.partition("\n# Examples\n")[0].replace("{edit} ", "")
        example = EXAMPLE.format(message=_message(other.name, name))
        (other / f"{name}.md").write_text(f'---\n{title}\nreleases: "2.9+"\n---\n{text}\n# Examples\n{example}')
    signs = {name: [{"message": _message(other.name, name), "releases": "2.9+"}] for name in names}
    (other / "signs.yaml").write_text(json.dumps(signs))
    (other / "tree.yaml").write_text(json.dumps({"look": "sign", "cases": {name: name for name in names}}))


def _message(family: str, name: str) -> str:
    return f"{family} met {name.replace('-', ' ')}"


def _named(family: str, number: int) -> str:
    return family if number == 1 else f"{family}_{number}"


def _as_pages(kb: Path, out: Path) -> None:
    """The entries as plain Markdown pages, as any documentation has them."""
    for path in sorted(kb.rglob("*.md")):
        front, _, body = path.read_text().partition("\n---\n")
        title = next(line.partition(": ")[2] for line in front.splitlines() if line.startswith("title: "))
        page = out / path.relative_to(kb)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# {title}\n\n" + body.replace("\n# ", "\n## "))
    listed = "\n".join(f"- [{p.stem}]({p.relative_to(out)})" for p in sorted(out.rglob("*.md")))
    (out / "index.md").write_text(f"# All\n\n{listed}\n")


def _site(kb: Path, out: Path) -> float:
    """CPU seconds of our build of a base."""
    script = (
        "import sys; from pathlib import Path; from assistant.front.site import build, places;"
        "held = places.found()._replace(kb=Path(sys.argv[1]));"
        "build.build(held, Path(sys.argv[2]), lambda _: None, build.Options(engine=False))"
    )
    return spent([sys.executable, "-c", script, kb, out], folder=ROOT, limit=LONGEST).seconds


def _material(folder: Path, pages: Path) -> float:
    program = venvs.with_packages("mkdocs-material", "mkdocs-material") / "mkdocs"
    config = {"site_name": "base", "theme": {"name": "material"}, "docs_dir": str(pages), "site_dir": str(folder / "m")}
    (folder / "mkdocs.yml").write_text(json.dumps(config))
    return spent([program, "build", "-q", "-f", folder / "mkdocs.yml"], limit=LONGEST).seconds


def _furo(folder: Path, pages: Path) -> float:
    program = venvs.with_packages("furo", "sphinx", "furo", "myst-parser") / "sphinx-build"
    (pages / "conf.py").write_text(STYLE)
    return spent([program, "-q", "-b", "html", pages, folder / "f"], limit=LONGEST).seconds


def _weights(site: Path) -> Iterator[Row]:
    from assistant.front.site.weight import weights

    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    held = sorted(weights(files).values())
    yield Row("page with style and scripts, gzip, median", held[len(held) // 2] / 1000, "kB")
    heaviest = held[-1] / 1000
    yield Row("the heaviest page", heaviest, "kB", f"at most {LIGHTEST:g} kB", heaviest <= LIGHTEST)


def _scores(site: Path, folder: Path) -> Iterator[Row]:
    """Lighthouse's four scores of some pages, the worst of each."""
    from assistant.front.site.serve import Server

    program = _lighthouse()
    server = Server(site, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = [_lighted(program, server.address + page, folder) for page in PAGES]
    server.shutdown()
    for score in SCORES:
        worst = min(one[score] for one in found)
        yield Row(f"Lighthouse, {score}, worst of {len(PAGES)} pages", worst, "", "at least 95", worst >= 95)


def _lighthouse() -> Path:
    """The program, as benchmarks/web/package-lock.json pins it; 185 MB the first time."""
    home, lock = ROOT / ".cache" / "benchmarks-web", ROOT / "benchmarks" / "web" / "package-lock.json"
    program = home / "node_modules" / ".bin" / "lighthouse"
    if not program.exists() or (home / lock.name).read_bytes() != lock.read_bytes():
        home.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(lock.with_name(name), home)
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=home, check=True, timeout=600)
    return program


def _lighted(program: Path, url: str, folder: Path) -> dict[str, float]:
    out = folder / "lighthouse.json"
    flags = "--headless=new --no-sandbox --disable-gpu"
    command = [program, url, "--quiet", "--output=json", f"--output-path={out}", f"--chrome-flags={flags}"]
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing: apt-get install chromium"
    environ = {**os.environ, "CHROME_PATH": chromium}
    subprocess.run([*map(str, command), "--no-enable-error-reporting"], check=True, timeout=180, env=environ)
    found = json.loads(out.read_text())["categories"]
    return {score: round((found[score]["score"] or 0) * 100) for score in SCORES}
