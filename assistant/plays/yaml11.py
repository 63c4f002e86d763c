"""Plain scalars as PyYAML and so Ansible reads them: a tag and a text in, a Python value out."""

from __future__ import annotations

_TRUE = frozenset({"yes", "true", "on"})
_DIGITS = 400
"""More digits than any number of a playbook has; int() would be slow on longer ones."""


def typed(tag: str, text: str) -> int | float | bool | str | None:
    """The value of a scalar with the short tag `tag` ("int", "float", "bool", "null", else text).

    `yes`/`on` are True, 0644 is octal, 1:30 is 90 and 1_000 is 1000 (PyYAML's constructor.py, YAML 1.1).
    A number that PyYAML itself could not construct stays text.
    """
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in _TRUE
    try:
        if tag == "int":
            return _integer(text)
        if tag == "float":
            return _float(text)
    except (ValueError, OverflowError):
        pass
    return text


def _integer(text: str) -> int:
    text = text.replace("_", "")
    if len(text) > _DIGITS:
        raise ValueError("too long")
    sign = -1 if text.startswith("-") else 1
    text = text.lstrip("+-")
    if text.startswith("0b"):
        return sign * int(text[2:], 2)
    if text.startswith("0x"):
        return sign * int(text[2:], 16)
    if ":" in text:
        return sign * int(_sexagesimal(text))
    if text != "0" and text.startswith("0"):
        return sign * int(text, 8)
    return sign * int(text)


def _float(text: str) -> float:
    text = text.replace("_", "").lower()
    if len(text) > _DIGITS:
        raise ValueError("too long")
    sign = -1.0 if text.startswith("-") else 1.0
    text = text.lstrip("+-")
    if text == ".inf":
        return sign * float("inf")
    if text == ".nan":
        return float("nan")
    return sign * (_sexagesimal(text) if ":" in text else float(text))


def _sexagesimal(text: str) -> float:
    total = 0.0
    for part in text.split(":"):
        total = total * 60 + float(part)
    return total
