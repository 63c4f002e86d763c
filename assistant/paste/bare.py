"""Texts without any headline of Ansible's: a result alone as YAML or Python repr, or only a message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.model import Failure
from assistant.paste import errors, lenient, modules, tree, yamlish
from assistant.paste.rows import Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.paste.state import State

FENCE, ORIGIN = "```", "\nOrigin: "
MAX_LINES = 20
MAX_CHARS = 8_000


def read(state: State, rows: list[Row], known: Callable[[str], bool]) -> None:
    """Find what a state that saw no mark of Ansible has missed."""
    said = _said(rows)
    if not said or _yaml(state, said) or _fragment(state, said):
        return
    for part in (*_fenced(rows), said):
        if len(part) <= MAX_LINES and sum(len(row.text) for row in part) <= MAX_CHARS and _message(state, part, known):
            return
    _place(state, said)


def _place(state: State, said: list[Row]) -> None:
    """The lines that releases up to 2.18 put below a message, without that message: where, but not what."""
    origin = errors.appears("\n".join(row.text for row in said))
    if origin:
        state.into.note(f"line {said[0].first}: the message that stands above the place is not in this paste")
        failure = Failure(kind="parse", origin=origin, truncated=True, lines=(said[0].first, said[-1].last))
        state.into.failed(failure, False, False, "")


def _said(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.text.strip() and row.text != FENCE]


def _fenced(rows: list[Row]) -> Iterator[list[Row]]:
    """What stands between fences, part by part: in a post it is the output, and the words around it are not."""
    fences = [at for at, row in enumerate(rows) if row.text == FENCE]
    for start, end in zip(fences[::2], fences[1::2], strict=False):
        if part := _said(rows[start:end]):
            yield part


def _yaml(state: State, said: list[Row]) -> bool:
    if len(said) > 5_000 or not re.match(r"\s*[\w-]{1,60}:(\s|$)", said[0].text):
        return False
    result, partial = yamlish.read([row.text for row in said])
    if result is None or not tree.looks_like_result(result) or (partial and "msg" not in result):
        return False
    tree.read(state, result, partial, said[0].first, said[-1].last)
    state.bare_failures()
    return True


def _fragment(state: State, said: list[Row]) -> bool:
    """The inside of a result, its brackets lost: `"finished": 1, "msg": "could not find job", …`; or only its end,
    behind what is left of a mapping in it."""
    if not re.match(r"\s*[\"'][\w-]{1,60}[\"']: ", said[0].text):
        return False
    message = next((at for at, row in enumerate(said) if re.match(r"\s*[\"']msg[\"']: ", row.text)), 0)
    for rows in (said, said[message:]):
        result, _ = lenient.read("{" + "\n".join(row.text for row in rows))
        if result is not None and tree.looks_like_result(result):
            tree.read(state, result, True, said[0].first, said[-1].last)
            state.bare_failures()
            return True
    return False


def _message(state: State, said: list[Row], known: Callable[[str], bool]) -> bool:
    """Only the message, perhaps with `msg:` or quotes left from its result, perhaps in a sentence of its own line.

    True when the base knows one.
    """
    text = "\n".join(row.text for row in said).strip()
    whole = _unquoted(text)
    found = whole if known(whole) else next((line for line in map(_unquoted, text.split("\n")) if known(line)), None)
    if found is None:
        return False
    message, origin = errors.before_place(found), errors.appears(text)
    chain, places = errors.links([row.text for row in said]) if ORIGIN in text else ((), ())
    if chain:  # none where two places stand above the message
        message, origin = chain[0], places[-1]
    state.into.failed(
        Failure(
            message=errors.stripped(message), module=modules.from_result({"msg": text}, ()), origin=origin,
            lines=(said[0].first, said[-1].last),
        ),
        False, False, said[0].text,
    )  # fmt: skip
    return True


def _unquoted(text: str) -> str:
    found = re.match(r"[\"']?msg[\"']?\s{0,3}[:=]\s{0,3}", text)
    text = text[found.end() :] if found else text
    text = text.strip().rstrip(",").strip()
    own = text[:1] in "\"'`" or text.count(text[-1:]) % 2  # quotes around the text, or one that is left over
    return text.strip("\"'`").strip() if own else text
