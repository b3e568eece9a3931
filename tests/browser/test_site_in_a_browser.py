"""A site in a real browser, from a folder and from a server of files: Debian's Chromium, headless.

Skipped where there is none; `.ci/run` installs it.
"""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.support import hostile
from tests.support.cli import run
from tests.support.records import BASE
from tests.support.records import write

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), ""
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium here: apt-get install chromium"),
]

PAGES = [
    "index.html",
    "radar.html",
    "calendar.html",
    "promises.html",
    "search.html",
    "search.html?q=border",
    "issues/mpp.html",
    "issues/usmca-labor.html",
    "agencies/sre.html",
    "people/director-borders.html",
    "commitments/minute-325-to-congress.html",
    "engagements/call-sre-working-level.html",
    "actions/border-limits-february.html",
    "clocks/rrlm.html",
]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "data", folder / "data")
    assert run(["site", str(folder / "site"), "--data", str(folder / "data")]).code == 0
    return folder / "site"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attacked")
    write(folder / "data", {**BASE, **hostile.record()})
    words = ["site", str(folder / "site"), "--data", str(folder / "data"), "--today", "2021-01-20"]
    assert run(words).code == 0
    return folder / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        # Without a sandbox, which a container's root has no right to.
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Visit:
    """A visit to a site: what the browser complained of, and what it asked the network for."""

    def __init__(self, browser: Any, base: str, **wanted: Any) -> None:
        self.base = base
        self.said: list[str] = []
        self.asked: list[str] = []
        self._context = browser.new_context(**wanted)
        self.page = self._context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def go(self, name: str) -> Any:
        self.page.goto(f"{self.base}/{name}")
        return self.page

    def close(self) -> None:
        self._context.close()


@pytest.fixture(params=["file", "server"])
def visit(request: pytest.FixtureRequest, browser: Any, sample: Path) -> Iterator[Visit]:
    """A visit to the real record's site, at 1280 by 800."""
    if request.param == "file":
        visit = Visit(browser, sample.as_uri(), viewport={"width": 1280, "height": 800})
        yield visit
        visit.close()
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(sample)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    visit = Visit(browser, f"http://127.0.0.1:{server.server_port}")
    yield visit
    visit.close()
    server.shutdown()
    server.server_close()


def test_no_page_complains_or_asks_for_anything_but_itself_and_its_style(visit: Visit) -> None:
    for name in PAGES:
        visit.asked.clear()
        page = visit.go(name)
        asked = [url.removeprefix(visit.base) for url in visit.asked if not url.startswith("data:")]

        assert visit.said == [], name
        assert asked == [f"/{name}", "/site.css"], name
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") != "32px"


def test_the_keyboard_alone_searches_and_opens_what_is_found(visit: Visit) -> None:
    page = visit.go("issues/mpp.html")
    keyboard = page.keyboard
    keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    keyboard.type("quebec")
    keyboard.press("Enter")
    page.wait_for_url(re.compile(r"search\.html\?q=quebec"))
    assert "record" in page.inner_text("#found")
    assert page.is_hidden("#all")

    page.fill("#q", "")
    keyboard.type("rapid labor")
    assert page.inner_text("#results li:first-child a") == "Rapid response labor mechanism"
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    at = "[...document.querySelectorAll('#results a')].indexOf(document.activeElement)"
    assert page.evaluate(at) == 1
    keyboard.press("ArrowUp")
    keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    keyboard.press("Enter")
    assert page.evaluate(at) == 0
    keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "q"
    keyboard.press("ArrowDown")
    keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    page.wait_for_url(re.compile(r"issues/usmca-labor\.html"))
    assert visit.said == []


def test_what_is_not_there_is_said_and_a_slash_can_be_typed(visit: Visit) -> None:
    page = visit.go("search.html")
    page.wait_for_function("document.activeElement.id === 'q'")
    page.keyboard.type("no/such")

    assert page.input_value("#q") == "no/such"
    assert page.inner_text("#found") == "Nothing found."
    page.fill("#q", "")
    assert page.is_visible("#all")
    assert page.inner_text("#found") == ""


def test_the_keyboard_can_skip_to_the_content_and_see_where_it_is(visit: Visit) -> None:
    page = visit.go("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.querySelector('main').contains(document.activeElement)"
    assert page.evaluate(inside)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_tables_are_tables_to_a_screen_reader_at_any_width(browser: Any, sample: Path) -> None:
    for width in (1280, 360):
        visit = Visit(browser, sample.as_uri(), viewport={"width": width, "height": 800})
        page = visit.go("index.html")
        tree = page.locator("main").aria_snapshot()
        assert "- table" in tree
        assert '- columnheader "Next step"' in tree
        assert '- cell "Vaccines for the three countries"' in tree
        visit.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_narrow_screen(browser: Any, sample: Path, scheme: str) -> None:
    wanted = {"viewport": {"width": 360, "height": 740}, "color_scheme": scheme}
    visit = Visit(browser, sample.as_uri(), **wanted)
    for name in PAGES:
        page = visit.go(name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        assert page.evaluate(_TOO_WIDE) == [], name
    visit.close()


# What reaches beyond the screen and stands in nothing that scrolls.
_TOO_WIDE = """() => [...document.querySelectorAll("main *")]
  .filter((each) => !each.closest(".graph") && each.getBoundingClientRect().right > innerWidth + 1)
  .map((each) => each.outerHTML.slice(0, 80))"""


def test_dark_is_dark_and_every_text_can_be_read(browser: Any, sample: Path) -> None:
    for scheme, dark in (("light", False), ("dark", True)):
        visit = Visit(browser, sample.as_uri(), color_scheme=scheme)
        for name in PAGES:
            page = visit.go(name)
            ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert (sum(map(int, re.findall(r"\d+", ground))) < 200) == dark
            assert page.evaluate(_PALE) == [], (scheme, name)
        visit.close()


# Texts whose contrast with the ground they stand on is below 4.5 (WCAG 2.2, 1.4.3).
_PALE = r"""() => {
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => parts(colour).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (each) => {
    for (; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (parts(colour).length < 4 || parts(colour)[3] > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("body *")].filter((each) => {
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || each.closest("svg, script") || !each.offsetParent) return false;
    const [high, low] = [light(getComputedStyle(each).color), light(ground(each))].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05) < 4.5;
  }).map((each) => each.outerHTML.slice(0, 80));
}"""


def test_on_paper_the_marking_stands_on_every_sheet(
    browser: Any, sample: Path, tmp_path: Path
) -> None:
    visit = Visit(browser, sample.as_uri())
    for name in ("index.html", "issues/usmca-labor.html", "calendar.html"):
        page = visit.go(name)
        page.emulate_media(media="print")
        assert page.is_hidden("nav >> nth=0")
        assert page.is_hidden("form")
        file = tmp_path / "page.pdf"
        page.pdf(path=str(file), prefer_css_page_size=True)
        sheets = _sheets(file)
        assert len(sheets) > 1
        for number, sheet in enumerate(sheets, start=1):
            assert sheet.count("DELIBERATIVE") >= 2, (name, number)
            assert f"Page {number} of {len(sheets)}" in sheet
    visit.close()


def _sheets(file: Path) -> list[str]:
    """Return the text of each sheet of a PDF."""
    import subprocess

    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext here: apt-get install poppler-utils")
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def test_without_scripts_all_of_it_can_be_read(browser: Any, sample: Path) -> None:
    visit = Visit(browser, sample.as_uri(), java_script_enabled=False)
    page = visit.go("issues/mpp.html")
    page.fill("#q", "quebec")
    page.press("#q", "Enter")
    page.wait_for_url(re.compile(r"search\.html\?q=quebec"))

    assert page.is_visible("#all")
    assert page.is_visible("text=Migrant Protection Protocols")
    visit.close()


def test_hostile_texts_are_shown_and_do_not_run(browser: Any, attacked: Path) -> None:
    visit = Visit(browser, attacked.as_uri())
    names = sorted(file.relative_to(attacked).as_posix() for file in attacked.rglob("*.html"))
    for name in [*names, "search.html?q=%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D8%3E-word"]:
        page = visit.go(name)
        assert page.evaluate("window.hit") is None, name
        assert visit.said == [], name
    page = visit.go("search.html")
    page.wait_for_function("document.activeElement.id === 'q'")
    page.keyboard.type("bold-word")
    assert "bold-word" in page.inner_text("#results")
    assert page.evaluate("window.hit") is None
    page = visit.go("issues/example.html")
    shown = page.inner_text("main")
    for word in hostile.WORDS:
        assert word in shown, word
    visit.close()
