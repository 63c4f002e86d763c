"""Views of a pasted snippet: its lines without what stands around them, and the way back to the text as given."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from assistant.model import Span
from assistant.source.lines import BOM

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_FENCE = re.compile(r"[ \t]{0,8}(```+|~~~+)")
_MARK = re.compile(r" {0,3}> ?")
_ODD_SPACES = "\u00a0\u2007\u202f\u3000"
_ODD = re.compile(f"(?:^[ \t{_ODD_SPACES}]+|(?<=[-:])[{_ODD_SPACES}]+)")
_SPACES = str.maketrans(dict.fromkeys(_ODD_SPACES, " "))
_LEAD = re.compile(r" *(?:- +)*")


class View(NamedTuple):
    """Lines of a snippet, each with the offset in the text as given at which what is kept of it starts."""

    lines: tuple[str, ...]
    origins: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> View:
        """The whole text, without a byte-order mark."""
        found = list(_LINE.finditer(text, 1 if text.startswith(BOM) else 0))
        return cls(tuple(line.group() for line in found), tuple(line.start() for line in found))

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "".join(self.lines)

    def starts(self) -> list[int]:
        """Where each line starts in `text`."""
        at, starts = 0, []
        for line in self.lines:
            starts.append(at)
            at += len(line)
        return starts

    def original(self, offset: int) -> int:
        """The offset in the text as given of an offset in `text`."""
        starts = self.starts()
        line = max(bisect_right(starts, offset) - 1, 0)
        return self.origins[line] + offset - starts[line] if self.lines else 0

    def mapper(self) -> Callable[[Span], Span]:
        """A function that takes spans in `text` to the text as given."""
        starts = self.starts()

        def moved(span: Span) -> Span:
            first = bisect_right(starts, span.start) - 1
            start = span.start + self.origins[first] - starts[first]
            if span.end == span.start:
                return Span(start, start)
            last = bisect_right(starts, span.end - 1) - 1
            return Span(start, span.end + self.origins[last] - starts[last])

        return moved

    def stripped(self, lengths: Iterable[int]) -> View:
        """The view without the first characters of each line, as many as `lengths` says."""
        pairs = list(zip(self.lines, self.origins, lengths, strict=True))
        return View(tuple(line[cut:] for line, _, cut in pairs), tuple(origin + cut for _, origin, cut in pairs))


def without_fence(view: View) -> View:
    """Only the lines inside the first Markdown fence; one that is not closed reaches to the end."""
    fences = [number for number, line in enumerate(view.lines) if _FENCE.match(line)]
    if not fences:
        return view
    first = fences[0] + 1
    last = fences[1] if len(fences) > 1 else len(view.lines)
    return View(view.lines[first:last], view.origins[first:last])


def without_marks(view: View) -> View:
    """Without the `> ` of a quotation, when every line that is not empty has one; a fence may stand inside."""
    found = [_MARK.match(line) for line in view.lines]
    if not all(mark or not line.strip() for mark, line in zip(found, view.lines, strict=True)):
        return view
    return without_fence(view.stripped(mark.end() if mark else 0 for mark in found))


def without_odd_spaces(view: View) -> View:
    """No-break and other wide spaces become spaces where YAML needs them: in indentation, after a dash or colon."""
    lines = tuple(_ODD.sub(lambda found: found.group().translate(_SPACES), line) for line in view.lines)
    return view._replace(lines=lines)


def reindented(view: View) -> Iterator[View]:
    """The lines after the first moved left, as for a first line that lost its indentation when it was copied."""
    written = [number for number, line in enumerate(view.lines) if line.strip() and not line.lstrip().startswith("#")]
    if len(written) < 2:
        return
    first = view.lines[written[0]]
    least = min(_indent(view.lines[number]) for number in written[1:])
    lead = _LEAD.match(first)
    for column in dict.fromkeys((lead.end() if lead else 0, _indent(first))):
        if least > column:
            cuts = (_cut(line, least - column, number > written[0]) for number, line in enumerate(view.lines))
            yield view.stripped(cuts)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _cut(line: str, width: int, wanted: bool) -> int:
    return min(_indent(line), width) if wanted else 0
