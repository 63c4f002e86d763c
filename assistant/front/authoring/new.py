"""A failure in, the beginning of its cause out: files of a private base, none of which is ever written over."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from assistant import kb, paste, redact
from assistant.diagnose import diagnose
from assistant.front.authoring.skeleton import entry
from assistant.front.authoring.template import sign
from assistant.front.wrong import Wrong
from assistant.kb.beside import with_folders
from assistant.markup import block
from assistant.model import Failure, Record

ID = re.compile(r"([a-z][a-z0-9_]{0,39})/([a-z0-9][a-z0-9-]{0,79})")
SHORT = 80
"""Lines of a paste that are taken whole; of a longer one those around the failure."""


class File(Record):
    """A file to write: its path, all of its text, and whether it is there already and only gets longer."""

    path: Path
    text: str
    there: bool = False


def begun(id: str, text: str, task: str, folder: str, beside: Sequence[str] = ()) -> tuple[File, ...]:
    """The files that begin the cause `id` ("family/name") of the failure in `text`, in the base at `folder`.

    `task` is the text of its task file, "" without one; `beside` are other private bases. Nothing is written yet.
    Raises Wrong: for an id that is none, a family or a cause that exists, a paste without a failure or one we know.
    """
    family, name = _parts(id)
    home = Path(folder)
    base = kb.Base(with_folders(kb.compiled_bytes(), beside))
    if family in base.families:
        raise Wrong(f'the family "{family}" exists already, and yours lie beside it; choose another one')
    text = redact.text(redact.controls(text))[0]
    failure, release = _failure(text, task, base)
    row = sign(failure.message, failure.result, failure.kind)
    if row is None:
        raise Wrong("the failure says nothing that it could be recognised by; give more of the output (-vvv)")
    task = redact.text(task)[0]
    files = [
        _root(home / "tree.yaml", family),
        _tree(home / family / "tree.yaml", name),
        _signs(home / family / "signs.yaml", name, row),
        File(home / family / f"{name}.md", entry(release, _examples(text, failure, task))),
        *([File(home / "lab" / family / name / "broken.yml", _played(task, name))] if task else []),
    ]
    for file in files:
        if file.path.exists() and not file.there:
            raise Wrong(f"{file.path}: exists already; choose another name, or remove it first")
    return tuple(file for file in files if file.text)


def write(files: Sequence[File]) -> None:
    """Writes what `begun` gave. Raises Wrong when a file cannot be written, or is there by now."""
    for file in files:
        try:
            file.path.parent.mkdir(parents=True, exist_ok=True)
            with file.path.open("w" if file.there else "x", encoding="utf-8") as out:
                out.write(file.text)
        except OSError as error:
            raise Wrong(f"{file.path}: cannot be written ({(error.strerror or str(error)).lower()})") from None


def _parts(id: str) -> tuple[str, str]:
    found = ID.fullmatch(id)
    if not found or found[1] == "lab":  # that folder holds the scenarios
        raise Wrong(f'"{id}" is no id of a cause; write FAMILY/NAME in small letters, as in shop/kettle-empty')
    return found[1], found[2]


def _failure(text: str, task: str, base: kb.Base) -> tuple[Failure, str]:
    """The first failure of the paste, and the release as an entry has it ("2.16+"), "" when it is not known."""
    read = paste.read(text, known=base.known)
    if not read.failures:
        raise Wrong("there is no failure in the paste; give what Ansible printed, from the line of the task on")
    found = diagnose(read, base, [("task.yml", task)] if task else [])
    first = found.findings[0]
    if first.causes and first.causes[0].confidence != "possible":
        known = first.causes[0]
        raise Wrong(f"the base knows this failure: {known.id} ({known.confidence}), and it is asked before yours")
    if first.causes:
        mend = "ansible-why kb try shows why" if task else "give the task that failed too (--task FILE)"
        raise Wrong(f"nothing rules out {first.causes[0].id}, which is asked before yours; {mend}")
    release = read.hints.get("release", "")
    return first.failure, ".".join(release.split(".")[:2]) + "+" if release else ""


def _examples(text: str, failure: Failure, task: str) -> str:
    lines = text.splitlines()
    if len(lines) > SHORT:
        first, last = failure.lines
        lines = lines[max(first - 6, 0) : max(last, first)]
    before = [block(task, "before")] if task else []
    return "\n".join([*before, block("\n".join(lines), "paste")])


def _root(path: Path, family: str) -> File:
    """The base's list of families, with this one."""
    text = _there(path)
    if not text:
        return File(path, f"# The families, in the order in which their signs are tried.\nfamilies:\n  - {family}\n")
    if re.search(rf"^families:.*(?:\[|\s|,){family}(?:\]|,|\s|$)|^\s+- {family}\s*$", text, re.M):
        return File(path, "", True)
    flow = re.sub(r"^(families: \[[^\]\n]+)\]", rf"\1, {family}]", text, count=1, flags=re.M)
    listed = re.sub(r"^(families:[ \t]*\n)([ \t]*)(?=- )", rf"\1\2- {family}\n\2", text, count=1, flags=re.M)
    if text not in (flow, listed) or flow != listed:
        return File(path, flow if flow != text else listed, True)
    raise Wrong(f'{path}: no list of families that could be added to; write "families: [{family}]"')


def _tree(path: Path, name: str) -> File:
    """The family's walk, with a leaf for the sign."""
    leaf = f"  {_called(name)}: {name}\n"
    text = _there(path)
    if not text:
        return File(path, f"# From the sign to the cause.\nlook: sign\ncases:\n{leaf}")
    found = re.search(r"^look: sign[ \t]*\n(?:[a-z]+: [^\n]*\n)*cases:[ \t]*\n", text, re.M)
    if not found:
        raise Wrong(f'{path}: the leaf {name} finds no place; it wants "look: sign" and "cases:" on lines of their own')
    return File(path, text[: found.end()] + leaf + text[found.end() :], True)


def _signs(path: Path, name: str, row: dict[str, object]) -> File:
    """The family's signs, with one for the message."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in row.items()]
    text = _there(path)
    if re.search(rf"^{_called(name)}:", text, re.M):
        raise Wrong(f'{path}: has a sign "{_called(name)}" already; choose another name')
    more = f"{_called(name)}:\n  - " + "\n    ".join(lines) + "\n"
    return File(path, f"{text.rstrip()}\n\n{more}" if text.strip() else more, bool(text))


def _called(name: str) -> str:
    """The name of a sign: a letter first, so that YAML reads a word."""
    words = name.replace("-", " ")
    return f"sign of {words}" if name[:1].isdigit() or name in ("yes", "no", "on", "off", "null") else words


def _played(task: str, name: str) -> str:
    """A playbook that fails so: the file as it is, or a play around its tasks."""
    if re.search(r"^(?:- |  )['\"]?(?:hosts|(?:ansible\.builtin\.)?import_playbook)['\"]?:", task, re.M):
        return task
    lines = "".join(f"    {line}".rstrip() + "\n" for line in task.splitlines() if line.strip() != "---")
    return f"- name: {name.replace('-', ' ').capitalize()}\n  hosts: all\n  gather_facts: false\n  tasks:\n{lines}"


def _there(path: Path) -> str:
    """The text of a file, "" when there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise Wrong(f"{path}: cannot be read ({error})") from None
