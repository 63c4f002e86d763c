"""What the build gets for the paste box: its scripts, and the engine that runs in a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.front.site import bundle, modules, programs
from assistant.front.site.places import Places, SiteError
from assistant.kb import Base


def _quiet(_: str) -> None:
    return None


def scripts(places: Places, base: Base) -> dict[str, bytes]:
    """Assets by name: `scripts/box.js`, what the box does, and `scripts/guess.js`, the words of its quick guess."""
    return {"scripts/box.js": modules.box(places.site), "scripts/guess.js": modules.guess(base, places.kb)}


def engine(
    places: Places, cache: Path, compressed: bool = True, say: Callable[[str], None] = _quiet
) -> dict[str, bytes]:
    """Files for one folder of assets, `engine`: they call each other by name, and the page starts `worker.mjs`.

    With `compressed` most have a `….br` beside it for hosts that send such files as they lie; the first time this
    takes a minute. `say` hears what is going on. Raises SiteError when node or npm are missing or fail, or a file of
    theirs cannot be read or written.
    """
    try:
        return bundle.made(places, cache, compressed, say)
    except OSError as error:
        raise SiteError(
            f"{error.filename or cache}: the paste box cannot be made ({error.strerror}); "
            f"remove {cache} before the next try, {programs.WITHOUT}"
        ) from None


def download(files: Mapping[str, bytes]) -> int:
    """How many bytes of the engine travel to a browser that takes brotli; `files` with the `….br` of most."""
    return sum(len(files.get(f"{name}.br", data)) for name, data in files.items() if not name.endswith(".br"))
