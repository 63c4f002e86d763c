"""One piece of the file for another, where a look knows both: for files that Ansible cannot read, so without tasks."""

from __future__ import annotations

from assistant.fixes.subjects import Subjects
from assistant.model import Edit, Span


def replace_text(subjects: Subjects, at: str, old: str, new: str) -> list[Edit]:
    """Puts `new` where `old` stands at the offset `at`; nothing when something else stands there."""
    if not at.isdigit() or not subjects.text.startswith(old, int(at)) or old == new:
        return []
    return [Edit(subjects.path, Span(int(at), int(at) + len(old)), new)]
