"""A small base for the tests of the site: real entries, few of them, with a tree of their own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from assistant.front.site import clients
from assistant.front.site.places import Places

ROOT = Path(__file__).resolve().parent.parent
CAUSES = ("job-id-is-whole-result", "status-on-other-host", "limit-below-run-time", "never-collected")
TREE = """\
look: sign
cases:
  job file missing:
    look: jid_shape
    cases: {whole result: job-id-is-whole-result}
    else:
      look: hosts_of_launch_and_wait
      ask: Do both tasks run on the same host?
      cases: {differ: status-on-other-host}
      else: unknown
  limit reached: limit-below-run-time
  limit passed while polling: limit-below-run-time
"""


def sample(folder: Path) -> Places:
    """Writes the small base into `folder` and gives back what a site is made from; `site/` is a copy too."""
    family = folder / "kb" / "async"
    shutil.copytree(ROOT / "kb" / "async" / "pages", family / "pages")
    shutil.copytree(ROOT / "kb" / "async" / "patterns", family / "patterns")
    shutil.copy(ROOT / "kb" / "async" / "signs.yaml", family)
    for name in CAUSES:
        shutil.copy(ROOT / "kb" / "async" / f"{name}.md", family)
    for path in family.rglob("*.md"):
        path.write_text(re.sub(r"(?m)^see: .*\n", "", path.read_text(), count=1))
    (family / "tree.yaml").write_text(TREE)
    (folder / "kb" / "tree.yaml").write_text("families: [async]\n")
    for part in ("templates", "styles", "scripts", "icons", "words", "root"):
        if (ROOT / "site" / part).is_dir():
            shutil.copytree(ROOT / "site" / part, folder / "site" / part)
    for name in ("CHANGELOG.md", "CONTRIBUTING.md", *clients.FILES):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return Places(folder / "site", folder / "kb", folder)


def quiet(_: str) -> None:
    """Hears what a build says."""
