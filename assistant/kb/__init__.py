"""The knowledge base: `kb/` compiled to one file, opened at every start, entries read only when shown.

What stands where in the compiled file is told by its head (see `packed`), so a base of 5,000 entries costs a start
no more than that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from assistant.about import url
from assistant.kb.packed import Packed, Signs, mapped
from assistant.kb.signs import Match, Sign, find_all
from assistant.model import Confidence, Record, Trust

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mmap import mmap
    from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))  # not pathlib or importlib.resources: 12 and 22 ms of a cold start
SHIPPED = os.path.join(os.path.dirname(HERE), "kb.jsonl")
SOURCE = os.path.join(os.path.dirname(os.path.dirname(HERE)), "kb")


class BaseError(ValueError):
    """The base is broken or missing; the text lists every mistake as `path:line: what; how to mend`."""


class Entry(Record):
    """One cause, as written: holes not filled."""

    id: str
    kind: str
    """"cause"; "pattern", a sound way to do a thing; "page", prose."""
    family: str
    title: str
    releases: str
    trust: Trust
    fix: tuple[Mapping[str, Any], ...]
    code: Mapping[str, tuple[str, ...]]
    confidence: Confidence
    """How sure `check` is when all of `code` holds."""
    finding: str
    picture: tuple[Mapping[str, str], ...]
    see: tuple[str, ...]
    source: str
    """Where the text is taken from, for causes that cannot be made to happen on our machines; else ""."""
    sections: Mapping[str, str]
    """Markdown by heading, examples left out."""
    steps: tuple[str, ...]
    """The numbered steps of "Fix", Markdown, with `{edit}` where the change goes."""
    deeper: bool = False
    """It only says that something inside failed, which may have a cause of its own: then both are told."""
    proved: str = ""
    """Releases, to the patch level, on which `make prove` saw it, and when: "2.14.18 (2026-11-22)"; "" for none."""
    page: str = ""
    """The address of its own file, for an entry of a private family, which has no page of the site; else ""."""

    @property
    def url(self) -> str:
        """Where all of it can be read."""
        return self.page or url(self.id)

    @property
    def has_edit(self) -> bool:
        """True when a machine can make the change."""
        return bool(self.fix)

    def plain(self, section: str) -> str:
        """A section with the holes replaced by the words to use when nothing is known."""
        from assistant.kb.holes import fill

        return fill(self.sections[section].replace("{edit} ", ""), {})


class Base:
    """The compiled base. Holds the file as bytes, decoded only the head and what was asked for."""

    def __init__(self, data: bytes | mmap) -> None:
        """`data`: the compiled file. Raises BaseError when it is not one."""
        try:
            self._packed = Packed(data)
            self.families: tuple[str, ...] = tuple(self._packed.head["families"])
            self._trees: dict[str, Any] = {}
        except (ValueError, KeyError) as error:
            raise BaseError(f"the compiled base cannot be read ({error}); delete it and start again") from None

    @cached_property
    def signs(self) -> Sequence[Sign]:
        """All signs, in the order they are tried."""
        return Signs(self._packed)

    @cached_property
    def words(self) -> Mapping[str, tuple[int, ...]]:
        """The rare word (or field name) of each sign, to the numbers of the signs that have it."""
        words: Mapping[str, tuple[int, ...]] = self._packed.index("words")
        return words

    def tree(self, family: str) -> Any:
        """The walk of one family: nested dicts, lists and leaf names."""
        if family not in self._trees:
            self._trees[family] = self._packed.part(self._packed.head["trees"][family])
        return self._trees[family]

    @property
    def redirects(self) -> Mapping[str, str]:
        """Old ids and what they are called now."""
        redirects: Mapping[str, str] = self._packed.head["redirects"]
        return redirects

    @cached_property
    def coded(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Entries that can be seen in code: id to the looks and answers that must hold together."""
        return {key: {look: tuple(v) for look, v in code.items()} for key, code in self._packed.index("coded").items()}

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry by id, each decoded when first asked for."""
        return _Entries(self._packed)

    def find_all(self, texts: tuple[str, ...], result: Mapping[str, Any], kind: str, module: str) -> Iterator[Match]:
        """The signs that fit, in the order they are tried. See `signs.find_all`."""
        return find_all(self.signs, self.words, texts, result, kind=kind, module=module)

    def known(self, message: str) -> bool:
        """True when a bare text holds a message that the base knows, and not only two words of it in passing:
        "Timeout exceeded" is Ansible's, "Timeout exceeded while waiting for the pod" is not."""
        for match in self.find_all((message,), {}, "", ""):
            line = next((line for line in message.splitlines() if match.words in line), match.words)
            if len(match.words) >= 30 or 2 * len(match.words) >= len(line.strip()):
                return True
        return False


class _Entries(Mapping[str, Entry]):
    """Entries by id over the compiled bytes."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._read: dict[str, Entry] = {}

    def __getitem__(self, key: str) -> Entry:
        if key not in self._read:
            raw = self._packed.entry(key)
            raw["code"] = {look: tuple(values) for look, values in raw["code"].items()}
            raw.update({name: tuple(raw[name]) for name in ("fix", "picture", "see", "steps")})
            self._read[key] = Entry(**raw)
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed.ids)

    def __len__(self) -> int:
        return len(self._packed.ids)


def id_of(family: str, leaf: str) -> str:
    """The id that a leaf of a family's tree means: one of the family's own, or another family's written in full."""
    return leaf if "/" in leaf else f"{family}/{leaf}"


def load(path: str | None = None, folders: Sequence[str] = ()) -> Base:
    """The base: `path` (a compiled file or a `kb/` folder), else the one shipped, else the source checkout's.

    A source checkout is compiled when a file of `kb/` or the compiler is newer, and kept in `.cache/` beside it
    when that can be written. The families of `folders` are laid beside it, compiled at each start. Raises BaseError.
    """
    data = compiled_bytes(path)
    if folders:
        from assistant.kb.beside import with_folders

        data = with_folders(data, folders)
    return Base(data)


def compiled_bytes(path: str | None = None) -> bytes | mmap:
    """What `load` reads: the compiled base, its bytes. Raises BaseError."""
    if path is None:
        path = SOURCE if os.path.isfile(os.path.join(SOURCE, "tree.yaml")) else SHIPPED
    if os.path.isdir(path):
        return _compiled(path)
    try:
        return mapped(path)
    except OSError as error:
        raise BaseError(
            f"{path}: the knowledge base is missing ({error.strerror}); install ansible-why again"
        ) from None


def compile_to(folder: str, out: str) -> None:
    """Compiles the `kb/` folder into the file `out`. Raises BaseError with all mistakes."""
    from assistant.kb.compile import compile_folder

    with open(out, "wb") as file:
        file.write(compile_folder(folder))


def _compiled(folder: str) -> bytes | mmap:
    """The compiled bytes of a folder, from the cache while nothing changed."""
    cache = os.path.join(os.path.dirname(os.path.abspath(folder)), ".cache", f"kb-{_fingerprint(folder)}.jsonl")
    try:
        return mapped(cache)
    except OSError:
        pass
    from assistant.kb.compile import compile_folder

    data = compile_folder(folder)
    _keep(cache, data)
    return data


def _fingerprint(folder: str) -> str:
    """Names, sizes and times of all that the compiled file is made from."""
    import zlib  # a checksum will do; hashlib costs 2 ms

    digest = 0
    proof = os.path.join(os.path.dirname(os.path.abspath(folder)), "lab", "proved.json")
    if os.path.exists(proof):
        digest = zlib.crc32(f"{os.stat(proof).st_mtime_ns}".encode())
    folders = [folder, HERE]
    while folders:
        place = folders.pop()
        for entry in sorted(os.scandir(place), key=lambda entry: entry.name):
            if entry.is_dir():
                folders.append(entry.path)
            elif entry.name.endswith((".py", ".yaml", ".md")):
                state = entry.stat()
                digest = zlib.crc32(f"{entry.path} {state.st_size} {state.st_mtime_ns}\n".encode(), digest)
    return f"{digest:08x}"


def _keep(cache: str, data: bytes) -> None:
    """Writes the cache in one step and drops older ones; a folder that cannot be written is no error."""
    home = os.path.dirname(cache)
    try:
        os.makedirs(home, exist_ok=True)
        with open(f"{cache}.{os.getpid()}", "wb") as file:
            file.write(data)
        os.replace(f"{cache}.{os.getpid()}", cache)
        for name in os.listdir(home):
            if name.startswith("kb-") and name.endswith(".jsonl") and not cache.endswith(name):
                os.unlink(os.path.join(home, name))
    except OSError:
        return
