"""How hard a test tries: `make quick` tries little, a run that takes in the slow tests tries all.

A test that goes on trying (random texts) or that needs bulk to show anything (time by length) is not written
twice, once short and once marked `slow`: it asks here for its number.
"""

from __future__ import annotations

from typing import TypeVar

Value = TypeVar("Value")

FULL = True
"""False where slow tests are left out; conftest.py decides it before any test is imported."""


def often(few: Value, many: Value) -> Value:
    """`few` where slow tests are left out, else `many`."""
    return many if FULL else few
