"""The last look before something is shown: no secrets, no control characters."""

from __future__ import annotations

from functools import lru_cache

from assistant.model import Edit, Failure, Paste, Record, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Value = TypeVar("Value")


def shown(text: str) -> str:
    """`text` without secrets and without control characters other than line ends and tabs.

    The paste is cleaned when it is read; what comes from task files is cleaned here, since the files
    themselves must stay as they are.
    """
    return _shown_again(text) if len(text) < _LONG else _shown(text)


_LONG = 300
"""Characters from which on a text is hardly shown twice; an editor shows the same messages at each change."""


@lru_cache(maxsize=1024)
def _shown_again(text: str) -> str:
    return _shown(text)


def _shown(text: str) -> str:
    from assistant import redact

    return redact.text(redact.controls(text))[0]  # in this order: a control character inside would hide a secret


def cleaned(value: Value) -> Value:
    """A diagnosis or a fault with every text in it `shown`, but edits whole: they are made, not read.

    Failures and pastes come from the reader of pastes, which has cleaned them.
    """
    if isinstance(value, str):
        return shown(value)  # type: ignore[return-value]
    if isinstance(value, Edit | Failure | Paste | Span):
        return value
    if isinstance(value, Record):
        return type(value)(*(cleaned(part) for part in value))
    return type(value)(cleaned(part) for part in value) if isinstance(value, tuple) else value
