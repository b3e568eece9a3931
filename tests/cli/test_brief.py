"""`nacoord brief`: saved, made again byte for byte, followed, drafted, and kept below a ceiling."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import office
from tests.support.records import BASE
from tests.support.records import write

DAY = ["--today", "2021-01-20"]
SAVE = ["brief", "--save", *DAY]
FILE = "briefs/2021-01-20.md"
RED = BASE["issues/example.yaml"].replace("health: green", "health: red\nhealth_reason: Silence")


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a record in git."""
    folder = office(tmp_path / "record")
    monkeypatch.chdir(folder)
    return folder


def _head(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD").strip()


def _editor(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    file = folder.parent / "editor.sh"
    file.write_text(f'#!/bin/sh\ncp "$1" {folder.parent}/opened\n{script}\n')
    file.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(file))


# Saved, and made again


def test_a_saved_brief_is_one_commit_that_says_what_it_is(record: Path) -> None:
    before = _head(record)
    found = run([*SAVE, "-m", "For Friday"])
    text = (record / FILE).read_text()

    assert found.code == 0
    assert "Brief of 2021-01-20" in found.out
    assert git(record, "log", "--format=%P", "-1").strip() == before
    assert git(record, "log", "--format=%B", "-1") == (
        f"Brief of 2021-01-20\n\nFor Friday\n\nNacoord-Action: brief\nNacoord-Record: {FILE}\n\n"
    )
    assert git(record, "show", "--format=", "--name-only", "HEAD").split() == [FILE]
    assert f'commit: "{before}"' in text
    assert 'since: "2021-01-14"\nuntil: "2021-02-03"\n' in text
    assert "**INTERNAL**\n\n# Brief\n" in text
    assert git(record, "status", "--porcelain") == ""


def test_a_saved_brief_is_taken_back_by_undo(record: Path) -> None:
    run(SAVE)
    saved = (record / FILE).read_bytes()
    undone = run(["undo", "-m", "Too early"])

    assert (undone.code, undone.err) == (0, "")
    assert "undo" in undone.out
    assert not (record / FILE).exists()
    assert git(record, "status", "--porcelain") == ""
    assert run(["undo", "HEAD~1"]).err.startswith("nacoord:")

    run(["undo"])
    assert (record / FILE).read_bytes() == saved
    codes = {each["code"] for each in run(["audit", "--json", *DAY]).json["data"]["findings"]}
    assert "not-as-said" not in codes


def test_a_brief_that_was_saved_again_is_taken_back_step_by_step(record: Path) -> None:
    run(SAVE)
    first = (record / FILE).read_bytes()
    write(record, {"issues/example.yaml": RED})
    commit_all(record, "Worse")
    run(SAVE)
    before = _head(record)
    refused = run(["undo", "HEAD~2"])

    assert refused.code == 1
    assert f"later changes touched the same: {FILE} (changed since)" in refused.err
    assert _head(record) == before

    assert run(["undo"]).code == 0
    assert (record / FILE).read_bytes() == first
    (record / FILE).write_text("Scribbled\n")
    scribbled = run(["undo", "HEAD~1"])
    assert scribbled.code == 1
    assert (record / FILE).read_text() == "Scribbled\n"


def test_the_same_brief_is_made_again_whatever_came_since(record: Path) -> None:
    run(["brief", "mexico", "--save", *DAY, "--full", "--bottom-line", "All “well”.\n\nYes."])
    name = "2021-01-20-mexico.md"
    saved = (record / "briefs" / name).read_bytes()
    made_from = git(record, "rev-parse", "HEAD~1").strip()
    run(["set", "example", "priority=P4", "health=red", "health_reason=Silence", *DAY])

    for file in (f"briefs/{name}", name, str(record / "briefs" / name)):
        again = run(["brief", "--again", file, "--format", "markdown"])
        assert again.code == 0
        assert again.out.encode() == saved
        assert "something else" not in again.err
    words = ["--full", "--bottom-line", "All “well”.\n\nYes.", "--format", "markdown"]
    as_of = run(["brief", "mexico", "--as-of", made_from, *DAY, *words])
    assert as_of.out.encode() == saved
    assert "All “well”." in run(["brief", "--again", name]).out


def test_a_file_that_was_changed_is_told_apart_from_what_it_was_made_from(record: Path) -> None:
    run(SAVE)
    file = record / FILE
    file.write_text(file.read_text().replace("Nothing is overdue", "All is well"))
    again = run(["brief", "--again", FILE, "--format", "markdown"])

    assert "Nothing is overdue" in again.out
    assert f"{FILE} says something else: it was changed by hand" in again.err
    refused = run([*SAVE, "--full"])
    assert refused.code == 1
    assert "changed by hand and not committed" in refused.err
    assert "git restore" in refused.err


def test_a_brief_of_the_same_day_takes_the_place_of_the_one_before(record: Path) -> None:
    run(SAVE)
    before = _head(record)
    found = run([*SAVE, "--full"])

    assert found.code == 0
    assert f'commit: "{before}"' in (record / FILE).read_text()
    assert 'last: null\nafter: ""\n' in (record / FILE).read_text()
    assert FILE in run(["log"]).out


def test_another_file_of_that_name_stays(record: Path) -> None:
    write(record, {FILE: "mine\n"})
    commit_all(record, "Mine")
    found = run(SAVE)

    assert found.code == 1
    assert f"{FILE} is something else already" in found.err
    assert (record / FILE).read_text() == "mine\n"


def test_what_no_commit_holds_is_not_saved(record: Path, tmp_path: Path) -> None:
    head = _head(record)
    (record / "issues" / "example.yaml").write_text(RED)
    found = run(SAVE)

    assert found.code == 1
    assert "edits that no commit holds" in found.err
    assert "nacoord commit" in found.err
    assert not (record / "briefs").exists()
    assert _head(record) == head
    assert 'commit: ""' in run(["brief", *DAY, "--format", "markdown"]).out
    write(tmp_path / "elsewhere", BASE)
    assert "not in a git repository" in run([*SAVE, "--data", str(tmp_path / "elsewhere")]).err


def test_what_could_not_be_read_whole_is_not_saved(record: Path) -> None:
    (record / "issues" / "new-issue.yaml").write_text("title: [\n")
    commit_all(record, "Broken")
    found = run(SAVE)

    assert found.code == 3
    assert "new-issue.yaml" in found.err
    assert "nothing was saved" in found.err
    assert not (record / "briefs").exists()


def test_an_audit_finds_a_change_that_hides_behind_a_brief(record: Path) -> None:
    issue = record / "issues" / "example.yaml"
    issue.write_text(issue.read_text().replace("P1", "P2"))
    said = "Brief of 2021-01-20\n\nNacoord-Action: brief\nNacoord-Record: example priority"
    commit_all(record, said)

    assert "example: brief does not change priority" in run(["audit"]).out


def test_in_json_a_saved_brief_is_a_change(record: Path) -> None:
    data = run([*SAVE, "--json"]).json["data"]

    assert data["subject"] == "Brief of 2021-01-20"
    assert data["commit"] == _head(record)
    assert [(each["id"], each["kind"], each["what"]) for each in data["records"]] == [
        (FILE, "brief", "new")
    ]


def test_briefs_are_not_written_through_a_link(record: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (record / "briefs").symlink_to(tmp_path / "out")
    found = run(SAVE)

    assert found.code == 1
    assert "symbolic link" in found.err
    assert list((tmp_path / "out").iterdir()) == []


def test_a_dry_run_shows_the_file_and_writes_nothing(record: Path) -> None:
    found = run([*SAVE, "--dry-run"])

    assert found.code == 0
    assert f"+++ b/{FILE}" in found.out
    assert not (record / "briefs").exists()


def test_with_a_file_it_is_saved_and_written(record: Path) -> None:
    found = run([*SAVE, "-o", "brief.md"])

    assert found.code == 0
    assert (record / "brief.md").read_bytes() == (record / FILE).read_bytes()


def test_check_log_audit_and_undo_know_saved_briefs(record: Path) -> None:
    run(SAVE)
    audit = run(["audit", "--json"]).json["data"]["findings"]

    assert run(["check"]).code == 0
    assert f"{FILE}: new brief “Brief of 2021-01-20”" in run(["log"]).out
    assert [each["code"] for each in audit if each["records"] == [FILE]] == []
    assert f"undo {_head(record)[:10]}: Brief of" in run(["undo", "--dry-run"]).out
    (record / FILE).write_text("---\nforged\n")
    commit_all(record, "By hand")
    by_hand = run(["audit", "--json"]).json["data"]["findings"]
    assert [each["code"] for each in by_hand if each["records"] == [FILE]] == ["without-tool"]


# Since the last one


def test_a_brief_follows_the_last_one_of_its_kind_exactly(record: Path) -> None:
    noon = "2021-01-13T12:00:00-05:00"
    run(["brief", "--save", "--today", "2021-01-13"])
    run(["brief", "mexico", "--save", "--today", "2021-01-14"])
    saved = re.search(r'commit: "(\w+)"', (record / "briefs/2021-01-13.md").read_text())
    # Committed on the day of the brief and after it: no day can tell, the commit can.
    file = record / "issues" / "example.yaml"
    file.write_text(file.read_text().replace("title: Example issue", "title: Another name"))
    git(record, "add", "-A", on=noon)
    git(record, "commit", "-q", "-m", "Rename", on=noon)
    found = run(["brief", "--json", *DAY]).json["data"]

    assert saved is not None
    assert (found["last"], found["since"]) == ("2021-01-13", "2021-01-14")
    assert found["made_from"]["after"] == saved[1]
    assert "title Example issue → Another name" in str(found["changed"])
    days = run(["brief", "--json", "--since", "2021-01-14", *DAY]).json["data"]
    assert "Another name" not in str(days["changed"])
    assert run(["brief", "--since", "last", *DAY]).out.count("Changed since".upper()) == 1


def test_health_of_past_weeks_is_not_that_of_commits_made_after_today(record: Path) -> None:
    file = record / "issues" / "example.yaml"
    for text, on in ((RED, "2021-01-19"), (BASE["issues/example.yaml"], "2021-02-10")):
        file.write_text(text)
        git(record, "commit", "-q", "-a", "-m", "Health", on=f"{on}T12:00:00-05:00")
    strip = run(["brief", "--json", "--today", "2021-01-27"]).json["data"]["strip"]

    assert strip["ends"][-2:] == ["2021-01-20", "2021-01-27"]
    assert strip["tracks"][0]["weeks"][-2:] == ["red", "green"]


def test_without_one_before_it_looks_back_a_week_or_says_so(record: Path) -> None:
    found = run(["brief", "--since", "last", *DAY])

    assert found.code == 2
    assert "no brief was saved before 2021-01-20" in found.err
    assert "--save" in found.err
    run(SAVE)
    assert run(["brief", "--since", "last", *DAY]).code == 2
    assert run(["brief", "--json", *DAY]).json["data"]["since"] == "2021-01-14"


def test_a_last_brief_whose_commit_is_gone_is_followed_by_its_day(record: Path) -> None:
    run(["brief", "--save", "--today", "2021-01-13"])
    file = record / "briefs/2021-01-13.md"
    file.write_text(re.sub(r'commit: "\w+"', f'commit: "{"0" * 40}"', file.read_text()))
    found = run(["brief", "--json", *DAY])

    assert found.code == 0
    assert "days are counted" in found.err
    assert found.json["data"]["since"] == "2021-01-14"


def test_a_week_is_the_seven_days_up_to_today_and_the_next(record: Path) -> None:
    found = run(["brief", "--week", "--json", *DAY]).json["data"]

    assert (found["since"], found["until"]) == ("2021-01-14", "2021-01-27")


# Drafted


def test_the_bottom_line_is_drafted_in_the_editor(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = 'cp "$1" "$1~"; printf "Québec answers.\\n\\nThat is all.\\n" > "$1"'
    _editor(record, monkeypatch, write)
    found = run([*SAVE, "--draft"])
    opened = (record.parent / "opened").read_text()

    assert found.code == 0
    assert "No decision is waited for until 3 February.\nNothing is overdue.\n" in opened
    assert "**Québec answers.**\n\n**That is all.**\n" in (record / FILE).read_text()
    assert (
        run(["brief", "--again", FILE, "--format", "markdown"]).out == (record / FILE).read_text()
    )


@pytest.mark.parametrize("script", [': > "$1"', "exit 3", 'sed -i -e "2,$ d" "$1"', 'rm "$1"'])
def test_without_words_or_an_editor_nothing_is_made(
    record: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    _editor(record, monkeypatch, script)
    found = run([*SAVE, "--draft"])

    assert found.code == 1
    assert found.out == ""
    assert "nothing was" in found.err
    assert not (record / "briefs").exists()


def test_without_a_terminal_or_an_editor_there_is_no_draft(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    found = run(["brief", "--draft", *DAY])

    assert found.code == 2
    assert "export EDITOR" in found.err


# Below a ceiling


def test_what_is_marked_above_the_ceiling_is_left_out_of_every_format(record: Path) -> None:
    hidden = RED.replace("Example issue", "Hidden matter at hand") + "marking: deliberative\n"
    write(record, {"issues/hidden.yaml": hidden})
    commit_all(record, "Hidden matter at hand")

    for words in (["--format", "markdown"], ["--json"], [], ["--full"]):
        found = run(["brief", "--marking", "internal", *DAY, *words])
        assert found.code == 0
        assert "idden" not in found.out, words
        assert "1 record marked above internal left out" in found.out
        assert "1 record marked above internal left out" in found.err
    assert run(["brief", *DAY]).out.startswith("DELIBERATIVE\n")
    own = run(["brief", "--marking", "internal", *DAY, "--bottom-line", "A hidden matter at hand."])
    assert own.code == 1
    assert "the bottom line names what is marked above internal" in own.err


def test_a_text_that_names_what_may_not_leave_refuses_the_brief(record: Path) -> None:
    hidden = RED.replace("Example issue", "Hidden matter at hand") + "marking: deliberative\n"
    note = "notes:\n  - on: 2021-01-18\n    text: See the hidden matter at hand\n"
    write(record, {"issues/hidden.yaml": hidden, "issues/example.yaml": RED + note})
    found = run(["brief", "--marking", "internal", *DAY, "-o", "brief.md"])

    assert found.code == 1
    assert re.search(
        r'issues/example.yaml:\d+: names hidden, which is marked above internal: "Hidden matter at hand"',
        found.err,
    )
    assert "change the text" in found.err
    assert not (record / "brief.md").exists()


def test_a_day_above_the_ceiling_makes_no_promise_overdue(record: Path) -> None:
    promise = (
        "title: Send the papers\nby: [sre]\nto: [state]\nissues: [example]\nstatus: open\n"
        "due: 2021-01-11\n"
    )
    write(record, {"commitments/papers.yaml": promise})
    commit_all(record, "Papers", on="2021-01-05T12:00:00-05:00")
    write(record, {"commitments/papers.yaml": f"{promise}field_markings: {{due: deliberative}}\n"})
    commit_all(record, "Mark it", on="2021-01-06T12:00:00-05:00")

    (under,) = _promises(run(["brief", "--json", "--marking", "internal", *DAY]).out, "MX")
    (whole,) = _promises(run(["brief", "--json", *DAY]).out, "MX")
    assert whole["overdue"] - under["overdue"] == 1
    assert under["open"] - whole["open"] == 1


def _promises(text: str, group: str) -> list[dict[str, int]]:
    found = json.loads(text)["data"]["promises"]
    return [each for each in found if each["group"] == group and each["side"] == "theirs"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("issues/example.yaml", RED + "success: All is said\n", "nothing says when it is done"),
        (
            "actions/notice.yaml",
            "title: A notice of water\nby: [dhs]\nwhen: 2021-01-24\nissues: [example]\n"
            "tell: [{who: texas}]\ntold: [{who: texas, on: 2021-01-19}]\n",
            "told texas",
        ),
    ],
)
def test_what_only_the_ceiling_took_is_not_missed(
    record: Path, name: str, text: str, said: str
) -> None:
    field = "success" if "success" in text else "told"
    marked = f"{text}field_markings: {{{field}: deliberative}}\n"
    write(record, {name: marked})
    commit_all(record, "Mark it")
    found = run(["brief", "--marking", "internal", "--full", *DAY])

    assert said not in found.out
    assert "has not been told" not in found.out
    assert "nobody is named" not in found.out
    # Where it is indeed missing, it is.
    shorn = text.replace("success: All is said\n", "").replace(
        "told: [{who: texas, on: 2021-01-19}]\n", ""
    )
    write(record, {name: shorn})
    assert said in run(["brief", "--marking", "internal", "--full", *DAY]).out


@pytest.mark.parametrize(
    "marked",
    ["marking: deliberative\n", "field_markings:\n  health: deliberative\n"],
)
def test_health_is_not_told_from_before_it_was_above_the_ceiling(record: Path, marked: str) -> None:
    for on, text in (
        ("2021-02-01", RED),
        ("2021-02-08", BASE["issues/example.yaml"]),
        ("2021-02-12", BASE["issues/example.yaml"] + marked),
        ("2021-02-13", BASE["issues/example.yaml"]),
    ):
        write(record, {"issues/example.yaml": text})
        commit_all(record, "Example", on=f"{on}T12:00:00-05:00")
    day = ["--today", "2021-02-20"]
    under = json.loads(run(["brief", "--json", "--marking", "internal", *day]).out)["data"]["strip"]
    whole = json.loads(run(["brief", "--json", *day]).out)["data"]["strip"]

    assert "red" in whole["tracks"][0]["weeks"]
    # Nor is it told that it was as it is now.
    assert under["tracks"][0]["weeks"] == [None] * 7 + ["green"]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ('own_words: "A hidden matter at hand"', 1, "names what is marked above internal"),
        ('own_words: "SECRET//NOFORN All is well"', 1, "unclassified"),
        ('ceiling: "secret"', 2, "is no saved brief"),
    ],
)
def test_a_head_changed_by_hand_lets_out_no_more(
    record: Path, line: str, code: int, said: str
) -> None:
    hidden = RED.replace("Example issue", "Hidden matter at hand") + "marking: deliberative\n"
    write(record, {"issues/hidden.yaml": hidden})
    commit_all(record, "Hidden matter at hand")
    assert run([*SAVE, "--marking", "internal"]).code == 0
    file = record / "briefs" / "2021-01-20-internal.md"
    name = line.partition(":")[0]
    file.write_text(re.sub(f"(?m)^{name}: .*$", line, file.read_text()))
    found = run(["brief", "--again", str(file)])

    assert (found.code, found.out) == (code, "")
    assert said in found.err


def test_a_classification_banner_in_the_bottom_line_is_refused(record: Path) -> None:
    found = run([*SAVE, "--bottom-line", "SECRET//NOFORN All is well"])

    assert found.code == 1
    assert "unclassified" in found.err
    assert not (record / "briefs").exists()


def test_under_a_ceiling_only_the_number_of_unreadable_files_is_said(record: Path) -> None:
    (record / "issues" / "hidden-thing.yaml").write_text("title: [\n")
    found = run(["brief", "--marking", "internal", *DAY])
    as_json = run(["brief", "--marking", "internal", "--json", *DAY])
    whole = run(["brief", *DAY])

    assert (found.code, as_json.code, whole.code) == (3, 3, 3)
    assert "1 file could not be read" in found.err
    assert "hidden-thing" not in found.err + found.out + as_json.out + as_json.err
    assert "hidden-thing" in whole.err


# For a meeting, and what can't be


def test_a_brief_for_a_meeting_is_about_that_alone(record: Path) -> None:
    other = RED.replace("[mexico]", "[canada]").replace("Example issue", "Other matter")
    write(record, {"issues/other.yaml": other.replace("agency: sre", "agency: quebec")})
    for word in ("example-call", "sre"):
        found = run(["brief", "--for", word, *DAY])
        assert found.code == 0
        assert "Example call example-call: Friday 22 January 2021, in 2 d; with sre." in found.out
        assert "They promised\n- Example promise example-promise, due 1 Feb" in found.out
        assert "Other matter" not in found.out
    commit_all(record, "Other")
    assert run([*SAVE, "--for", "sre"]).code == 0
    again = run(["brief", "--again", "2021-01-20-for-sre.md", "--format", "markdown"]).out
    assert again == (record / "briefs/2021-01-20-for-sre.md").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mexica"], 'did you mean "mexico"?'),
        (["mexico", "--for", "sre"], "--for takes no SCOPE"),
        (["--for", "new-issue"], "not an engagement or agency"),
        (["--for", "office"], "the office itself"),
        (["--week", "--until", "2021-03-01"], "--week says both days"),
        (["--since", "2021-01-21"], "--since 2021-01-21 is after today, 2021-01-20"),
        (["--until", "2021-01-19"], "--until 2021-01-19 is before today, 2021-01-20"),
        (["--since", "recently"], "is not a date"),
        (["--marking", "secret"], "'secret' is not one of"),
        (["-m", "Why"], "go with --save"),
        (["--save", "--as-of", "HEAD"], "what was can't be changed"),
        (["--again", "nothing.md"], "there is no file nothing.md"),
    ],
)
def test_what_can_not_be_is_refused_with_what_to_type(
    record: Path, words: list[str], said: str
) -> None:
    found = run(["brief", *words, *([] if "--again" in words else DAY)])

    assert found.code == 2
    assert said in found.err
    assert found.out == ""


def test_only_a_saved_brief_is_made_again(record: Path) -> None:
    for file in ("nacoord.yaml", "."):
        found = run(["brief", "--again", file])
        assert found.code == 2
        assert file in found.err
    assert run(["brief", "--again", "x.md", *DAY]).code == 2


@pytest.mark.parametrize("width", ["40", "80"])
def test_a_record_without_history_or_issues_has_a_brief(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    texts = {name: text for name, text in BASE.items() if "/" not in name or "agenc" in name}
    texts["agencies/texas.yaml"] = texts["agencies/texas.yaml"].split("positions")[0]
    write(tmp_path / "bare", texts)
    monkeypatch.setenv("COLUMNS", width)
    found = run(["brief", "--data", str(tmp_path / "bare"), *DAY])

    assert found.code == 0
    assert found.err.count("not in git yet") == 1
    assert "No issue here is live." in " ".join(found.out.split())
    assert max(map(len, found.out.splitlines())) <= int(width)
