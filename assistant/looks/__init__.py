"""What can be seen in a failure and its tasks without asking anybody: one look, one question, three values.

A look takes the evidence and gives a fact, or None when it cannot tell. `LOOKS` is all of them, by the name that
`kb/` uses. The same looks serve a failure (`diagnose`) and code that has not failed yet (`check`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from assistant.looks.evidence import Evidence, gather, locate
from assistant.model import Fact

Look = Callable[[Evidence], Fact | None]

WHERE: Mapping[str, str] = {
    "releases": "release",
    "launches": "role launch_poll limit_written action_takes_async check_mode_forced",
    "waits": "until_reads wait_numbers wait_against_limit job_against_wait job_against_limit limit_seen_by_status",
    "places": "cleanup_before_wait hosts_of_launch_and_wait users_of_launch_and_wait file_was_there",
    "directories": "dirs_of_launch_and_wait file_looked_for",
    "readers": "launch_result_read status_result_read result_read",
    "untils": "until_form in_loop until_names condition_in until_of_job launch_until under_module",
    "conditions": "failed_when_reads failure_hidden finished_of time_out_text result_named",
    "limits": "limit_sign limit_cut keyword_timeout job_never_ends limit_is_true",
    "polls": "poll_written poll_against_limit poll_alone background_meant",
    "ids": "jid_shape id_from_launch jid_given",
    "jobs": "stage fields_of_module poll_answer job_printed job_wants_terminal",
    "commands": "job_detaches relied_on_later hidden",
    "around": "async_stands background launch_condition launch_ignores",
    "registers": "launch_register register_kept jid_owner",
    "loops": "id_read loop_condition loop_order",
    "broken": "yaml_fault statements key_refused",
    "inventories": "inventory_fault inventory_read extra_vars_met",
    "programs": "command_words code_answers tried_again retries_alone until_against_number",
    "targets": "link_source runs_as_root place_of_root archive_kind",
    "names": "name_kind facts_gathered name_set goes_to_name",
    "attributes": "attribute_of skip_shown",
    "wordings": "condition_words",
    "stops": "stop_of_play said_by_action ends_for_all hosts_left_out",
    "printed": "launch_seen item_failed result_above tasks_above retried_after_launch",
    "connections": "answered_before password_given waits_for",
    "privileges": "becomes module_printed module_ships module_raised syntax_error_in",
    "nearest": "module_wanted filter_wanted plugin_skipped cfg_ignored support_denied option_named",
    "galaxy": "galaxy_wants galaxy_warned galaxy_source",
    "network": "through_proxy port_of_url",
    "packages": "dnf_failures unit_scope container_module",
}
"""The looks by the module they stand in; a module is imported when the first of its looks is wanted, because a
bare paste needs few of them and a cold start has 40 ms."""


def sign(evidence: Evidence) -> Fact | None:
    """The name of the sign that recognised the failure (kb/<family>/signs.yaml)."""
    match, failure = evidence.match, evidence.failure
    if match is None or failure is None:
        return None
    words = match.words or ", ".join(
        f"{name}: {evidence.result[name]}" for name in match.sign.fields if name in evidence.result
    )
    return Fact("sign", match.sign.name, words)


class _Looks(Mapping[str, Look]):
    """All looks by name."""

    def __init__(self) -> None:
        self._where = {look: module for module, looks in WHERE.items() for look in looks.split()}
        self._read: dict[str, Look] = {"sign": sign}

    def __getitem__(self, name: str) -> Look:
        if name not in self._read:
            self._read[name] = getattr(__import__(f"assistant.looks.{self._where[name]}", fromlist=[name]), name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(("sign", *self._where))

    def __len__(self) -> int:
        return len(self._where) + 1


LOOKS: Mapping[str, Look] = _Looks()


def answers(look: str) -> tuple[str, ...]:
    """What a look can answer, from the head of its docstring ("same | differ: …"); () when any word is possible."""
    head, colon, _ = (LOOKS[look].__doc__ or "").partition(": ")
    words = tuple(word.strip() for word in head.split("|"))
    return words if colon and all(re.fullmatch(r"[\w' -]{1,30}", word) for word in words) else ()


__all__ = ["LOOKS", "WHERE", "Evidence", "Look", "answers", "gather", "locate"]
