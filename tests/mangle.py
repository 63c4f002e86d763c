"""How people and machines mangle what Ansible printed; every function turns a clean output into a pasted one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

Mangle = Callable[[str], str]


def _each(text: str, change: Callable[[int, str], str]) -> str:
    return "\n".join(change(i, line) for i, line in enumerate(text.rstrip("\n").split("\n"))) + "\n"


def wrapped(width: int) -> Mangle:
    """A terminal's right margin, copied with the line breaks."""

    def wrap(text: str) -> str:
        rows = []
        for line in text.split("\n"):
            rows += [line[i : i + width] for i in range(0, len(line), width)] or [""]
        return "\n".join(rows)

    return wrap


def colours(text: str) -> str:
    """As ANSIBLE_FORCE_COLOR prints it."""
    return _each(text, lambda _, line: f"\x1b[0;31m{line}\x1b[0m" if line else line)


def lost_escapes(text: str) -> str:
    """Colours pasted through something that dropped the escape character."""
    return _each(text, lambda _, line: f"[0;31m{line}[0m" if line else line)


def windows(text: str) -> str:
    """CRLF and a byte order mark."""
    return "\ufeff" + text.replace("\n", "\r\n")


def quoted(text: str) -> str:
    """Markdown's or a mailer's quote."""
    return _each(text, lambda _, line: f"> {line}" if line else ">")


def quoted_twice(text: str) -> str:
    """A quote in a quote."""
    return quoted(quoted(text))


def fenced(text: str) -> str:
    """A forum post."""
    return f"Hi all, my play stopped with this:\n\n```console\n{text}```\n\nWhat is wrong here? Thanks!\n"


def entities(text: str) -> str:
    """Copied from a page's source."""
    return html.escape(text)


def curly(text: str) -> str:
    """A word processor's or blog's typographic quotes."""
    out, opened = [], False
    for char in text:
        opened ^= char == '"'
        out.append(("\u201c" if opened else "\u201d") if char == '"' else "\u2019" if char == "'" else char)
    return "".join(out)


def indented(text: str) -> str:
    """Pasted into a list item."""
    return _each(text, lambda _, line: f"      {line}" if line else line)


def jenkins(text: str) -> str:
    """Timestamper, pipeline style."""
    return _each(text, lambda i, line: f"[2026-01-01T10:00:{i % 60:02}.123Z] {line}")


def jenkins_short(text: str) -> str:
    """Timestamper, freestyle."""
    return "Started by user me\n" + _each(text, lambda i, line: f"10:00:{i % 60:02}  {line}")


def github(text: str) -> str:
    """Raw log of GitHub Actions."""
    head = "2026-01-01T10:00:00.0000000Z ##[group]Run ansible-playbook site.yml\n2026-01-01T10:00:00.1Z ##[endgroup]\n"
    return head + _each(text, lambda i, line: f"2026-01-01T10:00:{i % 60:02}.1234567Z {line}")


def github_cli(text: str) -> str:
    """gh run view --log."""
    return _each(text, lambda i, line: f"deploy\tRun playbook\t2026-01-01T10:00:{i % 60:02}.1234567Z {line}")


def gitlab(text: str) -> str:
    """GitLab job log with timestamps and sections."""
    head = "2026-01-01T10:00:00.000000Z 00O section_start:1767261600:step_script\r\x1b[0K\x1b[0KExecuting step\n"
    return head + _each(text, lambda i, line: f"2026-01-01T10:00:{i % 60:02}.123456Z 01O {line}")


def azure(text: str) -> str:
    """Azure Pipelines."""
    return "2026-01-01T10:00:00.0000000Z ##[section]Starting: Deploy\n" + github(text)


def compose(text: str) -> str:
    """docker compose logs."""
    return "Attaching to web_1\n" + _each(text, lambda _, line: f"web_1  | {line}")


def journald(text: str) -> str:
    """journalctl -u deploy."""
    return _each(text, lambda i, line: f"Jan 01 10:00:{i % 60:02} ci deploy[4242]: {line}")


def ansible_log(text: str) -> str:
    """ansible.log as log_path writes it."""
    return _each(text, lambda i, line: f"2026-01-01 10:00:{i % 60:02},123 p=123 u=me n=ansible | {line}")


def molecule(text: str) -> str:
    """molecule converge."""
    head = "INFO     default scenario test matrix: converge\nINFO     Running default > converge\n"
    return (
        head + text + "WARNING  Retrying execution failure 2 of: ansible-playbook\nCRITICAL Ansible return code was 2\n"
    )


def vagrant(text: str) -> str:
    """vagrant up."""
    return "==> default: Running provisioner: ansible...\n" + _each(text, lambda _, line: f"    default: {line}")


def numbered(text: str) -> str:
    """cat -n."""
    return _each(text, lambda i, line: f"{i + 1:6}\t{line}")


ALL: dict[str, Mangle] = {
    "wrapped at 80": wrapped(80), "wrapped at 132": wrapped(132), "colours": colours, "lost escapes": lost_escapes,
    "windows": windows, "quoted": quoted, "quoted twice": quoted_twice, "fenced": fenced, "entities": entities,
    "curly": curly, "indented": indented, "jenkins": jenkins, "jenkins short": jenkins_short, "github": github,
    "github cli": github_cli, "gitlab": gitlab, "azure": azure, "compose": compose, "journald": journald,
    "ansible.log": ansible_log, "molecule": molecule, "vagrant": vagrant, "numbered": numbered,
    "wrapped and quoted": lambda text: quoted(wrapped(80)(text)),
    "wrapped and indented": lambda text: indented(wrapped(100)(text)),
    "github, wrapped": lambda text: wrapped(120)(github(text)), "jenkins, colours": lambda text: jenkins(colours(text)),
}  # fmt: skip

ENDLESS: dict[str, Mangle] = {
    "none behind a banner": lambda text: re.sub(r"(\*{3,})\n(?=\S)", r"\1", text),
    "all on one line": lambda text: text.replace("\n", " "),
    "all in one": lambda text: text.replace("\n", ""),
}
"""Forums and chats that lose line ends."""
