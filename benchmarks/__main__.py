"""`python -m benchmarks [--only NAME]... [--json]`: measures, and prints figures, ratios and aims. Nothing is kept.

The figures are CPU time where not said otherwise, so a busy machine disturbs them less; ratios to peers of the
same run are what counts.
Exit status 1 when an aim is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks import box, cold, editor, linting, prompts, scanning, site
from benchmarks.table import Row, shown

BENCHMARKS = {
    "cold": cold,
    "check": linting,
    "log": scanning,
    "repl": prompts,
    "box": box,
    "editor": editor,
    "site": site,
}
TITLES = {
    "cold": "From a cold start",
    "check": "Checking playbooks",
    "log": "A log of 100 MB",
    "repl": "To the prompt",
    "box": "The paste box",
    "editor": "In the editor",
    "site": "The documentation site",
}
ROUNDS = {"cold": 15, "check": 3, "log": 3, "repl": 7, "box": 5, "editor": 1, "site": 2}


def main() -> int:
    """Runs what is asked for; 0 when every aim is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="this one (may be given again)")
    parser.add_argument("--json", action="store_true", help="print JSON when all is measured")
    given = parser.parse_args()
    found: dict[str, list[Row]] = {}
    for name in given.only or BENCHMARKS:
        with tempfile.TemporaryDirectory(prefix="ansible-why-bench-") as folder:
            found[name] = BENCHMARKS[name].rows(Path(folder), ROUNDS[name])
        if not given.json:
            print(shown(TITLES[name], found[name]), flush=True)
    if given.json:
        print(json.dumps({name: [row._asdict() for row in rows] for name, rows in found.items()}, indent=1))
    return 1 if any(row.met is False for rows in found.values() for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
