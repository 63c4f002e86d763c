"""One answer of the paste box."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping

from assistant import kb
from assistant.diagnose import diagnose
from assistant.front.box.told import told
from assistant.front.forms import markdown, values
from assistant.front.forms.clean import shown
from assistant.front.sorting import MOST, sort
from assistant.model import Paste
from assistant.paste import read_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PASTE, TASK = "-", "task.yml"
"""What the command line would call the two texts."""

IGNORED, SHOWN = "ignored failures", "shown"
"""The one answer to what the base does not ask: failures are wanted too that were ignored or rescued."""


def _quiet(_: int) -> None:
    return None


class Box:
    """The base, read once, and the answers to what is pasted; all texts come from and go to JavaScript."""

    def __init__(self, path: str | None = None) -> None:
        """`path`: a compiled base or a `kb/` folder instead of the one shipped. Raises BaseError."""
        self.base = kb.load(path)

    def answer(self, paste: bytes | memoryview, task: str, answers: str, alive: Callable[[int], None] = _quiet) -> str:
        """The diagnosis of `paste` (UTF-8) with the code in `task`, as JSON; without `task` the paste may hold both.

        `answers` is a JSON object of what the reader said, by key: to what the base asks, and under IGNORED. Others are
        no evidence and do no harm. `alive` hears of the bytes read so far. The object that comes back has `diagnosis`,
        as `diagnose --format json` prints it; `told`, its words as trees (see `told`); `report`, the same as Markdown;
        and `task`, the code that was held against the failure.
        """
        said = _said(answers)
        ignored = said.get(IGNORED) == SHOWN
        read, task = self._parted(paste, task, alive, ignored)
        texts = {TASK: task} if task.strip() else {}
        found = diagnose(read, self.base, tuple(texts.items()), said)
        report = values.report(PASTE, found)
        return json.dumps(
            {
                "diagnosis": values.diagnosis([report], texts),
                "told": told(report.diagnosis, self.base, texts, ignored),
                "report": markdown.diagnosis([report]),
                "task": task,
            }
        )

    def _parted(
        self, paste: bytes | memoryview, task: str, alive: Callable[[int], None], ignored: bool
    ) -> tuple[Paste, str]:
        """What Ansible printed, and the code: from its own field, else from among the paste."""
        read = read_file(io.BytesIO(paste), alive, self.base.known, ignored)
        if task.strip() or len(paste) > MOST:
            return read, task
        found = sort(str(paste, "utf-8", "replace"), self.base, TASK, ignored=ignored, paste=read)
        if not found.documents:
            return read, ""
        code = found.documents[0].text.rstrip() + "\n"
        return found.paste or Paste("not-ansible", (), (), {}, read.lines, read.secrets), code

    def redacted(self, *texts: str) -> str:
        """The texts without secrets and control characters, as a JSON list: what a link may carry."""
        return json.dumps([shown(text) for text in texts])


def _said(answers: str) -> Mapping[str, str]:
    if len(answers) > 10_000:
        return {}  # no conversation is that long; and what is deep cannot be short
    raw: Any = json.loads(answers)
    return {str(key): str(value) for key, value in raw.items()} if isinstance(raw, dict) else {}
