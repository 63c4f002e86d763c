"""An undefined name: whether it is a fact, and what the given files say of it or of a name written nearly so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.looks.attributes import read_here
from assistant.looks.evidence import Evidence, missing_attribute, text_of
from assistant.model import Fact, Task

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.plays import File

FACTS = frozenset(
    "all_ipv4_addresses all_ipv6_addresses apparmor architecture bios_date bios_vendor bios_version board_name "
    "board_serial board_vendor chassis_serial chassis_vendor cmdline date_time default_ipv4 default_ipv6 device_links "
    "devices distribution distribution_file_parsed distribution_file_path distribution_file_variety "
    "distribution_major_version distribution_release distribution_version dns domain effective_group_id "
    "effective_user_id env fips form_factor fqdn hostname interfaces is_chroot kernel kernel_version lo loadavg "
    "locally_reachable_ips lsb machine machine_id memfree_mb memory_mb memtotal_mb mounts nodename os_family "
    "os_name pkg_mgr proc_cmdline processor processor_cores processor_count processor_nproc "
    "processor_threads_per_core processor_vcpus product_name product_serial product_uuid product_version python "
    "python_version real_group_id real_user_id selinux service_mgr swapfree_mb swaptotal_mb system "
    "system_capabilities system_vendor uptime_seconds user_dir user_gecos user_gid user_id user_shell user_uid "
    "userspace_architecture userspace_bits virtualization_role virtualization_type".split()
)
"""What the module setup gives on Linux under ansible_facts, of 2.9 to 2.21 (module_utils/facts)."""


def is_fact(name: str) -> bool:
    """True for a fact's name with or without `ansible_`; interfaces are facts too, other ansible_… are not."""
    short = name.removeprefix("ansible_")
    return short in FACTS or bool(re.fullmatch(r"(eth|ens|eno|enp|bond|br|wlan|docker|ssh_host_key_)\w{1,40}", short))


def undefined_in(evidence: Evidence) -> str:
    """The undefined name that the sign caught, "" without one."""
    return evidence.match.holes.get("variable", "").strip("'\"") if evidence.match else ""


def name_kind(evidence: Evidence) -> Fact | None:
    """fact | other: whether the undefined name, or the field that is missing, is one of the facts of a host."""
    holes = evidence.match.holes if evidence.match else {}
    name = undefined_in(evidence) or holes.get("attribute", "").strip("'")
    if not name:
        return None
    fact = is_fact(name) and ("attribute" in holes or name.startswith("ansible_"))
    words = f"{name} is a fact that Ansible gathers" if fact else f"{name} is none of the facts that Ansible gathers"
    return Fact("name_kind", "fact" if fact else "other", words)


def facts_gathered(evidence: Evidence) -> Fact | None:
    """yes | no: whether facts of the host were gathered before the failing task."""
    failure, task = evidence.failure, evidence.task
    rows = failure.seen if failure else ()
    gathered = next((row for row in rows if row.task == "Gathering Facts" and row.kind != "skipped"), None)
    if gathered:
        return Fact("facts_gathered", "yes", f"line {gathered.line}: Gathering Facts")
    if evidence.file is not None and task is not None:
        play = play_of(evidence.file, task)
        value = play.own.get("gather_facts") if play else None
        if any(other.module in ("setup", "gather_facts") for other in evidence.file.tasks if other.index < task.index):
            return None
        if play and value and value.known and value.value is False:
            span = value.node.span if value.node else None
            return Fact("facts_gathered", "no", f"gather_facts: {text_of(value)}", span, evidence.path)
    if failure and 0 <= failure.tasks_before < 40:
        return Fact("facts_gathered", "no", "the play begins without Gathering Facts")
    return None


def play_of(file: File, task: Task) -> Task | None:
    """The play that a task stands in, None in a file of tasks."""
    return next((one for one in file.tasks if one.kind == "play" and one.play == task.play), None)


# --- where the name is set ------------------------------------------------------------------------------


def name_set(evidence: Evidence) -> Fact | None:
    """near name | other hosts | another play | later | nowhere: what the given files say of the undefined name.

    None where they do not have it: it may be set in files that nobody gave, so "nowhere" is for people to say.
    """
    name, file, task = undefined_in(evidence), evidence.file, evidence.task
    if not name or file is None or task is None:
        return None
    return _in_plays(name, file, task) or _in_files(evidence, name) or _near(evidence, name, file, task)


def _in_plays(name: str, file: File, task: Task) -> Fact | None:
    """What plays and tasks of the same file that set this very name say."""
    for other in file.tasks:
        how = _sets(other).get(name, "")
        if not how or other == task:
            continue
        words = f"“{other.name or other.action or 'the play'}” sets {name}"
        if other.play == task.play:
            late = how != "vars" and other.index > task.index
            found = ("later", f"{words}, after the task that reads it") if late else None
        elif how == "vars":
            found = ("another play", f"{words} among the vars of another play, which end with it")
        else:
            found = ("other hosts", f"{words} on {_hosts(other)}") if _hosts(other) != _hosts(task) else None
        if found:
            return Fact("name_set", *found, other.span, file.path)
    return None


def _from_localhost(name: str, file: File, task: Task) -> str:
    """The name as read from localhost, where every other task that sets it is one of a play on localhost."""
    setters = [other for other in file.tasks if _sets(other).get(name) in ("register", "set_fact")]
    there = all(_hosts(other) == "localhost" and other.index < task.index for other in setters)
    return f"hostvars['localhost'].{name}" if setters and there and _hosts(task) != "localhost" else ""


def _hosts(task: Task) -> str:
    return text_of(task.get("hosts"))


def _sets(task: Task) -> Mapping[str, str]:
    """The names that a task or play sets, each with how: "vars", "register" or "set_fact"."""
    from assistant.plays import registers
    from assistant.plays.values import entries

    own = task.own.get("vars")
    parts = (own.node.items or (own.node,)) if own and own.node else ()
    found = {name: "vars" for part in parts for name in entries(part)}
    if task.module == "set_fact":
        found |= dict.fromkeys(task.args, "set_fact")
    return {**found, **({registers(task): "register"} if registers(task) else {})}


def _given(evidence: Evidence) -> Iterator[tuple[str, list[str]]]:
    """Path and names of each file of variables that was given along."""
    from assistant.source import SourceError, load

    for file in evidence.files:
        if file.kind == "other" and file.problem is None:
            try:
                roots = load(file.text)
            except SourceError:
                continue
            yield file.path, [key.text for root in roots for key, _ in root.pairs]


PLACE = re.compile(r"(?:^|/)(group|host)_vars/([\w.-]{1,200}?)(?:\.ya?ml|\.json)?(?:/|$)")
"""Which group or host a file of variables belongs to."""


def _in_files(evidence: Evidence, name: str) -> Fact | None:
    """Where another group's or host's file of variables sets this very name."""
    for path, names in _given(evidence):
        place = PLACE.search(path)
        host = evidence.failure.host if evidence.failure else ""
        if name in names and place and place[2] not in ("all", host):
            return Fact("name_set", "other hosts", f"{path} sets {name} for {place[2]}", None, path)
    return None


def _near(evidence: Evidence, name: str, file: File, task: Task) -> Fact | None:
    near = near_name(evidence, name, file, task)
    return Fact("name_set", "near name", f"{near} is set, {name} is not", task.span, file.path) if near else None


def near_name(evidence: Evidence, name: str, file: File, task: Task) -> str:
    """The one name, set before the task or in a given file, that the undefined one is a slip of; "" without one."""
    before = [one for one in file.tasks if one.index < task.index or one == task]
    in_reach = [one for one in before if one.play == task.play or one.module == "set_fact"]
    known = {set_ for one in in_reach for set_ in _sets(one)}
    known |= {given for _, names in _given(evidence) for given in names}
    found = [other for other in sorted(known - {name}) if is_slip(name, other)]
    return found[0] if len(found) == 1 else ""


def is_slip(name: str, other: str) -> bool:
    """True when both names are the same but for case, blanks, the order of words, or a letter or two of one word.

    port1 and port2, or db_host and db_port, are two names and no slip.
    """
    import difflib  # a paste with an undefined name is common, one with its playbook is not

    mine, theirs = name.lower().split("_"), other.lower().split("_")
    if "".join(mine) == "".join(theirs) or sorted(mine) == sorted(theirs):
        return True
    differing = [pair for pair in zip(mine, theirs, strict=False) if pair[0] != pair[1]]
    if len(mine) != len(theirs) or len(differing) != 1 or min(map(len, differing[0])) < 4:
        return False
    one, two = differing[0]
    if re.sub(r"\D", "", one) != re.sub(r"\D", "", two):
        return False
    return sorted(one) == sorted(two) or difflib.SequenceMatcher(None, one, two).ratio() >= 0.8


# --- hosts that are not there ----------------------------------------------------------------------------


def goes_to_name(evidence: Evidence) -> Fact | None:
    """yes | no: whether the undefined name was to name the host that the task is delegated to."""
    failure, name = evidence.failure, undefined_in(evidence)
    if failure is None or not name:
        return None
    if "{{" in failure.ran_on:
        return Fact("goes_to_name", "yes", f"the task was to run on {failure.ran_on}")
    quoted = failure.origin.quoted.strip() if failure.origin else ""
    if quoted.startswith("delegate_to:"):
        return Fact("goes_to_name", "yes", quoted)
    return Fact("goes_to_name", "no", "it names no host to delegate to")


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The name that was meant, where it can be read, how it is read from localhost, and the fact in question."""
    name, file, task = undefined_in(evidence), evidence.file, evidence.task
    fact = name or missing_attribute(evidence)
    yield "fact", fact.removeprefix("ansible_") if is_fact(fact) else ""
    if name and file is not None and task is not None:
        near = near_name(evidence, name, file, task)
        yield "near_name", near if near and any(ref.name == name for _, ref in read_here(evidence)) else ""
        yield "read_from_localhost", _from_localhost(name, file, task)
