"""Requests that fail: whether they went by a proxy, to what port; what a fix may write into the task."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.looks.evidence import ABSENT, Evidence, literal, text_of
from assistant.looks.releases import at_least
from assistant.model import Fact, Task

URL = re.compile(
    r"(?P<scheme>https?)://(?:[^/@\s'\"]{1,200}@)?(?P<host>\[[0-9a-fA-F:.]{2,50}\]|[^/:\s'\"{}]{1,253})(?::(?P<port>\d{1,5}))?(?=[/?#]|$)"
)
USUAL = {"http": "80", "https": "443"}
"""The ports that an address need not name."""
DONE = ("201", "202", "203", "204", "206", "304")
"""Answers that are no failure, and that uri takes for one unless status_code names them."""


def through_proxy(evidence: Evidence) -> Fact | None:
    """yes | no | not by the play: whether the failed request had to go by a proxy that task, blocks or play set.

    Python's urllib reads http_proxy and https_proxy by the scheme of the address, in small letters first, and leaves
    out what no_proxy lists (module_utils/urls.py). Without the play nothing is known: the variable may stand there.
    What the host has by itself (/etc/environment, the shell of a local play) is not seen.
    """
    task, url = evidence.task, _url(evidence)
    if task is None or evidence.file is None or not url:
        return None
    if literal(task.args.get("use_proxy", ABSENT), bool) is False:
        return Fact("through_proxy", "no", "use_proxy: false", task.span, task.path)
    return _by_environment(evidence, task, url)


def _by_environment(evidence: Evidence, task: Task, url: re.Match[str]) -> Fact | None:
    from assistant.plays import environment_in_force

    held = environment_in_force(task)
    if "" in held:
        return None
    name = f"{url['scheme']}_proxy"
    proxy = held.get(name) or held.get(name.upper())
    if proxy is None:
        whole = evidence.file is not None and evidence.file.kind == "playbook"
        return Fact("through_proxy", "not by the play", f"no {name} is set in the play") if whole else None
    if literal(proxy, str) == "":
        return Fact("through_proxy", "no", f"{name} is empty")
    spared = held.get("no_proxy") or held.get("NO_PROXY")
    if spared is not None and literal(spared, str) is None:
        return None
    if spared is not None and _spares(str(spared.value), url["host"]):
        return Fact("through_proxy", "no", f"no_proxy has {url['host']}")
    span = proxy.node.span if proxy.node else task.span
    return Fact("through_proxy", "yes", f"{name}: {text_of(proxy)}"[:120], span, task.path)


def _spares(listed: str, host: str) -> bool:
    """Whether no_proxy leaves the host out: whole names or the end of one; `*` leaves out all."""
    names = [name.strip().lstrip(".").lower() for name in listed.split(",") if name.strip()]
    return any(name == "*" or host.lower() == name or host.lower().endswith(f".{name}") for name in names)


def port_of_url(evidence: Evidence) -> Fact | None:
    """own | usual: whether the address that was asked names a port of its own, not 80 or 443.

    What is asked at a port of its own is mostly inside, where no proxy leads; an address outside is asked at the
    usual ports, and a refusal then may well be the proxy's.
    """
    url = _url(evidence)
    if not url:
        return None
    own = url["port"] not in (None, USUAL[url["scheme"]])
    return Fact("port_of_url", "own" if own else "usual", f"the address is {url[0]}")


def _url(evidence: Evidence) -> re.Match[str] | None:
    """The address that was asked, from the result, else as the task has it."""
    task = evidence.task
    options = [task.args.get(name, ABSENT) for name in ("url", "src", "repo")] if task else []
    written = next((text for value in options if (text := literal(value, str))), "")
    for text in (str(evidence.result.get("url", "")), str(written)):
        found = URL.match(text)
        if found:
            return found
    return None


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The address in its parts, the status of the answer, and what a fix may write into the failed task."""
    url, result = _url(evidence), evidence.result
    caught = evidence.match.holes if evidence.match else {}
    yield "url_host", caught.get("server", "")
    yield "url_port", caught.get("server_port", "")
    if url:
        yield "url_host", url["host"]
        yield "url_port", url["port"] or USUAL[url["scheme"]]
    yield "url", str(result.get("url", ""))[:200]
    status = next((str(result[key]) for key in ("status", "status_code") if str(result.get(key, "")).isdigit()), "")
    yield "status", status
    module = evidence.task.module if evidence.task else ""
    yield "status_option", "status_code" if module == "uri" and status in DONE else ""
    yield "statuses", f"200,{status}" if status in DONE else ""
    newer = at_least(evidence, (2, 12))
    yield "host_key_option", ("accept_newhostkey" if newer else "accept_hostkey") if module == "git" else ""
