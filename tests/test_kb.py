"""Mistakes in the base are all named at once, each by its place and its mend."""

from __future__ import annotations

import json
from mmap import mmap
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from assistant import kb, paste
from assistant.diagnose import diagnose
from assistant.kb import BaseError
from assistant.kb.compile import check_folder, compile_folder
from assistant.kb.holes import complete, fill, markdown

ENTRY = """\
---
title: The kettle is empty
releases: 2.9+
---
# What you see
No steam from {host|the kettle}.
# Why
Nobody filled it.
# Fix
1. Fill it.
# Check it worked
Look.
# Prevent it
Fill it at night.
# Examples
```paste
fatal: [tea]: FAILED! => {"msg": "kettle dry"}
```
```unlike none
fatal: [tea]: FAILED! => {"msg": "kettle cold"}
```
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound little base."""
    home = tmp_path / "kb"
    (home / "tea").mkdir(parents=True)
    (home / "tree.yaml").write_text("families: [tea]\n")
    (home / "tea" / "tree.yaml").write_text("look: sign\ncases:\n  no water: kettle-empty\n")
    (home / "tea" / "signs.yaml").write_text("no water:\n  - message: kettle dry\n")
    (home / "tea" / "kettle-empty.md").write_text(ENTRY)
    return home


def test_a_sound_base_has_no_mistakes_and_reads_back(folder: Path):
    assert check_folder(str(folder)) == []
    base = kb.Base(compile_folder(str(folder)))
    entry = base.entries["tea/kettle-empty"]
    assert entry.title == "The kettle is empty"
    assert entry.steps == ("Fill it.",)
    assert entry.plain("What you see") == "No steam from the kettle."
    assert base.known("oh: kettle dry!")
    assert not base.known("kettle wet")


def test_a_leaf_may_be_an_entry_of_another_family(folder: Path):
    """One message with causes in two families: the tree of the first names both."""
    (folder / "tree.yaml").write_text("families: [cups, tea]\n")
    (folder / "cups").mkdir()
    fork = '{key: cup, ask: "Is it a cup?", cases: {"yes": broken, "no": tea/kettle-empty}}'
    (folder / "cups" / "tree.yaml").write_text("look: sign\ncases:\n  no water: " + fork + "\n")
    (folder / "cups" / "signs.yaml").write_text("no water:\n  - message: kettle dry\n")
    (folder / "cups" / "broken.md").write_text(ENTRY)
    base = kb.Base(compile_folder(str(folder)))
    found = diagnose(paste.read('fatal: [tea]: FAILED! => {"msg": "kettle dry"}'), base, answers={"cup": "no"}).findings
    assert [cause.id for cause in found[0].causes] == ["tea/kettle-empty"]
    assert found[0].refuted[0].causes == ("cups/broken",)


@pytest.mark.parametrize(
    ("file", "old", "new", "mistake"),
    [
        (
            "tea/tree.yaml",
            "look:",
            "loook:",
            'kb/tea/tree.yaml:1: unknown key "loook"; expected one of ask, cases, else',
        ),
        ("tea/tree.yaml", "sign", "sigh", 'kb/tea/tree.yaml:1: unknown look "sigh"'),
        (
            "tea/tree.yaml",
            "look: sign",
            "look: role",
            'unknown answer of role "no water"; expected one of cleanup, launch',
        ),
        ("tea/tree.yaml", "kettle-empty", "kettle-gone", 'leaf "kettle-gone" has no entry tea/kettle-gone.md'),
        ("tea/tree.yaml", "kettle-empty", "cups/broken", 'leaf "cups/broken" has no entry cups/broken.md'),
        (
            "tea/tree.yaml",
            "kettle-empty",
            "kettle-empty\n  no water: unknown",
            'kb/tea/tree.yaml:4: "no water" stands twice',
        ),
        ("tea/tree.yaml", "kettle-empty", "{key: full, cases: {a: kettle-empty}}", 'no fork asks for "full"'),
        ("tea/tree.yaml", "look: sign", "look: sign\nusual: y", 'kb/tea/tree.yaml:2: unknown case "y"'),
        ("tea/signs.yaml", "kettle dry", "it is {a} or {b} now", "has no rare word"),
        ("tea/signs.yaml", "kettle dry", "kettle {a} then {b} then", "more than one open hole"),
        (
            "tea/signs.yaml",
            "kettle dry",
            "kettle {a:wurd}",
            'unknown kind of hole "wurd"; expected one of number, quoted, word',
        ),
        ("tea/signs.yaml", "message", "massage", 'kb/tea/signs.yaml:2: unknown key "massage"'),
        ("tea/kettle-empty.md", "title: The kettle is empty\n", "", '"title" is missing'),
        ("tea/kettle-empty.md", "# Why\n", "# Wherefore\n", "the headings are"),
        ("tea/kettle-empty.md", "1. Fill it.", "Fill it.", '"Fix" has no numbered steps'),
        ("tea/kettle-empty.md", "{host|the kettle}", "{host}", "hole {host} has no words to fall back on"),
        ("tea/kettle-empty.md", "```unlike none", "```unlick none", 'unknown kind of example "unlick"'),
        ("tea/kettle-empty.md", "releases: 2.9+", "releases: 2.9+\nfix: [{paint: {}}]", 'unknown fix "paint"'),
        (
            "tea/kettle-empty.md",
            "releases: 2.9+",
            "releases: 2.9+\ncode: {smell: bad}\nfinding: x",
            'unknown look "smell"',
        ),
        (
            "tea/kettle-empty.md",
            "releases: 2.9+",
            "releases: 2.9+\ntrust: blind",
            'kb/tea/kettle-empty.md:4: unknown trust "blind"',
        ),
        ("tea/kettle-empty.md", "---\n# What", "see: [tea/cup]\n---\n# What", '"see" names tea/cup'),
        ("tree.yaml", "[tea]", "[tea]\nredirects: {tea/old: tea/older}", "redirect tea/old"),
        ("tree.yaml", "families", "family", 'kb/tree.yaml:1: unknown key "family"'),
    ],
)
def test_a_mistake_is_named_by_place_and_mend(folder: Path, file: str, old: str, new: str, mistake: str):
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert mistake in "\n".join(check_folder(str(folder)))


PATTERN = """\
---
title: Tea for two
releases: 2.9+
see: [tea/kettle-empty]
---
# When
At five.
# How
```yaml playbook
- hosts: tea
```
# Why
Because.
# Mind
The milk.
"""


def test_entries_say_on_which_releases_they_were_proved(folder: Path):
    def entry() -> kb.Entry:
        return kb.Base(compile_folder(str(folder))).entries["tea/kettle-empty"]

    assert entry().proved == ""
    outcomes = {
        "2.19": ("proved", "2.19.14", "2026-11-20"),
        "2.17": ("passes here", "2.17.14", "2026-11-30"),
        "2.18": ("failed: it passes", "2.18.19", "2026-11-30"),
        "2.14.4": ("named", "2.14.4", "2026-11-22"),
        "2.9": ("proved", "2.9.27", "2026-11-20"),
    }
    (folder.parent / "lab").mkdir()
    played = {key: dict(zip(("outcome", "ansible", "date"), one, strict=True)) for key, one in outcomes.items()}
    (folder.parent / "lab" / "proved.json").write_text(json.dumps({"tea/kettle-empty": played}))
    # What was run, to the patch level: 2.14.18 says nothing of 2.14.4, nor 2.9 and 2.19 of what is between them.
    assert entry().proved == "2.9.27, 2.14.4, 2.19.14 (2026-11-20 to 2026-11-22)"


def test_a_pattern_is_an_entry_with_a_playbook(folder: Path):
    (folder / "tea" / "patterns").mkdir()
    (folder / "tea" / "patterns" / "two.md").write_text(PATTERN)
    assert check_folder(str(folder)) == []
    entry = kb.Base(compile_folder(str(folder))).entries["tea/patterns/two"]
    assert (entry.kind, entry.family, list(entry.sections)) == ("pattern", "tea", ["When", "How", "Why", "Mind"])
    (folder / "tea" / "patterns" / "two.md").write_text(PATTERN.replace("yaml playbook", "yaml"))
    assert "a pattern has one" in check_folder(str(folder))[0]


def test_all_mistakes_come_at_once(folder: Path):
    (folder / "tea" / "tree.yaml").write_text("loook: sign\ncases: {a: nobody}\n")
    (folder / "tea" / "signs.yaml").write_text("x:\n  - massage: y\n")
    with pytest.raises(BaseError) as error:
        compile_folder(str(folder))
    assert len(str(error.value).splitlines()) >= 4


def test_a_missing_base_says_so(tmp_path: Path):
    with pytest.raises(BaseError, match="is missing"):
        kb.load(str(tmp_path / "nothing.jsonl"))


def test_a_file_that_is_no_base_says_so(tmp_path: Path):
    (tmp_path / "x").write_text("hello\n")
    with pytest.raises(BaseError, match="cannot be read"):
        kb.load(str(tmp_path / "x"))


def test_a_changed_source_is_compiled_anew(folder: Path):
    assert kb.load(str(folder)).entries["tea/kettle-empty"].title == "The kettle is empty"
    path = folder / "tea" / "kettle-empty.md"
    path.write_text(path.read_text().replace("is empty", "ran dry"))
    assert kb.load(str(folder)).entries["tea/kettle-empty"].title == "The kettle ran dry"
    assert len(list((folder.parent / ".cache").glob("kb-*.jsonl"))) == 1


def test_holes_are_filled_once_and_jinja_is_left_alone():
    assert fill("{a} {b|else} {{ c }} {{c}}", {"a": "{b}", "c": "x"}) == "{b} else {{ c }} {{c}}"
    assert fill("{name: {a|NAME}} {name: {b|NAME}} {{a|NAME}}", {"a": "web"}) == "{name: web} {name: NAME} {{a|NAME}}"
    assert complete("{a|x} {edit}", {}) and not complete("{a}", {})


TEXT = """\
In **{task|the task}** of {host|the host} do `run {command|it} {{ {register|job}.rc }}` {edit} twice:

1. {path|a file} first:

   ```sh
   cat {path|/x} ```
   {path|/x} -l
   ```
"""


@pytest.mark.parametrize(
    "value", ["Copy *.conf", "_x_ and `id`", "<b>[x](y)</b>", "a\n\nb", "``` and ~~~", "1. one", "{task} {{ y }} &lt;"]
)
def test_values_in_markdown_are_words_code_and_lines_of_code(value: str):
    known = dict.fromkeys(("task", "host", "command", "register", "path"), value)
    tokens = [part for one in MarkdownIt().parse(markdown(TEXT, known, edit="")) for part in one.children or [one]]
    said = " ".join(value.split())
    assert [one.content for one in tokens if one.type == "code_inline"] == [f"run {said} {{{{ {said}.rc }}}}"]
    assert [one.content for one in tokens if one.type == "fence"] == [f"cat {said} ```\n{said} -l\n"]
    assert [one.type for one in tokens if one.type in ("em_open", "link_open", "heading_open")] == []
    words = "".join(one.content for one in tokens if one.type.startswith("text"))
    assert words == f"In {said} of {said} do   twice:{said} first:"


def test_without_values_markdown_is_as_it_is_written():
    assert markdown("**{a|b *c*}** `{d}` `` ` `` {edit}", {}) == "**b *c*** `{d}` `` ` `` {edit}"


def test_the_compiled_file_has_a_head_four_indexes_and_a_line_for_each_sign_tree_and_entry(folder: Path):
    written = compile_folder(str(folder)).splitlines()
    assert written.pop(2) == b"0000000000"  # where the one sign begins
    head, words, entries, _, *lines = map(json.loads, written)
    assert head["families"] == [*head["trees"]] == ["tea"]
    assert [*entries] == ["tea/kettle-empty"]
    assert [*words.values()] == [[0]]
    assert lines[0][:2] == ["tea", "no water"]
    assert lines[1]["look"] == "sign"
    assert lines[2]["id"] == "tea/kettle-empty"


def test_an_entry_is_found_by_its_whole_id_alone(folder: Path):
    base = kb.Base(compile_folder(str(folder)))
    assert "tea/kettle-empty" in base.entries
    for other in ("kettle-empty", "tea/kettle", "tea/kettle-empt", "", '"', "tea/kettle-empty\n"):
        assert other not in base.entries, other
    assert [*base.entries] == ["tea/kettle-empty"] and len(base.entries) == 1


def test_a_compiled_file_is_mapped_and_an_empty_one_is_one_clear_error(folder: Path, tmp_path: Path):
    place = tmp_path / "kb.jsonl"
    place.write_bytes(compile_folder(str(folder)))
    assert isinstance(kb.compiled_bytes(str(place)), mmap)
    assert kb.load(str(place)).entries["tea/kettle-empty"].title == "The kettle is empty"
    place.write_bytes(b"")
    with pytest.raises(BaseError, match="cannot be read"):
        kb.load(str(place))


def test_a_sign_and_a_tree_are_read_only_when_they_are_wanted(folder: Path):
    data = compile_folder(str(folder))
    at = data.index(b'["tea"', data.index(b"\n"))
    base = kb.Base(data[:at] + b"?" + data[at + 1 :])
    assert base.entries["tea/kettle-empty"].title
    assert list(base.find_all(("cold coffee",), {}, "", "")) == []
    with pytest.raises(ValueError):
        base.signs[0]
