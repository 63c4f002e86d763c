"""The paste box in a real browser: the command line's verdicts, nothing sent, nothing run, nothing lost."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import box_page
import pytest
from browsing import violations
from calls import EXAMPLES, IGNORED, call
from playwright.sync_api import Browser, BrowserContext, Page, expect

import lab

pytestmark = pytest.mark.slow

PASTE = (EXAMPLES / "backup.log").read_text()
TASK = (EXAMPLES / "backup.yml").read_text()
LOADING = 60_000  # ms: the engine's start on a busy machine

ASK = """async ([paste, task]) => {
  const part = (name) => document.querySelector(`[data-part="${name}"]`);
  const heard = new Promise((told) => {
    document.querySelector("[data-box]").addEventListener("verdict", ({ detail }) => told(detail), { once: true });
    new MutationObserver(() => part("failed").hidden || told({ failed: part("failed").textContent }))
      .observe(part("failed"), { attributes: true });
    setTimeout(() => told({ failed: "no answer in a minute" }), 60_000);
  });
  part("paste").value = paste;
  part("task").value = task;
  part("failed").hidden = true;
  part("form").requestSubmit();
  const { failed, diagnosis } = await heard;
  return [failed, diagnosis];
}"""
"""Puts a paste into the box, presses the button and waits for what is shown: what went wrong, or the diagnosis."""

HANGS = """
import "./worker.mjs";
const asked = onmessage;
onmessage = (event) => {
  const { id, paste } = event.data;
  if (paste === "hang") for (;;);
  if (paste === "die") return postMessage({ id, error: "Maximum call stack", fatal: true });
  return asked(event);
};
"""
"""The engine, but a paste can make it hang or die."""

LEAKS = 'fetch(new URL(location.hash.slice(1))).then(() => postMessage("sent"), () => postMessage("refused"));'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("box")
    box_page.write(made)
    (made / "assets" / "engine" / "hangs.mjs").write_text(HANGS)
    (made / "assets" / "engine" / "leaks.mjs").write_text(LEAKS)
    page = (made / "index.html").read_text()
    assert page.count("engine/worker.mjs") == 1
    (made / "hangs.html").write_text(page.replace("engine/worker.mjs", "engine/hangs.mjs"))
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with box_page.served(folder) as url:
        yield url


class Watched:
    """A page with all that went wrong on it, and where it sent something."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self.page = context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog: {dialog.message}"))
        self.page.goto(address)

    def ask(self, paste: str, task: str = "") -> Any:
        """The diagnosis of a paste, as the box shows it."""
        failed, diagnosis = self.page.evaluate(ASK, [paste, task])
        assert failed is None, failed
        return diagnosis


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One profile for all pages, so that the engine is in its cache."""
    made = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield made
    made.close()


@pytest.fixture(scope="module")
def warm(context: BrowserContext, address: str) -> Iterator[Watched]:
    """A page whose engine runs."""
    watched = Watched(context, address)
    watched.ask(PASTE)
    yield watched
    watched.page.close()


@pytest.fixture
def fresh(context: BrowserContext, address: str) -> Iterator[Watched]:
    """A page that nobody has touched yet."""
    watched = Watched(context, address)
    yield watched
    watched.page.close()


def part(page: Page, name: str) -> Any:
    return page.locator(f'[data-part="{name}"]')


def cli(tmp_path: Path, paste: str, task: str = "") -> Any:
    """What the command line says of the same two texts."""
    (tmp_path / "task.yml").write_text(task)
    files = ["--task", "task.yml"] if task.strip() else []
    return json.loads(call("diagnose", "--format", "json", *files, given=paste, folder=tmp_path).out)


def test_every_verdict_is_that_of_the_command_line(warm: Watched, tmp_path: Path) -> None:
    newest = [run for run in lab.runs() if run.release == "2.21"]
    assert len({run.scenario for run in newest}) > 80
    for run in newest:
        task = lab.playbook(run.scenario, "fixed.yml" if run.fixed else "repro.yml") or ""
        assert warm.ask(run.text, task) == cli(tmp_path, run.text, task), run.name
    assert warm.wrong == []


def test_without_its_task_too(warm: Watched, tmp_path: Path) -> None:
    for run in [run for run in lab.runs() if run.release == "2.21" and run.form == "default"]:
        assert warm.ask(run.text) == cli(tmp_path, run.text), run.name


def test_nothing_leaves_the_page(fresh: Watched, address: str) -> None:
    fresh.ask(PASTE + "\npassword: hunter2\n", TASK)
    assert all(url.startswith(address) for url in fresh.asked)
    assert any(url.endswith("/kb.jsonl") for url in fresh.asked), "what the worker asks for is watched too"
    before = len(fresh.asked)
    fresh.ask(PASTE.replace("web1", "web2"), TASK)
    assert fresh.asked[before:] == [], "once it runs it asks for nothing"
    assert fresh.wrong == []
    assert fresh.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_a_worker_that_wanted_to_send_something_is_refused(fresh: Watched) -> None:
    heard: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    leak = f"assets/engine/leaks.mjs#http://127.0.0.1:{server.server_port}/secret"
    hear = "(to) => new Promise((told) => (new Worker(to, {type: 'module'}).onmessage = ({data}) => told(data)))"
    said = fresh.page.evaluate(hear, leak)
    server.shutdown()
    assert (said, heard) == ("refused", [])


HOSTILE = [
    '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>',
    '</textarea></pre><iframe src="javascript:parent.pwned=1"></iframe>',
    "[click](javascript:window.pwned=1) [here](https://evil.example/) ![x](https://evil.example/x.png)",
    "{{ lookup('pipe', 'touch /tmp/pwned') }} `code` **bold** <b>bold</b>",
    "\u202egnp.exe \x1b]0;title\x07 \x1b[2J \x00 \ud7ff",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_paste_runs_nothing(warm: Watched, address: str, hostile: str) -> None:
    name = json.dumps(hostile)[1:-1]
    paste = PASTE.replace("Wait for the backup", hostile).replace("web1", hostile)
    result = f'{{"msg": "could not find job {name}", "ansible_job_id": "{name}", "results_file": "{name}"}}'
    failed = f"fatal: [web1]: FAILED! => {result}"
    for text in (paste, failed, hostile, f"TASK [{hostile}] ***\n{failed}\n"):
        warm.ask(text, TASK.replace("backup", hostile.replace("\n", " ")))
        part(warm.page, "guess").evaluate("guess => guess.hidden = false")
        made = warm.page.evaluate("[...document.querySelectorAll('main *')].map((one) => one.localName)")
        assert {"h1", "textarea"} <= set(made) and not {"script", "iframe", "img", "b"} & set(made)
        links = warm.page.eval_on_selector_all("main a", "found => found.map((one) => one.href)")
        assert all(link.startswith(address) for link in links)
    assert warm.page.evaluate("window.pwned") is None
    assert warm.wrong == [] and all(url.startswith(address) for url in warm.asked)


def test_a_hostile_name_is_shown_as_it_is_written(warm: Watched) -> None:
    warm.ask(PASTE.replace("Wait for the backup", HOSTILE[0]))
    assert HOSTILE[0] in warm.page.inner_text("h3.kicker")


@pytest.mark.parametrize("bomb", ["[" * 100_000, "{" * 100_000, '{"a": ' * 50_000, "- " * 50_000, "&a [*a, " * 20_000])
def test_deep_nesting_does_not_kill_the_engine(warm: Watched, bomb: str) -> None:
    for paste, task in ((bomb, ""), (f"fatal: [web1]: FAILED! => {bomb}", bomb), (PASTE, bomb)):
        failed, _ = warm.page.evaluate(ASK, [paste, task])
        assert failed is None or "gave no sign" in failed, failed  # a slow machine may lose its patience
    assert warm.ask(PASTE)["verdict"] == "causes"
    assert warm.wrong == []


def test_five_megabytes(warm: Watched, tmp_path: Path) -> None:
    log = "ok: [web1] => (item=<b>package</b>)\n" * 140_000 + PASTE
    assert len(log) > 5_000_000
    assert warm.ask(log) == cli(tmp_path, log)
    assert warm.wrong == []


def test_an_engine_that_hangs_or_dies_is_started_anew(fresh: Watched, address: str) -> None:
    fresh.page.goto(f"{address}hangs.html")
    fresh.ask(PASTE)
    hung = re.compile(r"gave no sign for \d+ seconds and was started anew")  # 3 of them where its start was quick
    for bad, said in (("hang", hung), ("die", re.compile("Maximum call stack"))):
        part(fresh.page, "paste").fill(bad)
        expect(part(fresh.page, "failed")).to_contain_text(said, timeout=LOADING)
        assert part(fresh.page, "paste").input_value() == bad
        assert fresh.ask(PASTE)["verdict"] == "causes"
        assert part(fresh.page, "failed").is_hidden()


def test_from_a_file_there_is_the_quick_guess(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    part(page, "paste").fill('fatal: [web1]: FAILED! => {"msg": "could not find job", "finished": 1}')
    expect(part(page, "guess")).to_contain_text("could not find job")
    expect(part(page, "guess")).to_contain_text("Quick guess")
    expect(part(page, "failed")).to_contain_text("only the quick guess works here")
    assert page.eval_on_selector_all("[data-part=guess] a", "found => found.map((one) => one.href)")[0].endswith(
        "/index.html"
    )
    page.close()


def test_the_progress_goes_when_the_engine_is_there(fresh: Watched) -> None:
    expect(part(fresh.page, "progress")).to_be_hidden()
    part(fresh.page, "paste").focus()
    expect(part(fresh.page, "progress")).to_be_visible()
    fresh.ask(PASTE)
    fresh.page.wait_for_timeout(300)
    assert part(fresh.page, "progress").is_hidden()
    assert fresh.page.get_by_role("button", name="Copy").count() == 3, "the box is opened once"


def test_the_guess_is_there_before_the_verdict_and_goes_when_it_comes(fresh: Watched) -> None:
    part(fresh.page, "paste").fill(PASTE)
    expect(part(fresh.page, "guess")).to_be_visible()
    assert fresh.page.locator("article").count() == 0 or part(fresh.page, "guess").is_hidden()
    expect(fresh.page.locator("article")).to_be_visible(timeout=LOADING)
    expect(part(fresh.page, "guess")).to_be_hidden()


def test_the_quick_guess_is_often_right(warm: Watched) -> None:
    index = warm.page.evaluate("window.ansibleWhyGuess")
    assert len(index["messages"]) > 50
    tried = right = 0
    for run in lab.runs():
        if run.release == "2.21" and run.form == "minimal" and not run.fixed:
            found = [failure["causes"][0]["id"] for failure in warm.ask(run.text)["failures"] if failure["causes"]]
            part(warm.page, "paste").fill(run.text + " ")
            rows = warm.page.eval_on_selector_all(
                "[data-part=guesses] > li > a", "found => found.map((one) => one.getAttribute('href'))"
            )
            led = {cause for row in index["messages"] if f"{row['path']}/" in rows for cause in row["causes"]}
            tried, right = tried + bool(found), right + bool(led & set(found))
    assert tried > 15 and right / tried > 0.75, (right, tried)


def test_one_field_takes_both_and_shows_the_marked_lines(warm: Watched) -> None:
    warm.ask(f"{PASTE}\n{TASK}")
    assert "retries: 120" in warm.page.inner_text(".do pre.diff .ins")
    assert "2" in warm.page.locator("pre.code mark").all_inner_texts()
    assert warm.page.locator("svg.time rect").count() == 2


def test_an_unknown_failure_shows_what_the_result_holds_and_marks_the_task(warm: Watched) -> None:
    paste = (
        """fatal: [web1]: FAILED! => {"cmd": "zorble", "msg": "the wheel broke", "rc": 3, "stderr": "no such wheel"}"""
    )
    warm.ask(f"TASK [Turn the wheel] ****\n{paste}\n", "- name: Turn the wheel\n  command: zorble\n")
    shown = part(warm.page, "verdict").inner_text()
    for words in ("the wheel broke", "no such wheel", "cause is not in the base yet", "ansible-why kb new"):
        assert words in shown
    assert warm.page.locator("[data-part=verdict] pre.code mark").inner_text() == "command"


def test_without_javascript_the_box_gives_way(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(part(page, "form")).to_be_hidden()
    expect(page.get_by_role("link", name="index of messages")).to_be_visible()
    context.close()


def test_by_keyboard_alone_and_back_again(fresh: Watched) -> None:
    page, run = fresh.page, next(run for run in lab.runs() if run.name == "status-not-delegated/2.21-default")
    part(page, "paste").focus()
    page.keyboard.insert_text(run.text)
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Find the cause":
            break
    page.keyboard.press("Enter")
    expect(page.locator("h3.kicker")).to_be_focused(timeout=LOADING)
    expect(page.get_by_role("status")).to_contain_text("One question would tell more")
    before = page.inner_text(".title")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Differ":
            break
    page.keyboard.press("Enter")
    expect(part(page, "given")).to_contain_text("differ")
    assert page.url.endswith("#answer.hosts_of_launch_and_wait=differ")
    expect(page.locator("h3.kicker")).to_be_focused()
    assert "Certain" in page.inner_text(".sure")
    page.go_back()
    expect(part(page, "given")).to_be_empty()
    expect(page.locator(".title")).to_have_text(before)
    assert fresh.wrong == []


def test_an_answer_can_be_taken_back_and_does_not_outlive_its_paste(fresh: Watched, address: str) -> None:
    run = next(run for run in lab.runs() if run.name == "status-not-delegated/2.21-default")
    fresh.ask(run.text)
    for name in ("Not sure", "Same", "Differ"):
        fresh.page.get_by_role("button", name=name).first.click()
        expect(part(fresh.page, "given")).to_contain_text(name.lower())
        part(fresh.page, "given").get_by_role("button").click()
        expect(part(fresh.page, "given")).to_be_empty()
    fresh.page.get_by_role("button", name="Differ").click()
    part(fresh.page, "paste").fill(PASTE)
    expect(part(fresh.page, "given")).to_be_empty()
    expect(fresh.page).to_have_url(address)


def test_failures_that_were_ignored_are_named_when_asked_for(fresh: Watched, address: str) -> None:
    assert fresh.ask(PASTE)["verdict"] == "causes"
    offer = fresh.page.get_by_role("button", name="Name the cause of the failure that was ignored")
    assert offer.count() == 0, "nothing was ignored"
    assert fresh.ask(IGNORED, TASK)["verdict"] == "no-failure"
    offer.click()
    expect(fresh.page.locator("article .title")).to_contain_text("The wait gives up")
    expect(fresh.page.locator("h3.kicker")).to_contain_text("and was ignored")
    expect(offer).to_have_count(0)
    expect(fresh.page).to_have_url(f"{address}#answer.ignored+failures=shown")
    fresh.page.get_by_role("button", name="Take back: ignored failures").click()
    expect(offer).to_be_visible()
    assert fresh.page.locator("article").count() == 0
    assert fresh.wrong == []


def test_a_shared_link_carries_the_paste_without_its_secrets(fresh: Watched) -> None:
    found = fresh.ask(PASTE + "\nOPTIONS: db_password=hunter2\n", TASK)
    assert "#" not in fresh.page.url, "not before one asks for it"
    fresh.page.get_by_role("button", name="Copy a link to this").click()
    expect(fresh.page.get_by_role("button", name="Copied")).to_be_visible()
    link = fresh.page.evaluate("navigator.clipboard.readText()")
    assert "#paste=" in link and len(link) < 3000
    fresh.page.goto("about:blank")
    fresh.page.goto(link)
    expect(fresh.page.locator("article")).to_be_visible(timeout=LOADING)
    pasted = part(fresh.page, "paste").input_value()
    assert "hunter2" not in pasted and "db_password=[redacted]" in pasted
    assert fresh.ask(pasted, part(fresh.page, "task").input_value())["failures"] == found["failures"]
    part(fresh.page, "paste").fill("another paste")
    expect(fresh.page).to_have_url(link.partition("#")[0])
    fresh.page.goto(link)
    expect(part(fresh.page, "paste")).to_have_value(pasted)


@pytest.mark.parametrize("fragment", ["#paste=%00", "#paste=AAAA", "#answer.role=x&answer.=y&paste="])
def test_a_damaged_link_does_no_harm(context: BrowserContext, address: str, fragment: str) -> None:
    watched = Watched(context, address + fragment)
    assert watched.ask(PASTE)["verdict"] == "causes"
    assert watched.wrong == []
    watched.page.close()


def test_a_link_that_was_cut_off_says_so(fresh: Watched, address: str) -> None:
    fresh.page.goto("about:blank")
    fresh.page.goto(f"{address}#paste=q1YqSCwuSVWyU")
    expect(part(fresh.page, "failed")).to_contain_text("cut off or damaged")


def test_what_is_copied(fresh: Watched) -> None:
    found = fresh.ask(PASTE, TASK)
    fresh.page.get_by_role("button", name="Copy as JSON").click()
    assert json.loads(fresh.page.evaluate("navigator.clipboard.readText()")) == found
    fresh.page.get_by_role("button", name="Copy as a report").click()
    assert found["failures"][0]["causes"][0]["title"] in fresh.page.evaluate("navigator.clipboard.readText()")
    fresh.page.get_by_role("button", name="Copy the change").first.click()
    changed = [step["diff"] for step in found["failures"][0]["causes"][0]["steps"] if step["diff"]]
    assert fresh.page.evaluate("navigator.clipboard.readText()") == changed[0]


def test_the_newest_of_several_pastes_is_answered(fresh: Watched) -> None:
    for number in range(6):
        part(fresh.page, "paste").fill(PASTE.replace("web1", f"web{number}"))
        part(fresh.page, "form").evaluate("form => form.requestSubmit()")
    expect(fresh.page.locator("h3.kicker")).to_contain_text("web5", timeout=LOADING)
    assert fresh.wrong == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_an_answer(warm: Watched, axe: str, colours: str) -> None:
    run = next(run for run in lab.runs() if run.name == "status-not-delegated/2.21-default")
    warm.page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    for paste, task in ((run.text, ""), (PASTE, TASK), (IGNORED, ""), ("hello", "")):
        warm.ask(paste, task)
        warm.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        part(warm.page, "guess").evaluate("guess => guess.hidden = false")
        assert violations(warm.page, axe) == []
