"""What a paste tells of the run: release, bounds of the release, check mode, callback; each with its reason."""

from __future__ import annotations

from collections.abc import Mapping

from assistant import redact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _number(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".") if part.isdigit())


class Hints:
    """Collects hints; a narrower bound wins over a wider one, the first reason stays otherwise."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.ended = False
        """True from "NO MORE HOSTS LEFT" to the next play."""
        self.well = set[str]()
        """The hosts on which something of the running play did well."""

    def set(self, key: str, value: str, because: str) -> None:
        """Note a hint unless the paste said it before."""
        if key not in self.found:
            self.found[key] = value
            self.found[f"{key} because"] = because.strip()[:200]

    def at_least(self, release: str, because: str) -> None:
        """The run was made with this release or a later one."""
        if _number(release) > _number(self.found.get("at_least", "0")):
            self.found.pop("at_least", None)
            self.set("at_least", release, because)

    def at_most(self, release: str, because: str) -> None:
        """The run was made with this release or an earlier one."""
        if _number(release) < _number(self.found.get("at_most", "99")):
            self.found.pop("at_most", None)
            self.set("at_most", release, because)

    def banner(self, line: str) -> None:
        """`PLAY [web] [CHECK MODE] ***`, printed with check_mode_markers."""
        if " [CHECK MODE]" in line:
            self.set("check_mode", "yes", line.rstrip(" *"))
        elif line.startswith("NO MORE HOSTS LEFT"):
            self.ended = True

    def play(self) -> None:
        """A play begins, or a batch of one (serial)."""
        self.ended = False
        self.well = set()

    def recap(self, stopped: Mapping[str, int]) -> None:
        """The recap, as how many tasks stopped each host: hosts of the last play were left out where nothing failed
        on them, and yet none was left (any_errors_fatal, max_fail_percentage: plugins/strategy/linear.py)."""
        left_out = sorted(host for host in self.well if stopped.get(host, 1) == 0)
        if self.ended and left_out:
            words = f"NO MORE HOSTS LEFT, though nothing failed on {', '.join(left_out[:5])}"
            self.set("hosts_left_out", "yes", words)

    def error(self, text: str, origin: bool) -> None:
        """An error outside of a result."""
        if origin or text.startswith("Task failed"):
            self.at_least("2.19", "[ERROR]: " + text.partition("\n")[0])
        elif " appears to be in '" in text:
            self.at_most("2.18", "The error appears to be in")

    def retry(self, line: str, host: bool) -> None:
        """A RETRYING line names the host since 2.12; "(0 retries left)" is 2.21's count."""
        if host:
            self.at_least("2.12", line)
        else:
            self.at_most("2.11", line)
        if "(0 retries left)" in line:
            self.at_least("2.21", line)

    def result(self, result: Mapping[str, Any], line: str) -> None:
        """`finished` is true/false since 2.19, 1/0 before; `async_result` is there since 2.12, and so are
        results_file, stdout and stderr in every answer of async_status (modules/async_status.py)."""
        poll = result.get("async_result")
        if isinstance(poll, dict):
            self.at_least("2.12", "async_result")
            self.result(poll, line)
        finished = result.get("finished")
        if isinstance(finished, bool) and "ansible_job_id" in result:
            self.at_least("2.19", f"finished: {str(finished).lower()}")
        elif isinstance(finished, int) and "ansible_job_id" in result:
            self.at_most("2.18", f"finished: {finished}")
        looked = (
            finished == 0 and "attempts" in result and "ansible_job_id" in result and result.get("changed") is False
        )
        if looked and not {"results_file", "stdout"} & result.keys():
            self.at_most("2.11", "a running job's status without results_file and stdout")
        elif looked and {"results_file", "stdout"} <= result.keys():
            self.at_least("2.12", "a running job's status with results_file and stdout")
        self._message(result.get("msg"))

    def _message(self, said: Any) -> None:
        if not isinstance(said, str):
            return
        if said == "async task produced unparsable results":
            self.at_least("2.19", said)
        elif said.startswith("Task failed: "):
            self.at_least("2.19", said.partition("\n")[0])
        elif " appears to be in '" in said:
            self.at_most("2.18", "The error appears to be in")

    def clean(self) -> dict[str, str]:
        """All hints, free of secrets and control characters."""
        return {key: redact.text(redact.controls(text))[0] for key, text in self.found.items()}
