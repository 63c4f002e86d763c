"""Whom a task becomes, and what its module printed where Ansible expected a result."""

from __future__ import annotations

import re

from assistant.looks.evidence import Evidence
from assistant.looks.waits import span
from assistant.model import Fact

FAREWELL = re.compile(r"^(?:Shared connection to \S{1,200} closed\.|Connection to \S{1,200} closed\.)?\s*$")
"""What ssh says when a session with a terminal ends well or not; it tells nothing."""
TRUE, FALSE = (True, "true", "yes", "on"), (False, "false", "no", "off")


def becomes(evidence: Evidence) -> Fact | None:
    """root | another user | no: whom the play lets the task become; "no" where neither it nor the play says become.

    The inventory and the command line may say it too, so a list of tasks without its play tells nothing.
    """
    task, file = evidence.task, evidence.file
    if task is None or file is None:
        return None
    become, user = task.get("become"), task.get("become_user")
    place = span(become) or task.action_span
    if become.state == "absent":
        known = file.kind == "playbook"
        return Fact("becomes", "no", "neither the task nor its play says become", place, task.path) if known else None
    if become.known and become.value in FALSE:
        return Fact("becomes", "no", f"become: {str(become.value).lower()}", place, task.path)
    if become.state == "unknown" or become.value not in TRUE or user.state == "unknown":
        return None
    if user.state == "absent" or user.value == "root":
        return Fact("becomes", "root", "become: true", place, task.path)
    return Fact("becomes", "another user", f"become_user: {user.value}", span(user) or place, task.path)


def module_printed(evidence: Evidence) -> Fact | None:
    """nothing | a traceback | results | text: what a module printed in place of one result.

    Python's traceback is in module_stderr where there was no terminal, with one (ssh -tt) in module_stdout.
    """
    result = evidence.result
    if "module_stdout" not in result:
        return None
    said = [str(result.get(name, "")) for name in ("module_stdout", "module_stderr")]
    if any("Traceback (most recent call last)" in text for text in said):
        line = next((row for text in said for row in reversed(text.split("\n")) if row.strip()), "")
        return Fact("module_printed", "a traceback", line.strip()[:200])
    words = [row.strip() for text in said for row in text.split("\n") if not FAREWELL.match(row)]
    if words and re.match(r'\{\\*(?:"\w{1,40}\\*": |$)', words[0]):  # several spoke, or one breaks off
        return Fact("module_printed", "results", words[0][:200])
    if words:
        return Fact("module_printed", "text", words[0][:200])
    return Fact("module_printed", "nothing", "module_stdout is empty")


def module_ships(evidence: Evidence) -> Fact | None:
    """with Ansible | own: where the module of the failed task comes from; a name we do not know may be anybody's."""
    from assistant.plays.keywords import BUILTIN

    task = evidence.task
    name = task.module if task else evidence.failure.module if evidence.failure else ""
    if name not in BUILTIN:
        return None
    return Fact(
        "module_ships", "with Ansible", f"{name} is one of Ansible's modules", task.action_span if task else None
    )


def module_raised(evidence: Evidence) -> Fact | None:
    """yes | no: whether the module ended with an exception that it did not catch, and that is not the system's.

    Since 2.19 the result of such a module begins with "Task failed: Module failed: "; a message that the module
    chose itself (fail_json) stands there alone, and has that front only in the [ERROR] line. An [Errno N] tells of
    the host (a place, a name, a limit), and not of a module that is at fault.
    """
    said = evidence.result.get("msg")
    if not isinstance(said, str):
        return None
    front, raised = "Task failed: Module failed: ", ""
    if said.startswith(front):
        raised = "" if "[Errno " in said else said.removeprefix(front).split("\n")[0]
    return Fact(
        "module_raised", "yes" if raised else "no", raised[:200] or "the words are the module's own or the system's"
    )


PLACE = re.compile(r'^\s*File "([^"\n]{1,400})", line \d{1,9}', re.MULTILINE)


def syntax_error_in(evidence: Evidence) -> Fact | None:
    """Ansible | the module: whose Python code the interpreter could not read, by the last place before the error.

    What Ansible sends along (its AnsiballZ wrapper and ansible/module_utils) is sound for the Pythons it supports.
    """
    said = (str(evidence.result.get(name, "")) for name in ("module_stderr", "module_stdout"))
    broken = next((text for text in said if "SyntaxError: " in text), "")
    places = PLACE.findall(broken.partition("SyntaxError: ")[0])
    if not places:
        return None
    own = "/AnsiballZ_" in places[-1] or "/ansible/module_utils/" in places[-1]
    return Fact("syntax_error_in", "Ansible" if own else "the module", places[-1])
