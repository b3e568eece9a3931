"""The pages of a site: whole, linked, accessible, and quiet whatever a record says."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from nacoord.desk.search import search
from nacoord.desk.texts import texts
from nacoord.model.folding import fold
from nacoord.model.snapshot import Snapshot
from nacoord.present.plain import clean
from nacoord.record.loader import load
from nacoord.record.worktree import WorkTree
from tests.conftest import ROOT
from tests.support import hostile
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.records import BASE
from tests.support.records import write
from tests.support.site import Page
from tests.support.site import pages_of
from tests.support.site import target
from tests.support.site import text_of


def made(folder: Path, data: Path, *words: str) -> list[Page]:
    """Write a site and return its pages."""
    found = run(["site", str(folder), *words, "--data", str(data), "--today", "2021-01-20"])
    assert found.code == 0, found.err
    return pages_of(folder)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """The site of the real record, in no git."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "data", folder / "data")
    return made(folder / "site", folder / "data")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """The site of a record with hostile texts in every field, and in its history."""
    folder = tmp_path_factory.mktemp("attacked")
    place = folder / "record"
    # Set up before the test has a home of its own, so git is told its user with each command.
    write(place, BASE)
    git(place, "init", "-q")
    commit_all(place, "Begin the record")
    write(place, hostile.record())
    commit_all(place, hostile.TEXTS["script"], who='A"><script>window.hit=6</script>')
    return made(folder / "site", place)


@pytest.fixture(params=["sample", "attacked"])
def site(request: pytest.FixtureRequest) -> list[Page]:
    found: list[Page] = request.getfixturevalue(request.param)
    return found


def named(site: list[Page], name: str) -> Page:
    return next(page for page in site if page.name == name)


def test_every_page_is_valid_and_has_one_heading_of_the_first_level(site: list[Page]) -> None:
    for page in site:
        assert page.errors == [], page.name
        levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4")]
        assert levels.count(1) == 1, page.name
        assert levels[0] == 1, page.name
        assert all(after - before <= 1 for before, after in pairwise(levels)), page.name
        assert len(page.ids) == len(set(page.ids)), page.name
        assert page.one("html").get("lang") == "en"
        assert text_of(page.all("title")[0])
        assert len(page.all("main")) == len(page.all("header")) == len(page.all("footer")) == 1


def test_every_link_leads_somewhere_in_the_site(site: list[Page]) -> None:
    known = {page.folder / page.name: page for page in site}

    for page in site:
        for each, name, value in page.references():
            if value == "data:,":
                continue
            assert not re.match(r"[a-z]+:|//|/", value), (page.name, name, value)
            file, place = target(page, value)
            assert file.exists(), (page.name, value)
            if place:
                assert place in known[file].ids, (page.name, value)
            if each.tag == "a":
                assert text_of(each) or each.get("aria-label"), (page.name, value)
        for each in page.all():
            for label in (each.get("aria-labelledby"), each.get("aria-describedby")):
                assert label is None or label in page.ids, (page.name, label)


def test_no_page_can_run_or_fetch_anything_but_its_own(site: list[Page]) -> None:
    for page in site:
        policies = [
            each.get("content", "")
            for each in page.all("meta")
            if each.get("http-equiv") == "Content-Security-Policy"
        ]
        scripts = [each for each in page.all("script") if not each.get("type")]
        [policy], [script] = policies, scripts
        digest = base64.b64encode(hashlib.sha256((script.text or "").encode()).digest()).decode()

        assert policy.startswith("default-src 'none'; style-src 'self'; img-src data:; ")
        assert f"script-src 'sha256-{digest}';" in policy
        assert "unsafe" not in policy
        assert page.text.index("Content-Security-Policy") < page.text.index("stylesheet")
        for each in page.all():
            assert each.tag not in ("iframe", "object", "embed", "img", "style", "base")
            for name in each.attrib:
                assert not name.lower().startswith("on"), (page.name, name)
                assert name != "style", (page.name, name)


def test_whatever_a_record_says_stands_on_its_page(sample: list[Page]) -> None:
    record: Snapshot = load(WorkTree(ROOT / "data"), "data")
    said = {page.name.rsplit("/", 1)[-1]: page.said for page in sample if "/" in page.name}
    whole = {name: re.sub(r"\s", "", text) for name, text in said.items()}
    # These are told in other words: a relationship and a theme by title, a link by what it does; and
    # whose holidays a step skips goes without saying when its record does not say it.
    other = {"relationships", "theme", "links", "calendar", "how", "holidays"}

    for each in record.records.values():
        for path, text in texts(each):
            if not other.isdisjoint(map(str, path)) or text in record.records:
                continue
            shown = re.sub(r"\s", "", clean(text))
            assert shown in whole[f"{each.id}.html"], (each.id, path, text)


def test_every_issue_is_on_the_first_page_with_its_health_in_words(sample: list[Page]) -> None:
    page = named(sample, "index.html")
    rows = [text_of(row) for row in page.all("tr")]
    record = load(WorkTree(ROOT / "data"), "data")

    for issue in record.issues:
        assert any(issue.title in row and issue.health in row for row in rows), issue.id
    assert "Office of the North America Coordinator" in text_of(page.one("h1"))
    assert any("31 d late" in row and "Minute 325 goes to Congress" in row for row in rows)


def test_the_radar_tells_every_finding_with_its_remedy_and_place(sample: list[Page]) -> None:
    found = run(["radar", "--json", "--data", str(ROOT / "data")]).json["data"]["findings"]
    said = named(sample, "radar.html").said

    for finding in found:
        for words in (finding["what"], finding["why"], finding["remedy"], finding["rule"]):
            assert " ".join(words.split()) in said, words
    assert "issues/mpp.yaml:66" in said
    assert f"{len(found)} findings" in said


def test_the_calendar_has_a_cell_for_every_day_that_leads_to_its_list(sample: list[Page]) -> None:
    page = named(sample, "calendar.html")
    captions = [text_of(each) for each in page.all("caption")]
    labels = [each.get("aria-label") for each in page.all("a") if each.get("aria-label")]

    assert captions == ["January 2021", "February 2021", "March 2021"]
    assert "21 January: 5 things" in labels
    assert len(labels) == len([each for each in page.all("h2") if each.get("id")])


def test_the_graph_says_what_the_list_beside_it_says(sample: list[Page]) -> None:
    page = named(sample, "issues/mpp.html")
    [drawing] = page.all("svg")
    titles = [text_of(each) for each in drawing.iter() if str(each.tag).endswith("title")]
    lists = " ".join(text_of(each) for each in page.all("li"))

    assert titles[0] == "Migrant Protection Protocols"
    assert "After the Cienfuegos arrest: is undermined by" in titles
    assert "is undermined by After the Cienfuegos arrest P1 red" in lists
    assert len(titles) <= 13
    for title in titles[1:]:
        assert title.rsplit(": ", 1)[0] in lists


def test_the_search_finds_what_the_command_finds(sample: list[Page]) -> None:
    page = named(sample, "search.html")
    record = load(WorkTree(ROOT / "data"), "data")
    ids = [text_of(each) for each in page.all("code")]
    words, places = _index(page)

    assert len(ids) == len(record.records)
    for needle in ("quebec", "Secretaría", "31-a", "border", "mlat", "4641", "nothing-of-it"):
        found = {
            ids[at]
            for word, where in zip(words, places, strict=True)
            if fold(needle) in word
            for at in where
        }
        assert found == {hit.id for hit in search(record, [needle]).hits}, needle
    assert len(page.text) < 400 * len(ids), "the index stays small"


def _index(page: Page) -> tuple[list[str], list[list[int]]]:
    [block] = [each for each in page.all("script") if each.get("type")]
    data = json.loads(block.text or "")
    places = []
    for steps in data["places"].split(";"):
        at, found = 0, []
        for step in steps.split():
            at += int(step, 36)
            found.append(at)
        places.append(found)
    return data["words"].split(), places


def test_hostile_texts_are_shown_and_do_nothing(attacked: list[Page]) -> None:
    for page in attacked:
        assert len(page.all("script")) == (2 if page.name == "search.html" else 1), page.name
        assert not page.all("b", "img", "style"), page.name
        assert "49" not in text_of(page.all("title")[0]).split(), page.name
        for char in "\x1b\x07\x9b\u202e\u2066\u2069\u200b\ufeff":
            assert char not in page.text, (page.name, repr(char))
    said = named(attacked, "issues/example.html").said
    for word in hostile.WORDS:
        assert word in said, word
    assert "{{ 7 * 7 }} {% for x in y %}" in said
    assert "\\x1b[31m" in said
    assert "\\u202e" in said
    assert "&lt;b&gt;" in said


def test_hostile_names_of_authors_and_subjects_are_shown_in_history(attacked: list[Page]) -> None:
    said = named(attacked, "issues/example.html").said

    assert 'A"' in said.split("History")[-1]
    assert "script-word" in said.split("History")[-1]


def test_colours_of_text_have_contrast_in_light_and_in_dark(sample: list[Page]) -> None:
    style = (sample[0].folder / "site.css").read_text()
    light, dark, _ = re.findall(r":root \{(.*?)\}", style, re.DOTALL)

    for block in (light, dark):
        colours = dict(re.findall(r"--(\w+): (#\w+)", block))
        for name in ("ink", "soft", "link", "deep", "red", "amber", "green"):
            for ground in ("ground", "shade"):
                assert _contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
        assert _contrast(colours["onbar"], colours["bar"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, contrast ratio)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
