"""What the beginning of a cause leaves to its author, and where that still stands."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.kb.compile import Folder

MARK = "To write: "
"""How each prompt of a beginning starts."""


def left_to_write(read: Folder) -> Iterator[str]:
    """The prompts that still stand in entries, as `path:line: what is to be written`."""
    for id in read.entries:
        for number, line in enumerate((read.home / f"{id}.md").read_text(encoding="utf-8").splitlines(), 1):
            _, mark, prompt = line.partition(MARK)
            if mark:
                yield f"{read.place(id)}:{number}: still to be written: {prompt.rstrip(chr(34))}"


ENTRY = """\
---
title: "{mark}the cause in one sentence, not its cure"
releases: "{releases}"
trust: show
---
# What you see

{mark}what the reader has before the eyes, in words that hold for every such failure.

# Why

{mark}what Ansible, the module or the host did, and why it ends like this; with the release where that matters.

# Fix

1. {mark}the first step that mends it; one numbered line for each step.

# Check it worked

{mark}what to run, and what it prints when all is well.

# Prevent it

{mark}what keeps it from coming back.

# Examples

{examples}
"""


def entry(releases: str, examples: str) -> str:
    """The beginning of an entry: every heading with what belongs under it, and its examples."""
    wanted = releases or f"{MARK}the releases that it can happen on, as 2.9+"
    return ENTRY.format(mark=MARK, releases=wanted, examples=examples)
