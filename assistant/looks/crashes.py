"""Where a module broke off, and with what words: the end of the traceback that its result holds, as texts for holes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import Evidence
from assistant.looks.privileges import FAREWELL

BEGIN = "Traceback (most recent call last)"
COLOUR = re.compile(r"\x1b\[[\d;]{0,20}m")
"""Python colours its tracebacks since 3.13."""
FRAME = re.compile(r'^\s{0,20}File "([^"\n]{1,400})", line (\d{1,9})', re.MULTILINE)
FIELDS = ("module_stderr", "module_stdout", "exception")
"""Of a result: over ssh with a terminal a module's traceback is in `module_stdout`."""


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """`crash`, the exception as Python says it, and `crash_place`, the file and line it came from."""
    said = (str(evidence.result.get(name, "")) for name in FIELDS)
    traceback = next((text for text in said if BEGIN in text), "").rpartition(BEGIN)[2]
    rows = [row.rstrip() for row in COLOUR.sub("", traceback).splitlines()[1:]]
    raised = [row for row in rows if row[:1].strip() and not FAREWELL.match(row)]
    if raised:
        yield "crash", raised[0][:200]
    if places := FRAME.findall("\n".join(rows)):
        path, line = places[-1]
        yield "crash_place", f"{path.rpartition('.zip/')[2].rpartition('/tmp/')[2]}, line {line}"
