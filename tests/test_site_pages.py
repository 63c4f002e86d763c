"""Every kind of page in a real browser: axe, keyboard, no JavaScript, a file on a disk, and no request elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import violations
from playwright.sync_api import Browser, Page, expect
from site_sample import quiet

from assistant.front.site import build
from assistant.front.site.places import found
from assistant.front.site.serve import Server

pytestmark = pytest.mark.slow

TEMPLATES = {
    "home": "",
    "cause": "async/limit-below-run-time/",
    "cause without a message": "async/never-collected/",
    "causes": "causes/",
    "causes of a family": "async/",
    "messages": "messages/",
    "messages of a family": "package/messages/",
    "message": "async/messages/job-file-missing/",
    "tree": "tree/",
    "tree of a family": "async/tree/",
    "patterns": "patterns/",
    "pattern": "async/patterns/fire-and-collect/",
    "prose of the base": "async/pages/elsewhere/",
    "prose": "keywords/",
    "prose with a file": "install/neovim/",
    "search": "search/",
    "404": "no/such/page/",
}
"""A page of every template."""

LOOKS = {
    "phone, dark": {"color_scheme": "dark", "viewport": {"width": 390, "height": 800}},
    "desktop, light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
}
"""What axe sees pages in."""

EVERY = pytest.mark.parametrize("path", TEMPLATES.values(), ids=TEMPLATES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site."""
    out = tmp_path_factory.mktemp("site")
    build.build(found(), out, quiet)
    return out


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    server = Server(folder, 0)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.address
    server.shutdown()
    server.server_close()


class Seen:
    """A page, and what went wrong on it: requests to elsewhere, what the policy refused, errors."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.elsewhere, self.errors = page, [], []  # type: ignore[var-annotated]
        page.on(
            "request", lambda request: request.url.startswith((address, "data:")) or self.elsewhere.append(request.url)
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))


@pytest.fixture
def seen(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Seen]:
    """A page of its own; `indirect` parameters are options of its context."""
    context = browser.new_context(**getattr(request, "param", {}))
    yield Seen(context.new_page(), address)
    context.close()


def errors(seen: Seen) -> list[str]:
    """The errors, but that the page for what is missing is itself an answer 404."""
    return [error for error in seen.errors if "404 (Not Found)" not in error]


@EVERY
def test_nothing_is_loaded_from_elsewhere_and_the_policy_breaks_nothing(seen: Seen, address: str, path: str) -> None:
    seen.page.goto(address + path, wait_until="networkidle")
    assert (seen.elsewhere, errors(seen)) == ([], [])


@pytest.mark.parametrize("seen", LOOKS.values(), indirect=True, ids=LOOKS)
@EVERY
def test_axe_finds_nothing(seen: Seen, address: str, path: str, axe: str) -> None:
    seen.page.goto(address + path)
    seen.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert violations(seen.page, axe) == []


@EVERY
@pytest.mark.parametrize("seen", [{"viewport": {"width": 320, "height": 700}}], indirect=True, ids=["320 px"])
def test_no_page_is_wider_than_a_small_phone(seen: Seen, address: str, path: str) -> None:
    seen.page.goto(address + path)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 320


WALK = """() => {
  const shown = (each) => each.checkVisibility({ checkVisibilityCSS: true }) && !each.disabled && each.tabIndex >= 0;
  const stops = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const all = [...document.querySelectorAll(stops)].filter(shown);
  const radios = all.filter((each) => each.type === "radio" && !each.checked);
  return all.filter((each) => !radios.includes(each)).length;
}"""
"""How many stops a walk with the Tab key has: of a group of radio buttons one."""

HERE = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  return [at.tagName, at.tagName === "BODY" || style.outlineStyle !== "none" || at.classList.contains("skip")];
}"""


@pytest.mark.parametrize("path", ["", "async/limit-below-run-time/", "async/messages/job-file-missing/", "search/"])
def test_every_stop_of_a_walk_by_keyboard_can_be_seen(seen: Seen, address: str, path: str) -> None:
    seen.page.goto(address + path)
    seen.page.locator(".skip").focus()
    reached = []
    for _ in range(seen.page.evaluate(WALK) - 1):
        seen.page.keyboard.press("Tab")
        reached.append(tuple(seen.page.evaluate(HERE)))
    assert ("BODY", True) not in reached
    assert [tag for tag, visible in reached if not visible] == []


def test_the_first_stop_skips_to_the_text(seen: Seen, address: str) -> None:
    seen.page.goto(address + "causes/")
    seen.page.keyboard.press("Tab")
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "main"


def test_a_slash_leads_to_the_search_and_typing_finds_the_message(seen: Seen, address: str) -> None:
    seen.page.goto(address + "async/job-hung/")
    seen.page.keyboard.press("/")
    seen.page.wait_for_url("**/search/")
    seen.page.keyboard.type("could not find job")
    first = seen.page.locator("[data-results] a").first
    expect(first).to_have_text("could not find job", timeout=20_000)  # the results of half the words come before
    first.press("Enter")
    seen.page.wait_for_url("**/async/messages/job-file-missing/")
    assert (seen.elsewhere, seen.errors) == ([], [])


def test_the_page_for_what_is_missing_searches_for_it(seen: Seen, address: str) -> None:
    seen.page.goto(address + "async/could-not-find-job/")
    seen.page.locator("[data-results] a").first.wait_for(timeout=20_000)
    assert "could not find job" in seen.page.locator("[data-results]").inner_text()


def test_the_messages_of_a_family_narrow_down_by_words_and_release(seen: Seen, address: str) -> None:
    seen.page.goto(address + "async/messages/")
    rows = seen.page.locator(".messages > li:visible")
    every = rows.count()
    seen.page.get_by_label("Show only what holds").fill("could not find job")
    assert 1 <= rows.count() < 5
    assert "could not find job" in rows.first.inner_text()
    seen.page.get_by_label("Show only what holds").fill("")
    seen.page.get_by_label("printed by").select_option("2.9")
    assert 20 < rows.count() < every
    assert all("2.19+" not in row for row in rows.all_inner_texts())


@pytest.mark.parametrize("opened", ["served", "from a disk"])
def test_the_filter_of_an_overview_searches_every_family(seen: Seen, address: str, folder: Path, opened: str) -> None:
    root = address if opened == "served" else folder.as_uri() + "/"
    seen.page.goto(root + "messages/" + ("" if opened == "served" else "index.html"))
    rows = seen.page.locator("[data-found] > li")
    for words, family in (("could not find job", "async"), ("Incorrect sudo password", "become")):
        seen.page.get_by_label("Show only what holds").fill(words)
        expect(rows.first).to_contain_text(words)
        assert f"{family}/messages/" in str(rows.first.locator("a").get_attribute("href"))
    assert seen.page.locator(".families").is_hidden()
    rows.first.locator("a").click()
    seen.page.wait_for_url("**/become/messages/*/**")
    assert seen.page.locator("h1").is_visible()
    assert seen.errors == []


@pytest.mark.parametrize("seen", [{"java_script_enabled": False}], indirect=True, ids=["no JavaScript"])
@EVERY
def test_every_page_reads_without_javascript(seen: Seen, address: str, path: str) -> None:
    seen.page.goto(address + path)
    main = seen.page.locator("main")
    assert seen.page.locator("h1").is_visible()
    assert len(main.inner_text()) > 100
    assert seen.page.locator("main input:visible, main button:visible, main textarea:visible").count() == 0
    if path == "":
        assert seen.page.get_by_role("link", name="Look your message up").first.is_visible()


@pytest.mark.parametrize("seen", [{"java_script_enabled": False}], indirect=True, ids=["no JavaScript"])
def test_colours_can_be_chosen_without_javascript(seen: Seen, address: str) -> None:
    seen.page.goto(address + "causes/")
    paper = seen.page.locator("body")
    seen.page.locator("#theme-dark").check()
    dark = paper.evaluate("(body) => getComputedStyle(body).backgroundColor")
    seen.page.locator("#theme-light").check()
    light = paper.evaluate("(body) => getComputedStyle(body).backgroundColor")
    assert (dark, light) == ("rgb(20, 24, 26)", "rgb(251, 250, 246)")


def test_nothing_is_kept_until_colours_are_chosen(seen: Seen, address: str) -> None:
    kept = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"
    seen.page.goto(address + "causes/")
    assert seen.page.evaluate(kept) == "{}{}"
    seen.page.locator("#theme-dark").check()
    seen.page.goto(address + "tree/")
    assert seen.page.evaluate(kept) == '{"theme":"dark"}{}'
    assert seen.page.locator("#theme-dark").is_checked()
    assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 26)"
    seen.page.locator("#theme-auto").check()
    assert seen.page.evaluate(kept) == "{}{}"


def test_pages_read_from_a_disk_and_lead_to_each_other(seen: Seen, folder: Path) -> None:
    seen.page.goto((folder / "async" / "limit-below-run-time" / "index.html").as_uri())
    assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 246)"
    seen.page.get_by_role("link", name="Messages", exact=True).first.click()
    assert seen.page.url == (folder / "messages" / "index.html").as_uri()
    assert seen.page.locator("h1").inner_text() == "Every message, A to Z"
    assert seen.errors == []


@pytest.mark.parametrize("seen", [{"reduced_motion": "reduce"}], indirect=True, ids=["reduced motion"])
def test_nothing_moves_for_who_wants_no_motion(seen: Seen, address: str) -> None:
    seen.page.goto(address)
    assert seen.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "[...document.querySelectorAll('*')].some((one) => getComputedStyle(one).animationName !== 'none')"
    assert seen.page.evaluate(moving) is False


def test_a_printed_page_has_no_frame_and_cuts_nothing(seen: Seen, address: str) -> None:
    seen.page.goto(address + "async/limit-below-run-time/")
    seen.page.emulate_media(media="print")
    assert seen.page.locator(".top nav").is_hidden()
    assert seen.page.locator(".foot").is_hidden()
    cut = "(one) => one.offsetParent && one.scrollWidth > one.clientWidth + 1"
    assert seen.page.evaluate(f"[...document.querySelectorAll('pre')].some({cut})") is False
