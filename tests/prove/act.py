"""One scenario from its failure to its mend: what was printed, what we said of it, and what our edit led to."""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack
from threading import Lock
from typing import Any, NamedTuple

from prove import ask
from prove.scenes import FAMILY, Scene
from prove.stage import Ran, Stage, stage
from prove.users import Guests

FORMS = {
    "minimal": {"ANSIBLE_STDOUT_CALLBACK": "minimal"},
    "oneline": {"ANSIBLE_STDOUT_CALLBACK": "oneline"},
    "yaml": {"ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml"},
}
"""Ways to print other than the default, and what asks for them."""

_TURNS: defaultdict[str, Lock] = defaultdict(Lock)
"""Whose turn it is, for the scenes that play alone."""


class Act(NamedTuple):
    """Everything that one scenario gave."""

    broken: Ran
    """The first run, or the last of several tries."""
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
    """The first of `after` with the edit applied once more."""
    left: set[str]
    """Ids of what `check` finds in the first of `after`."""


def play(scene: Scene, release: str, guests: Guests) -> Act:
    """Fail, ask, mend, pass."""
    with _TURNS[scene.cause] if scene.alone else ExitStack(), stage(scene, release, guests) as one:
        broken, before = _broken(one, scene), _read(one)
        shown = broken.text if broken.code else scene.paste
        said, found = ask.diagnose(broken.text, one.playbook), ask.check(one.playbook)
        named = ask.causes(ask.diagnose(shown, one.playbook)) if shown else []
        after = ask.edited(before, _edits(scene, named)), ask.edited(before, _fixes(scene, found))
        wanted = tuple(dict.fromkeys(text for text in after if text != before))
        mended = tuple(_run(one, text) for text in wanted)
        again, left = _ask_again(one, scene, shown, wanted[0]) if wanted else (before, set())
    return Act(broken, said, named, {finding["cause"] for finding in found}, before, wanted, mended, again, left)


def named_in(scene: Scene, release: str, form: str, guests: Guests) -> tuple[Ran, list[str]]:
    """The failing run printed in another of FORMS, and the ids of the causes that we name for it, best first."""
    with stage(scene, release, guests) as one:
        broken = one.run(**FORMS[form])
        return broken, [cause["id"] for cause in ask.causes(ask.diagnose(broken.text, one.playbook))]


def _broken(one: Stage, scene: Scene) -> Ran:
    ran = one.run()
    for _ in range(scene.tries - 1):
        if ran.code:
            break
        ran = one.run()
    return ran


def _ask_again(one: Stage, scene: Scene, shown: str, text: str) -> tuple[str, set[str]]:
    one.playbook.write_text(text, encoding="utf-8")
    named, found = ask.causes(ask.diagnose(shown, one.playbook)) if shown else [], ask.check(one.playbook)
    edits = _edits(scene, named) or _fixes(scene, found)
    return ask.edited(text, edits), {finding["cause"] for finding in found}


def _edits(scene: Scene, named: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [edit for each in named if each["id"] == f"{FAMILY}/{scene.cause}" for edit in ask.edits(each)]


def _fixes(scene: Scene, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [edit for each in found if each["cause"] == f"{FAMILY}/{scene.cause}" for edit in each["edits"]]


def _read(one: Stage) -> str:
    return one.playbook.read_text(encoding="utf-8")


def _run(one: Stage, text: str) -> Ran:
    one.playbook.write_text(text, encoding="utf-8")
    return one.run()
