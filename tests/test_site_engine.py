"""How the paste box is put together: modules to one script, words to an index; what is said when node is missing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from box_page import served
from calls import call

from assistant import kb
from assistant.front.site import engine, modules, programs
from assistant.front.site.assets import fingerprint
from assistant.front.site.places import Places, SiteError, found

pytestmark = pytest.mark.slow  # seconds: for the whole suite


def site(folder: Path, **scripts: str) -> Path:
    """A `site/` folder with these modules of the box."""
    (folder / "scripts" / "box").mkdir(parents=True)
    for name, text in scripts.items():
        (folder / "scripts" / "box" / f"{name}.js").write_text(text)
    return folder


def test_modules_become_one_script_each_after_what_it_imports(tmp_path: Path) -> None:
    places = site(
        tmp_path,
        box='import { one } from "./first.js";\nimport { two, three } from "./second.js";\none(two, three);\n',
        first='import { two } from "./second.js";\nexport function one() {\n  return two;\n}\n',
        second="export const two = 2;\nexport async function three() {}\n",
    )
    script = modules.box(places).decode()
    assert "import" not in script and "export" not in script
    assert script.index("const two") < script.index("function one") < script.index("one(two, three)")
    assert script.startswith('"use strict";\n(() => {')


@pytest.mark.parametrize(
    ("scripts", "complaint"),
    [
        ({"box": 'import { a } from "./a.js";\n', "a": 'import { b } from "./box.js";\n'}, "box.js → a.js → box.js"),
        ({"box": 'import all from "./a.js";\n'}, 'cannot be put into one script: import all from "./a.js";'),
        ({"box": "export default 3;\n"}, "cannot be put into one script: export default 3;"),
    ],
)
def test_what_cannot_be_one_script_is_named(tmp_path: Path, scripts: dict[str, str], complaint: str) -> None:
    with pytest.raises(SiteError, match="site/scripts/box") as raised:
        modules.box(site(tmp_path, **scripts))
    assert complaint in str(raised.value)


def test_every_message_of_the_base_can_be_guessed() -> None:
    base = kb.load()
    head, _, rest = modules.guess(base, found().kb).decode().partition(" = ")
    index = json.loads(rest.removesuffix(";\n"))
    assert head == "window.ansibleWhyGuess"
    rare = {row[0] for page in index["messages"] for row in [*page.get("said", []), *page.get("fields", [])]}
    assert rare <= {sign.word.removeprefix("field:") for sign in base.signs}
    assert {cause for row in index["messages"] for cause in row["causes"]} == set(index["titles"])
    assert "FAILED" in index["example"]["paste"] and "async:" in index["example"]["task"]


def test_without_node_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SiteError, match=r"npm is missing.*apt-get install nodejs npm"):
        engine.engine(found(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_a_registry_it_says_so_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    with pytest.raises(SiteError) as raised:
        engine.engine(found(), tmp_path / "cache")
    said = str(raised.value)
    assert re.fullmatch(
        r"Pyodide cannot be fetched with npm \(.*ECONNREFUSED.*\); see that npm reaches .*--no-engine", said
    )


@pytest.mark.slow
def test_a_damaged_cache_is_told_in_one_line(tmp_path: Path) -> None:
    places = found()
    wanted = [(places.site / name).read_bytes() for name in ("package.json", "package-lock.json")]
    (tmp_path / f"npm-{fingerprint(*wanted)}" / "pyodide").mkdir(parents=True)
    with pytest.raises(SiteError) as raised:
        engine.engine(places, tmp_path)
    said = str(raised.value)
    assert said.startswith("the engine cannot be compiled (Error [ERR_MODULE_NOT_FOUND]: Cannot find module ")
    assert said.endswith(f"and remove {tmp_path} before the next try, or leave the paste box out with --no-engine")
    assert "\n" not in said


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SiteError, match=r"file/cache: the paste box cannot be made \(Not a directory\); remove "):
        engine.engine(found(), tmp_path / "file" / "cache")


@pytest.mark.slow
def test_the_command_ends_with_2_and_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "npm").write_text("#!/bin/sh\n")  # may not be run
    monkeypatch.setattr(Places, "cache", tmp_path / "cache")
    called = call("site", "build", "--out", tmp_path / "out", PATH=str(tmp_path))
    assert (called.status, called.out, called.err.count("\n")) == (2, "", 1)
    assert called.err.startswith("ansible-why: npm cannot be run (Permission denied): the paste box is made with node")
    assert not (tmp_path / "out").exists()


PYTHON = """\
not in the browser: tkinter
Traceback (most recent call last):
  File "<exec>", line 12, in bundle
KeyError: 'name'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "<exec>", line 9, in needed
ModuleNotFoundError: No module named 'assistant.front.box'

"""
NODE = """\
file:///srv/site/engine/compress.mjs:9
    throw new RangeError("Array buffer allocation failed");
    ^

RangeError: Array buffer allocation failed
    at file:///srv/site/engine/compress.mjs:9:11
    at ModuleJob.run (node:internal/modules/esm/module_job:218:25)

Node.js v18.20.4
"""


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("", ""),
        ("\n \n", ""),
        ("Killed\n", "Killed"),
        (PYTHON, "ModuleNotFoundError: No module named 'assistant.front.box'"),
        (NODE, "RangeError: Array buffer allocation failed"),
        ('{\n  "error": {\n    "code": "EX",\n    "summary": "no space left"\n  }\n}\n', "no space left"),
        ("x" * 1000, "x" * 300 + " …"),
    ],
)
def test_of_what_a_program_printed_the_reason_is_told(printed: str, why: str) -> None:
    assert programs.reason(printed) == why


def test_what_is_packed_already_is_sent_so(tmp_path: Path) -> None:
    (tmp_path / "engine.wasm").write_bytes(b"as it is")
    (tmp_path / "engine.wasm.br").write_bytes(b"packed")
    with served(tmp_path) as address:
        for takes, sent in (("gzip, br", ("br", b"packed")), ("identity", (None, b"as it is"))):
            asked = Request(f"{address}engine.wasm", headers={"Accept-Encoding": takes})
            with urlopen(asked) as answer:
                assert (answer.headers["Content-Encoding"], answer.read()) == sent
                assert answer.headers["Content-Type"] == "application/wasm"
