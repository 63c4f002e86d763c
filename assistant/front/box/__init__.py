"""What the paste box asks for in the page's worker: a paste and its task in, a diagnosis and how it reads out.

The diagnosis is the very value that `ansible-why diagnose --format json` prints. What stands beside it is only its
words made ready to be shown: the page builds elements from lists and sets text as text, it never reads markup.
"""

from __future__ import annotations

from assistant.front.box.answering import Box

__all__ = ["Box"]
