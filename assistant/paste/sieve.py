"""A log of any size cut down to the lines that matter, in bounded memory.

Most of a log is sound tasks. Megabyte-sized buffers are searched for a few marker words by `in` and `find`, which
run at gigabytes per second; lines are looked at only around the hits. What is kept does not depend on where
the buffers happened to be cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.paste.rows import Row, headline_at
from assistant.paste.shapes import starts_anew

MARKERS = (
    "FAILED", "UNREACHABLE!", "ERROR", "failed: [", "ansible_job_id", "...ignoring", "ASYNC ", "PLAY RECAP",
    '"failed": true', '"unreachable": true', "[core 2.", "ansible-playbook 2.",
)  # fmt: skip
_HEADERS = ("TASK [", "HANDLER [", "PLAY [")
_BEFORE_LINES = 24
_BEFORE_CHARS = 16_384
_AFTER_LINES = 2_000
_AFTER_CHARS = 1 << 20
_DETAILED = 2_000
"""So many hits get the lines before them; those after are folded into what is known anyway."""
_MAX_LINE = 4 << 20


def sieve(pieces: Iterable[str]) -> Iterator[Row]:
    """The rows around everything that failed, was retried, launched or ignored, and the headers above them."""
    state = _Sieve()
    for buffer, final in _buffers(pieces, state):
        yield from state.feed(buffer, final)


def _buffers(pieces: Iterable[str], state: _Sieve) -> Iterator[tuple[str, bool]]:
    """Whole lines only; what the sieve could not decide yet comes again in front of the next piece."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if "\n" not in piece and size < _MAX_LINE:
            continue
        text = state.rest + "".join(held)
        cut = text.rfind("\n") + 1 or len(text)
        yield text[:cut], False
        held, size = [text[cut:]], len(text) - cut
    yield state.rest + "".join(held), True


class _Sieve:
    def __init__(self) -> None:
        self.rest = ""
        """The end of the last buffer, to be fed again: context, and a region that went on."""
        self.line = 1
        """Number of the next buffer's first line."""
        self.done = 0
        """Up to here the next buffer was dealt with already."""
        self.shown = 0
        """Lines up to this number (exclusive) were given out."""
        self.header: Row | None = None
        self.hits = 0

    def feed(self, buffer: str, final: bool) -> Iterator[Row]:
        """Rows of one buffer of whole lines, whose first `done` characters were searched before."""
        at, number = self.done, self.line + buffer.count("\n", 0, self.done)
        limit = len(buffer)
        for hit in _hits(buffer, self.done):
            if hit < at:
                continue
            start = buffer.rfind("\n", 0, hit) + 1
            start_number = number + buffer.count("\n", at, start)
            self._header(buffer, at, start, number)
            end = _region_end(buffer, start)
            if end < 0 and not final:
                limit = at = start
                number = start_number
                break
            end = len(buffer) if end < 0 else end
            yield from self._region(buffer, start, end, start_number)
            number = start_number + buffer.count("\n", start, end)
            at = end
        if limit == len(buffer):
            self._header(buffer, at, limit, number)
        self._keep(buffer, limit)

    def _keep(self, buffer: str, limit: int) -> None:
        """Carry the context before `limit` and all that comes after it into the next buffer."""
        begin = max(0, limit - _BEFORE_CHARS)
        begin = buffer.find("\n", begin, limit) + 1 or limit if begin else 0
        self.line += buffer.count("\n", 0, begin)
        self.rest = buffer[begin:]
        self.done = limit - begin

    def _header(self, buffer: str, begin: int, end: int, number: int) -> None:
        """Remember the last header between two places."""
        found = max(buffer.rfind(word, begin, end) for word in _HEADERS)
        if found >= 0:
            start = buffer.rfind("\n", 0, found) + 1
            stop = buffer.find("\n", found)
            row = number + buffer.count("\n", begin, max(start, begin))
            self.header = Row(row, row, buffer[start : stop if stop >= 0 else len(buffer)][:4_000])

    def _region(self, buffer: str, start: int, end: int, number: int) -> Iterator[Row]:
        self.hits += 1
        before = self._before(buffer, start, number) if self.hits <= _DETAILED else []
        if self.header is not None and self.shown <= self.header.first < (before[0].first if before else number):
            yield self.header
            self.shown = self.header.first + 1
        yield from before
        rows = buffer[start:end].removesuffix("\n").split("\n")
        for i, text in enumerate(rows, number):
            if i >= self.shown:
                yield Row(i, i, text)
        self.shown = max(self.shown, number + len(rows))

    def _before(self, buffer: str, start: int, number: int) -> list[Row]:
        begin = max(0, start - _BEFORE_CHARS)
        rows = buffer[begin:start].removesuffix("\n").split("\n") if start else []
        rows = (rows[1:] if begin else rows)[-_BEFORE_LINES:]
        first = number - len(rows)
        return [Row(i, i, text) for i, text in enumerate(rows, first) if i >= self.shown]


def _hits(buffer: str, begin: int) -> list[int]:
    hits: list[int] = []
    for word in MARKERS:
        at = buffer.find(word, begin)
        while at >= 0:
            hits.append(at)
            at = buffer.find(word, at + len(word))
    hits.sort()
    return hits


def _region_end(buffer: str, start: int) -> int:
    """Where what begins at `start` ends: before the next headline, or a blank line with one behind it; -1: not seen yet."""
    at = buffer.find("\n", start) + 1
    for _ in range(_AFTER_LINES):
        if not at or at >= len(buffer):
            return -1
        if at - start > _AFTER_CHARS:
            return at
        stop = buffer.find("\n", at)
        line = buffer[at : min(stop if stop >= 0 else len(buffer), at + 400)]
        if starts_anew(line) or headline_at(line) >= 0:
            return at
        at = stop + 1
    return at
