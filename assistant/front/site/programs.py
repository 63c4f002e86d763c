"""The programs that put the paste box together, npm and node: a command in; nothing out, or one error with its mend."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from assistant.front.site.places import SiteError

WITHOUT = "or leave the paste box out with --no-engine"
INSTALL = (
    "the paste box is made with node 18 or newer and npm; install them "
    f"(Debian and Ubuntu: apt-get install nodejs npm), {WITHOUT}"
)


def run(command: Sequence[object], folder: Path, what: str, mend: str) -> None:
    """Runs a command in `folder`. Raises SiteError: "`what` (the reason in one line); `mend`, or leave …"."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, errors="replace")
    except FileNotFoundError:
        raise SiteError(f"{words[0]} is missing: {INSTALL}") from None
    except OSError as error:
        raise SiteError(f"{words[0]} cannot be run ({error.strerror}): {INSTALL}") from None
    if done.returncode:
        why = reason(f"{done.stdout}\n{done.stderr}") or f"{words[0]} ended with status {done.returncode}"
        raise SiteError(f"{what} ({why}); {mend}, {WITHOUT}")


LONGEST = 300
"""Characters of a reason; the sources that node quotes can be one line of a megabyte."""


def reason(printed: str) -> str:
    """The line that says why, of what a program printed before it ended; "" where there is none.

    That is the summary that npm gives with --json (npm 7 and newer), else the last line that names an error: node has
    the stack below it, Python has it above. Where nothing names one it is the last line.
    """
    summary = re.search(r'^ {2,4}"summary": "([^"\\]+)', printed, re.M)
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    named = [line for line in lines if re.match(r"[\w.]*(?:Error|Exception)\b[^:]{0,40}: ", line)]
    said = summary[1] if summary else (named or lines or [""])[-1]
    return said if len(said) <= LONGEST else f"{said[:LONGEST]} …"
