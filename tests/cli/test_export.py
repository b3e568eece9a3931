"""Exports leave: to a pipe or a file, whole or not at all, and under a ceiling."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import icalendar
import pytest

from nacoord.model.kinds.table import KINDS
from tests.support.cli import run
from tests.support.cli import spawn
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import office
from tests.support.records import BASE
from tests.support.records import write
from tests.support.secrets import RECORDS
from tests.support.secrets import SECRET
from tests.support.secrets import everything_in
from tests.support.secrets import rows_of


@pytest.fixture(autouse=True)
def in_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a record in git."""
    place = office(tmp_path / "record")
    monkeypatch.chdir(place)
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")
    return place


@pytest.fixture
def with_secrets(in_record: Path) -> Path:
    """Put in the record what may not leave, and in its history more of it."""
    write(in_record, RECORDS)
    commit_all(in_record, "The hushed beginning")
    file = in_record / "issues" / "example.yaml"
    text = file.read_text()
    file.write_text(text.replace("A plain summary", "A hushed summary").replace(
        "field_markings:\n", "field_markings:\n  summary: deliberative\n"
    ))  # fmt: skip
    write(in_record, {"issues/hushed-gone.yaml": RECORDS["issues/hushed-issue.yaml"]})
    commit_all(in_record, "Hushed words", who="A. Staffer")
    file.write_text(text.replace("health: green", "health: amber"))
    (in_record / "issues" / "hushed-gone.yaml").unlink()
    commit_all(in_record, "More hushed words")
    return in_record


def test_it_goes_to_a_pipe_or_to_a_file(in_record: Path) -> None:
    piped = run(["export", "json"])
    filed = run(["export", "json", "-o", "record.json"])

    assert (piped.code, filed.code, filed.out) == (0, 0, "")
    assert piped.out == (in_record / "record.json").read_text()
    assert piped.out == run(["export", "json", "-o", "-"]).out
    assert filed.err == "nacoord: wrote record.json, marked INTERNAL\n"
    assert run(["export", "json", "-q", "-o", "record.json"]).err == ""


def test_it_says_which_commit_says_the_same(in_record: Path) -> None:
    def made_from(*words: str) -> object:
        return json.loads(run(["export", "json", *words]).out)["made_from"]

    head = git(in_record, "rev-parse", "HEAD").strip()
    assert made_from() == head
    write(in_record, {"issues/new-issue.yaml": BASE["issues/example.yaml"]})
    assert made_from() is None
    assert made_from("--as-of", "HEAD") == head


def test_a_record_in_no_git_is_exported_too(in_record: Path) -> None:
    (in_record / ".git").rename(in_record / "no-git")
    found = run(["export", "json"])

    assert (found.code, json.loads(found.out)["made_from"]) == (0, None)


def test_a_scope_and_a_kind_narrow_it() -> None:
    found = json.loads(run(["export", "json", "canada", "--kind", "issues"]).out)

    assert found["scope"] == {"kind": "relationship", "id": "canada", "title": "Canada"}
    assert [record["id"] for record in found["records"]["issue"]] == [
        "depends-on-new",
        "new-issue",
    ]
    assert not found["records"]["agency"]


BAD = [
    (["export"], 2, "Missing argument", "--help"),
    (["export", "jsno"], 2, 'no format "jsno"', 'did you mean "json"?'),
    (["export", "yaml"], 2, 'no format "yaml"', "use json, csv, xlsx, ics, sqlite"),
    (["export", "json", "mexcio"], 2, 'no scope "mexcio"', 'did you mean "mexico"?'),
    (["export", "json", "--kind", "isue"], 2, 'no kind "isue"', 'did you mean "issue"?'),
    (["export", "json", "--json"], 2, "--json goes with answers", "nacoord export json"),
    (["export", "json", "--marking", "secret"], 2, "secret", "--help"),
    (["export", "json", "-o", "no/x.json"], 4, "there is no folder no", "mkdir -p no"),
    (["export", "json", "-o", "/dev/null/x.json"], 4, "/dev/null is a file", "another folder"),
    (["export", "csv"], 2, "a CSV file holds records of one kind", "--kind issue"),
    (["export", "csv", "-o", "x.csv"], 2, "a CSV file holds records of one kind", "-o FILE.zip"),
    (["export", "csv", "-o", "nacoord.yaml"], 4, "it is a file", "name a folder"),
    (["export", "csv", "--as", "svg"], 2, "csv takes no --as", "--as goes with graph"),
    (["export", "graph", "--kind", "issue"], 2, "graph takes no --kind", "json or csv or xlsx"),
    (["export", "graph", "--as", "png"], 2, "png", "--help"),
    (["export", "json", "--bom"], 2, "json takes no --bom", "--bom goes with csv"),
    (["export", "json", "-o", "issues"], 4, "it is a folder", "name a file in it"),
    (
        ["export", "json", "-o", "issues/example.yaml"],
        4,
        "it is a file of the record",
        "write to another file",
    ),
    (
        ["export", "json", "-o", "nacoord.yaml"],
        4,
        "it is a file of the record",
        "write to another file",
    ),
]


@pytest.mark.parametrize(("words", "code", "message", "hint"), BAD, ids=str)
def test_what_cannot_be_made_is_refused(
    words: list[str], code: int, message: str, hint: str
) -> None:
    found = run(words)

    assert (found.code, found.out) == (code, "")
    assert message in found.err
    assert hint in found.err


def test_a_scope_that_may_not_leave_is_not_known(with_secrets: Path) -> None:
    found = run(["export", "json", "hushed-issue", "--marking", "public"])

    assert found.code == 2
    assert 'no scope "hushed-issue"' in found.err
    assert 'did you mean "hushed' not in found.err


def test_a_text_that_names_what_may_not_leave_stops_it(with_secrets: Path) -> None:
    (with_secrets / "old.json").write_text("old")
    write(with_secrets, {"issues/new-issue.yaml": (
        BASE["issues/new-issue.yaml"]
        + "summary: Like the hushed issue of waters\nmarking: public\n"
    )})  # fmt: skip
    found = run(["export", "json", "--marking", "public", "-o", "old.json"])

    assert (found.code, found.out) == (1, "")
    assert (
        "issues/new-issue.yaml:7: names hushed-issue, which is marked above public: "
        '"The hushed issue of waters"' in found.err
    )
    assert "1 text would name what may not leave under public" in found.err
    assert "mark the field (field_markings), or change the text" in found.err
    assert (with_secrets / "old.json").read_text() == "old"
    # What is not in the part that is exported stops nothing.
    assert run(["export", "json", "mexico", "--marking", "public"]).code == 0


def test_what_was_left_out_is_said_in_it_and_on_stderr(with_secrets: Path) -> None:
    found = run(["export", "json", "--marking", "public", "-q"])

    assert found.code == 0
    assert found.err == "nacoord: 7 records and 5 fields marked above public left out\n"
    assert json.loads(found.out)["omitted"]["said"] in found.err


def test_what_cannot_be_read_is_loud_and_under_a_ceiling_only_counted(in_record: Path) -> None:
    write(in_record, {"issues/broken-issue.yaml": "title: A\ntitle: B\n"})
    plain = run(["export", "json"])
    under = run(["export", "json", "--marking", "internal"])

    assert (plain.code, under.code) == (3, 3)
    assert "issues/broken-issue.yaml" in plain.err
    assert "broken-issue" not in under.out + under.err
    assert "1 file could not be read and is left out" in under.err
    assert json.loads(under.out)["omitted"]["unread"] == 1


# Every way in which an export can be asked for; each format adds its own.
WAYS: list[list[str]] = [
    ["json"],
    ["json", "example"],
    *(["csv", "--kind", kind] for kind in KINDS),
    ["xlsx"],
    ["xlsx", "--kind", "issue"],
    ["ics"],
    ["sqlite"],
    ["sqlite", "example"],
    ["graph", "--stakeholders"],
    ["graph", "example", "--as", "mermaid", "--stakeholders"],
    *([["graph", "--as", "svg", "--stakeholders"]] if shutil.which("dot") else []),
]


@pytest.mark.parametrize("words", WAYS, ids=" ".join)
def test_nothing_above_the_ceiling_leaves(words: list[str], with_secrets: Path) -> None:
    whole = spawn(["export", *words], with_secrets)
    under = spawn(["export", *words, "--marking", "public"], with_secrets)

    assert (whole.returncode, under.returncode) == (0, 0)
    assert SECRET in everything_in(whole.stdout)
    assert SECRET not in everything_in(under.stdout)
    assert under.stdout
    assert SECRET not in under.stderr.decode().lower()


@pytest.mark.parametrize("words", WAYS, ids=" ".join)
def test_the_same_record_gives_the_same_bytes(words: list[str], with_secrets: Path) -> None:
    assert (
        spawn(["export", *words], with_secrets).stdout
        == spawn(["export", *words], with_secrets).stdout
    )


def test_a_file_for_each_kind_goes_to_a_folder_or_a_zip(with_secrets: Path) -> None:
    names = sorted(["about.txt", *(f"{kind.folder}.csv" for kind in KINDS.values())])
    (with_secrets / "old").mkdir()
    (with_secrets / "old" / "issues.csv").write_text("old")
    for place in ("new", "new/", "old"):
        assert run(["export", "csv", "-o", place, "--marking", "public"]).code == 0
        assert sorted(os.listdir(with_secrets / place)) == names
    assert run(["export", "csv", "-o", "all.zip", "--marking", "public"]).code == 0
    with zipfile.ZipFile("all.zip") as parts:
        for name in names:
            assert parts.read(name) == (with_secrets / "old" / name).read_bytes()
            assert SECRET not in parts.read(name).decode().lower()
    about = (with_secrets / "new" / "about.txt").read_text()
    assert about.startswith("Marking: PUBLIC\nOffice: Test Office\nPart: everything\n")
    assert "Left out: 7 records and 5 fields marked above public left out" in about


def test_a_folder_is_written_whole_or_not_at_all(in_record: Path) -> None:
    assert run(["export", "csv", "-o", "out"]).code == 0
    before = {file.name: file.read_bytes() for file in (in_record / "out").iterdir()}
    write(in_record, {"issues/new-issue.yaml": BASE["issues/example.yaml"]})
    # Room for the first files and not for all.
    limit = f"ulimit -f 1; {sys.executable} -m nacoord export csv -o out"
    done = subprocess.run(["bash", "-c", limit], cwd=in_record, capture_output=True, check=False)

    assert done.returncode != 0
    assert {file.name: file.read_bytes() for file in (in_record / "out").iterdir()} == before


def test_the_database_has_the_history_of_what_is_in_it(with_secrets: Path) -> None:
    def changes(*words: str) -> list[tuple[object, ...]]:
        assert run(["export", "sqlite", *words, "-o", "r.db"]).code == 0
        data = (with_secrets / "r.db").read_bytes()
        query = "SELECT record, field, old, new FROM change WHERE what = 'changed'"
        return rows_of(data, query)

    whole = changes()
    under = changes("--marking", "public")
    assert ("example", "summary", "A hushed summary", "A plain summary") in whole
    assert ("example", "health", "green", "amber") in whole
    assert ("example", "health", "green", "amber") in under
    assert not [row for row in under if SECRET in str(row).lower()]
    assert {row[0] for row in changes("new-issue")} <= {"new-issue", "depends-on-new"}


def test_a_database_of_a_record_in_no_git_has_no_history(in_record: Path) -> None:
    (in_record / ".git").rename(in_record / "no-git")
    found = run(["export", "sqlite", "-o", "r.db"])

    assert found.code == 0
    assert "not in git yet" in found.err
    assert rows_of((in_record / "r.db").read_bytes(), "SELECT count(*) FROM change") == [(0,)]


def test_a_terminal_is_refused_what_it_cannot_show(in_record: Path) -> None:
    for name in ("xlsx", "sqlite"):
        shown = in_terminal(["export", name], in_record)
        assert f"{name} is nothing to read in a terminal".encode() in shown
        assert b"write it to a file: -o record." in shown


def test_a_graph_is_what_the_suffix_says(in_record: Path) -> None:
    for name, start in (("g.dot", "digraph"), ("g.gv", "digraph"), ("g.mmd", "---"), ("g", "digr")):
        assert run(["export", "graph", "-o", name]).code == 0
        assert (in_record / name).read_text().startswith(start)
    assert run(["export", "graph", "-o", "g.dot", "--as", "mermaid"]).code == 0
    assert (in_record / "g.dot").read_text().startswith("---")


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_a_graph_is_drawn_by_graphviz(in_record: Path) -> None:
    assert run(["export", "graph", "-o", "g.svg"]).code == 0
    drawn = ET.parse(in_record / "g.svg").getroot()

    assert drawn.tag.endswith("svg")
    assert "Example issue" in "".join(drawn.itertext())
    assert b"Generated by" not in (in_record / "g.svg").read_bytes()


def test_without_graphviz_it_is_said_what_to_install(
    in_record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (in_record / "bin").mkdir()
    git_there = shutil.which("git")
    assert git_there
    (in_record / "bin" / "git").symlink_to(git_there)
    monkeypatch.setenv("PATH", str(in_record / "bin"))
    found = run(["export", "graph", "-o", "g.svg"])

    assert (found.code, found.out) == (1, "")
    assert "svg is drawn by Graphviz, which is not installed" in found.err
    assert "apt install graphviz" in found.err
    assert run(["export", "graph", "-o", "g.dot"]).code == 0


def test_events_say_how_often_their_records_changed(in_record: Path) -> None:
    def call() -> tuple[str, int]:
        found = icalendar.Calendar.from_ical(run(["export", "ics"]).out)
        event = next(each for each in found.walk("VEVENT") if each["SUMMARY"] == "Example call")
        return str(event["DTSTART"].to_ical(), "ascii"), event["SEQUENCE"]

    file = in_record / "engagements" / "example-call.yaml"
    assert call() == ("20210122", 1)
    file.write_text(file.read_text().replace("2021-01-22", "2021-01-23"))
    assert call() == ("20210123", 2)
    commit_all(in_record, "It moves")
    assert call() == ("20210123", 2)


def test_control_characters_reach_no_terminal(in_record: Path) -> None:
    write(in_record, {"issues/new-issue.yaml": (
        BASE["issues/new-issue.yaml"] + 'summary: "\\e[31mred\\a"\n'
    )})  # fmt: skip
    shown = in_terminal(["export", "json", "--no-pager"], in_record)

    assert b"\x1b" not in shown
    assert b"[31mred" in shown


def in_terminal(words: list[str], cwd: Path) -> bytes:
    """Return what a run shows in a terminal."""
    parent, child = os.openpty()
    shown: list[bytes] = []

    def read() -> None:
        try:
            while part := os.read(parent, 65536):
                shown.append(part)
        except OSError:
            return

    reader = threading.Thread(target=read)
    reader.start()
    spawn(words, cwd, shell=f"> {os.ttyname(child)} 2>&1")
    os.close(child)
    reader.join()
    os.close(parent)
    return b"".join(shown)
