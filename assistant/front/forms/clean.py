"""The last look before something is shown: no secrets, no control characters."""

from __future__ import annotations

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
