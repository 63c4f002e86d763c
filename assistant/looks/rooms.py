"""Which module fills which holes of an entry, by what the tasks of a job and the launch that a paste shows tell."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from assistant.looks.values import filled
from assistant.looks.wanted import Wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.looks.evidence import Evidence

WHERE: Mapping[str, str] = {
    "pair": "register launch_task wait_task reader_task cleanup_task status_register action poll written variable",
    "numbers": "retries delay wait_seconds limit_seconds visible_seconds seconds_meant delay_needed retries_needed "
    "limit_needed retries_for_limit_needed",
    "places": "launch_host wait_host launch_user wait_user launch_results_file",
    "directories": "async_dir async_dir_of_home home_set dir_in_home_set",
    "ids": "launch_jid wrong_id_option",
    "commands": "command_in_front",
    "registers": "id_name meant_task meant_register register_to_give forgotten_task forgotten_register",
    "loops": "id_holder right_path jobs_register ended_register",
    "untils": "loop_var until_variable register_missing until_inner",
    "conditions": "early_field failed_when_guarded own_register register_to_add",
    "polls": "poll_seconds poll_needed",
    "mends": "limit_to_write retries_for_limit_to_write poll_in_place_of_wait wait_to_drop limit_for_absence "
    "delay_to_write poll_for_wait hiding_keyword until_of_command time_out_condition no_log_for_nothing module_field "
    "register_to_wait_for until_to_move register_to_keep other_register other_status_register directory_owner "
    "command_on_terminal",
    "programs": "shell_action until_written until_as_number register_to_retry answer_register answer_code",
    "targets": "place parent option_if_absent value_if_absent remote_source unsafe_writes file_action "
    "directory_to_make become_line",
    "packages": "cache_option cache_option_for_gone_file reload_option mask_option venv_option compose_command "
    "dnf_written",
}
"""The holes by the module whose `holes` fills them. It is asked, and imported, when the first of them is wanted; of two
that know the same name, the later has the word."""

_MODULES: dict[str, list[str]] = {}
for _module, _names in WHERE.items():
    for _name in _names.split():
        _MODULES.setdefault(_name, []).insert(0, _module)


def holes(evidence: Evidence, rooms: Container[str], told: Mapping[str, str], last: Mapping[str, str]) -> Wanted:
    """What is known by hole name: `last`, before what `rooms` say (some of WHERE), before `told`."""
    said: dict[str, dict[str, str]] = {}

    def find(name: str) -> str:
        if name in last:
            return last[name]
        for room in _MODULES.get(name, ()):
            if room in rooms:
                if room not in said:
                    said[room] = filled(_of(room, evidence))
                if name in said[room]:
                    return said[room][name]
        return told.get(name, "")

    return Wanted(dict.fromkeys((*told, *_MODULES, *last)), find)


def _of(room: str, evidence: Evidence) -> Iterator[tuple[str, str]]:
    found: Iterator[tuple[str, str]] = __import__(f"assistant.looks.{room}", fromlist=["holes"]).holes(evidence)
    return found
