"""One scenario from its failure to its mend: what was printed, what we said of it, and what our edit led to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from prove import ask, venvs
from prove.stage import Ran, Stage, stage
from prove.users import second_user


class Act(NamedTuple):
    """Everything that one scenario gave."""

    broken: Ran
    """The first run."""
    said: dict[str, Any]
    """Our diagnosis of what it printed."""
    named: list[dict[str, Any]]
    """The causes that we named for the failure, best first."""
    found: set[str]
    """Ids of what `check` found in the playbook."""
    before: str
    after: tuple[str, ...]
    """The playbook as changed by the diagnosis and, when it has an edit, by `check`; equal ones once."""
    mended: tuple[Ran, ...]
    """The runs of those."""
    again: str
    """The first of `after` with the diagnosis' edit applied once more."""
    left: set[str]
    """Ids of what `check` finds in the first of `after`."""


def play(cause: str, release: str, arguments: tuple[str, ...] = (), paste: str = "") -> Act:
    """Fail, ask, mend, pass.

    `arguments` go to ansible-playbook. `paste` is asked about where the run itself passes on this release.
    """
    with _stage(cause, release, arguments) as one:
        broken, before = one.run(), _read(one)
        shown = broken.text if broken.code else paste
        said, named, found = _ask(one, broken.text, shown)
        after = _changed(before, _edits(cause, named)), _changed(before, _fixes(cause, found))
        wanted = tuple(dict.fromkeys(text for text in after if text != before))
        mended = tuple(_run(one, text) for text in wanted)
        again, left = _ask_again(one, cause, shown, wanted[0]) if wanted else (before, set())
    ids = {finding["cause"] for finding in found}
    return Act(broken, said, named, ids, before, wanted, mended, again, left)


@contextmanager
def _stage(cause: str, release: str, arguments: tuple[str, ...]) -> Iterator[Stage]:
    if cause != "status-as-other-user":
        with stage(cause, release, *arguments) as one:
            yield one
        return
    with second_user("why-till") as python, stage(cause, release, "-e", f"ansible_python_interpreter={python}") as one:
        yield one


def _ask(one: Stage, printed: str, shown: str) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    said = ask.diagnose(printed, one.playbook)
    named = said if shown == printed else ask.diagnose(shown, one.playbook)
    return said, ask.causes(named), ask.check(one.playbook)


def _ask_again(one: Stage, cause: str, shown: str, text: str) -> tuple[str, set[str]]:
    one.playbook.write_text(text, encoding="utf-8")
    named = ask.causes(ask.diagnose(shown, one.playbook))
    return _changed(text, _edits(cause, named)), {finding["cause"] for finding in ask.check(one.playbook)}


def _edits(cause: str, named: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [edit for each in named if each["id"] == f"async/{cause}" for edit in ask.edits(each)]


def _fixes(cause: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [edit for each in found if each["cause"] == f"async/{cause}" for edit in each["edits"]]


def _changed(text: str, edits: list[dict[str, Any]]) -> str:
    return ask.edited(text, edits)


def _read(one: Stage) -> str:
    return one.playbook.read_text(encoding="utf-8")


def _run(one: Stage, text: str) -> Ran:
    one.playbook.write_text(text, encoding="utf-8")
    return one.run()


def installed() -> tuple[str, str]:
    """The releases to play on, both ready."""
    for release in venvs.releases():
        venvs.ansible(release)
    return venvs.releases()
