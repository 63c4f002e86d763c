"""Names that are not there and the nearest that are: modules, filters, options, choices."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from assistant.looks import galaxy
from assistant.looks import known_names as names
from assistant.looks.evidence import Evidence
from assistant.looks.galaxy import warned
from assistant.model import Fact


def near(word: str, known: Collection[str], others: Mapping[str, str] = {}) -> str:
    """The known name that was meant: a slip of a letter or two, or another word for it; "" when none or unclear."""
    import difflib  # a paste with such a message is rare, a cold start is not

    lower = word.lower().replace("-", "_")
    if lower in known:
        return lower
    if others.get(lower) in known:
        return others[lower]
    found = difflib.get_close_matches(lower, sorted(known), 2, 0.75)
    if len(found) == 2 and difflib.SequenceMatcher(None, lower, found[0]).ratio() == (
        difflib.SequenceMatcher(None, lower, found[1]).ratio()
    ):
        return ""
    return found[0] if found and len(lower) > 2 else ""


def _hole(evidence: Evidence, name: str) -> str:
    """What the sign caught, without the quotes around it."""
    return evidence.match.holes.get(name, "").strip("'\" ") if evidence.match else ""


# --- modules and plugins -------------------------------------------------------------------------------


def module_wanted(evidence: Evidence) -> Fact | None:
    """misspelt | in a collection | left ansible | newer ansible | not known: what module is missing."""
    module = _hole(evidence, "module_missing")
    if not module:
        return None
    short = _short(module)
    if "." in short:
        return Fact("module_wanted", "in a collection", f"{module} is a module of {_collection(short)}")
    if short in names.LEFT:
        return Fact("module_wanted", "left ansible", f"{short} belongs to {names.LEFT[short]}")
    if short in names.SINCE:
        return Fact("module_wanted", "newer ansible", f"{short} came with ansible-core {names.SINCE[short]}")
    meant = _meant(short)
    if meant in names.CORE and meant != short:
        return Fact("module_wanted", "misspelt", f"{module} is nearly {meant}")
    if meant in names.LEFT:
        return Fact("module_wanted", "left ansible", f"{short} is nearly {meant} of {names.LEFT[meant]}")
    return Fact("module_wanted", "not known", f"{module} is no module that we know of ansible-core")


def _short(module: str) -> str:
    return module.removeprefix("ansible.builtin.").removeprefix("ansible.legacy.")


def _collection(module: str) -> str:
    return ".".join(module.split(".")[:2])


def _meant(short: str) -> str:
    return near(short, names.CORE | names.LEFT.keys(), names.OTHER_WORDS)


def filter_wanted(evidence: Evidence) -> Fact | None:
    """misspelt | in a collection | a test | not known: what the filter that was not found is, by its name."""
    wanted = _hole(evidence, "filter_missing")
    if not wanted or evidence.failure is None:
        return None
    told = evidence.failure.message.partition("String: ")[2]
    if told and not re.search(rf"\|\s{{0,9}}{re.escape(wanted)}\b", told):
        return Fact("filter_wanted", "a test", f"{wanted} does not stand behind a bar")  # 2.14 to 2.18 say no more
    if "." in wanted.removeprefix("ansible.builtin."):
        return Fact("filter_wanted", "in a collection", f"{wanted} is a filter of {_collection(wanted)}")
    if wanted in names.LEFT_FILTERS:
        return Fact("filter_wanted", "in a collection", f"{wanted} belongs to {names.LEFT_FILTERS[wanted]}")
    meant = near(wanted.removeprefix("ansible.builtin."), names.FILTERS)
    if meant:
        return Fact("filter_wanted", "misspelt", f"{wanted} is nearly {meant}")
    return Fact("filter_wanted", "not known", f"neither ansible-core nor Jinja2 has a filter {wanted}")


def plugin_skipped(evidence: Evidence) -> Fact | None:
    """yes: a warning above says that a file with plugins could not be loaded (2.9 to 2.21, plugins/loader.py)."""
    said = warned(evidence, "Skipping plugin (")
    return Fact("plugin_skipped", "yes", said[:200]) if said else None


def cfg_ignored(evidence: Evidence) -> Fact | None:
    """yes: a warning above says that ansible.cfg was ignored because anybody may write to the folder."""
    said = warned(evidence, "world writable directory")
    return Fact("cfg_ignored", "yes", said[:200]) if said else None


def support_denied(evidence: Evidence) -> Fact | None:
    """yes: a warning above says that the collection does not support this Ansible."""
    said = warned(evidence, "does not support Ansible version")
    return Fact("support_denied", "yes", said[:200]) if said else None


# --- options of modules ------------------------------------------------------------------------------


def option_named(evidence: Evidence) -> Fact | None:
    """task keyword | misspelt | other: what the option is that the module does not have."""
    refused = _refused(evidence)
    if not refused:
        return None
    words = [word for word in refused if _is_keyword(word)]
    if words:
        return Fact("option_named", "task keyword", f"{', '.join(words)} belongs to the task, not to a module")
    meant = _option_meant(evidence)
    if meant:
        return Fact("option_named", "misspelt", f"{refused[0]} is nearly {meant}, which the module has")
    return Fact("option_named", "other", f"nothing that the module has is like {refused[0]}")


def _is_keyword(word: str) -> bool:
    from assistant.plays.keywords import is_keyword

    return is_keyword(word) and word not in ("name", "args", "action", "port", "connection", "order", "strategy")


def _refused(evidence: Evidence) -> list[str]:
    """The options that the message refuses, sub-options with their path: "ports.prot"."""
    told = _hole(evidence, "parameters")
    return [word.strip() for word in re.split(r"[,.] |,", told.rstrip(". ")) if word.strip()]


def _supported(evidence: Evidence) -> list[str]:
    """The options that the message lists as supported, main names before their aliases."""
    message = evidence.failure.message if evidence.failure else ""
    told = message.partition("Supported parameters include:")[2].partition("\n")[0].strip().rstrip(".")
    return [word for word in re.findall(r"[A-Za-z_][\w-]*", told) if not word.startswith("_")]


def _option_meant(evidence: Evidence) -> str:
    refused = _refused(evidence)
    free = [name for name in _supported(evidence) if not evidence.task or name not in evidence.task.args]
    return near(refused[0], free, names.SAME_OPTION) if len(refused) == 1 else ""


def _choices(evidence: Evidence) -> tuple[list[str], str]:
    """The values that an option may have and the one that it was given, out of the message."""
    message = evidence.failure.message if evidence.failure else ""
    told = re.search(
        r"must be one (?:or more )?of: ([^\n]{1,4000}?)(?:, got: |\. Got no match for: )([^\n]{0,300})", message
    )
    if not told:
        return [], ""
    return [word.strip() for word in told[1].split(",")], told[2].partition(" found in ")[0].strip()


# --- what the texts and the fixes need ------------------------------------------------------------------


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Names for the texts of resolve, arguments and galaxy; "" for what is not known."""
    from assistant.looks import given  # it asks here what was meant

    module, wanted = _hole(evidence, "module_missing"), _hole(evidence, "filter_missing")
    if module:
        yield from _of_module(module)
    if wanted:
        yield "filter_collection", names.LEFT_FILTERS.get(wanted, _collection(wanted) if "." in wanted else "")
    if _hole(evidence, "parameters"):
        refused = _refused(evidence)
        yield "parameter", refused[0] if len(refused) == 1 else ""
        yield "nearest_parameter", _option_meant(evidence)
    if _hole(evidence, "role"):
        yield from _of_role(evidence, _hole(evidence, "role"))
    yield from given.holes(evidence)
    yield "named_option", _hole(evidence, "option") or _hole(evidence, "keyword")
    choices, told = _choices(evidence)
    if choices:
        yield "choices", ", ".join(choices)
        yield "given", told
        meant = near(told, choices, names.SAME_CHOICE)
        yield "nearest_choice", meant
        yield "choice_to_write", meant if given.written(evidence, _hole(evidence, "option")) == told else ""
    yield from galaxy.holes(evidence)


def _of_role(evidence: Evidence, role: str) -> Iterator[tuple[str, str]]:
    """How a role that comes from Galaxy is installed, and who asks for it; a plain name may be anybody's."""
    if role.count(".") == 2:
        yield "role_to_install", f"collection install {_collection(role)}"
    elif "." in role:
        yield "role_to_install", f"role install {role}"
    place = evidence.failure.origin if evidence.failure else None
    yield "asked_in", f"{place.path}:{place.line}" if place and place.line else ""


def _of_module(module: str) -> Iterator[tuple[str, str]]:
    short = _short(module)
    left = short if short in names.LEFT else "" if "." in short else _meant(short)
    if "." in short:
        yield "collection", _collection(short)
    elif left in names.LEFT:
        yield "collection", names.LEFT[left]
        yield "module_now", f"{names.LEFT[left]}.{left}"
    elif left and left != short:
        yield "module_meant", left
    yield "module_since", names.SINCE.get(short, "")
    yield "module_name", short.rpartition(".")[2]
