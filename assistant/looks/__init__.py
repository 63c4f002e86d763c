"""What can be seen in a failure and its tasks without asking anybody: one look, one question, three values.

A look takes the evidence and gives a fact, or None when it cannot tell. `LOOKS` is all of them, by the name that
`kb/` uses. The same looks serve a failure (`diagnose`) and code that has not failed yet (`check`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assistant.looks import conditions, launches, limits, places, polls, readers, releases, untils, waits
from assistant.looks.evidence import Evidence, gather, locate
from assistant.looks.values import values
from assistant.model import Fact

Look = Callable[[Evidence], Fact | None]


def sign(evidence: Evidence) -> Fact | None:
    """The name of the sign that recognised the failure (kb/<family>/signs.yaml)."""
    match, failure = evidence.match, evidence.failure
    if match is None or failure is None:
        return None
    words = match.words or ", ".join(
        f"{name}: {evidence.result[name]}" for name in match.sign.fields if name in evidence.result
    )
    return Fact("sign", match.sign.name, words)


LOOKS: Mapping[str, Look] = {
    look.__name__: look
    for look in (
        sign,
        releases.release,
        launches.role,
        launches.launch_poll,
        launches.limit_written,
        launches.action_takes_async,
        launches.check_mode_forced,
        waits.until_reads,
        waits.wait_numbers,
        waits.wait_against_limit,
        waits.job_against_wait,
        waits.job_against_limit,
        waits.limit_seen_by_status,
        places.jid_shape,
        places.cleanup_before_wait,
        places.hosts_of_launch_and_wait,
        places.users_of_launch_and_wait,
        places.dirs_of_launch_and_wait,
        places.file_was_there,
        readers.launch_result_read,
        readers.status_result_read,
        readers.result_read,
        untils.until_form,
        untils.until_names,
        untils.undefined_in,
        untils.launch_until,
        untils.under_module,
        conditions.failed_when_reads,
        conditions.failure_hidden,
        conditions.finished_of,
        conditions.time_out_text,
        limits.limit_sign,
        limits.limit_cut,
        limits.keyword_timeout,
        limits.job_never_ends,
        polls.poll_written,
        polls.poll_against_limit,
        polls.poll_alone,
        polls.background_meant,
    )
}


def answers(look: str) -> tuple[str, ...]:
    """What a look can answer, from the head of its docstring ("same | differ: …"); () when any word is possible."""
    head, colon, _ = (LOOKS[look].__doc__ or "").partition(": ")
    words = tuple(word.strip() for word in head.split("|"))
    return words if colon and all(re.fullmatch(r"[\w' -]{1,30}", word) for word in words) else ()


__all__ = ["LOOKS", "Evidence", "Look", "answers", "gather", "locate", "values"]
