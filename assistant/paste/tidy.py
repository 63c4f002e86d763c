"""The last step of a failure: secrets and control characters taken out, what is too long cut in its middle."""

from __future__ import annotations

from collections.abc import Mapping

from assistant import redact
from assistant.model import Failure, Origin, Seen
from assistant.paste import shapes
from assistant.paste.groups import Entry, Group

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_TEXT = 65_536


class Tidy:
    """Cleans groups and counts what it takes out."""

    def __init__(self) -> None:
        self.secrets = 0
        self._lines: dict[str, str] = {}
        """Hosts, tasks and lines come again and again."""

    def failure(self, group: Group) -> Failure:
        """The failure that a group stands for."""
        failure = group.failure
        bare = not failure.outer  # else the message was counted in the result
        outer = self.value(failure.outer)
        hosts = tuple(self.line(host) for host in (group.hosts if group.count else group.spared_hosts) if host)
        return failure._replace(
            host=hosts[0] if hosts else "", hosts=hosts, count=group.count or group.spared_count,
            spared="" if group.count else group.spared,
            task=self.line(failure.task), module=self.line(failure.module),
            message=self.text(failure.message, count=bare),
            chain=tuple(self.text(part, count=bare) for part in failure.chain), outer=outer,
            result=outer if failure.result is failure.outer else self.value(failure.result, count=False),
            origin=self._place(failure.origin), task_origin=self._place(failure.task_origin),
            tasks_before=failure.tasks_before if group.whole else -1,
            seen=tuple(self._seen_of(entry) for entry in group.seen if entry.kind != "failed"),
        )  # fmt: skip

    def _place(self, origin: Origin | None) -> Origin | None:
        return origin and origin._replace(
            path=self.line(origin.path), quoted=self.line(origin.quoted), above=self.line(origin.above)
        )

    def _seen_of(self, entry: Entry) -> Seen:
        """An entry is evidence for several failures; it is cleaned once."""
        if entry.clean is None:
            entry.clean = Seen(
                entry.kind, self.line(entry.host), self.line(entry.task), self.value(entry.result, count=False),
                self.line(entry.text), entry.line, self.line(entry.ran_on or shapes.ran_on(entry.text)),
            )  # fmt: skip
        return entry.clean

    def text(self, text: str, count: bool = True) -> str:
        """A text without control characters and secrets."""
        clean, n = redact.text(redact.controls(_short(text)))
        self.secrets += n if count else 0
        return clean

    def line(self, text: str) -> str:
        """The same for what is no place of secrets in itself, so that none is counted twice."""
        clean = self._lines.get(text)
        if clean is None:
            clean = self.text(text, count=False)
            if len(self._lines) < 10_000 and len(text) < 1_000:
                self._lines[text] = clean
        return clean

    def value(self, value: Mapping[str, Any], count: bool = True) -> dict[str, Any]:
        """A result without control characters and secrets."""
        if not value:
            return {}
        clean, n = redact.value(_calm(value))
        self.secrets += n if count else 0
        return dict(clean)


def _short(text: str) -> str:
    """A text with its middle left out when it is longer than anybody reads."""
    half = MAX_TEXT // 2
    return text if len(text) <= MAX_TEXT else f"{text[:half]}\n[…]\n{text[-half:]}"


def _calm(value: Any) -> Any:
    if isinstance(value, str):
        return redact.controls(_short(value))
    if isinstance(value, Mapping):
        return {redact.controls(str(key)): _calm(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_calm(inner) for inner in value]
    return value
