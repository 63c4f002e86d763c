"""How an expression is worded that Ansible could not evaluate, and how it could be said instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import Evidence, text_of
from assistant.model import Fact, Value

CONDITION = re.compile(r"error while evaluating conditional \(([^\n]{1,500}?)\): '([A-Za-z_]\w{0,200})' is undefined")
NAME = r"[A-Za-z_][\w.]{0,200}"
NUMBER = r"-?\d{1,18}(?:\.\d{1,9})?"


def condition_words(evidence: Evidence) -> Fact | None:
    """braces inside | braces around | another name | plain: the condition that a message up to 2.18 quotes.

    "another name": the condition is a bare variable, and the name that is undefined is no part of it: on 2.9 the
    text that a bare variable holds is evaluated as an expression (CONDITIONAL_BARE_VARS, playbook/conditional.py).
    """
    failure = evidence.failure
    told = CONDITION.search(failure.message) if failure else None
    if told is None:
        return None
    text, name = told[1].strip(), told[2]
    if "{{" in text:
        whole = text.startswith("{{") and text.endswith("}}") and text.count("{{") == 1
        return Fact("condition_words", "braces around" if whole else "braces inside", text)
    if re.fullmatch(NAME, text) and name not in text.split("."):
        return Fact("condition_words", "another name", f"{text} holds the text {name}, and that was evaluated")
    return Fact("condition_words", "plain", text)


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The expression in question, said so that every release takes it; "" where only a person can say it."""
    task = evidence.task
    if task is None:
        return
    when = _single(task.own.get("when"))
    yield "when_without_braces", without_braces(when)
    yield "when_with_number", with_number(when, evidence)
    yield "when_as_boolean", as_boolean(when, evidence)
    that = _single(task.args.get("that")) if task.module == "assert" else ""
    yield "that_without_braces", without_braces(that)
    yield "that_as_boolean", as_boolean(that, evidence)
    yield "text_added_to", added_to(evidence)


def _single(value: Value | None) -> str:
    """An expression on one line, "" for a list of them and for none."""
    text = text_of(value).strip() if value is not None else ""
    return "" if "\n" in text else text


def without_braces(text: str) -> str:
    """A condition without the braces around its variables, "" where it has none or they hold more than a variable.

    A variable in braces and quotes ('{{ x }}') is the variable itself.
    """
    inner = rf"\{{\{{\s*({NAME})\s*\}}\}}"
    out = re.sub(rf"'{inner}'|\"{inner}\"|{inner}", lambda m: m[1] or m[2] or m[3], text)
    return out if out != text and "{" not in out and "}" not in out else ""


def with_number(text: str, evidence: Evidence) -> str:
    """`free_mb > 512` with `| int` behind the name, where the message says that the name holds a text."""
    message = evidence.failure.message if evidence.failure else ""
    told = re.search(r"not supported between instances of '(\w{1,60})' and '(\w{1,60})'", message)
    plain = re.fullmatch(rf"({NAME})(\s*[<>]=?\s*)({NUMBER})", text)
    if told is None or plain is None or told[1] not in TEXTS:
        return ""
    return f"{plain[1]} | {'float' if '.' in plain[3] else 'int'}{plain[2]}{plain[3]}"


TEXTS = ("str", "AnsibleUnicode", "AnsibleUnsafeText", "_AnsibleTaggedStr")
"""What Ansible calls a text, by release."""


def as_boolean(text: str, evidence: Evidence) -> str:
    """A bare list or mapping as `x | length > 0`, `x | regex_search('…')` as `x is search('…')`; "" otherwise."""
    message = evidence.failure.message if evidence.failure else ""
    told = re.search(r"was derived from value of type '(\w{1,60})'", message)
    if told is None:
        return ""
    if told[1] in ("list", "dict") and re.fullmatch(NAME, text):
        return f"{text} | length > 0"
    found = re.fullmatch(rf"({NAME})\s*\|\s*(?:ansible\.builtin\.)?regex_search\(('[^']*'|\"[^\"]*\")\)", text)
    return f"{found[1]} is search({found[2]})" if found else ""


def added_to(evidence: Evidence) -> str:
    """The variable that holds a text and is added to a number: of `{{ base_port + 1 }}`, where only one is read so."""
    message = evidence.failure.message if evidence.failure else ""
    file, task = evidence.file, evidence.task
    if 'can only concatenate str (not "int") to str' not in message or file is None or task is None:
        return ""
    words = file.text[task.span.start : task.span.end]
    found = set(re.findall(r"\{\{\s*([A-Za-z_]\w{0,200})\s*[+-]\s*\d{1,18}\s*\}\}", words))
    name = found.pop() if len(found) == 1 else ""
    return name if len(re.findall(rf"\b{re.escape(name)}\b", words)) == 1 else ""
