"""A log of any size cut down to the lines that matter, in bounded memory.

Most of a log is sound tasks. Megabyte-sized buffers are searched for a few marker words by `find`, at about a
gigabyte per second each; lines are looked at only around the hits. What is kept does not depend on where
the buffers happened to be cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.paste.rows import Row, headline_at
from assistant.paste.shapes import starts_anew

# "failed" stands for items (`failed: [`), jsonl (`"failed": true`) and the recap's lines (`failed=0`).
_MARKERS = ("FAILED", "UNREACHABLE!", "ERROR", "failed", "ansible_job_id")
_BANNERS = ("[core 2.", "ansible-playbook 2.")
_HEADERS = ("TASK [", "HANDLER [", "PLAY [", "PLAY RECAP")
_BEFORE_LINES = 16
_BEFORE_CHARS = 8_192
_AFTER_LINES = 2_000
_AFTER_CHARS = 1 << 20
_DETAILED = 300
"""So many hits get the lines before them; those after are mostly folded into what is known anyway."""
_MAX_LINE = 4 << 20


class Sieve:
    """Feeds on pieces of a text and gives out rows; `line` - 1 is the number of line ends at the end."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = pieces
        self._rest = ""
        """The end of the last buffer, to be fed again: context, and a region that went on."""
        self._done = 0
        """Up to here the next buffer was dealt with already."""
        self.line = 1
        """Number of the next buffer's first line."""
        self._shown = 0
        """Lines up to this number (exclusive) were given out."""
        self._header: Row | None = None
        self._hits = 0
        self._banners = 1_000_000
        """So many more characters are searched for a banner that tells the release."""

    def __iter__(self) -> Iterator[Row]:
        held: list[str] = []
        size = 0
        for piece in self._pieces:
            held.append(piece)
            size += len(piece)
            if "\n" not in piece and size < _MAX_LINE:
                continue
            text = "".join((self._rest, *held))
            cut = text.rfind("\n") + 1 or len(text)
            yield from self._feed(text[:cut], final=False)
            held, size = [text[cut:]], len(text) - cut
        yield from self._feed("".join((self._rest, *held)), final=True)

    @property
    def lines(self) -> int:
        """How many lines the text had, once all was fed; a line end at the very end begins no new line."""
        return self.line + self._rest.count("\n") - self._rest.endswith("\n")

    def _feed(self, buffer: str, final: bool) -> Iterator[Row]:
        """Rows of one buffer of whole lines."""
        at, number = self._done, self.line + buffer.count("\n", 0, self._done)
        limit = len(buffer)
        for hit in self._find(buffer, at):
            if hit < at:
                continue
            start = buffer.rfind("\n", 0, hit) + 1
            start_number = number + buffer.count("\n", at, start)
            self._note_header(buffer, at, start, start_number)
            end = _region_end(buffer, start)
            if end < 0 and not final:
                limit, at, number = start, start, start_number
                break
            end = len(buffer) if end < 0 else end
            yield from self._region(buffer, start, end, start_number)
            number = start_number + buffer.count("\n", start, end)
            at = end
        number += buffer.count("\n", at, limit)
        self._note_header(buffer, at, limit, number)
        self._keep(buffer, limit, number)

    def _find(self, buffer: str, begin: int) -> list[int]:
        hits: list[int] = []
        for word in _MARKERS:
            at = buffer.find(word, begin)
            while at >= 0:
                if word != "failed" or _is_failed(buffer, at):
                    hits.append(at)
                at = buffer.find(word, at + len(word))
        if self._banners > 0:
            stop = begin + self._banners
            hits += [at for word in _BANNERS if (at := buffer.find(word, begin, stop)) >= 0]
        hits.sort()
        return hits

    def _keep(self, buffer: str, limit: int, number: int) -> None:
        """Carry the context before `limit`, on line `number`, and all after it into the next buffer."""
        self._banners -= limit - self._done
        begin = max(0, limit - _BEFORE_CHARS)
        begin = buffer.find("\n", begin, limit) + 1 or limit if begin else 0
        self.line = number - buffer.count("\n", begin, limit)
        self._rest = buffer[begin:]
        self._done = limit - begin

    def _note_header(self, buffer: str, begin: int, end: int, number: int) -> None:
        """Remember the last header between two places; `end` is on line `number`."""
        found = -1
        for word in _HEADERS:
            found = max(found, buffer.rfind(word, max(found, begin), end))
        if found >= 0:
            start = buffer.rfind("\n", 0, found) + 1
            stop = buffer.find("\n", found)
            row = number - buffer.count("\n", start, end)
            self._header = Row(row, row, buffer[start : stop if stop >= 0 else len(buffer)][:4_000])

    def _region(self, buffer: str, start: int, end: int, number: int) -> Iterator[Row]:
        self._hits += 1
        before = self._before(buffer, start, number) if self._hits <= _DETAILED else []
        header = self._header
        if header is not None and self._shown <= header.first < (before[0].first if before else number):
            yield header
            self._shown = header.first + 1
        yield from before
        rows = buffer[start:end].removesuffix("\n").split("\n")
        for i, text in enumerate(rows, number):
            if i >= self._shown:
                yield Row(i, i, text)
        self._shown = max(self._shown, number + len(rows))

    def _before(self, buffer: str, start: int, number: int) -> list[Row]:
        begin = max(0, start - _BEFORE_CHARS)
        rows = buffer[begin:start].removesuffix("\n").split("\n") if start else []
        rows = (rows[1:] if begin else rows)[-_BEFORE_LINES:]
        first = number - len(rows)
        return [Row(i, i, text) for i, text in enumerate(rows, first) if i >= self._shown]


def _is_failed(buffer: str, at: int) -> bool:
    """True where `failed` is an item's, jsonl's or the recap's; `"failed": false` and words in texts are not."""
    after = buffer[at + 6 : at + 13]
    return after.startswith((": [", "=", '": true', " | "))


def _region_end(buffer: str, start: int) -> int:
    """Where what begins at `start` ends: before the next headline (but after "...ignoring"); -1: not seen yet."""
    at = buffer.find("\n", start) + 1
    for _ in range(_AFTER_LINES):
        if not at or at >= len(buffer):
            return -1
        if at - start > _AFTER_CHARS:
            return at
        stop = buffer.find("\n", at)
        line = buffer[at : min(stop if stop >= 0 else len(buffer), at + 400)]
        if line.startswith("...ignoring"):
            return stop + 1 or len(buffer)
        if starts_anew(line) or headline_at(line) >= 0:
            return at
        at = stop + 1
    return at
