"""How the paste box is put together: modules to one script, words to an index; what is said when node is missing."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from box_page import served

from assistant import kb
from assistant.front.site import engine, modules
from assistant.front.site.places import SiteError, found


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
    assert {row["words"][0] for row in index["messages"]} <= {sign.word.removeprefix("field:") for sign in base.signs}
    assert {cause for row in index["messages"] for cause in row["causes"]} == set(index["titles"])
    assert "FAILED" in index["example"]["paste"] and "async:" in index["example"]["task"]


def test_without_node_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SiteError, match=r"npm is missing.*apt-get install nodejs npm"):
        engine.engine(found(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_packed_already_is_sent_so(tmp_path: Path) -> None:
    (tmp_path / "engine.wasm").write_bytes(b"as it is")
    (tmp_path / "engine.wasm.br").write_bytes(b"packed")
    with served(tmp_path) as address:
        for takes, sent in (("gzip, br", ("br", b"packed")), ("identity", (None, b"as it is"))):
            asked = Request(f"{address}engine.wasm", headers={"Accept-Encoding": takes})
            with urlopen(asked) as answer:
                assert (answer.headers["Content-Encoding"], answer.read()) == sent
                assert answer.headers["Content-Type"] == "application/wasm"
