"""One scenario from its failure to its mend: what was printed, what we said of it, and what our edit led to."""

from __future__ import annotations

from collections import defaultdict
from contextlib import AbstractContextManager, ExitStack
from threading import Lock
from typing import Any, NamedTuple

from prove import ask, machine, steps, venvs
from prove.scenes import Scene
from prove.stage import Ran, Stage, stage
from prove.users import Guests

FORMS = {
    "minimal": {"ANSIBLE_STDOUT_CALLBACK": "minimal"},
    "oneline": {"ANSIBLE_STDOUT_CALLBACK": "oneline"},
    "json": {"ANSIBLE_STDOUT_CALLBACK": "ansible.posix.json"},
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
    """The runs of those, or the one after what the steps told to do."""
    again: str
    """The first of `after` with the edit applied once more."""
    left: set[str]
    """Ids of what `check` finds in the first of `after`."""
    how: str = ""
    """What mended it when it was no edit: a command, a setting, an option."""
    uncovered: tuple[str, ...] = ()
    """What we name for the mended runs, the best of each; "" for one without failure."""


def play(scene: Scene, release: str, guests: Guests) -> Act:
    """Fail, ask, mend, pass."""
    with _TURNS[scene.id] if scene.alone else ExitStack(), _place(scene, release, guests) as one:
        broken, before = _broken(one, scene), _read(one)
        shown = broken.text if broken.code or scene.warns else scene.paste
        said, found = ask.diagnose(broken.text, one.playbook), ask.check(one.playbook)
        named = _named(one, scene, shown)
        first = Act(broken, said, named, {finding["cause"] for finding in found}, before, (), (), before, set())
        return _stepped(one, scene, first) if scene.by_step else _edited(one, scene, first, shown, found)


def _edited(one: Stage, scene: Scene, act: Act, shown: str, found: list[dict[str, Any]]) -> Act:
    after = ask.edited(act.before, _edits(scene, act.named)), ask.edited(act.before, _fixes(scene, found))
    wanted = tuple(dict.fromkeys(text for text in after if text != act.before))
    mended = tuple(_run(one, text) for text in wanted)
    again, left = _ask_again(one, scene, shown, wanted[0]) if wanted else (act.before, set())
    uncovered = tuple(_best(one, ran, text) for ran, text in zip(mended, wanted, strict=True) if scene.uncovers)
    return act._replace(after=wanted, mended=mended, again=again, left=left, uncovered=uncovered)


def _stepped(one: Stage, scene: Scene, act: Act) -> Act:
    """Twice what the steps of our cause say, for once must be enough and twice no harm; then the same playbook."""
    told = [block for cause in act.named if cause["id"] == scene.id for block in steps.blocks(cause, scene.steps)]
    if not told:
        return act
    how = [steps.carry_out(one, told) for _ in range(2)]
    return act._replace(mended=(one.run(),), how=how[0])


def _best(one: Stage, ran: Ran, text: str) -> str:
    """The first cause that we name for a run of this playbook."""
    one.playbook.write_text(text, encoding="utf-8")
    return next((cause["id"] for cause in ask.causes(ask.diagnose(ran.text, one.playbook))), "") if ran.code else ""


def named_in(scene: Scene, release: str, form: str, guests: Guests) -> tuple[Ran, list[list[dict[str, Any]]]]:
    """The failing run printed in another of FORMS, and for each failure in it the causes that we name, best first."""
    with _place(scene, release, guests) as one:
        settings = {**FORMS[form], **({"ANSIBLE_COLLECTIONS_PATH": str(venvs.collections())} if form == "json" else {})}
        broken = _broken(one, scene, **settings)
        failures = _answered(one, scene, broken.text)["failures"]
        return broken, [failure["causes"] for failure in failures if not failure["within"]]


def _place(scene: Scene, release: str, guests: Guests) -> AbstractContextManager[Stage]:
    return machine.booted(scene, release) if scene.machine else stage(scene, release, guests)


def _broken(one: Stage, scene: Scene, **settings: str) -> Ran:
    ran = one.run(**settings)
    for _ in range(scene.tries - 1):
        if ran.code:
            break
        ran = one.run(**settings)
    return ran


def _named(one: Stage, scene: Scene, shown: str) -> list[dict[str, Any]]:
    """The causes of all failures, best first."""
    return ask.causes(_answered(one, scene, shown)) if shown else []


def _answered(one: Stage, scene: Scene, shown: str) -> dict[str, Any]:
    """Our diagnosis for somebody who answers what we ask, and nothing that we do not ask."""
    given: list[str] = []
    while True:
        said = ask.diagnose(shown, one.playbook, *given)
        more = [answer for answer in scene.answers if answer.partition("=")[0] in ask.questions(said)]
        if not more:
            return said
        given += ["--answer", more[0]]


def _ask_again(one: Stage, scene: Scene, shown: str, text: str) -> tuple[str, set[str]]:
    one.playbook.write_text(text, encoding="utf-8")
    named, found = _named(one, scene, shown), ask.check(one.playbook)
    edits = _edits(scene, named) or _fixes(scene, found)
    return ask.edited(text, edits), {finding["cause"] for finding in found}


def _edits(scene: Scene, named: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [edit for each in named if each["id"] == scene.id for edit in ask.edits(each)]


def _fixes(scene: Scene, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [edit for each in found if each["cause"] == scene.id for edit in each["edits"]]


def _read(one: Stage) -> str:
    return one.playbook.read_text(encoding="utf-8")


def _run(one: Stage, text: str) -> Ran:
    one.playbook.write_text(text, encoding="utf-8")
    return one.run()
