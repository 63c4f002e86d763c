"""The engine of the paste box: Python itself and our package as the worker runs them, made from `site/engine/`."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from assistant.front.site import programs
from assistant.front.site.assets import fingerprint
from assistant.front.site.places import PACKAGE, Places
from assistant.kb.compile import Folder, compile_folder
from assistant.kb.examples import cases

RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
"""What is taken from Pyodide as it is."""

NO_LIBRARY = b"PK\5\6" + bytes(18)
"""A zip without files: Pyodide asks for its library, and the snapshot has all that is wanted of it."""

PACKED = "snapshot.bin"
"""Compressed already: Python's memory after it has imported our package (see bundle.mjs)."""

LIBRARIES = ("yaml", "markdown_it", "mdurl")
"""What our package needs, taken from this installation, sources only: PyYAML does without its C part."""

FRONTS = ("box", "forms", "sorting.py")
"""The fronts that the page needs."""


def made(places: Places, cache: Path, compressed: bool, say: Callable[[str], None]) -> dict[str, bytes]:
    """The files of the worker by name, `worker.mjs` being its script; with `compressed` most also as `….br`.

    Needs node; fetches what `site/package-lock.json` pins with npm where it is not yet there. Made only when something
    in it has changed; `cache` is a folder to keep it in, about 10 MB. `say` hears what takes long. Raises SiteError.
    """
    places = places._replace(site=places.site.resolve())
    pyodide = _pyodide(places.site, cache, say)
    sources = dict(_sources(places))
    tools = {path.name: path.read_bytes() for path in sorted((places.site / "engine").iterdir()) if path.is_file()}
    folder = cache / f"engine-{_key(places.site, sources, tools)}"
    if not folder.is_dir():
        say("engine: compiling")
        _make(pyodide, places.site, sources, folder)
    files = {name: (pyodide / name).read_bytes() for name in RUNTIME}
    files |= {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    files |= {"worker.mjs": tools["worker.mjs"], "kb.jsonl": sources["kb.jsonl"]}
    info = json.loads((pyodide / "pyodide-lock.json").read_bytes())["info"]
    files |= {"pyodide-lock.json": json.dumps({"info": info, "packages": {}}).encode(), "python_stdlib.zip": NO_LIBRARY}
    if compressed:
        say("engine: compressing")
        files |= _compressed(files, places.site, cache)
    return files


def _key(site: Path, sources: Mapping[str, bytes], tools: Mapping[str, bytes]) -> str:
    """Changes with all that the compiled code is made from. The base is data: a word changed in it compiles nothing."""
    code = {name: data for name, data in sources.items() if name.endswith(".py")}
    makers = (tools["bundle.mjs"], tools["bundle.py"], (site / "package-lock.json").read_bytes())
    return fingerprint(*makers, *(part for name in code for part in (name.encode(), code[name])))


def _pyodide(site: Path, cache: Path, say: Callable[[str], None]) -> Path:
    """The folder of Pyodide as the lock file pins it, fetched by npm into the cache."""
    wanted = {name: (site / name).read_bytes() for name in ("package.json", "package-lock.json")}
    folder = cache / f"npm-{fingerprint(*wanted.values())}"
    if not folder.is_dir():
        say("engine: fetching Pyodide")
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix="fetching-") as work:
            for name, data in wanted.items():
                (Path(work) / name).write_bytes(data)
            npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--json"]
            programs.run(npm, Path(work), "Pyodide cannot be fetched with npm", "see that npm reaches its registry")
            with suppress(OSError):  # another build was quicker
                os.replace(Path(work) / "node_modules", folder)
    return folder / "pyodide"


def _sources(places: Places) -> Iterator[tuple[str, bytes]]:
    """What is compiled, by path: packages, the compiled base and samples for it."""
    for name in LIBRARIES:
        spec = find_spec(name)
        assert spec is not None and spec.origin is not None, f"{name} is one of our requirements"
        yield from _package(Path(spec.origin).parent)
    for path, data in _package(PACKAGE):
        room = path.removeprefix("packages/assistant/").split("/")
        if room[0] not in ("__main__.py", "site") and (room[0] != "front" or room[1] in ("__init__.py", *FRONTS)):
            yield path, data
    yield "kb.jsonl", compile_folder(str(places.kb))
    read = Folder(str(places.kb)).examples
    samples = [(case.pastes[0], case.before) for id in read for case in cases(id, read[id]) if case.pastes]
    yield "samples.json", json.dumps(samples).encode()


def _package(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*.py")):
        yield f"packages/{path.relative_to(folder.parent).as_posix()}", path.read_bytes()


def _make(pyodide: Path, site: Path, sources: Mapping[str, bytes], folder: Path) -> None:
    """Lets Pyodide compile everything; `folder` appears whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="making-") as work:
        for path, data in sources.items():
            file = Path(work) / "source" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        out = Path(work) / "out"
        node = ["node", site / "engine" / "bundle.mjs", pyodide, Path(work) / "source", out]
        programs.run(node, site, "the engine cannot be compiled", _mend(folder.parent))
        for old in folder.parent.glob("engine-*"):
            shutil.rmtree(old, ignore_errors=True)
        with suppress(OSError):  # another build was quicker, with the same outcome
            os.replace(out, folder)


def _compressed(files: Mapping[str, bytes], site: Path, cache: Path) -> dict[str, bytes]:
    """Each file in brotli, but what is packed already; kept by content, since the largest takes half a minute."""
    kept = cache / "brotli"
    kept.mkdir(parents=True, exist_ok=True)
    places = {name: kept / f"{fingerprint(data)}.br" for name, data in files.items() if name != PACKED}
    missing = [name for name, place in places.items() if not place.is_file()]
    with tempfile.TemporaryDirectory(dir=kept) as work:
        for name in missing:
            (Path(work) / name).write_bytes(files[name])
        if missing:
            node = ["node", site / "engine" / "compress.mjs", *(Path(work) / name for name in missing)]
            programs.run(node, site, "the engine cannot be compressed", _mend(cache))
        for name in missing:
            os.replace(Path(work) / f"{name}.br", places[name])
    _drop(kept, set(places.values()))
    return {f"{name}.br": place.read_bytes() for name, place in places.items()}


def _mend(cache: Path) -> str:
    return f"take node 18 or newer, and remove {cache} before the next try"


def _drop(folder: Path, kept: Iterable[Path]) -> None:
    for path in folder.glob("*.br"):
        if path not in kept:
            path.unlink(missing_ok=True)
