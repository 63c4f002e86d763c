"""Findings of `check` as SARIF 2.1.0, for code scanning services and editors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.about import SITE, VERSION
from assistant.front.forms.values import placed
from assistant.model import Fault

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"certain": "error", "likely": "warning", "possible": "note"}


def log(found: Iterable[tuple[Fault, str]], pages: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """A SARIF log with one run: the faults that were found, each with its file's text.

    `pages`: by the id of a cause its title and the address of its page.
    """
    pairs = list(found)
    ids = sorted({fault.cause for fault, _ in pairs})
    driver = {
        "name": "ansible-why",
        "version": VERSION,
        "informationUri": SITE,
        "rules": [_rule(cause, *pages[cause]) for cause in ids],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(fault, text, ids.index(fault.cause)) for fault, text in pairs],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(cause: str, title: str, address: str) -> dict[str, Any]:
    return {
        "id": cause,
        "name": "".join(word.capitalize() for word in cause.replace("/", "-").split("-")),
        "shortDescription": {"text": title},
        "helpUri": address,
        "help": {"text": f"ansible-why explain {cause}"},
    }


def _result(fault: Fault, text: str, index: int) -> dict[str, Any]:
    value = placed(fault, text)
    result: dict[str, Any] = {
        "ruleId": fault.cause,
        "ruleIndex": index,
        "level": LEVELS[fault.confidence],
        "message": {"text": fault.message},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(fault.path), "region": _region(value)}}],
        "partialFingerprints": {"ansibleWhy/v1": _fingerprint(fault, text)},
        "properties": {"confidence": fault.confidence, "trust": fault.trust},
    }
    if fault.edits:
        result["fixes"] = [_fix(fault, value)]
    return result


def _artifact(path: str) -> dict[str, str]:
    from os import fsencode
    from urllib.parse import quote

    return {"uri": quote(fsencode(path))}


def _region(value: Mapping[str, Any]) -> dict[str, int]:
    return {
        "startLine": value["line"],
        "startColumn": value["column"],
        "endLine": value["end_line"],
        "endColumn": value["end_column"],
    }


def _fingerprint(fault: Fault, text: str) -> str:
    """The same for the same finding after lines moved: cause and marked words, without path or line."""
    from hashlib import sha256

    words = " ".join(text[fault.span.start : fault.span.end].split())
    return sha256(f"{fault.cause}\n{words}".encode()).hexdigest()[:32]


def _fix(fault: Fault, value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "description": {"text": f"{fault.message} [{fault.trust}]"},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(fault.path),
                "replacements": [_replacement(edit) for edit in value["edits"]],
            }
        ],
    }


def _replacement(edit: Mapping[str, Any]) -> dict[str, Any]:
    (line, column), (end_line, end_column) = edit["start"], edit["end"]
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return {"deletedRegion": region, "insertedContent": {"text": edit["text"]}}
