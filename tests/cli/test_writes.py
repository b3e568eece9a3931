"""Every write command: one commit, nothing else touched; refused with the remedy when it can't be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.cli import Ran
from tests.support.cli import run
from tests.support.git import git
from tests.support.office import know_me
from tests.support.office import office
from tests.support.office import state


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = office(tmp_path / "record")
    monkeypatch.chdir(place)
    return place


def change(*words: str) -> Ran:
    found = run(list(words))
    assert found.code == 0, found.err
    return found


def message() -> str:
    return git(Path.cwd(), "log", "-1", "--format=%B")


def issue() -> str:
    return Path("issues/example.yaml").read_text()


def test_set_changes_one_line_and_says_so_in_the_commit(folder: Path) -> None:
    before = issue()

    found = change(
        "set", "example", "health=red", "health_reason=The panel refused", "-m", "A call"
    )

    assert issue() == before.replace(
        "health: green\n", "health: red\nhealth_reason: The panel refused\n"
    )
    assert message().strip() == (
        "example: health green → red, health_reason The panel refused\n\nA call\n\n"
        "Nacoord-Action: set\nNacoord-Record: example health health_reason"
    )
    assert "health green → red" in found.out
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "log", "-1", "--format=%an").strip() == "B. Staffer"


def test_dates_ids_lists_and_entries_are_read_as_typed(folder: Path) -> None:
    change(
        "set", "example", "next_step.due=+2w", "leads.foreign=State Department", "tags+=urgent,panel",
        "parties[texas].role=lead", "parties-=sre", "--today", "2021-01-20",
    )  # fmt: skip

    assert "due: 2021-02-03" in issue()
    assert "foreign: state" in issue()
    assert "tags: [urgent, panel]" in issue()
    assert "agency: texas\n    role: lead" in issue()
    assert "sre" not in issue()


def test_several_records_change_in_one_commit(folder: Path) -> None:
    count = git(folder, "rev-list", "--count", "HEAD")

    change("set", "example", "new-issue", "priority=P2")

    assert int(git(folder, "rev-list", "--count", "HEAD")) == int(count) + 1
    assert "Nacoord-Record: example priority\nNacoord-Record: new-issue priority" in message()


def test_of_two_files_with_one_id_the_one_that_is_read_is_changed(folder: Path) -> None:
    other = Path("people/texas.yaml")
    other.write_text("title: Somebody\nagency: office\nrole: Director\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Two of one name")

    change("set", "texas", "tags+=border")
    assert "tags" in Path("agencies/texas.yaml").read_text()
    assert "tags" not in other.read_text()


def test_text_cannot_forge_a_trailer(folder: Path) -> None:
    forged = "Why\n\nNacoord-Action: remove\nNacoord-Record: state"
    change("set", "example", "title=A\nNacoord-Action: remove", "-m", forged)

    trailers = git(folder, "log", "-1", "--format=%(trailers)")
    assert trailers.strip() == "Nacoord-Action: set\nNacoord-Record: example title"
    assert "> Nacoord-Action: remove" in message()


@pytest.mark.parametrize(
    ("words", "file", "holds"),
    [
        (["note", "example", "Called", "them"], "issues/example.yaml", "by: B. Staffer\n    text: Called them"),
        (["link", "example", "supports", "new-issue", "--because", "It must"], "issues/example.yaml", "to: new-issue\n    kind: supports\n    because: It must"),
        (["unlink", "depends-on-new", "depends-on", "new-issue"], "issues/depends-on-new.yaml", "health: green\n"),
        (["meet", "example-promise", "--evidence", "Note 7", "--on", "2021-01-19"], "commitments/example-promise.yaml", 'status: met\nevidence:\n  - what: Note 7\n    "on": 2021-01-19\n'),
        (["close", "example"], "issues/example.yaml", "status: resolved"),
        (["close", "example-promise", "--as", "withdrawn"], "commitments/example-promise.yaml", "status: withdrawn"),
        (["new", "issue", "title=Más agua", "relationships=mexico", "theme=water", "priority=P3"], "issues/mas-agua.yaml", "title: Más agua\nrelationships: [mexico]"),
    ],
)  # fmt: skip
def test_each_verb_writes_what_it_says(
    folder: Path, words: list[str], file: str, holds: str
) -> None:
    change(*words)

    assert holds in Path(file).read_text()
    assert f"Nacoord-Action: {words[0]}" in message()
    assert git(folder, "status", "--porcelain") == ""
    assert run(["check"]).code == 0


def test_tell_clear_and_object_hold_the_text(folder: Path) -> None:
    change("new", "action", "raid", "title=A raid", "by=dhs", "when=2021-02-01", "issues=example")
    change("tell", "raid", "texas", "SRE", "--how", "call", "--on", "2021-01-21")
    change("clear", "raid", "state")
    change("object", "raid", "state", "--comment", "Too soon")
    text = Path("actions/raid.yaml").read_text()
    assert 'who: texas\n    "on": 2021-01-21\n    how: call' in text
    assert "who: sre" in text
    assert "status: objected" in text
    assert "text: sha256:" in text
    assert text.count("who: state") == 1
    assert "raid: state objects" in message()
    assert "Nacoord-Action: object" in message()
    refused = run(["object", "raid", "state"])
    assert refused.code == 1
    assert "state has objected to this text already" in refused.err
    assert "not-as-said" not in run(["audit"]).out

    change("clear", "raid", "state")
    assert "Too soon" not in Path("actions/raid.yaml").read_text()


@pytest.mark.parametrize(
    "words",
    [
        ["tell", "raid", "texas"],
        ["clear", "raid", "state"],
        ["object", "raid", "state"],
        ["meet", "example-promise", "--evidence", "Note 7"],
    ],
)
def test_what_was_done_was_not_done_on_a_day_to_come(folder: Path, words: list[str]) -> None:
    change("new", "action", "raid", "title=A raid", "by=dhs", "when=2021-02-01", "issues=example")
    before = message()

    refused = run([*words, "--on", "friday", "--today", "2021-01-20"])

    assert refused.code == 2
    assert "--on 2021-01-22 is after today, 2021-01-20" in refused.err
    assert message() == before
    change(*words, "--on", "-1d", "--today", "2021-01-20")


def test_untold_gives_the_commands_that_mend_it(folder: Path) -> None:
    Path("actions").mkdir()
    Path("actions/raid.yaml").write_text(
        "title: A raid\nby: [dhs]\nwhen: 2021-02-01\nissues: [example]\ntext: At dawn\n"
        "tell:\n  - who: sre\n    by: 2021-01-19\n  - who: texas\nclearances:\n"
        "  - who: state\n    status: pending\n"
    )
    change("commit")
    change("object", "raid", "quebec", "--comment", "Too soon")
    day = ["--today", "2021-01-20"]
    shown = run(["untold", "raid", *day])
    assert shown.code == 1
    assert "late, by 19 Jan  1 d ago  theirs  sre" in shown.out
    assert "2 not told (1 late), 2 not cleared." in shown.out
    assert "objected" in shown.out
    assert "“Too soon”" in shown.out
    for command in run(["untold", "raid", *day, "--json"]).json["data"]["actions"][0]["commands"]:
        change(*command.split()[1:])
    mended = change("untold", "raid", *day)
    assert "Told: sre, texas." in mended.out
    assert "Everyone on its list has been told, and no clearance is open." in mended.out
    assert "no clearance is open" in change("untold", "mexico", *day).out

    change("set", "raid", "text=At noon")
    assert "the text changed since" in run(["untold", "raid", *day]).out
    change("close", "raid", "--as", "withdrawn")
    assert "It was withdrawn, so nobody has to be told" in change("untold", "raid", *day).out


def test_rename_takes_every_reference_along_and_the_old_id_still_finds_it(folder: Path) -> None:
    change("rename", "example", "better")

    assert not Path("issues/example.yaml").exists()
    assert "formerly: [example]" in Path("issues/better.yaml").read_text()
    assert "issues: [better]" in Path("commitments/example-promise.yaml").read_text()
    assert run(["check"]).code == 0
    assert "Nacoord-Renamed: example better" in message()
    assert run(["show", "example"]).code == 0
    assert run(["new", "issue", "example", "title=x"]).code == 2


def test_remove_needs_a_reason_and_nobody_who_refers_to_it(folder: Path) -> None:
    assert run(["remove", "quebec"]).code == 2
    refused = run(["remove", "example", "-m", "Twice"])
    assert refused.code == 2
    assert "refer to example" in refused.err
    change("remove", "quebec", "-m", "Entered twice")
    assert not Path("agencies/quebec.yaml").exists()
    change("undo")
    assert Path("agencies/quebec.yaml").exists()


def test_undo_goes_field_by_field_and_refuses_what_was_touched_since(folder: Path) -> None:
    change("set", "example", "priority=P2", "health=red", "health_reason=Why")
    undone = git(folder, "rev-parse", "HEAD").strip()
    change("set", "example", "theme=water")
    change("undo", undone)
    assert "priority: P1" in issue()
    assert "theme: water" in issue()
    change("set", "example", "priority=P4")
    change("set", "example", "priority=P3")
    refused = run(["undo", "HEAD~1"])
    assert refused.code == 1
    assert "example: priority" in refused.err


def test_undo_takes_a_rename_back_and_forth(folder: Path) -> None:
    before = state(folder)[2]
    change("rename", "example", "better")
    after = state(folder)[2]
    change("set", "better", "theme=water")
    change("undo", "HEAD~1")
    assert "theme: water" in issue()
    assert "Nacoord-Renamed: better example" in message()
    change("set", "example", "theme=trade")
    assert state(folder)[2] == before
    change("undo", "HEAD~1")
    assert state(folder)[2] == after
    assert "was example" in run(["history", "better"]).out


def test_a_change_that_breaks_the_record_is_refused_with_its_line(folder: Path) -> None:
    before = state(folder)

    refused = run(["set", "example", "leads.foreign=dooj", "priority=P9"])

    assert refused.code == 1
    assert "issues/example.yaml:4:11: error[bad-choice]" in refused.err
    assert state(folder) == before


def test_staged_and_unstaged_work_is_left_alone(folder: Path) -> None:
    Path("staged.txt").write_text("mine")
    git(folder, "add", "staged.txt")
    Path("agencies/dhs.yaml").write_text("title: By hand\nlevel: federal\nsphere: domestic\n")

    change("set", "example", "priority=P2")

    assert git(folder, "status", "--porcelain") == " M agencies/dhs.yaml\nA  staged.txt\n"
    refused = run(["set", "dhs", "country=US"])
    assert refused.code == 1
    assert "nacoord commit dhs" in refused.err


def test_commit_adopts_what_was_edited_by_hand(folder: Path) -> None:
    file = Path("issues/example.yaml")
    file.write_text(issue().replace("P1", "P2"))
    Path("issues/by-hand.yaml").write_text(file.read_text())
    Path("other.txt").write_text("not ours")
    git(folder, "add", "other.txt")

    change("commit", "--each", "-m", "Morning call")

    assert git(folder, "status", "--porcelain") == "A  other.txt\n"
    assert (
        git(folder, "log", "-2", "--format=%s")
        == "example: priority P1 → P2\nby-hand: new issue “Example issue”\n"
    )
    assert run(["commit"]).code == 1
    file.write_text("title: broken\n")
    assert run(["commit"]).code == 1
    assert file.read_text() == "title: broken\n"


def test_batch_is_one_commit_or_none(folder: Path) -> None:
    Path("../todo.txt").write_text(
        "# deputies\nnacoord new agency title='New body' level=federal sphere=foreign\n\nset example leads.foreign=new-body\n"
    )
    change("batch", "../todo.txt", "-m", "Deputies")
    assert git(folder, "rev-list", "--count", "HEAD").strip() == "2"
    before = state(folder)
    Path("../todo.txt").write_text("set example priority=P3\nset nobody priority=P3\n")
    refused = run(["batch", "../todo.txt"])
    assert refused.code == 2
    assert "todo.txt:2" in refused.err
    assert state(folder) == before


def test_dry_run_shows_the_diff_and_changes_nothing(folder: Path) -> None:
    before = state(folder)

    shown = change("set", "example", "priority=P2", "--dry-run")

    assert "-priority: P1\n+priority: P2\n" in shown.out
    assert state(folder) == before


def test_json_tells_the_fields(folder: Path) -> None:
    data = json.loads(change("set", "example", "priority=P2", "--json").out)["data"]

    assert data["commit"] == git(folder, "rev-parse", "HEAD").strip()
    assert data["records"][0]["fields"] == [
        {"field": "priority", "entry": "", "old": "P1", "new": "P2"}
    ]


def test_edit_opens_again_with_the_error_until_it_is_right(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = folder.parent / "editor"
    script.write_text(
        '#!/bin/sh\nif grep -q "#! .*P9" "$1"; then sed -i s/P9/P2/ "$1"; else sed -i s/P1/P9/ "$1"; fi\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))

    change("edit", "example")

    assert "priority: P2" in issue()
    assert "#!" not in issue()


def test_new_opens_a_template(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = folder.parent / "editor"
    script.write_text(
        "#!/bin/sh\nsed -i -e 's/^title:/title: Typed/' -e 's/^level:/level: federal/' -e 's/^sphere:/sphere: both/' \"$1\"\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))

    change("new", "agency")

    assert Path("agencies/typed.yaml").read_text() == "title: Typed\nlevel: federal\nsphere: both\n"


def test_the_first_commit_of_an_office_tells_its_records_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_me()
    monkeypatch.chdir(tmp_path)
    assert run(["init", "office"]).code == 0
    told = run(["commit", "--data", "office", "-m", "Begin"])

    assert told.code == 0, told.err
    assert "3 new records: 2 agencies, 1 office" in told.out
    assert "nacoord.yaml: new office “Office of the North America Coordinator”" in told.out
    assert "gitkeep" not in told.out
    assert "gitkeep" not in git(tmp_path / "office", "log", "-1", "--format=%B")
    assert git(tmp_path / "office", "status", "--porcelain") == ""
