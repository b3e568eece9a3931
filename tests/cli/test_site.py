"""A site is written whole or not at all, in its own place only, and holds what may leave only."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nacoord.record.sitefolder import MARKER
from tests.support.cli import run
from tests.support.cli import spawn
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import office
from tests.support.records import BASE
from tests.support.records import write
from tests.support.site import Page
from tests.support.site import files_of

SITE = ["site", "../out"]


@pytest.fixture(autouse=True)
def in_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a record in git, with a change made two days ago and one made later than today."""
    place = office(tmp_path / "record")
    monkeypatch.chdir(place)
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")
    file = place / "issues" / "example.yaml"
    for health, on in (("amber", "2021-01-18"), ("red", "2021-01-21")):
        said = f"health: {health}\nhealth_reason: It is {health}"
        file.write_text(BASE["issues/example.yaml"].replace("health: green", said))
        commit_all(place, f"Say it is {health}", on=f"{on}T12:00:00-05:00")
    return place


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def beside(out: Path) -> list[str]:
    """Return what a run left beside the site."""
    return sorted(name for name in os.listdir(out.parent) if name.startswith(".nacoord"))


def test_it_says_what_it_wrote_and_how_it_is_marked(out: Path) -> None:
    found = run(SITE)

    assert found.code == 0
    assert found.out == ""
    assert "wrote 20 pages, marked INTERNAL: open ../out/index.html" in found.err
    assert sorted(os.listdir(out)) == [
        "agencies",
        "calendar.html",
        "clocks",
        "commitments",
        "engagements",
        "index.html",
        "issues",
        MARKER,
        "people",
        "promises.html",
        "radar.html",
        "search.html",
        "site.css",
    ]
    assert json.loads((out / MARKER).read_text()) == {
        "format": 1,
        "scope": "",
        "today": "2021-01-20",
        "marking": "internal",
    }
    assert run([*SITE, "-q"]).err == ""
    assert beside(out) == []


def test_json_says_it_to_programs() -> None:
    found = run([*SITE, "mexico", "--marking", "internal", "--json"]).json

    assert (found["kind"], found["today"]) == ("site", "2021-01-20")
    assert found["data"] == {
        "folder": "../out",
        "pages": 14,
        "marking": "internal",
        "ceiling": "internal",
        "left_out": "",
    }


def test_history_is_told_up_to_today_with_who_and_why(out: Path) -> None:
    run(SITE)
    said = Page(out, out / "issues" / "example.html").said

    assert "18 Jan health green → amber" in said
    assert "health_reason It is amber A. Staffer: Say it is amber" in said
    assert "Say it is red" not in said
    changed = Page(out, out / "index.html").said.split("Changed in the last days")[-1]
    assert "18 Jan example : health green → amber" in changed


def test_a_scope_has_its_own_pages_and_no_others(out: Path) -> None:
    assert run([*SITE, "canada"]).code == 0
    names = set(files_of(out))

    assert "issues/new-issue.html" in names
    assert "issues/example.html" not in names
    assert run([*SITE, "example-officer"]).code == 0
    said = Page(out, out / "issues" / "example.html")
    assert "new-issue" not in said.text
    assert "issues/new-issue.html" not in set(files_of(out))


def test_as_of_is_the_site_of_that_day(out: Path) -> None:
    assert run([*SITE, "--as-of", "2021-01-18", "--today", "2021-01-18"]).code == 0

    assert "It is amber" in Page(out, out / "issues" / "example.html").said


def test_the_same_record_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", "1"), ("two", "2")):
        done = spawn(["site", str(tmp_path / name)], Path.cwd(), PYTHONHASHSEED=seed)
        assert done.returncode == 0

    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_an_old_site_is_replaced_whole(out: Path) -> None:
    run(SITE)
    (out / "issues" / "gone.html").write_text("old")
    write(Path.cwd(), {"issues/new-issue.yaml": BASE["issues/new-issue.yaml"] + "tags: [fresh]\n"})
    found = run(SITE)

    assert found.code == 0
    assert not (out / "issues" / "gone.html").exists()
    assert "fresh" in (out / "issues" / "new-issue.html").read_text()
    assert beside(out) == []


def test_an_empty_folder_is_taken_and_what_a_link_points_to_is_replaced(
    out: Path, tmp_path: Path
) -> None:
    out.mkdir()
    assert run(SITE).code == 0
    (tmp_path / "link").symlink_to(out)
    assert run(["site", "../link"]).code == 0

    assert (tmp_path / "link").is_symlink()
    assert (out / "index.html").exists()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"thesis.docx": "x"}, "not a site that nacoord made"),
        ({MARKER: "{}"}, "not a site that nacoord made"),
        ({MARKER: '{"format": true}'}, "not a site that nacoord made"),
        ({MARKER: '{"format": 99}'}, "a site of form 99, made by a newer nacoord"),
        ({MARKER: '{"format": 1}', "notes.txt": "x"}, "it holds notes.txt"),
        ({MARKER: '{"format": 1}', ".git/config": "x"}, "it holds .git"),
        ({MARKER: '{"format": 1}', "issues/plan.docx": "x"}, "it holds issues/plan.docx"),
    ],
)
def test_what_is_no_site_of_ours_is_left_alone(out: Path, files: dict[str, str], said: str) -> None:
    write(out, files)
    before = files_of(out)
    found = run(SITE)

    assert found.code == 4
    assert said in found.err
    assert "name another folder, or empty that one yourself" in found.err
    assert files_of(out) == before
    assert beside(out) == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("../no/out", "mkdir -p ../no"),
        ("issues/out", "it is in the record"),
        (".", "it is in the record"),
        ("..", "not a site that nacoord made"),
        ("../file", "it is a file"),
    ],
)
def test_a_place_that_cannot_be_is_refused_before_any_work(
    place: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    found = run(["site", place])

    assert found.code == 4
    assert said in found.err


def test_an_unknown_scope_leaves_nothing_behind(out: Path) -> None:
    found = run([*SITE, "mexcio"])

    assert found.code == 2
    assert 'did you mean "mexico"?' in found.err
    assert not out.exists()
    assert beside(out) == []


def test_a_disk_that_says_no_leaves_the_old_site(out: Path) -> None:
    run(SITE)
    before = files_of(out)
    command = f"ulimit -f 4; {sys.executable} -m nacoord site ../out"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)

    assert done.returncode == 4
    assert "can't make the site ../out: File too large" in done.stderr
    assert "what was there is as it was" in done.stderr
    assert files_of(out) == before
    assert beside(out) == []


def _begun(out: Path) -> subprocess.Popen[bytes]:
    """Return a run over many records that has begun to write beside its folder."""
    many = {f"agencies/many-{n}.yaml": BASE["agencies/dhs.yaml"] for n in range(400)}
    write(Path.cwd(), many)
    process = subprocess.Popen(
        [sys.executable, "-m", "nacoord", *SITE], stderr=subprocess.DEVNULL, env=os.environ
    )
    while not beside(out) and process.poll() is None:
        time.sleep(0.001)
    return process


def test_a_killed_run_leaves_the_old_site_and_the_next_one_tidies_up(out: Path) -> None:
    run(SITE)
    before = files_of(out)
    process = _begun(out)
    process.send_signal(signal.SIGKILL)
    process.wait()

    assert process.returncode == -signal.SIGKILL
    assert files_of(out) == before
    assert len(beside(out)) == 1
    assert run(SITE).code == 0
    assert beside(out) == []
    assert (out / "agencies" / "many-399.html").exists()


def test_an_interrupted_run_leaves_nothing_beside(out: Path) -> None:
    process = _begun(out)
    process.send_signal(signal.SIGINT)

    assert process.wait() == 130
    assert not out.exists()
    assert beside(out) == []


def test_a_missing_library_is_a_line_with_what_to_install(out: Path) -> None:
    blocked = "import sys; sys.modules['jinja2'] = None; from nacoord.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", blocked, *SITE], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr == (
        "nacoord: a site needs a library that is not installed\n  pip install 'nacoord[site]'\n"
    )
    assert not out.exists()


def test_what_could_not_be_read_is_counted_on_every_page(out: Path) -> None:
    write(Path.cwd(), {"issues/new-issue.yaml": "title: [broken\n"})
    found = run(SITE)

    assert found.code == 3
    assert "issues/new-issue.yaml" in found.err
    for page in ("index.html", "issues/example.html"):
        assert "1 file of the record could not be read" in Page(out, out / page).said
    under = run([*SITE, "--marking", "internal"])
    assert under.code == 3
    assert "new-issue" not in under.err
    assert "1 file could not be read and is left out" in under.err
    assert b"new-issue" not in b"".join(files_of(out).values())


def test_without_git_it_says_what_is_missing(in_record: Path, out: Path) -> None:
    shutil.rmtree(in_record / ".git")
    found = run(SITE)

    assert found.code == 0
    assert "the record is not in git yet" in found.err
    assert "The record has no history" in Page(out, out / "issues" / "example.html").said


def test_no_path_of_this_machine_is_in_it(in_record: Path, out: Path, tmp_path: Path) -> None:
    os.chdir(tmp_path)
    assert run(["site", str(out), "--data", str(in_record)]).code == 0
    whole = b"".join(files_of(out).values())

    assert str(tmp_path).encode() not in whole
    assert b"issues/example.yaml" in (out / "radar.html").read_bytes()


# What may not leave carries one of these, wherever it stands.
_SECRET = "zebra"


def _guarded(place: Path) -> None:
    """Make of the record one that may leave but for what is marked, now or in its history."""
    texts = {
        name: f"{text}marking: public\n" for name, text in BASE.items() if name != "nacoord.yaml"
    }
    fields = (
        "summary: The zebra-summary\nsuccess: The zebra-success\n"
        "notes: [{on: 2021-01-05, text: The zebra-note, by: zebra-writer}]\n"
        "tags: [zebra-tag]\nx-zebra: zebra-own\n"
        "field_markings: {summary: internal, success: deliberative, notes: internal, tags: cui//PRVCY, extras: internal}\n"
    )
    texts["issues/example.yaml"] += fields.replace("x-zebra: zebra-own\n", "").replace(
        ", extras: internal", ""
    )
    texts["issues/zebra-issue.yaml"] = (
        "title: The zebra issue of it all\nrelationships: [mexico]\ntheme: trade\npriority: P1\n"
        "status: active\nhealth: red\nhealth_reason: zebra-reason\n"
        "next_step: {what: zebra-step, who: dhs, due: 2021-01-10}\n"
        "links: [{to: example, kind: undermines, because: zebra-because}]\nmarking: internal\n"
    )
    texts["issues/example.yaml"] = texts["issues/example.yaml"].replace(
        "next_step:", "links: [{to: zebra-issue, kind: blocks, because: It is so}]\nnext_step:"
    )
    texts["agencies/zebra-body.yaml"] = (
        "title: The zebra body of stripes\nlevel: state\nsphere: domestic\ncountry: US\n"
        "positions: [{issue: example, stance: zebra-stance}]\n"
    )
    texts["commitments/zebra-promise.yaml"] = (
        "title: A zebra promise of rain\nby: [dhs]\nto: [texas]\nissues: [example]\nstatus: open\n"
        "due: 2021-01-11\nmarking: cui//PRVCY\n"
    )
    texts["actions/zebra-raid.yaml"] = (
        "title: A zebra raid at dawn\nby: [dhs]\nwhen: 2021-01-23\nissues: [example]\n"
        "tell: [{who: texas}]\nmarking: deliberative\n"
    )
    unmarked = texts["issues/example.yaml"].split("field_markings:")
    before = f"{unmarked[0]}marking: public\n".replace(
        "The zebra-summary", "An early zebra-summary"
    )
    write(place, {"issues/example.yaml": before})
    commit_all(place, "Not marked yet", on="2021-01-19T11:00:00-05:00")
    write(place, texts)
    commit_all(place, "The zebra-subject", on="2021-01-19T12:00:00-05:00", who="Z. Zebra")
    write(
        place,
        {
            "issues/example.yaml": texts["issues/example.yaml"].replace(
                "The zebra-summary", "Another zebra-summary"
            ),
            "commitments/zebra-promise.yaml": texts["commitments/zebra-promise.yaml"].replace(
                "2021-01-11", "2021-01-12"
            ),
        },
    )
    git(place, "rm", "-q", "actions/zebra-raid.yaml")
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", "A zebra-subject\n\nThe zebra-why", who="Z. Zebra")


def test_nothing_above_the_ceiling_is_in_it_anywhere(in_record: Path, out: Path) -> None:
    _guarded(in_record)
    found = run([*SITE, "--marking", "public"])

    assert found.code == 0, found.err
    assert "3 records and 4 fields marked above public left out" in found.err
    assert "marked PUBLIC" in found.err
    for name, data in files_of(out).items():
        assert _SECRET not in name
        assert _SECRET.encode() not in data.lower(), name
    page = Page(out, out / "issues" / "example.html")
    assert "3 records and 4 fields marked above public left out" in page.said
    assert "Staffer" not in page.said
    assert page.said.count("PUBLIC") >= 2
    assert run([*SITE]).code == 0
    assert _SECRET.encode() in (out / "issues" / "example.html").read_bytes().lower()


def test_the_marking_is_that_of_old_versions_too(in_record: Path, out: Path) -> None:
    file = in_record / "issues" / "example.yaml"
    text = file.read_text()
    file.write_text(f"{text}summary: Quiet\nmarking: deliberative\n")
    commit_all(in_record, "Mark it", on="2021-01-19T12:00:00-05:00")
    file.write_text(text)
    commit_all(in_record, "Unmark it", on="2021-01-20T12:00:00-05:00")

    found = run(SITE)
    assert "Quiet" in (out / "issues" / "example.html").read_text()
    assert "marked DELIBERATIVE" in found.err
    found = run([*SITE, "--marking", "internal"])
    assert "Quiet" not in (out / "issues" / "example.html").read_text()
    assert "marked INTERNAL" in found.err


def test_a_text_that_names_what_may_not_leave_is_refused(in_record: Path, out: Path) -> None:
    _guarded(in_record)
    file = in_record / "agencies" / "texas.yaml"
    file.write_text(f"{file.read_text()}summary: Asks about the zebra issue of it all\n")
    found = run([*SITE, "--marking", "public"])

    assert found.code == 1
    assert "agencies/texas.yaml:10: names zebra-issue, which is marked above public" in found.err
    assert "mark the field (field_markings), or change the text" in found.err
    assert not out.exists()
