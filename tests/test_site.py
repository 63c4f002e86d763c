"""The site: what must not be published first, then what stands on the pages, then what is written."""

from __future__ import annotations

import gzip
import json
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from calls import PROGRAM, ROOT, call, surroundings
from site_sample import CAUSES, quiet, sample

from assistant import kb
from assistant.about import SITE, url
from assistant.front.site import build, clients, families, finding, forks, links, pictures, prose, serve, signs, weight
from assistant.front.site.assets import Assets
from assistant.front.site.forks import Labels
from assistant.front.site.headers import POLICY
from assistant.front.site.places import SiteError, found
from assistant.front.site.render import Page, Renderer
from assistant.front.site.serve import Server
from assistant.front.site.writing import MANIFEST, write
from assistant.model import Bar

QUICK = build.Options(engine=False, search=False)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All text files of the small site."""
    rendered = build.render(sample(tmp_path_factory.mktemp("sample")), quiet, QUICK)
    return {path: data.decode() for path, data in rendered.items() if not path.endswith(".png")}


def text(html: str) -> str:
    """What a person reads of a page, in one line."""
    body = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def pages(files: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((path, html) for path, html in files.items() if path.endswith(".html"))


# --- what must not be published ----------------------------------------------------------------------


@pytest.mark.slow
def test_a_link_that_leads_nowhere_fails_the_build_and_nothing_is_written(tmp_path: Path) -> None:
    places = sample(tmp_path / "from")
    (places.site / "words" / "about.md").write_text("# About\n\nSee [this](../gone/) and [that](../causes/#nowhere).\n")
    with pytest.raises(SiteError) as error:
        build.build(places, tmp_path / "to", quiet, QUICK)
    told = str(error.value).splitlines()
    assert [re.sub(r":\d+:", ":", line) for line in told] == [
        "about/index.html: ../gone/ leads nowhere (there is no gone/index.html)",
        "about/index.html: ../causes/#nowhere leads nowhere (there is no #nowhere in causes/index.html)",
    ]
    assert not (tmp_path / "to").exists()


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ('<a href="b.html">', "a.html:1: b.html leads nowhere (there is no b.html)"),
        ('<a href="#x">', "a.html:1: #x leads nowhere (there is no #x in a.html)"),
        ('<p>\n<img src="/pic.png">', "a.html:2: /pic.png leads nowhere (there is no pic.png)"),
        ('<i id="x"><b id="x">', 'a.html:1: the id "x" stands twice'),
        ('<a href="javascript:alert(1)">', "a.html:1: javascript:alert(1) leads nowhere (scheme javascript)"),
        ('<a href="http://example.org/">', "a.html:1: http://example.org/ leads nowhere (scheme http)"),
        ('<a href="../up/">', "a.html:1: ../up/ leads nowhere (there is no ../up/index.html)"),
    ],
)
def test_a_wrong_link_is_named_by_place(html: str, problem: str) -> None:
    assert links.problems({"a.html": html.encode()}, "/") == [problem]


@pytest.mark.parametrize(
    "html",
    ['<a href="a.html#x"><i id="x">', '<a href="./">', '<a href="/f/?q=1#">', '<a href="https://example.org/#x">'],
)
def test_a_sound_link_is_no_problem(html: str) -> None:
    assert links.problems({"a.html": html.encode(), "index.html": b"", "f/index.html": b""}, "/") == []


@pytest.mark.parametrize(
    ("html", "loaded"),
    [
        ('<script src="https://cdn.example/x.js">', "https://cdn.example/x.js"),
        ('<img src="//example.org/x.png">', "//example.org/x.png"),
        ('<link rel="stylesheet" href="https://example.org/x.css">', "https://example.org/x.css"),
    ],
)
def test_what_would_be_loaded_from_elsewhere_is_named(html: str, loaded: str) -> None:
    assert links.problems({"a.html": html.encode()}, "/") == [f"a.html:1: loads {loaded} from elsewhere"]
    assert links.problems({"a.html": b'<a href="https://a.b/"><link rel="canonical" href="https://x.y/">'}, "/") == []


def test_a_page_over_the_limit_is_named() -> None:
    noise = "".join(f"{number * 7919 % 100003:05d}" for number in range(60_000)).encode()
    held = {"a.html": b'<script src="assets/x.js"></script>', "assets/x.js": noise, "b.html": b"<p>"}
    assert [line.partition(":")[0] for line in weight.too_heavy(held)] == ["a.html"]


def test_nothing_runs_or_is_dressed_inside_a_page(files: dict[str, str]) -> None:
    for path, html in pages(files):
        assert not re.search(r"<script(?![^>]*\bsrc=)", html), path
        assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", html), path
        assert f'content="{POLICY}"'.replace("'", "&#39;") in html, path


def test_no_hole_and_no_mark_of_an_edit_shows(files: dict[str, str]) -> None:
    for path, html in pages(files):
        if path != "contribute/index.html":  # it explains the holes
            assert re.findall(r"(?<![{$])\{[a-z_]+(?:\|[^{}]*)?\}(?!\})", text(html)) == [], path


def test_an_entry_cannot_bring_html_along() -> None:
    words = prose.Prose({}, lambda path: path)
    assert "<b" not in words.html("<b onclick=x>hi</b>") + words.inline("`<b>` <b>")
    assert "javascript" not in str(words.html("[x](javascript:alert(1))")).replace("(javascript:", "")
    assert "<b>" not in prose.code("<b>", "nonsense") + prose.diff("+<b>") + prose.output("fatal: <b>", "<b>")


def test_a_template_that_is_wrong_is_one_line_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "x.html").write_text("{{ nothing_of_the_kind }}")
    renderer = Renderer(tmp_path, Assets(), {}, {})
    with pytest.raises(
        SiteError, match=r"^site/templates/x.html: 'nothing_of_the_kind' is undefined \(page a/index.html\)$"
    ):
        renderer.html(Page("a/", "x.html", "A", ""))


def test_without_pagefind_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "find_spec", lambda name: None)
    with pytest.raises(SiteError, match=r"pip install 'ansible-why\[site\]', or leave it out with --no-search"):
        finding.index({})


# --- the page of a cause ----------------------------------------------------------------------------------


def test_a_cause_shows_message_then_cause_then_what_to_do(files: dict[str, str]) -> None:
    page = text(files["async/limit-below-run-time/index.html"])
    order = [
        "async task produced unparsable results",
        "The job was ended at its limit",
        "Set async to about twice that time: async: 60",
        "+ async: 60",
        "What you see",
    ]
    assert [page.find(words) for words in order] == sorted(page.find(words) for words in order)
    assert page.find(order[0]) > 0


def test_a_cause_that_prints_nothing_says_so(files: dict[str, str]) -> None:
    page = text(files["async/never-collected/index.html"])
    assert "Ansible says nothing The play ends well. Only ansible-why check sees it: with poll: 0 nobody waits" in page
    assert "- poll: 0 + poll: 5" in page


def test_look_alikes_are_told_apart_by_the_fork_where_they_part(files: dict[str, str]) -> None:
    page = text(files["async/status-on-other-host/index.html"])
    there = "The jid is the whole result of the launch, not the id in it"
    assert f"{there} What async_status was given as jid Here otherwise There whole result" in page


def test_a_cause_has_its_messages_releases_and_neighbours(files: dict[str, str]) -> None:
    page = files["async/status-on-other-host/index.html"]
    assert "could not find job 2.9+" in text(page)
    assert '<link rel="canonical" href="' + url("async/status-on-other-host") in page
    assert 'href="../../async/messages/job-file-missing/"' in page
    assert '<a class="cause" href="../../async/job-id-is-whole-result/"' in page
    assert re.search(r'<g class="here"><rect', page)


def test_ids_in_prose_are_links_by_title(files: dict[str, str]) -> None:
    assert '<a href="../async/never-collected/">' not in files["keywords/index.html"]  # it is not named there
    link = '<a href="../async/limit-below-run-time/">The job was ended at its limit before it was done</a>'
    assert link in files["keywords/index.html"]


# --- the pages about editors --------------------------------------------------------------------------------


def test_a_file_that_is_not_there_cannot_be_shown(tmp_path: Path) -> None:
    places = sample(tmp_path / "from")
    (places.site / "words" / "install" / "helix.md").write_text("# Helix\n\n{editors/helix/gone.toml}\n")
    with pytest.raises(SiteError, match=r"/editors/helix/gone\.toml: cannot be read \("):
        build.render(places, quiet, QUICK)


@pytest.mark.parametrize("file", clients.FILES)
def test_every_editor_has_a_page_that_shows_its_own_settings(files: dict[str, str], file: str) -> None:
    editor = file.split("/")[1]
    page = files[f"install/{editor}/index.html"]
    assert f'href="{editor}/"' in files["install/index.html"]
    assert [name for name in ("Install", "Settings", "What you see", "When nothing appears") if name not in page] == []
    shown = unescape(re.sub(r"<[^>]+>", "", page))
    if file.endswith(".json"):
        assert '  // Show beside the numbers how long a wait lasts.\n  "ansible-why.inlayHints": true,\n' in shown
    else:
        assert (ROOT / file).read_text().strip("\n") in shown
    assert 'class="err"' not in page


def test_every_client_is_known_to_the_pages() -> None:
    folders = {path.name for path in (ROOT / "editors").iterdir() if path.is_dir()} - {"snippets", "__pycache__"}
    assert {file.split("/")[1] for file in clients.FILES} == folders


# --- messages, trees, pictures ----------------------------------------------------------------------------


def test_the_message_index_knows_every_text_of_the_base(files: dict[str, str]) -> None:
    page = text(files["async/messages/index.html"])
    assert "could not find job 2.9+ · 2 causes" in page
    assert "async task did not complete within the requested time - N s 2.9 - 2.20" in page
    assert "and the result has child_pid" in page
    assert "Job reached maximum time limit of N seconds in no release; seen in articles" in page
    assert "no message; the result has attempts" not in page  # its sign leads to no cause of this small base


def test_overviews_lead_to_every_family_and_old_anchors_still_lead_on(files: dict[str, str]) -> None:
    for overview, path in (("causes", ""), ("messages", "messages/"), ("tree", "tree/")):
        assert f'href="../async/{path}"' in files[f"{overview}/index.html"]
    for anchor in ("letter-a", "silent", "by-release"):
        assert f'id="{anchor}"' in files["messages/index.html"]
    for anchor in ("letter-a", "in-21"):
        assert f'href="../async/messages/#{anchor}"' in files["messages/index.html"]
        assert f'id="{anchor}"' in files["async/messages/index.html"]
    assert 'id="as-list"' in files["tree/index.html"]


def test_the_filter_of_the_overviews_knows_every_row(files: dict[str, str]) -> None:
    for name, page in (("messages", "async/messages/index.html"), ("causes", "async/index.html")):
        script = next(data for path, data in files.items() if re.fullmatch(rf"assets/{name}\.\w+\.js", path))
        rows = json.loads(script.removeprefix("window.ansibleWhyList = ").removesuffix(";\n"))
        shown = text(files[page])
        assert len(rows) > 3
        assert [row for row in rows if f"{row[1]}index.html" not in files or row[2] not in shown] == []


def test_every_family_has_a_name_for_people() -> None:
    assert set(families.TITLES) == set(kb.load().families)


def test_a_sign_leads_to_its_causes_as_picture_and_as_list(files: dict[str, str]) -> None:
    html = files["async/messages/job-file-missing/index.html"]
    picture, _, listed = html.partition('id="as-list"')
    for cause in ("job-id-is-whole-result", "status-on-other-host"):
        assert f'href="../../../async/{cause}/"' in picture
        assert f'href="../../../async/{cause}/"' in listed
    assert "Do both tasks run on the same host?" in text(listed)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("2.9", (9,)),
        ("2.9 - 2.11", (9, 10, 11)),
        ("2.14.0 - 2.16.5", (14, 15, 16)),
        ("2.19+", (19, 20, 21)),
        ("AWX and Tower", ()),
        ("none", ()),
    ],
)
def test_releases_in_words_as_numbers(said: str, known: tuple[int, ...]) -> None:
    assert signs.minors(said) == known


def test_the_releases_of_the_page_are_those_of_the_base() -> None:
    said = {int(minor) for sign in kb.load().signs for minor in re.findall(r"\b2\.(\d+)", sign.releases)}
    assert (max(said), min(said - set(range(9)))) == (signs.RELEASES[-1], signs.RELEASES[0])


def test_answers_that_lead_to_the_same_are_one_branch() -> None:
    fork = {"key": "k", "ask": "Which?", "cases": {"a": "x", "b": "y", "c": "x"}, "else": "unknown"}
    node = forks.nodes(fork, "f", Labels({"f/x": "X", "f/y": "Y"}, {}))
    shown = [(branch.answer, branch.node.text) for branch in node.branches]
    assert shown == [("a or c", "X"), ("b", "Y"), ("otherwise", "not in the base yet")]
    assert (
        forks.nodes({"key": "k", "ask": "Which?", "cases": {"a": "x"}, "else": "x"}, "f", Labels({"f/x": "X"}, {})).text
        == "X"
    )


def test_a_question_asked_again_has_the_words_of_the_first() -> None:
    tree = {"key": "k", "ask": "Which?", "cases": {"a": "x", "b": {"key": "k", "cases": {"c": "x"}, "else": "y"}}}
    again = forks.nodes(tree, "f", Labels({}, forks.asks(tree))).branches[1].node
    assert again.text == "Which?"


def test_two_causes_part_at_the_last_fork_they_share() -> None:
    deep = {"key": "deep", "ask": "And then?", "cases": {"a": "x", "b": "y"}}
    fork = {"key": "top", "ask": "Which?", "cases": {"a": deep, "b": "z"}}
    assert forks.parting(fork, "x", "y", {}) == ("deep", "And then?", "a", "b")
    assert forks.parting(fork, "x", "z", {}) == ("top", "Which?", "a", "b")
    assert forks.parting(fork, "x", "elsewhere", {}) is None
    assert forks.parting(fork, "x", "x", {}) is None


def test_bars_are_drawn_to_one_scale_and_said_in_words() -> None:
    drawn = pictures.time([Bar("job", 30, "needs 30 s"), Bar("limit", 6, "async: 6, then killed")])
    assert re.findall(r'<rect class="(\w+)"[^>]* width="([\d.]+)%"', drawn) == [("job", "97.00"), ("limit", "19.40")]
    assert 'aria-label="job: needs 30 s; limit: async: 6, then killed"' in drawn
    assert pictures.time([Bar("job", 30, "")]) == pictures.time([Bar("a", 0, ""), Bar("b", 0, "")]) == ""
    assert pictures.time([Bar("a", float("inf"), ""), Bar("b", 3, "")]) == ""


# --- what programs read ------------------------------------------------------------------------------------


def test_sitemap_feed_and_llms_name_every_cause(files: dict[str, str]) -> None:
    sitemap = {one.text for one in ElementTree.fromstring(files["sitemap.xml"]).iter() if one.tag.endswith("loc")}
    assert {url(f"async/{cause}") for cause in CAUSES} <= sitemap
    assert f"{SITE}404.html" not in sitemap
    assert all(f"]({url(f'async/{cause}')}): " in files["llms.txt"] for cause in CAUSES)
    feed = ElementTree.fromstring(files["feed.xml"])
    assert [one.text for one in feed.iter("{http://www.w3.org/2005/Atom}title")][:2] == [
        "ansible-why: what changed",
        "Unreleased",
    ]


@pytest.mark.parametrize("file", ["_headers", "server/nginx.conf", "server/apache.conf"])
def test_headers_for_other_hosts_hold_the_policy(files: dict[str, str], file: str) -> None:
    assert POLICY in files[file]
    assert "nosniff" in files[file]
    assert "immutable" in files[file]


def test_the_page_for_what_is_missing_works_at_any_depth(files: dict[str, str]) -> None:
    asked = re.findall(r'(?:href|src)="([^"#]+)"', files["404.html"])
    assert [address for address in asked if not address.startswith(("/", "https://"))] == []


# --- writing ------------------------------------------------------------------------------------------------


def test_a_file_that_no_build_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_text("why.example.org")
    write({"a/index.html": b"1"}, tmp_path)
    write({"b/index.html": b"1"}, tmp_path)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert left == [MANIFEST, "CNAME", "b/index.html"]
    assert not (tmp_path / "a").exists()


def test_a_manifest_cannot_remove_what_is_outside(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "mine").write_text("mine")
    (out / MANIFEST).write_text(json.dumps(["../mine", str(tmp_path / "mine"), 3]))
    write({}, out)
    assert (tmp_path / "mine").read_text() == "mine"


def test_only_what_changed_is_written_again(tmp_path: Path) -> None:
    assert write({"a": b"1", "b": b"1"}, tmp_path) == (2, 0, 0)
    before = (tmp_path / "a").stat().st_mtime_ns
    assert write({"a": b"1", "b": b"2"}, tmp_path) == (1, 1, 0)
    assert ((tmp_path / "a").stat().st_mtime_ns, (tmp_path / "b").read_bytes()) == (before, b"2")


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SiteError, match=r"file.*: cannot be written \("):
        write({"a": b""}, tmp_path / "file" / "below")


def test_the_name_of_an_asset_follows_its_content() -> None:
    first, second = Assets(), Assets()
    first.add("styles/page.css", b"a{}")
    second.add("styles/page.css", b"b{}")
    assert re.fullmatch(r"assets/page\.[0-9a-f]{10}\.css", first.url("styles/page.css"))
    assert first.url("styles/page.css") != second.url("styles/page.css")
    first.add_folder("engine", [("a.js", b"1"), ("b.js", b"2")])
    second.add_folder("engine", [("a.js", b"1"), ("b.js", b"3")])
    assert first.url("engine/a.js") == first.url("engine/") + "a.js" != second.url("engine/a.js")
    with pytest.raises(SiteError, match=r'a template names the asset "gone\.js", which does not exist'):
        first.url("gone.js")


# --- serving ------------------------------------------------------------------------------------------------


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    write(
        {
            "index.html": b"<p>home" + b" " * 999,
            "a/index.html": b"<p>a",
            "404.html": b"<p>gone",
            "assets/x.js": b"1",
            "assets/x.js.br": b"packed",
        },
        tmp_path,
    )
    server = Server(tmp_path, 0)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.address
    server.shutdown()
    server.server_close()


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def test_every_answer_carries_the_policy(address: str) -> None:
    for path in ("", "a/", "a", "assets/x.js", "gone"):
        assert get(address + path)[1]["Content-Security-Policy"] == POLICY, path


def test_nothing_outside_the_folder_is_served(address: str, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.txt").write_text("secret")
    for path in ("../secret.txt", "%2e%2e/secret.txt", "a/../../secret.txt"):
        assert b"secret" not in get(address + path)[2]


def test_a_server_does_what_a_real_host_does(address: str) -> None:
    status, headers, body = get(address, **{"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Encoding"], gzip.decompress(body)[:7]) == (200, "gzip", b"<p>home")
    assert get(address, **{"Accept-Encoding": "gzip", "If-None-Match": headers["ETag"]})[0] == 304
    assert get(address + "gone/away/", **{"Accept-Encoding": "gzip"})[0] == 404
    assert get(address + "gone/away/")[::2] == (404, b"<p>gone")
    packed = get(address + "assets/x.js", **{"Accept-Encoding": "gzip, br"})
    assert (packed[1]["Content-Encoding"], packed[2]) == ("br", b"packed")
    assert "immutable" in get(address + "assets/x.js")[1]["Cache-Control"]
    assert get(address)[1]["Cache-Control"] == "no-cache"


@pytest.mark.slow
def test_a_changed_source_is_built_again_and_a_mistake_leaves_the_old_pages(tmp_path: Path) -> None:
    places, out, told = sample(tmp_path / "from"), tmp_path / "to", []
    before = serve._state(places)
    (places.site / "words" / "about.md").write_text("# About anew\n")
    with pytest.raises(StopIteration):
        serve._watch(places, before, stop)
    serve._again(places, out, QUICK, quiet, told.append)
    assert "About anew" in (out / "about" / "index.html").read_text()
    (places.site / "words" / "about.md").write_text("# About worse\n\n[x](../gone/)\n")
    serve._again(places, out, QUICK, quiet, told.append)
    assert [re.sub(r"\d+ files written, .*|:\d+(?=:)", "", line) for line in told] == [
        "built again: ",
        "about/index.html: ../gone/ leads nowhere (there is no gone/index.html)",
    ]
    assert "About anew" in (out / "about" / "index.html").read_text()


def stop() -> None:
    """Ends a watch."""
    raise StopIteration


def test_without_the_extra_the_error_names_it() -> None:
    script = (
        "import sys; sys.modules['jinja2'] = None; from assistant.front.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run([sys.executable, "-c", script, "site", "build"], capture_output=True, text=True, cwd=ROOT)
    wanted = "ansible-why: the site needs more than the command: pip install 'ansible-why[site]' (jinja2 is missing)\n"
    assert (done.returncode, done.stderr) == (2, wanted)


@pytest.mark.slow
def test_serve_prints_its_address_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    command = [*PROGRAM, "site", "serve", "--port", "0", "--no-engine", "--no-search"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=surroundings()) as child:
        assert child.stdout is not None
        address = child.stdout.readline().split()[0]
        status, headers, body = get(address + "causes/")
        child.send_signal(signal.SIGINT)
        assert child.wait(30) == 0
    assert (status, headers["Content-Security-Policy"], b"<h1>All causes</h1>" in body) == (200, POLICY, True)
    assert list(tmp_path.iterdir()) == []


# --- the whole base -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The site of the whole base, without the engine, and what the command said."""
    out = tmp_path_factory.mktemp("whole") / "out"
    built = call("site", "build", "--no-engine", "--out", out)
    assert (built.status, built.err) == (0, "")
    return out, built.out


@pytest.mark.slow
def test_the_whole_base_becomes_a_site_and_the_same_again(whole: tuple[Path, str]) -> None:
    out, said = whole
    assert re.fullmatch(r"\d+ pages, \d+ files written, 0 as they were, \d+\.\d s, in .*/out\n", said)
    base = kb.load(str(found().kb))
    assert [id for id in base.entries if not (out / id / "index.html").is_file()] == []
    assert (out / "pagefind" / "pagefind.js").is_file()
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert max(weight.weights(files).values()) <= weight.LIMIT
    again = call("site", "build", "--no-engine", "--out", out)
    assert re.search(r"pages, 0 files written, \d+ as they were, \d", again.out), again.out


@pytest.mark.slow
def test_every_cause_shows_one_thing_to_do_and_no_hole(whole: tuple[Path, str]) -> None:
    for id in kb.load().entries:
        html = (whole[0] / id / "index.html").read_text()
        assert re.findall(r"(?<![{$])\{[a-z_]+(?:\|[^{}]*)?\}(?!\})", text(html)) == [], id
        if 'class="route"' in html:
            assert re.search(r'<div class="do">\s*<p>\S', html), id
