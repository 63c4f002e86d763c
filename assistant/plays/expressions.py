"""Jinja as far as it can be told without running it: which variables it reads, and what simple sums come to."""

from assistant.plays.arithmetic import evaluate
from assistant.plays.references import references

__all__ = ["evaluate", "references"]
