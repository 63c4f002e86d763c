"""What the paste box's worker calls: the command line's JSON, and words as trees that no paste can turn into links."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from calls import EXAMPLES, IGNORED, call

import lab
from assistant.front.box import Box
from assistant.front.box.prose import MAX_DEPTH, NAMES, tree
from assistant.front.forms.picture import picture
from assistant.model import Bar


@pytest.fixture(scope="module")
def box() -> Box:
    return Box()


def names(nodes: list[Any]) -> Iterator[str]:
    """The names of all elements of a tree."""
    for node in nodes:
        if isinstance(node, list):
            yield node[0]
            yield from names(node[1:])


def links(nodes: list[Any]) -> list[Any]:
    """All links of a tree."""
    lists = [node for node in nodes if isinstance(node, list)]
    return [node for node in lists if node[0] == "a"] + [link for node in lists for link in links(node[1:])]


def depth(nodes: list[Any]) -> int:
    return max((1 + depth(node[1:]) for node in nodes if isinstance(node, list)), default=0)


def text(nodes: list[Any]) -> str:
    return "".join(node if isinstance(node, str) else text(node[1:]) for node in nodes)


@pytest.mark.parametrize(
    "markdown",
    [
        "[come](https://evil.example/)",
        "[come](javascript:alert(1))",
        "<https://evil.example/>",
        "![x](https://evil.example/x.png)",
        "[come][a]\n\n[a]: https://evil.example/",
    ],
)
def test_what_was_pasted_into_a_hole_makes_no_link(markdown: str) -> None:
    said = tree(
        f"The job {markdown} ended. See [the page](https://docs.example/).", "See [the page](https://docs.example/)."
    )
    assert {node[1] for node in links(said)} <= {"https://docs.example/"}
    assert ["a", "https://docs.example/", "the page"] in links(said) or markdown.startswith("[come][a]")
    assert set(names(said)) <= {"p", "a", "em"}


@pytest.mark.parametrize(
    "markup", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "a <b> c"]
)
def test_markup_stays_words(markup: str) -> None:
    said = tree(f"**Bold** and {markup}", "")
    assert list(names(said)) == ["p", "strong"]
    assert text(said) == "Bold and " + markup.replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize("tower", ["> " * 3000, "- " * 3000, "*" * 3000 + "a" + "*" * 3000, "[" * 3000])
def test_no_towers_of_elements(tower: str) -> None:
    said = tree(f"{tower}job", "")
    assert depth(said) <= 2 * MAX_DEPTH
    json.dumps(said)


def test_prose_as_a_tree() -> None:
    assert tree("# Then\n\nSet `async: 60` in *both*:\n\n- one\n- two\n\n```yaml\nasync: 60\n```\n", "") == [
        ["h4", "Then"],
        ["p", "Set ", ["code", "async: 60"], " in ", ["em", "both"], ":"],
        ["ul", ["li", "one"], ["li", "two"]],
        ["pre", "async: 60\n"],
    ]


@pytest.mark.slow
def test_every_element_of_the_base_has_a_name_that_the_page_makes(box: Box) -> None:
    for id, entry in box.base.entries.items():
        for part in (*entry.sections.values(), *entry.steps):
            assert set(names(tree(part, part))) <= NAMES, id


@pytest.mark.parametrize("name", ["backup", "migrate", "index"])
def test_the_answer_is_that_of_the_command_line(box: Box, name: str) -> None:
    paste, task = ((EXAMPLES / f"{name}.{ending}").read_text() for ending in ("log", "yml"))
    ours = json.loads(box.answer(paste.encode(), "", "{}"))
    assert ours["diagnosis"] == json.loads(call("--format", "json", given=paste).out)
    both = json.loads(box.answer(paste.encode(), task, "{}"))["diagnosis"]
    assert any(step["diff"] for failure in both["failures"] for step in failure["causes"][0]["steps"])


def both(paste: str, task: str) -> list[str]:
    """One text of the two: before, behind, in fences, and with words around."""
    return [f"{paste}\n{task}", f"{task}\n{paste}", f"Ran:\n```yaml\n{task}```\nand got\n```\n{paste}```\n"]


@pytest.mark.parametrize("name", ["backup", "migrate", "index"])
def test_one_field_takes_both(box: Box, name: str) -> None:
    paste, task = ((EXAMPLES / f"{name}.{ending}").read_text() for ending in ("log", "yml"))
    apart = json.loads(box.answer(paste.encode(), task, "{}"))
    named = [failure["causes"] for failure in apart["diagnosis"]["failures"]]
    assert any(step["diff"] for causes in named for step in causes[0]["steps"])
    for text in both(paste, task):
        together = json.loads(box.answer(memoryview(text.encode()), "", "{}"))  # as JavaScript gives it
        assert together["task"].strip() == task.strip()
        assert [failure["causes"] for failure in together["diagnosis"]["failures"]] == named


def test_code_alone_is_told_what_is_missing(box: Box) -> None:
    task = (EXAMPLES / "backup.yml").read_text()
    for paste, code in ((task, ""), ("", task)):
        found = json.loads(box.answer(paste.encode(), code, "{}"))
        assert found["diagnosis"]["verdict"] == "not-ansible"
        assert found["told"]["nothing"].startswith("This is code, and no failure.")
    assert json.loads(box.answer(b"hello", "", "{}"))["told"]["nothing"].startswith("This does not look like")


@pytest.mark.slow
def test_output_alone_is_never_taken_for_code(box: Box) -> None:
    for run in lab.runs():
        if (run.release, run.form) in (("2.9", "default"), ("2.21", "yaml")):
            assert json.loads(box.answer(run.text.encode(), "", "{}"))["task"] == "", run.name


def test_an_answer_counts_as_on_the_command_line(box: Box) -> None:
    asked = 0
    for run in lab.runs():
        if run.release != "2.21" or run.fixed or asked == 5:
            continue
        found = json.loads(box.answer(run.text.encode(), "", "{}"))["diagnosis"]
        questions = [failure["question"] for failure in found["failures"] if failure["question"]]
        if questions and asked < 5:
            asked += 1
            said = {questions[0]["key"]: questions[0]["answers"][0]}
            theirs = call("--answer", "=".join(*said.items()), "--format", "json", given=run.text).out
            assert json.loads(box.answer(run.text.encode(), "", json.dumps(said)))["diagnosis"] == json.loads(theirs)
    assert asked == 5


@pytest.mark.parametrize("answers", ["[]", "{}", '{"role": 1}', '{"nobody asked": "x"}', "[" * 20_000])
def test_answers_that_nobody_asked_for_do_no_harm(box: Box, answers: str) -> None:
    paste = (EXAMPLES / "backup.log").read_bytes()
    assert box.answer(paste, "", answers) == box.answer(paste, "", "{}")


def test_what_was_ignored_is_offered_and_taken_in_when_asked_for(box: Box) -> None:
    task = (EXAMPLES / "backup.yml").read_text()
    sound = json.loads(box.answer((EXAMPLES / "sound.log").read_bytes(), "", "{}"))
    assert (sound["diagnosis"]["verdict"], sound["told"]["spared"]) == ("no-failure", "")
    for paste, code in ((IGNORED, ""), (IGNORED, task), (f"{IGNORED}\n{task}", "")):
        unasked = json.loads(box.answer(paste.encode(), code, "{}"))
        assert (unasked["diagnosis"]["verdict"], unasked["diagnosis"]["failures"]) == ("no-failure", [])
        assert unasked["told"]["spared"] == "Name the cause of the failure that was ignored or rescued, too"
        asked = json.loads(box.answer(paste.encode(), code, '{"ignored failures": "shown"}'))
        [failure] = asked["diagnosis"]["failures"]
        assert (failure["spared"], failure["causes"][0]["id"]) == ("ignored", "async/wait-shorter-than-job")
        assert asked["told"]["spared"] == ""
    theirs = call("--format", "json", "--ignored", given=IGNORED).out
    ours = box.answer(IGNORED.encode(), "", '{"ignored failures": "shown"}')
    assert json.loads(ours)["diagnosis"] == json.loads(theirs)


@pytest.mark.slow
def test_deep_json_is_refused_and_not_read(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    # In the browser a RecursionError of the JSON reader is the end of the interpreter, so it must never come to that.
    longest = []
    real = json.loads
    monkeypatch.setattr(json, "loads", lambda text, **more: longest.append(text.count("[")) or real(text, **more))
    for deep in ("[" * 100_000, "fatal: [web1]: FAILED! => " + "[" * 100_000, 'x | FAILED! => {"a": ' + "[" * 100_000):
        box.answer(deep.encode(), deep, "{}")
        box.answer(deep.encode(), "", "{}")
    assert max(longest) < 200


def test_what_a_link_carries_has_no_secrets(box: Box) -> None:
    paste, task = json.loads(box.redacted("db_password: hunter2\n", "vars:\n  api_token: abc\x1b[2Jdef\n"))
    assert "hunter2" not in paste and "abc" not in task and "\x1b" not in task
    assert paste.startswith("db_password: ")


def test_a_drawing_needs_two_bars_that_can_be_compared() -> None:
    job = Bar("job", 60, "may run 60 s")
    for bars in ((), (job,), (job, Bar("wait", float("inf"), "")), (Bar("job", 0, ""), Bar("wait", 0, ""))):
        assert picture(bars) is None
    drawn = picture((job, Bar("<wait>", 15, "gives up after 15 s")))
    assert drawn is not None
    assert drawn[1]["aria-label"] == "job: may run 60 s; <wait>: gives up after 15 s"
    widths = [part[1]["width"] for part in drawn[2:] if part[0] == "rect"]
    assert widths == ["97.00%", "24.25%"]


UNKNOWN = """\
TASK [Turn the wheel] *****
fatal: [web1]: FAILED! => {"changed": false, "cmd": "zorble --now", "msg": "the wheel broke\\nagain", "rc": 3, \
"stderr": "no such wheel"}
"""


def test_without_a_cause_the_page_is_told_what_the_report_says(box: Box) -> None:
    found = json.loads(box.answer(UNKNOWN.encode(), "- name: Turn the wheel\n  command: zorble --now\n", "{}"))
    told = found["told"]["failures"][0]["unknown"]
    assert (told["message"], told["code"], told["mark"]["start"]) == ("the wheel broke\nagain", "task.yml", [2, 3])
    assert told["fields"] == [["rc", "3"], ["cmd", "zorble --now"], ["stderr", "no such wheel"]]
    for said in (told["message"], told["keep"], *(text for field in told["fields"] for text in field)):
        assert said in found["report"]
    alone = json.loads(box.answer(UNKNOWN.encode(), "", "{}"))["told"]["failures"][0]["unknown"]
    assert (alone["mark"], alone["more"]) == (None, " and the file with the task")


def test_the_words_of_all_but_the_first_cause_stay_where_they_are(box: Box) -> None:
    found = json.loads(box.answer((EXAMPLES / "backup.log").read_bytes(), "", "{}"))
    several = [at for at, failure in enumerate(found["diagnosis"]["failures"]) if len(failure["causes"]) > 1]
    assert several and all(len(found["told"]["failures"][at]["causes"]) == 1 for at in several)
