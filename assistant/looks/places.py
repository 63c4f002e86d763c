"""Where launch and wait look for the job's file: host, user, directory, and what came between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.looks.evidence import ABSENT, Evidence, home_of, literal, text_of
from assistant.looks.waits import span
from assistant.model import Fact, Span, Task, Value

LOCAL = ("localhost", "127.0.0.1", "::1")


def _pair(evidence: Evidence) -> tuple[Task, Task] | None:
    """The launch, and the wait (or clean-up) looked at."""
    wait = evidence.wait
    return (evidence.launch, wait) if evidence.launch and wait else None


def cleanup_before_wait(evidence: Evidence) -> Fact | None:
    """yes | twice | no: whether mode: cleanup removed the job's file before this look. Unknown behind a `when`.

    "twice": this one is a clean-up too, and waits for nothing.
    """
    pair = _pair(evidence)
    if pair is None or evidence.job is None:
        return None
    launch, wait = pair
    before = [c for c in evidence.job.cleanups if launch.index < c.index < wait.index and c.play == wait.play]
    if not before:
        return Fact("cleanup_before_wait", "no", "no clean-up stands between launch and wait")
    if all(c.get("when").state != "absent" for c in before):
        return None
    place = span(before[0].args.get("mode", ABSENT)) or before[0].action_span
    return Fact(
        "cleanup_before_wait",
        "twice" if wait in evidence.job.cleanups else "yes",
        f"“{before[0].name or 'mode: cleanup'}” removes the job's file before the wait",
        place,
        wait.path,
    )


def hosts_of_launch_and_wait(evidence: Evidence) -> Fact | None:
    """same | differ: whether both tasks run on one host (the arrow in the paste, delegate_to, run_once, hosts)."""
    pair = _pair(evidence)
    if pair is None:
        return _hosts_told(evidence)
    launch, wait = pair
    here, there = _delegate(launch), _delegate(wait)
    place = span(there) or span(here) or wait.action_span
    if here.state == there.state == "absent":
        return _run_once(launch, wait, evidence)
    if text_of(here) == text_of(there) or _is_play_host(here, there, launch):
        return Fact("hosts_of_launch_and_wait", "same", "both tasks are delegated alike", place, evidence.path)
    if here.state == "unknown" and there.state == "unknown":
        return None
    names = [text_of(value) or "the play's host" for value in (here, there)]
    reason = f"the launch runs on {names[0]}, the wait looks on {names[1]}"
    return Fact("hosts_of_launch_and_wait", "differ", reason, place, evidence.path)


def _hosts_told(evidence: Evidence) -> Fact | None:
    """What "changed: [web1 -> db1]" of the launch and the headline of the failure say."""
    jid, looked = evidence.result.get("ansible_job_id"), evidence.failure.ran_on if evidence.failure else ""
    launches = [seen for seen in evidence.failure.seen if seen.kind == "launch"] if evidence.failure else []
    made = next((seen.ran_on for seen in reversed(launches) if seen.result.get("ansible_job_id") == jid), "")
    if not looked or not made:
        return None
    reason = f"the launch ran on {made}, the wait on {looked}"
    return Fact("hosts_of_launch_and_wait", "same" if looked == made else "differ", reason)


def _delegate(task: Task) -> Value:
    """delegate_to; that of the play's own host is as good as none."""
    value = task.get("delegate_to")
    return ABSENT if re.fullmatch(r"\{\{\s*inventory_hostname\s*\}\}", text_of(value).strip()) else value


def _is_play_host(one: Value, other: Value, task: Task) -> bool:
    """True when the one delegation that is written names the only host of the play anyway."""
    hosts = text_of(task.get("hosts"))
    written = text_of(one) or text_of(other)
    absent = "absent" in (one.state, other.state)
    return absent and bool(hosts) and (hosts == written or (hosts in LOCAL and written in LOCAL))


def _run_once(launch: Task, wait: Task, evidence: Evidence) -> Fact | None:
    once, everywhere = launch.get("run_once"), wait.get("run_once")
    if once.state == "unknown" or everywhere.state == "unknown":
        return None
    differ = once.value is True and everywhere.value is not True and text_of(launch.get("hosts")) not in LOCAL
    reason = "the launch has run_once, the wait runs on every host" if differ else "neither task is delegated"
    return Fact(
        "hosts_of_launch_and_wait",
        "differ" if differ else "same",
        reason,
        span(once) or wait.action_span,
        evidence.path,
    )


def users_of_launch_and_wait(evidence: Evidence) -> Fact | None:
    """same | differ: whether both tasks run as one user, by the homes in the paste or by become in the tasks."""
    told, pair = _homes(evidence), _pair(evidence)
    if told and told.value == "differ" and pair and user_of(pair[0]) and user_of(pair[0]) == user_of(pair[1]):
        return told._replace(value="same", because=f"both tasks run as {user_of(pair[0])}, though {told.because}")
    if told:
        return told
    if pair is None or _shared_dir(*pair):
        return (
            None
            if pair is None
            else Fact("users_of_launch_and_wait", "same", "both use one absolute ansible_async_dir")
        )
    launch, wait = pair
    one, other = user_of(launch), user_of(wait)
    if one is None or other is None:
        same = all(text_of(launch.get(k)) == text_of(wait.get(k)) for k in ("become", "become_user", "remote_user"))
        return Fact("users_of_launch_and_wait", "same", "become is written alike on both") if same else None
    place = span(wait.get("become")) or span(wait.get("become_user")) or wait.action_span
    if one == other:
        return Fact("users_of_launch_and_wait", "same", f"both run as {one}", place, evidence.path)
    return Fact(
        "users_of_launch_and_wait", "differ", f"the launch runs as {one}, the wait as {other}", place, evidence.path
    )


SAID_BY = {
    "users_of_launch_and_wait": ("become", "become_user", "remote_user"),
    "hosts_of_launch_and_wait": ("delegate_to", "run_once"),
}
"""The keywords that these looks compare."""


def written_on(task: Task, look: str) -> Iterator[Span]:
    """Where it is written, for one of the two tasks, what a look of SAID_BY compares."""
    places = (span(task.get(keyword)) for keyword in SAID_BY.get(look, ()))
    return (place for place in places if place is not None)


def user_of(task: Task) -> str | None:
    """The user a task runs as, in words; None when a variable decides it."""
    become, user, remote = (task.get(key) for key in ("become", "become_user", "remote_user"))
    if become.state == "unknown" or (become.value in (True, "yes", "true") and user.state == "unknown"):
        return None
    if become.known and become.value in (True, "yes", "true"):
        return str(user.value) if user.known else "root"
    return None if remote.state == "unknown" else str(remote.value) if remote.known else "the connecting user"


def _homes(evidence: Evidence) -> Fact | None:
    """What the results_file of launch and wait say, when the paste shows both (-v, or a job id in both)."""
    looked, made = str(evidence.result.get("results_file", "")), made_file(evidence)
    if not looked or not made or home_of(looked) == "" or home_of(made) == "":
        return None
    one, other = home_of(made), home_of(looked)
    hosts = hosts_of_launch_and_wait(evidence)
    if one != other and (hosts is None or hosts.value != "same"):
        return None  # another home may as well be another host's
    reason = f"the launch wrote {made}, the wait read {looked}"
    return Fact("users_of_launch_and_wait", "same" if one == other else "differ", reason)


def made_file(evidence: Evidence) -> str:
    """The results_file that the launch reported for this job id, "" when the paste does not show it.

    A loop over the launches shows each as the item of the failure.
    """
    jid = evidence.result.get("ansible_job_id")
    item = evidence.result.get(str(evidence.result.get("ansible_loop_var", "item")))
    for result in [*([item] if isinstance(item, Mapping) else []), *reversed(evidence.seen("launch"))]:
        if result.get("ansible_job_id") == jid and result.get("results_file"):
            return str(result["results_file"])
    return ""


def _shared_dir(launch: Task, wait: Task) -> bool:
    """True when both name the same absolute directory: then homes do not matter."""
    from assistant.plays import vars_in_force

    one, other = (text_of(vars_in_force(task).get("ansible_async_dir", ABSENT)) for task in (launch, wait))
    return one == other and one.startswith("/")


def file_was_there(evidence: Evidence) -> Fact | None:
    """yes | no: whether the wait had found the job's file before.

    An until that reads its own result ends at the first look that finds no file, because that result says
    finished; so more than one attempt means that earlier looks found it. An until that reads something else may
    have used up all its tries without ever finding one. A line ASYNC POLL … finished=0 of the same task says it too.
    """
    attempts = evidence.result.get("attempts") if _ended_early(evidence) else None
    before = evidence.failure.seen if evidence.failure else ()
    looks = [seen.text for seen in before if seen.kind == "poll" and "finished=" in seen.text]
    if looks:
        return Fact("file_was_there", "yes", looks[-1])
    if isinstance(attempts, int) and attempts > 1:
        return Fact(
            "file_was_there", "yes", f"attempts: {attempts}, so {attempts - 1} earlier looks had found the file"
        )
    return None


def _ended_early(evidence: Evidence) -> bool:
    """True when the until came to its end before its tries did: by what it reads, or by the tries that were left."""
    from assistant.looks.waits import until_reads

    reads = until_reads(evidence)
    if reads is not None:
        return reads.value == "own result"
    return bool(evidence.failure and evidence.failure.retries and evidence.failure.retries[-1] > 1)


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Where and as whom launch and wait run, and the file that the launch told."""
    yield from zip(("launch_host", "wait_host"), _host_names(evidence), strict=True)
    yield from zip(("launch_user", "wait_user"), _user_names(evidence), strict=True)
    yield "launch_results_file", made_file(evidence)


def _host_names(evidence: Evidence) -> tuple[str, str]:
    """Where launch and wait run, in words, for the texts."""
    pair = _pair(evidence)
    if pair is None:
        return "", ""
    return tuple(literal(_delegate(t), str) or text_of(_delegate(t)) or "the play's host" for t in pair)  # type: ignore[return-value]


def _user_names(evidence: Evidence) -> tuple[str, str]:
    """As whom launch and wait run, in words, for the texts; "" for what is not known."""
    looked, made = str(evidence.result.get("results_file", "")), made_file(evidence)
    if looked and made and home_of(looked) and home_of(made):
        return home_of(made), home_of(looked)
    pair = _pair(evidence)
    return (user_of(pair[0]) or "", user_of(pair[1]) or "") if pair else ("", "")
