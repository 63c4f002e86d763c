"""A launch, its wait and its clean-up, and what a look answers at one of them."""

from __future__ import annotations

from textwrap import dedent

from assistant.looks import LOOKS, Evidence, gather
from assistant.model import Failure
from assistant.plays import read

LAUNCH = """\
- name: Start
  ansible.builtin.command: /opt/job
  async: 600
  poll: 0
  register: job
"""
WAIT = """\
- name: Wait
  ansible.builtin.async_status:
    jid: "{{ job.ansible_job_id }}"
  register: result
  until: result is finished
  retries: 10
  delay: 3
"""
CLEAN = """\
- name: Forget
  ansible.builtin.async_status:
    jid: "{{ job.ansible_job_id }}"
    mode: cleanup
"""


def look(name, text="", at="Wait", /, hints=None, **failure) -> str:
    """The answer of a look at the task named `at`, "unknown" when it has none; `failure`: fields of a Failure."""
    fact = LOOKS[name](evidence_at(text, at, hints, **failure))
    return fact.value if fact else "unknown"


def evidence_at(text="", at="Wait", /, hints=None, **failure) -> Evidence:
    """What a look sees; without `text` the paste alone, without fields of a failure the tasks alone."""
    file = read("site.yml", dedent(text)) if text else None
    found = next((t for t in file.tasks if t.name == at), None) if file else None
    return gather(Failure(**failure) if failure else None, file, found, hints=hints or {})
