"""How the lines look that Ansible's callbacks print: one small reader per line, no state.

Sources: plugins/callback/{default,minimal,oneline}.py of Ansible 2.9 to 2.21, community.general's unixy.
"""

from __future__ import annotations

import re
from functools import cache

SPUN = tuple(f"{part}ERROR! " for part in "|/-\\")
"""ansible-galaxy 2.9 and 2.10 turn a bar while they work; the error stands right behind it."""
BEFORE_START = (
    "ERROR: Ansible requires ", "ERROR: Ansible could not ", "ERROR: Error reading config file",
    "ERROR: Config 'DEFAULT_", "ERROR: Invalid type for configuration option",
    "ERROR: Unable to create local directories", "ERROR: Unhandled exception when retrieving ",
)  # fmt: skip
"""What is printed before Ansible has a display of its own (cli/__init__.py, 2.11 to 2.21)."""
COMMANDS = ("", "-playbook", "-galaxy", "-vault", "-inventory", "-doc", "-config", "-console", "-pull")
"""The commands that read their options with argparse, by what follows "ansible"."""
BANNERS = ("TASK [", "PLAY [", "PLAY RECAP", "RUNNING HANDLER [", "PLAYBOOK: ", "NO MORE HOSTS LEFT", "HANDLER [")
_STARTS = (
    *BANNERS, *SPUN, *BEFORE_START,
    "PLAY ***", "fatal: [", "failed: [", "ok: [", "changed: [", "skipping: [", "unreachable: [", "included: ",
    "ASYNC POLL on ", "ASYNC OK on ", "ASYNC FAILED on ", "FAILED - RETRYING", "RETRYING: ", "...ignoring", "…ignoring",
    "[ERROR]", "[WARNING]", "[DEPRECATION WARNING]", "ERROR! ", "An exception occurred during", "task path: ",
    "Using module file ", "```", "INFO     ", "WARNING  ", "CRITICAL ",
)  # fmt: skip
STATES = {
    "FAILED": "failed", "UNREACHABLE": "unreachable", "SUCCESS": "ok", "CHANGED": "changed", "SKIPPED": "skipped",
}  # fmt: skip


@cache
def _adhoc() -> re.Pattern[str]:
    return re.compile(
        r"(?P<host>[^\s|>=]{1,200}) \| (?P<state>FAILED|UNREACHABLE|SUCCESS|CHANGED|SKIPPED)(?P<bang>!?)"
        r"(?:(?P<json> =>[ ]?)| \| rc=(?P<rc>-?\d{1,10})|(?=: )|(?<=SKIPPED)(?=\s*$))"
        r"(?P<tail> >>| \| \(stdout\) | \| \(stderr\) |: )?"
    )


@cache
def _host() -> re.Pattern[str]:
    # Where the name of the other host could not be had, its expression stands there: `web1 -> {{ groups['lb'][0] }}`.
    delegate = r"(?:\{\{[^}]{0,200}\}\}|[^\]{]|\{(?!\{[^}]{0,200}\}\})){1,300}"
    return re.compile(
        r"(?P<word>fatal|failed|ok|changed|skipping|unreachable): \[(?P<host>[^\]\s]{1,200})"
        rf"(?: -> (?P<delegate>{delegate}))?\](?P<colon>:?)(?: (?P<bang>FAILED|UNREACHABLE)!)?"
    )


@cache
def _retry() -> re.Pattern[str]:
    return re.compile(
        r"(?:FAILED \W{1,3} )?RETRYING: (?:\[(?P<host>[^\]\s]{1,200})(?: -> [^\]]{1,300})?\]: )?"
        r"(?P<task>.{0,2000}?) ?\((?P<left>\d{1,9}) retries left\)\.?(?P<rest>.*)"
    )


@cache
def _async() -> re.Pattern[str]:
    return re.compile(r"ASYNC (?P<what>POLL|OK|FAILED) on (?P<host>[^\s:]{1,200}): jid=(?P<jid>\S{1,200})(?P<rest>.*)")


@cache
def _recap() -> re.Pattern[str]:
    return re.compile(
        r"(?P<host>\S{1,200})\s*: ok=(?P<ok>\d{1,9})\s+changed=\d{1,9}\s+unreachable=(?P<unreachable>\d{1,9})\s+"
        r"failed=(?P<failed>\d{1,9})"
    )


@cache
def _release() -> re.Pattern[str]:
    return re.compile(r"ansible(?:-\w{1,20})? (?:\[(?:core|base) )?(?P<release>2\.\d{1,2}(?:\.\w{1,8}){0,2})\]?\s*$")


def starts_anew(line: str) -> bool:
    """True when a line begins something that Ansible prints, so that what came before must have ended."""
    if line.startswith(_STARTS):
        return True
    return " | " in line[:220] and _adhoc().match(line) is not None


@cache
def _usage() -> re.Pattern[str]:
    return re.compile(rf"ansible(?:{'|'.join(COMMANDS)})(?: [a-z_]{{1,20}}){{0,2}}: error: (?=\S)")


def usage(line: str) -> str:
    """What stands before the message where argparse refuses a command line: `ansible-galaxy role: error: `."""
    found = _usage().match(line) if line.startswith("ansible") else None
    return found[0] if found else ""


def adhoc(line: str) -> re.Match[str] | None:
    """`web1 | FAILED! => {`, `web1 | FAILED | rc=1 >>`, `web1 | SKIPPED`."""
    return _adhoc().match(line) if " | " in line[:220] else None


def result(line: str) -> re.Match[str] | None:
    """`fatal: [web1 -> db1]: FAILED! => {`, `changed: [web1] => (item=1)`."""
    return _host().match(line)


def ran_on(line: str) -> str:
    """The host a headline of the default callback says it ran on, delegation counted; "" for other lines."""
    found = _host().match(line)
    return (found["delegate"] or found["host"]).partition("(")[0] if found else ""


def retry(line: str) -> re.Match[str] | None:
    """`FAILED - RETRYING: [web1]: Wait (3 retries left).`; without the host before 2.12."""
    return _retry().match(line) if "RETRYING: " in line[:40] else None


def polling(line: str) -> re.Match[str] | None:
    """`ASYNC POLL on web1: jid=j1.2 started=1 finished=0` and its ends."""
    return _async().match(line) if line.startswith("ASYNC ") else None


def recap(line: str) -> re.Match[str] | None:
    """A host's line of the PLAY RECAP; `rescued` and `ignored` are there since 2.8."""
    return _recap().match(line) if ": ok=" in line else None


def release(line: str) -> str:
    """The release that a banner names: `ansible-playbook [core 2.16.19]`, `ansible-playbook 2.9.27`; else ""."""
    found = _release().match(line) if line.startswith("ansible") else None
    return found.group("release") if found else ""


@cache
def _raised() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z_][\w.]{0,120}(?:[Ee]rror|Exception|Undefined\w{0,40}): \S.*")


def raised(line: str) -> str:
    """What Python raised: in the line above a result that says so, or as the last line of a traceback (-vvv)."""
    _, brief, said = line.partition("The error was: ")
    if not (brief and line.startswith("An exception occurred during")):
        said = line
    return said.rstrip() if ": " in said[:180] and _raised().match(said) else ""


@cache
def _action() -> re.Pattern[str]:
    return re.compile(r'File "[^"]{0,500}/plugins/action/(?!normal\.|__init__\.)(\w{1,80})\.py", line \d{1,6}, in run')


def action(line: str) -> str:
    """The action whose code a line of a traceback quotes, "" for any other line."""
    found = _action().match(line) if line.startswith('File "') else None
    return found[1] if found else ""


def banner(line: str) -> tuple[str, str] | None:
    """("task" | "play" | "recap" | "other", name) of a line like `TASK [name] *****`, else None."""
    if not line.startswith(BANNERS) and not line.startswith("PLAY **"):
        return None
    text = line.rstrip(" *\t").replace(" [CHECK MODE]", "")
    if line.startswith("PLAY RECAP"):
        return "recap", ""
    start, end = text.find("["), text.rfind("]")
    name = text[start + 1 : end] if 0 <= start < end else text[start + 1 :] if start >= 0 else ""
    if line.startswith(("TASK [", "RUNNING HANDLER [", "HANDLER [")):
        return "task", name
    return ("play", name) if line.startswith("PLAY") and not line.startswith("PLAYBOOK") else ("other", "")


@cache
def _beheaded() -> re.Pattern[str]:
    return re.compile(r"[^\"{]{0,80}?(?:\[?(?P<host>[\w.-]{1,200})\]: )?(?P<word>FAILED|UNREACHABLE)! ?=> ?(?=\{|$)")


def beheaded(line: str) -> re.Match[str] | None:
    """`[web1]: FAILED! => {` or less, after which the result stands."""
    return _beheaded().match(line) if "! =>" in line[:400] or "!=>" in line[:400] else None


def spared(line: str) -> tuple[int, int]:
    """How many failures a recap's line counts as rescued and as ignored; (0, 0) before 2.8, which does not say."""
    numbers = dict(word.split("=", 1) for word in line.split() if "=" in word)
    rescued, ignored = numbers.get("rescued", "0"), numbers.get("ignored", "0")
    return int(rescued) if rescued.isdigit() else 0, int(ignored) if ignored.isdigit() else 0
