"""The brief in every format: a record's words stay words, and the sample's brief has two pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import html5lib
import pytest
from markdown_it import MarkdownIt

from nacoord.desk.brief.answer import Asked
from nacoord.desk.brief.answer import Brief
from nacoord.desk.brief.answer import Past
from nacoord.desk.brief.answer import brief
from nacoord.desk.brief.frame import Frame
from nacoord.desk.brief.frame import met_scope
from nacoord.desk.brief.health import HealthHistory
from nacoord.desk.chronicle import Entry
from nacoord.desk.edits.outcome import RecordChange
from nacoord.desk.facing import facing
from nacoord.desk.facing import find_asked
from nacoord.desk.lately import Event
from nacoord.desk.lately import Lately
from nacoord.desk.readahead import readahead
from nacoord.desk.release import release
from nacoord.model.difference import FieldChange
from nacoord.model.snapshot import Snapshot
from nacoord.present.brief.page import document
from nacoord.present.document.model import shown
from nacoord.present.document.table import FORMATS
from nacoord.present.document.table import render
from nacoord.present.terminal.console import Style
from tests.conftest import ROOT
from tests.present.test_documents import KNOWN
from tests.support.cli import run
from tests.support.documents import HOSTILE
from tests.support.documents import PLAIN
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import know_me
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)


def _hostile(text: str, *, full: bool) -> tuple[Brief, Snapshot]:
    """Return a brief in which that text stands wherever a record can hold it."""
    import json

    # A YAML double-quoted scalar takes JSON's escapes.
    said = json.dumps(text)
    snapshot = snapshot_of(
        {
            "issues/example.yaml": (
                f"title: {said}\nsummary: {said}\nrelationships: [mexico]\ntheme: trade\n"
                f"priority: P1\nstatus: active\nhealth: red\nhealth_reason: {said}\n"
                f"leads: {{foreign: state, domestic: dhs}}\nowner: example-officer\n"
                f"next_step: {{what: {said}, who: state, due: 2021-01-10}}\n"
                f"decisions:\n  - {{what: {said}, who: state, due: 2021-01-25}}\n"
                f"milestones:\n  - {{what: {said}, done: 2021-01-18}}\n"
            ),
            "agencies/texas.yaml": (
                f"title: {said}\nlevel: state\nsphere: domestic\ncountry: US\n"
                f"positions:\n  - {{issue: example, stance: {said}, since: 2021-01-05}}\n"
            ),
            "engagements/example-call.yaml": (
                f"title: {said}\ntype: call\ndate: 2021-01-22\nwith: [sre]\nissues: [example]\n"
                f"place: {said}\n"
            ),
            "commitments/example-promise.yaml": (
                f"title: {said}\nby: [sre]\nto: [state]\nissues: [example]\n"
                f"said: {{source: {said}}}\ndue: 2021-01-01\nstatus: open\n"
            ),
            "actions/raid.yaml": (
                f"title: {said}\nby: [dhs]\nwhen: 2021-01-25\nissues: [example]\n"
                "tell:\n  - who: texas\n"
            ),
        }
    )
    change = RecordChange(
        "example", "issue", "changed", None, (FieldChange("health", "", "green", "red"),), text
    )
    entry = Entry("c0ffee1", date(2021, 1, 18), text, text, text, "set", False, (change,))
    past = Past((entry,), health=HealthHistory((entry,), date(2020, 1, 1)))
    met = facing(snapshot, TODAY, find_asked(snapshot, "example-call"))
    frame = Frame(snapshot, met_scope(snapshot, met), TODAY, date(2021, 1, 14), date(2021, 2, 3))
    asked = Asked(full=full, own_words=text if text.strip() else "x")
    meeting = readahead(snapshot, TODAY, met, None)
    return brief(frame, release(snapshot, None), past, asked, meeting), snapshot


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words_in_every_format(text: str, full: bool) -> None:
    answer, snapshot = _hostile(text, full=full)
    words = "".join(shown(text).split())
    page = document(answer, snapshot)
    for name in ("terminal", "markdown"):
        for width in (40, 100):
            style = Style(width, color=False, terminal=False)
            made = render(page, FORMATS[name], style).decode()
            assert not re.search("[\x00-\x08\x1b\u202e\u2066\u200b]", made)
            if name == "terminal":
                assert max(map(len, made.splitlines())) <= width
                assert "".join(made.split()).count(words) >= 5
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(made)
    kinds = {token.type for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or ()}
    assert kinds <= KNOWN, kinds - KNOWN
    read = docx.Document(io.BytesIO(render(page, FORMATS["docx"], PLAIN)))
    said = "".join("".join(each.text.split()) for each in read.paragraphs)
    assert said.count(words) >= 5
    written = render(page, FORMATS["html"], PLAIN).decode()
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(written)
    assert not {each.tag for each in tree.iter()} & {"script", "a", "img", "iframe", "b"}
    assert "".join("".join(tree.itertext()).split()).count(words) >= 5
    assert render(page, FORMATS["pdf"], PLAIN).startswith(b"%PDF")


def test_two_pages_count_what_they_leave_out_and_full_has_it_all() -> None:
    short, whole = (
        run(["--data", str(ROOT / "data"), "-q", "brief", "--format", "markdown", *words]).out
        for words in ([], ["--full"])
    )

    assert "more dated things" in short
    assert "> P3 or P4 (--full): " in short
    assert "--full" not in re.sub("^---.*?---", "", whole, flags=re.DOTALL)
    for title in ("Softwood", "Selenium", "Office sets out options on contacts"):
        assert title in whole
    assert len(whole) > 1.7 * len(short)


def test_without_history_the_strip_says_so_and_with_it_shows_the_weeks() -> None:
    answer, snapshot = _hostile("Words", full=False)
    style = Style(100, color=False, terminal=False)
    told = render(document(answer, snapshot), FORMATS["terminal"], style).decode()
    bare = replace(answer, strip=replace(answer.strip, began=None))
    untold = render(document(bare, snapshot), FORMATS["terminal"], style).decode()

    assert "No history tells how health stood in the weeks before." in untold
    assert "No history tells" not in told


def _shown(answer: Brief, snapshot: Snapshot) -> str:
    style = Style(200, color=False, terminal=False)
    return render(document(answer, snapshot), FORMATS["terminal"], style).decode()


def test_of_health_only_what_the_ends_of_weeks_show_is_said() -> None:
    answer, snapshot = _hostile("Words", full=False)
    still = replace(answer.strip.tracks[0], weeks=(None,) * 6 + ("red", "red"))
    strip = replace(answer.strip, tracks=(still,), began=date(2021, 1, 12))

    assert (
        "At the end of each week since 13 Jan every issue's health was what it is now."
        in _shown(replace(answer, strip=strip), snapshot)
    )
    young = replace(strip, began=date(2021, 1, 14))
    assert "History begins on 14 Jan: no week before this one has its health." in _shown(
        replace(answer, strip=young), snapshot
    )


def test_a_change_of_another_record_is_not_told_as_the_issues_own() -> None:
    answer, snapshot = _hostile("Words", full=False)
    first, second, own = (
        Event(date(2021, 1, 19), "changed", what, (), record)
        for what, record in (
            ("status open → missed", "example-promise"),
            ("status open → missed", "other-promise"),
            ("status active → resolved", "example"),
        )
    )
    new = Event(date(2021, 1, 18), "changed", "new action “Words”", (), "raid")
    changed = (Lately("example", (first, second, new), 0), Lately("", (own,), 0))
    told = _shown(replace(answer, changed=changed), snapshot)

    assert (
        "example: 18 Jan new action “Words”; 19 Jan other-promise status open → missed; "
        "example-promise status open → missed."
    ) in told
    assert "19 Jan example status active → resolved." in told


def _pages(file: Path) -> int:
    for program in ("soffice", "pdfinfo"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed, so pages can't be counted")
    if file.suffix != ".pdf":
        home = f"-env:UserInstallation=file://{file.parent}/office"
        words = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent)]
        subprocess.run([*words, str(file)], check=True, capture_output=True, timeout=180)
        file = file.with_suffix(".pdf")
    told = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True).stdout.decode()
    size = re.search(r"Page size:\s+612 x 792 pts \(letter\)", told)
    pages = re.search(r"Pages:\s+(\d+)", told)
    assert size
    assert pages
    return int(pages[1])


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside a copy of the sample in git, with six weeks of history up to its day."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    know_me()
    git(tmp_path, "init", "-q")
    texts = {}
    for name in ("keystone-xl", "line-5", "usmca-labor", "mpp"):
        texts[name] = (tmp_path / f"data/issues/{name}.yaml").read_text()
    for health, on in (("green", "2020-12-07"), ("amber", "2020-12-29"), ("", "2021-01-15")):
        for name, text in texts.items():
            new = re.sub("(?m)^health: .*$", f"health: {health}", text) if health else text
            (tmp_path / f"data/issues/{name}.yaml").write_text(new)
        commit_all(tmp_path, "Health", f"{on}T12:00:00-05:00")
    return tmp_path


@pytest.mark.parametrize("format", ["docx", "pdf"])
@pytest.mark.parametrize("words", [[], ["mexico"], ["--for", "sre"]])
def test_the_brief_of_the_sample_has_two_pages(words: list[str], format: str, sample: Path) -> None:
    shown = run(["brief", *words]).out
    found = run(["brief", *words, "-o", f"brief.{format}"])

    assert found.code == 0
    assert _pages(sample / f"brief.{format}") <= 2
    assert "Health at the end of each week, where it changed" in shown


def test_the_strip_shows_what_changed_and_in_full_every_issue(sample: Path) -> None:
    shown = run(["brief", "canada", "--format", "markdown"]).out
    whole = run(["brief", "canada", "--format", "markdown", "--full"]).out

    assert "| line-5 | no record 2 Dec 2020, green 9 Dec 2020–23 Dec 2020, amber 30 Dec" in shown
    assert "| vaccines | no record" not in shown
    assert "| vaccines | no record 2 Dec 2020, red 9 Dec 2020–20 Jan |" in whole
    quiet = run(["brief", "gm-corn"]).out
    assert "since 9 Dec 2020 every issue's health was what it is now." in " ".join(quiet.split())
