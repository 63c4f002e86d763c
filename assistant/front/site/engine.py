"""The paste box's files: the page's script, the index of its quick guess, and the engine that runs in a worker.

For the build: everything is a mapping from a name under `assets/` to bytes. `scripts` are to be renamed with a hash
like every other asset; the names of `engine` are final, because its files find each other by name: their folder
carries the hash (`engine-0123abcd/worker.mjs`).

The template `_box.html` wants these names in its context, as addresses relative to the page:
`box.script` (box.js), `box.guess` (guess.js, loaded at first focus) and `box.worker` (engine-…/worker.mjs).
"""

from __future__ import annotations

from pathlib import Path

from assistant.kb import Base


def scripts(site: Path, base: Base) -> dict[str, bytes]:
    """`box.js`, what the box does, and `guess.js`, the index of the quick guess; both classic scripts.

    `site` is the checkout's `site/` folder. Classic scripts, since modules do not run from `file://`.
    """
    return {"box.js": b"", "guess.js": b""}


def engine(site: Path, cache: Path) -> dict[str, bytes]:
    """The Python of the worker with our package and its base, each file also in brotli (`….br`, for hosts that send it).

    Fetches what `site/package-lock.json` pins with npm when it is not there, and needs node; made anew only when
    something in it changed (`cache` is a folder for that, about 30 MB).
    """
    return {}


def worker(names: list[str]) -> str:
    """The name of the worker among those that `engine` gave."""
    return next(name for name in names if name.endswith("/worker.mjs"))
