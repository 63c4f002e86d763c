"""Causes and edits against real Ansible: it fails, we name the cause, our edit makes it pass.

Every scenario of `lab/async` and a few of the other families are played with the oldest and the newest ansible-core
that this Python runs (those marked slow and those on machines of their own only by `make prove`, which also plays the
releases between and newer ones). The first run installs both under `.cache/venvs`. Some scenarios make users of their
own and so need root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from base import FOLDER
from prove import steps, venvs
from prove.__main__ import is_wanted
from prove.act import Act, play
from prove.inventory import hosts
from prove.scenes import Scene, scenes, within
from prove.stage import Ran, Stage
from prove.users import guests
from prove.verdict import complaints, outcome, outcome_in_form

SAMPLE = (
    "controller/locale-not-utf8",
    "inventory/not-given",
    "resolve/handler-not-found",
    "syntax/tab-character",
    "templating/braces-in-when",
    "undefined/facts-not-gathered",
    "vault/password-missing",
)
"""Of the other families, one of each way to mend: an edit, a setting, an edit of a file that is no YAML."""
SCENES = {
    id: scene
    for id, scene in scenes().items()
    if not (scene.not_here or scene.slow or scene.machine) and (scene.family == "async" or id in SAMPLE)
}
PLAYED = [
    (cause, release)
    for cause, scene in SCENES.items()
    for release in scene.exactly or venvs.releases()
    if venvs.python_for(release)
]
SIDE_BY_SIDE = 6
Acts = Callable[[tuple[str, str]], Act]


@pytest.fixture(scope="session")
def acts(request: pytest.FixtureRequest) -> Iterator[Acts]:
    """The act of a scenario and release. All that are wanted play side by side, for they mostly sleep."""
    wanted = _wanted(request)
    for release in dict.fromkeys(release for _, release in wanted):
        venvs.ansible(release)
    with guests() as made, ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        ahead = {one: pool.submit(play, SCENES[one[0]], one[1], made) for one in wanted}
        yield lambda one: ahead[one].result()
        pool.shutdown(cancel_futures=True)


def _wanted(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    items = [item for item in request.session.items if "acts" in getattr(item, "fixturenames", ())]
    return [item.callspec.params["played"] for item in items]  # type: ignore[attr-defined]


@pytest.mark.ansible
@pytest.mark.parametrize("played", PLAYED, ids=lambda one: f"{one[0]}-{one[1]}")
def test_it_fails_is_named_and_mended(played: tuple[str, str], acts: Acts) -> None:
    cause, release = played
    act = acts(played)
    assert not list(complaints(SCENES[cause], act, venvs.exact(release))), act.broken.text


def test_every_cause_has_a_scenario_or_a_reason() -> None:
    played = {one.id for one in scenes().values() if one.not_here or one.run or "hosts:" in one.playbook}
    assert sorted(scenes().keys() - played) == []


def _ends(scene: Scene) -> list[bool]:
    """Mended by what we say, not mended for a reason, not here."""
    mended = (scene.mends or scene.by_step) and scene.mended_on == "2.0+" and not scene.not_here
    return [bool(mended), bool(scene.unmended), bool(scene.not_here)]


def test_every_cause_is_mended_by_what_we_say_or_has_a_reason() -> None:
    assert [id for id, scene in scenes().items() if _ends(scene).count(True) != 1] == []


def test_where_only_some_releases_tell_enough_the_others_count_as_named() -> None:
    id, red = "syntax/variable-in-import-path", Ran(4, "import path")
    scene = Scene(id, mends=True, in_code=False, releases="2.9+", mended_on="2.19+", unmended="no place")
    act = Act(red, {}, [{"id": id}], set(), "old", (), (), "old", set())
    assert outcome(scene, act, "2.14.18") == "named"
    assert outcome(scene, act, "2.21.5") == "failed: there is no edit"


@pytest.mark.parametrize(
    ("release", "releases", "told"),
    [
        ("2.14.18", "2.9+", True),
        ("2.8.1", "2.9+", False),
        ("2.16.19", "2.9 - 2.16", True),
        ("2.17.14", "2.9 - 2.16", False),
        ("2.14.18", "2.9 - 2.14.4", False),
        ("2.18.18", "2.18.19+", False),
        ("2.18.19", "2.18.19+", True),
        ("2.19.1", "2.18.19+", False),
        ("2.9.27", "2.9", True),
        ("2.14.18", "2.9", False),
    ],
)
def test_releases_as_entries_say_them(release: str, releases: str, told: bool) -> None:
    assert within(release, releases) is told


def test_the_verdict_names_what_does_not_hold() -> None:
    scene = Scene("async/job-id-missing", mends=True, in_code=True, releases="2.9+", shows="jid")
    id = "async/job-id-missing"
    red, green = Ran(2, "missing required arguments: jid"), Ran(0, "ok")
    good = Act(red, {"verdict": "causes"}, [{"id": id}], {id}, "old", ("new",), (green,), "new", set())
    assert outcome(scene, good, "2.19.14") == "proved"
    assert [next(complaints(scene, bad, "2.19.14")) for bad in _spoiled(good, red, green, id)] == [
        "it passes",
        "its output has no 'jid'",
        "it is taken for async/job-failed, async/job-id-missing",
        "check finds [] only",
        "there is no edit",
        "it still fails after the mend (exit code 2)",
        "a second application changes the file again",
        "check still finds it after the edit",
    ]


def test_what_a_step_tells_must_mend_it() -> None:
    scene = Scene("async/become-prompt", mends=False, in_code=False, releases="2.9+", by_step=True)
    id = "async/become-prompt"
    told = Act(
        Ran(2, "timed out"), {}, [{"id": id}], set(), "old", (), (Ran(0, "ok"),), "old", set(), how=steps.SETTING
    )
    assert outcome(scene, told, "2.19.14") == "proved"
    assert outcome(scene, told._replace(mended=()), "2.19.14") == "failed: no step tells what to do"
    late = scene._replace(releases="2.20+")
    assert outcome(late, told._replace(broken=Ran(0, "ok"), named=[], mended=()), "2.19.14") == "passes here"
    assert outcome(scene, told._replace(mended=(Ran(2, ""),)), "2.19.14").startswith("failed: it still fails")


def test_a_warning_counts_as_red_only_where_the_scene_says_so() -> None:
    id, warned = "inventory/not-given", Ran(0, "skipping: no hosts matched")
    scene = Scene(id, mends=False, in_code=False, releases="2.9+", shows="no hosts matched", unmended="…")
    act = Act(warned, {}, [{"id": id}], set(), "old", (), (), "old", set())
    assert outcome(scene, act, "2.19.14") == "failed: it passes"
    assert outcome(scene._replace(warns=True), act, "2.19.14") == "named"


def test_a_play_beside_others_never_walks_through_the_live_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(venvs, "ansible", Path)
    monkeypatch.setenv("SET_WHILE_OTHERS_PLAY", "yes")
    one = Stage(tmp_path, "2.19", scenes()["async/job-failed"], (), None)
    assert one.environment()["HOME"] == str(tmp_path / "home")
    assert "SET_WHILE_OTHERS_PLAY" not in one.environment()


def test_what_was_hidden_must_show_and_be_named() -> None:
    scene = Scene("async/hidden", mends=True, in_code=True, releases="2.9+", prints_nothing=True, uncovers="job-failed")
    hidden, shown = Ran(0, "ok"), Ran(2, "rc 1")
    good = Act(hidden, {}, [], {"async/hidden"}, "old", ("new",), (shown,), "new", set(), "", ("async/job-failed",))
    assert outcome(scene, good, "2.19.14") == "proved"
    for uncovered in ("async/job-hung", ""):
        assert outcome(scene, good._replace(uncovered=(uncovered,)), "2.19.14").startswith("failed: after the mend")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ([("async/limit-is-true", "certain")], "named"),
        ([("async/job-hung", "possible"), ("async/limit-is-true", "possible")], "asked"),
        (
            [("async/job-hung", "likely"), ("async/limit-is-true", "possible")],
            "failed: it is taken for async/job-hung, async/limit-is-true",
        ),
        ([("async/job-hung", "possible")], "failed: it is taken for async/job-hung"),
        ([], "unknown"),
    ],
)
def test_in_another_form_only_a_wrong_cause_fails(named: list[tuple[str, str]], said: str) -> None:
    scene = Scene("async/limit-is-true", mends=True, in_code=True, releases="2.9+")
    assert outcome_in_form(scene, Ran(2, ""), [[{"id": id, "confidence": sure} for id, sure in named]]) == said


STEP = """Give it more time:

```ini
[defaults]
timeout = 60
```

For one run only:

```sh
export ANSIBLE_TIMEOUT=60
ansible-playbook … -e patience=60
```
"""


def test_settings_and_options_are_taken_from_the_words_of_the_step(tmp_path: Path) -> None:
    one = Stage(tmp_path, "2.19", scenes()["async/job-failed"], (), None)
    (tmp_path / "ansible.cfg").write_text("[defaults]\nforks = 3\ntimeout = 3\n", encoding="utf-8")
    for _ in range(2):
        assert steps.carry_out(one, steps.blocks({"steps": [{"text": STEP}]})) == steps.SETTING
    assert (tmp_path / "ansible.cfg").read_text(encoding="utf-8").split("\n\n")[0].splitlines() == [
        "[defaults]",
        "forks = 3",
        "timeout = 60",
    ]
    assert (one.settings, one.options) == ({"ANSIBLE_TIMEOUT": "60"}, ("-e", "patience=60"))


def test_the_steps_that_a_scene_names_are_the_ones_done() -> None:
    cause = {"steps": [{"text": "```sh\none\n```"}, {"text": "nothing"}, {"text": "```ini\nthree\n```"}]}
    assert [text.strip() for _, text in steps.blocks(cause)] == ["one", "three"]
    assert steps.blocks(cause, (3,)) == [("ini", "three\n")]


def test_every_row_of_the_async_family_is_there() -> None:
    wanted = {id for id in FOLDER.entries if id.startswith("async/")}
    assert {id for id, scene in scenes().items() if scene.family == "async"} == wanted


@pytest.mark.parametrize(
    ("only", "wanted"),
    [
        (None, True),
        (["async"], True),
        (["job-failed"], True),
        (["async/job-failed"], True),
        (["vault", "job-hung"], False),
    ],
)
def test_a_cause_is_asked_for_by_its_name_its_id_or_its_family(only: list[str] | None, wanted: bool) -> None:
    assert is_wanted("async/job-failed", only) is wanted


def test_an_option_is_what_stands_behind_the_dots_and_a_variable_can_be_taken_away(tmp_path: Path) -> None:
    one = Stage(tmp_path, "2.19", scenes()["async/job-failed"], (), None)
    one.settings["PYTHONPATH"] = "old"
    assert steps.carry_out(one, [("sh", "ansible-galaxy collection install … --no-deps\n")]) == steps.OPTION
    assert steps.carry_out(one, [("sh", "# as you are\nunset PYTHONPATH\n")]) == steps.SETTING
    assert (one.options, one.settings["PYTHONPATH"]) == (("--no-deps",), "")


def test_names_that_a_shell_knows_are_no_words_left_open() -> None:
    assert not steps.HOLE.search('echo "$USER ALL=(ALL) NOPASSWD: ALL" | sudo EDITOR=tee visudo -f "/etc/zz-$USER"')
    assert [steps.HOLE.search(line) is None for line in ("id USER", "ssh HOST true", "kill <job id>")] == [False] * 3


def test_a_command_with_a_word_left_open_is_not_run(tmp_path: Path) -> None:
    one = Stage(tmp_path, "2.19", scenes()["async/job-failed"], (), None)
    with pytest.raises(ValueError, match="left open"):
        steps.carry_out(one, [("sh", "touch here; sudo install -d -o USER /home/USER/.ansible_async\n")])
    assert not (tmp_path / "here").exists()


def _spoiled(good: Act, red: Ran, green: Ran, id: str) -> list[Act]:
    return [
        good._replace(broken=green),
        good._replace(broken=Ran(2, "something else")),
        good._replace(named=[{"id": "async/job-failed"}, {"id": id}]),
        good._replace(found=set()),
        good._replace(after=(), mended=()),
        good._replace(mended=(red,)),
        good._replace(again="newer"),
        good._replace(left={id}),
    ]


def test_hosts_of_a_playbook_are_those_of_its_plays_and_delegations() -> None:
    playbook = "- hosts: web1:build1\n  tasks:\n    - command: id\n      delegate_to: db1\n- hosts: all\n  tasks: []\n"
    assert hosts(playbook) == ["web1", "build1", "db1"]
