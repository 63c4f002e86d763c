"""Made-up pastes, playbooks, logs and bases; every call gives the same bytes."""

from __future__ import annotations

import json
import random
import textwrap
from collections.abc import Iterator
from pathlib import Path

PASTE = """\
PLAY [shop] ********************************************************************

TASK [Start the stocktake] *****************************************************
changed: [till]

TASK [Wait for the stocktake] **************************************************
FAILED - RETRYING: [till]: Wait for the stocktake (2 retries left).
FAILED - RETRYING: [till]: Wait for the stocktake (1 retries left).
fatal: [till]: FAILED! => {"ansible_job_id": "j102456657787.20408", "attempts": 2, "changed": false, "finished": 0, \
"results_file": "/home/shop/.ansible_async/j102456657787.20408", "started": 1, "stderr": "", "stdout": ""}

PLAY RECAP *********************************************************************
till                       : ok=1    changed=1    unreachable=0    failed=1    skipped=0    rescued=0    ignored=0
"""

PLAYBOOK = """\
---
- name: Count the stock
  hosts: shop
  gather_facts: false
  tasks:
    - name: Start the stocktake
      ansible.builtin.command: /usr/local/bin/stocktake --all
      async: 600
      poll: 0
      changed_when: true
      register: stocktake

    - name: Wait for the stocktake
      ansible.builtin.async_status:
        jid: "{{ stocktake.ansible_job_id }}"
      register: counted
      until: counted is finished
      retries: 2
      delay: 1
"""

_TASKS = """\
    - name: Install package {n}
      ansible.builtin.package:
        name: tool-{n}
        state: present
      become: true

    - name: Write settings {n}
      ansible.builtin.template:
        src: settings-{n}.j2
        dest: /etc/tool-{n}.conf
        owner: root
        mode: "0644"
      when: tool_{n}_enabled | default(true)
      notify: Restart tool {n}

"""


def playbooks(folder: Path, count: int) -> None:
    """`count` playbooks of about 100 lines: everyday tasks, and the wait that is too short, once in each."""
    folder.mkdir(parents=True)
    for number in range(count):
        tasks = "".join(_TASKS.format(n=number * 100 + each) for each in range(5))
        start, launch = PLAYBOOK.split("    - name: Start", 1)
        (folder / f"play-{number:03}.yml").write_text(f"{start}{tasks}    - name: Start{launch}", encoding="utf-8")


def long_playbook(lines: int) -> str:
    """One playbook of at least so many lines: ten everyday tasks, then a job whose wait is too short, over and over."""
    head, job = PLAYBOOK.split("    - name: Start", 1)
    pieces, count = [head], 0
    while sum(piece.count("\n") for piece in pieces) < lines:
        everyday = "".join(_TASKS.format(n=count * 10 + each) for each in range(5 if lines > 100 else 0))
        names = job.replace("stocktake", f"stocktake_{count}").replace("counted", f"counted_{count}")
        pieces.append(f"{everyday}    - name: Start{names}\n")
        count += 1
    return "".join(pieces)


def word(number: int) -> str:
    """A word of letters that no other number has."""
    letters = ""
    for _ in range(5):
        number, place = divmod(number, 26)
        letters += chr(ord("a") + place)
    return f"zq{letters}"


def message(number: int) -> str:
    """What synthetic cause `number` prints, the holes open."""
    return f"the {word(number)} of {{thing:quoted}} was refused after {{tries:number}} tries"


def base(folder: Path, count: int) -> None:
    """A `kb/` folder with `count` synthetic causes in one family."""
    family = folder / "synthetic"
    family.mkdir(parents=True)
    folder.joinpath("tree.yaml").write_text("families:\n  - synthetic\n", encoding="utf-8")
    signs = "".join(f'sign {n}:\n  - message: "{message(n)}"\n    releases: "2.9 - 2.21"\n' for n in range(count))
    family.joinpath("signs.yaml").write_text(signs, encoding="utf-8")
    cases = "".join(f"  sign {n}: {word(n)}\n" for n in range(count))
    family.joinpath("tree.yaml").write_text(f"look: sign\ncases:\n{cases}", encoding="utf-8")
    for number in range(count):
        family.joinpath(f"{word(number)}.md").write_text(_entry(number), encoding="utf-8")


def _entry(number: int) -> str:
    printed = _filled(message(number), "'thing'", "3")
    return textwrap.dedent(f"""\
        ---
        title: Synthetic cause {number}
        releases: "2.9 - 2.21"
        trust: show
        ---
        # What you see
        The {word(number)} was refused.
        # Why
        It is made up.
        # Fix
        1. Nothing to do.
        # Check it worked
        It cannot.
        # Prevent it
        Do not measure.
        # Examples
        ```paste
        fatal: [a]: FAILED! => {{"msg": "{printed}"}}
        ```
        ```unlike none
        fatal: [a]: FAILED! => {{"msg": "something else"}}
        ```
        """)


def patterns(count: int) -> str:
    """The same causes as extended regular expressions, one a line, for grep -E -f."""
    lines = (message(number) for number in range(count))
    return "".join(_filled(line, "'[^']*'", "-?[0-9]+") + "\n" for line in lines)


def _filled(line: str, thing: str, tries: str) -> str:
    return line.replace("{thing:quoted}", thing).replace("{tries:number}", tries)


def log(path: Path, megabytes: int, failing: float, causes: int) -> None:
    """A log of a large run; the share `failing` of its lines are failures of `causes` different causes."""
    chance = random.Random(7)
    with path.open("wb") as out:
        written = 0
        while written < megabytes * 1_000_000:
            piece = "".join(_plays(chance, failing, causes)).encode()
            written += out.write(piece)


def _plays(chance: random.Random, failing: float, causes: int) -> Iterator[str]:
    for number in range(500):
        yield f"\nTASK [role-{number % 40} : Step {chance.randrange(10**6)} of the rollout] {'*' * 40}\n"
        for host in range(40):
            if chance.random() < failing:
                said = _filled(message(chance.randrange(causes)), "'shop'", "3")
                result = json.dumps({"changed": False, "msg": said, "rc": 1})
                yield f"fatal: [web{host:03}.example.org]: FAILED! => {result}\n"
            else:
                item = f" => (item=tool-{chance.randrange(1000)}, state=present)" if chance.random() < 0.5 else ""
                yield f"{chance.choice(('ok', 'ok', 'changed'))}: [web{host:03}.example.org]{item}\n"
