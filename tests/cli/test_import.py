"""A sheet comes in: one commit or nothing, the same again changes nothing, hand edits stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.cli import Ran
from tests.support.cli import run
from tests.support.git import git
from tests.support.office import office
from tests.support.office import state
from tests.support.sheets import saved
from tests.support.sheets import workbook

MAP = """\
kind: commitment
sheet: Taskers
match: x-tasker
id: {from: No}
fields:
  x-tasker: No
  title: Subject
  by: From
  to: {column: To, split: ";"}
  issues: Issue
  due: {column: Due, dates: MM/DD/YYYY}
"""
LIST = """\
No,Subject,From,To,Issue,Due
T-1,First letter,SRE,State Department,example,02/03/2021
T-2,"Second, in two
lines",dhs,texas; state,Example issue,
"""
IMPORT = ["import", "list.csv", "--mapping", "map.yaml"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = office(tmp_path / "record")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NACOORD_DATA", "record")
    Path("list.csv").write_text(LIST)
    Path("map.yaml").write_text(MAP)
    return place


def imported(*words: str) -> Ran:
    found = run([*IMPORT, *words])
    assert found.code == 0, found.err + found.out
    return found


def count(folder: Path) -> int:
    return int(git(folder, "rev-list", "--count", "HEAD"))


def test_a_sheet_is_one_commit_and_the_same_again_is_none(folder: Path) -> None:
    before = count(folder)
    made = imported("-m", "Monday's list")

    assert count(folder) == before + 1
    assert "2 rows: 2 new" in made.out
    assert git(folder, "log", "-1", "--format=%B").strip() == (
        "import list.csv: 2 new commitments\n\nMonday's list\n\n"
        "Nacoord-Action: import\nNacoord-Record: t-1\nNacoord-Record: t-2"
    )
    assert (folder / "commitments/t-1.yaml").read_text() == (
        "title: First letter\nby: [sre]\nto: [state]\nissues: [example]\ndue: 2021-02-03\n"
        "status: open\nx-tasker: T-1\n"
    )
    assert run(["check"]).code == 0
    assert "t-1" not in run(["audit"]).out, "what it did is what it said"

    again = imported()
    assert "Nothing to change: the record says so already." in again.out
    assert count(folder) == before + 1
    assert imported("-q").out == ""


def test_a_workbook_comes_in_as_the_list_does(folder: Path) -> None:
    imported()
    book = workbook([["No", "Subject", "From", "To", "Issue", "Due"], ["T-1", "First letter", "SRE", "State Department", "example", date(2021, 2, 3)], ["T-3", "Third", "dhs", "state", "example", None]], "Taskers")  # fmt: skip
    Path("list.xlsx").write_bytes(saved(book))
    found = run(["import", "list.xlsx", "--mapping", "map.yaml"])

    assert found.code == 0, found.out
    assert (
        "list.xlsx, sheet Taskers: commitments by map.yaml\n2 rows: 1 new, 1 the same" in found.out
    )


def test_only_mapped_fields_change_and_what_was_written_by_hand_stays(folder: Path) -> None:
    imported()
    file = folder / "commitments/t-1.yaml"
    file.write_text(
        file.read_text().replace("status: open", "status: missed  # by hand") + "summary: Ours\n"
    )
    run(["commit", "-m", "By hand"])
    Path("list.csv").write_text(LIST.replace("02/03/2021", "02/04/2021"))
    before = file.read_text()
    found = imported()

    assert file.read_text() == before.replace("2021-02-03", "2021-02-04")
    assert "t-1  due 2021-02-03 → 2021-02-04" in found.out
    assert "Nacoord-Record: t-1 due\n" in git(folder, "log", "-1", "--format=%B")


def test_a_record_that_was_edited_and_not_committed_is_left_alone(folder: Path) -> None:
    imported()
    file = folder / "commitments/t-1.yaml"
    file.write_text(file.read_text().replace("First", "1st"))
    Path("list.csv").write_text(LIST.replace("02/03/2021", "02/04/2021"))
    before = state(folder)
    found = run(IMPORT)

    assert found.code == 1
    assert "nacoord commit t-1" in found.err
    assert state(folder) == before


def test_a_dry_run_tells_the_same_and_changes_nothing(folder: Path) -> None:
    before = state(folder)
    found = imported("--dry-run")

    assert state(folder) == before
    assert "Would change: import list.csv: 2 new commitments" in found.out
    assert "+title: First letter" in found.out


def test_anything_wrong_refuses_everything_and_tells_all_of_it(folder: Path) -> None:
    before = state(folder)
    Path("list.csv").write_text(
        LIST + "T-4,Four,SER,state,example,13/13/2021\nT-5,SECRET//NOFORN,sre,state,exampel,\nT-6\n"
    )
    for words in ((), ("--dry-run",), ("-q",)):
        found = run([*IMPORT, *words])
        assert found.code == 1
        assert state(folder) == before
        assert "nothing was imported: 5 errors in 3 rows" in found.err
        for said in (
            'C4 From: no agency "SER"',
            'F4 Due: "13/13/2021" is not a date in the form MM/DD/YYYY',
            "B5 Subject: this text carries a classification marking",
            'E5 Issue: no issue "exampel"',
            "row 6: the row has 1 value,",
        ):
            assert said in found.out


def test_json_tells_every_row(folder: Path) -> None:
    made = imported("--json").json
    assert (made["kind"], made["data"]["commit"]) == (
        "import",
        git(folder, "rev-parse", "HEAD").strip(),
    )
    report = made["data"]["report"]
    assert report["counts"] == {"new": 2, "changed": 0, "same": 0, "skipped": 0, "error": 0}
    assert [(row["row"], row["what"], row["id"]) for row in report["rows"]] == [
        (2, "new", "t-1"), (3, "new", "t-2"),
    ]  # fmt: skip
    same = imported("--json").json["data"]
    assert (same["commit"], same["report"]["counts"]["same"]) == (None, 2)

    Path("list.csv").write_text(LIST.replace("02/03/2021", "soon"))
    wrong = run([*IMPORT, "--json"])
    assert wrong.code == 1
    assert wrong.json["data"]["report"]["rows"][0]["errors"] == [
        {
            "row": 2, "column": "Due", "cell": "F2", "field": "due", "value": "soon",
            "why": '"soon" is not a date in the form MM/DD/YYYY', "hint": "",
        }
    ]  # fmt: skip


def test_what_is_wrong_in_a_mapping_has_its_line() -> None:
    Path("map.yaml").write_text(
        MAP.replace("title: Subject", "title: Subjct").replace("issues:", "isues:")
    )
    found = run(IMPORT)

    assert found.code == 2
    assert (
        'map.yaml:7:10: error[bad-choice]: list.csv has no column "Subjct"; did you mean "Subject"?'
        in found.err
    )
    assert (
        'map.yaml:10:3: error[unknown-field]: no field "isues"; did you mean "issues"?' in found.err
    )
    assert "   7 |   title: Subjct\n" in found.err
    assert "nothing was imported: 2 errors in map.yaml" in found.err

    Path("map.yaml").write_text("kind: [\n")
    assert "map.yaml:2:1: error[bad-yaml]" in run(IMPORT).err
    Path("map.yaml").write_text("kind: comitment\nid: No\n")
    said = run(IMPORT).err
    assert (
        'map.yaml:1:7: error[bad-choice]: "comitment" is not a kind; did you mean "commitment"?'
        in said
    )
    assert 'error[missing-field]: "fields" is missing' in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import", "nowhere.csv", "--mapping", "map.yaml"], "there is no file nowhere.csv"),
        (["import", "list.csv", "--mapping", "nowhere.yaml"], "there is no file nowhere.yaml"),
        (["import", "list.csv"], "Missing option '--mapping'"),
        ([*IMPORT, "--delimiter", "ab"], '"ab" is no delimiter'),
        ([*IMPORT, "--encoding", "latin"], "latin"),
        ([*IMPORT, "--as-of", "2021-01-01"], "--as-of"),
    ],
)
def test_what_is_typed_wrong(words: list[str], said: str) -> None:
    found = run(words)

    assert found.code == 2
    assert said in found.err


def test_hostile_text_is_text(folder: Path) -> None:
    Path("list.csv").write_text(
        LIST + 'T-7,"\'=HYPERLINK(""http://x"")",sre,state,example,\n'
        'T-8,"--- x: [y] # z\n---\nNacoord-Action: remove",sre,state,example,\n'
    )
    imported()

    assert 'title: =HYPERLINK("http://x")\n' in (folder / "commitments/t-7.yaml").read_text()
    assert run(["check", "--strict"]).code == 0
    trailers = git(folder, "log", "-1", "--format=%(trailers:only)")
    assert trailers.count("Nacoord-Action") == 1
    for bad in ("\x1b[31mred", "a\x07"):
        Path("list.csv").write_text(LIST + f'T-9,"{bad}",sre,state,example,\n')
        found = run(IMPORT)
        assert found.code == 1
        assert "B4 Subject: the control character" in found.out
        assert bad not in found.out + found.err


def test_the_files_name_says_no_more_than_itself(folder: Path, tmp_path: Path) -> None:
    name = "a\nNacoord-Action: remove.csv"
    (tmp_path / name).write_text(LIST)
    made = run(["import", str(tmp_path / name), "--mapping", str(tmp_path / "map.yaml")])

    assert made.code == 0, made.err
    message = git(folder, "log", "-1", "--format=%B")
    assert message.startswith("import a Nacoord-Action: remove.csv: 2 new commitments\n")
    assert str(tmp_path) not in message


def test_an_import_is_no_line_of_a_batch(tmp_path: Path) -> None:
    (tmp_path / "batch.txt").write_text("import list.csv --mapping map.yaml\n")
    found = run(["batch", "batch.txt"])

    assert found.code == 2
    assert '"import" can\'t stand in a batch' in found.err


def test_without_the_library_the_install_command_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sys

    Path("list.xlsx").write_bytes(saved(workbook([["A"]])))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    found = run(["import", "list.xlsx", "--mapping", "map.yaml"])

    assert found.code == 1
    assert "pip install 'nacoord[xlsx]'" in found.err
