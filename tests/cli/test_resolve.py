"""Choosing between values that people disagree about: in a merge that git has begun."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nacoord.record.merging import pending
from nacoord.record.merging.driver import command
from nacoord.record.repository import open_repository
from nacoord.record.yamltext import read
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import know_me
from tests.support.records import BASE
from tests.support.records import write

ISSUE = "issues/example.yaml"
TEXT = BASE[ISSUE]
PROMISE = "commitments/example-promise.yaml"


@pytest.fixture
def work(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record in which two branches disagree, and a merge of them that stopped."""
    know_me()
    folder = tmp_path / "work"
    write(folder, {**BASE, ".gitattributes": "*.yaml merge=nacoord\n", "other.txt": "1\n2\n3\n"})
    git(folder, "init", "-q", "-b", "main")
    commit_all(folder, "Begin")
    git(folder, "branch", "theirs")
    if getattr(request, "param", "") == "with the driver":
        git(folder, "config", "merge.nacoord.driver", command([sys.executable, "-m", "nacoord"]))
    monkeypatch.chdir(folder)
    _both(
        folder,
        {ISSUE: TEXT.replace("green", "red") + "tags: [a]\n", PROMISE: None},
        {
            ISSUE: TEXT.replace("green", "amber") + "tags: [b]\n",
            PROMISE: BASE[PROMISE].replace("2021-02-01", "2021-03-01"),
            "other.txt": "one\n2\n3\n",
        },
    )
    assert subprocess.run(
        ["git", "merge", "-q", "theirs"], check=False, capture_output=True
    ).returncode
    return folder


def _both(folder: Path, ours: dict[str, str | None], theirs: dict[str, str | None]) -> None:
    for branch, files, who in (("theirs", theirs, "B. Other"), ("main", ours, "A. Staffer")):
        git(folder, "switch", "-q", branch)
        for path, text in files.items():
            if text is None:
                (folder / path).unlink()
                engagement = folder / "engagements/example-call.yaml"
                engagement.write_text(
                    engagement.read_text().replace("commitments: [example-promise]\n", "")
                )
            else:
                write(folder, {path: text})
        commit_all(folder, f"Change of {who}", who=who)


def test_it_lists_both_values_and_who_set_them(work: Path) -> None:
    found = run(["resolve"])

    assert found.code == 1
    assert "2 disagreements with commit" in found.out
    assert "example.health" in found.out
    assert "before  green" in found.out
    assert "ours    red  A. Staffer, 2021-01-18: Change of A. Staffer" in found.out
    assert "theirs  amber  B. Other, 2021-01-18: Change of B. Other" in found.out


def test_in_json(work: Path) -> None:
    found = run(["resolve", "--list", "--json"])

    assert found.code == 1
    disputes = found.json["data"]["disputes"]
    assert [each["disagreement"]["record"] for each in disputes] == ["example-promise", "example"]
    clash = disputes[1]["disagreement"]["clash"]
    assert (clash["base"], clash["ours"], clash["theirs"]) == ("green", "red", "amber")
    assert disputes[0]["disagreement"]["clash"]["ours"] is None
    assert disputes[1]["theirs"]["who"] == "B. Other"


@pytest.mark.parametrize("work", ["with the driver", "without"], indirect=True)
def test_it_is_committed_once_all_is_decided_with_what_lost(work: Path) -> None:
    first = run(["resolve", "example.health", "--theirs"])
    assert first.code == 1
    assert "1 disagreement with" in first.out

    last = run(["resolve", "example-promise", "--theirs", "-m", "Asked them"])

    assert last.code == 0, last.err
    text = (work / ISSUE).read_text()
    assert text == TEXT.replace("green", "amber") + "tags: [a, b]\n"
    assert "2021-03-01" in (work / PROMISE).read_text()
    assert (work / "other.txt").read_text() == "one\n2\n3\n"
    assert git(work, "status", "--porcelain") == ""
    said = git(work, "show", "-s", "--format=%P%n%B")
    assert len(said.splitlines()[0].split()) == 2
    assert "Asked them" in said
    assert "example.health: took theirs (amber)\n  not ours (red)" in said
    assert "example-promise: took theirs, not its removal by ours" in said
    assert "merge-conflict" not in run(["check"]).out
    assert run(["resolve"]).err == "nacoord: nothing to resolve: no merge waits for a choice\n"


def test_another_value_and_a_side_for_all(work: Path) -> None:
    assert run(["resolve", "2", "--value", "green"]).code == 1

    assert run(["resolve", "--all", "--ours"]).code == 0

    assert (work / ISSUE).read_text() == TEXT + "tags: [a, b]\n"
    assert not (work / PROMISE).exists()
    said = git(work, "show", "-s", "--format=%B")
    assert "took another value (green)\n  not ours (red)\n  nor theirs (amber)" in said
    assert "not theirs (git show" in said


def test_a_value_that_would_be_wrong_is_refused_and_asked_again(work: Path) -> None:
    run(["resolve", "example-promise", "--theirs"])
    refused = run(["resolve", "example.health", "--value", "purple"])

    assert refused.code == 1
    assert "issues/example.yaml:6:9: error[" in refused.err
    assert "choose again with: nacoord resolve" in refused.err
    assert run(["resolve", "--list"]).code == 1
    assert (work / ".git/MERGE_HEAD").exists()


def test_a_file_that_somebody_mended_by_hand_is_taken_as_it_is(work: Path) -> None:
    write(work, {ISSUE: TEXT.replace("green", "red") + "tags: [mine]\n"})

    assert run(["resolve", "example-promise", "--ours"]).code == 0

    assert (work / ISSUE).read_text() == TEXT.replace("green", "red") + "tags: [mine]\n"


def test_restart_forgets_what_was_chosen(work: Path) -> None:
    run(["resolve", "example.health", "--theirs"])

    found = run(["resolve", "--restart"])

    assert found.code == 1
    assert "2 disagreements" in found.out


def test_a_trial_changes_nothing(work: Path) -> None:
    before = git(work, "status", "--porcelain")

    assert run(["resolve", "--all", "--ours", "--dry-run"]).code == 0

    assert git(work, "status", "--porcelain") == before
    assert "2 disagreements" in run(["resolve", "--list"]).out


def test_a_hook_that_says_no_leaves_the_merge_to_be_finished(work: Path) -> None:
    hook = work / ".git/hooks/pre-merge-commit"
    hook.parent.mkdir(exist_ok=True)
    for name in ("pre-merge-commit", "pre-commit", "commit-msg"):
        (work / ".git/hooks" / name).write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
        (work / ".git/hooks" / name).chmod(0o755)

    refused = run(["resolve", "--all", "--theirs"])

    assert refused.code == 4
    assert "not today" in refused.err
    for name in ("pre-merge-commit", "pre-commit", "commit-msg"):
        (work / ".git/hooks" / name).unlink()
    assert run(["resolve"]).code == 0
    assert "amber" in (work / ISSUE).read_text()


def test_a_merge_whose_git_was_killed_once_it_was_committed_is_over(work: Path) -> None:
    theirs = (work / ".git/MERGE_HEAD").read_text()
    assert run(["resolve", "--all", "--theirs"]).code == 0
    (work / ".git/MERGE_HEAD").write_text(theirs)
    assert run(["set", "example", "priority=P3"]).code == 4

    ran = run(["resolve"])

    assert ran.code == 0
    assert "the merge was committed before" in ran.err
    assert run(["set", "example", "priority=P3"]).code == 0


def test_what_a_killed_resolve_left_beside_the_files_is_removed(work: Path) -> None:
    left = work / "issues" / ".nacoord-example.yaml.4194305"
    left.touch()

    assert run(["resolve", "--all", "--theirs"]).code == 0
    assert not left.exists()


def test_a_copied_folder_has_no_edits(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = tmp_path / "copied"
    shutil.copytree(work, copied)
    monkeypatch.chdir(copied)
    index = (copied / ".git" / "index").read_bytes()

    assert "disagree" in run(["resolve", "--list"]).out
    assert (copied / ".git" / "index").read_bytes() == index
    assert run(["resolve", "--all", "--theirs"]).code == 0
    assert git(copied, "status", "--porcelain") == ""


def test_edits_since_the_merge_began_are_not_swept_in(work: Path) -> None:
    write(work, {"other.txt": "mine\n"})

    refused = run(["resolve", "--all", "--theirs"])

    assert refused.code == 4
    assert "edited since the merge began: other.txt" in refused.err
    assert (work / "other.txt").read_text() == "mine\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--all"], "say what to take"),
        (["nothing", "--ours"], 'no open disagreement "nothing"'),
        (["--ours"], "say which disagreement"),
        (["--all", "--ours", "--theirs"], "take one of"),
        (["example-promise", "--value", "x"], "take a side"),
        (["example.health", "--value", "[a"], "no value"),
        (["example.health", "--value", ""], "no value was given"),
        (["--as-of", "HEAD"], "No such option"),
    ],
)
def test_what_can_not_be_meant(work: Path, words: list[str], said: str) -> None:
    refused = run(["resolve", *words])

    assert refused.code == 2
    assert said in refused.err


def test_nothing_to_resolve(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(base, "init", "-q")
    commit_all(base, "Begin")
    monkeypatch.chdir(base)

    found = run(["resolve"])

    assert found.code == 0
    assert "nothing to resolve" in found.err


def _begin(
    folder: Path,
    ours: dict[str, str | None],
    theirs: dict[str, str | None],
    before: dict[str, str] | None = None,
) -> None:
    """Start another merge in a record: of what two branches do to what stood there at first."""
    git(folder, "merge", "--abort")
    git(folder, "reset", "-q", "--hard", "main~1")
    git(folder, "branch", "-f", "theirs", "main")
    if before:
        write(folder, before)
        commit_all(folder, "What both have")
        git(folder, "branch", "-f", "theirs", "main")
    for branch, files in (("theirs", theirs), ("main", ours)):
        git(folder, "switch", "-q", branch)
        for path, text in files.items():
            if text is None:
                (folder / path).unlink()
            else:
                write(folder, {path: text})
        commit_all(folder, f"Change on {branch}")
    subprocess.run(["git", "merge", "-q", "theirs"], check=False, capture_output=True, cwd=folder)


def test_a_file_that_was_mended_and_added_is_taken_as_it_is(work: Path) -> None:
    mended = TEXT.replace("green", "red") + "tags: [mine]\n"
    write(work, {ISSUE: mended})
    git(work, "add", ISSUE)

    assert run(["resolve", "example-promise", "--ours"]).code == 0

    assert (work / ISSUE).read_text() == mended
    assert git(work, "status", "--porcelain") == ""


def test_what_was_added_since_the_merge_began_is_kept(work: Path) -> None:
    write(work, {"other.txt": "one\n2\n3\nmine\n", "new.txt": "new\n"})
    git(work, "add", "other.txt", "new.txt")
    git(work, "rm", "-q", "--force", PROMISE)

    assert run(["resolve", "example", "--ours"]).code == 0

    assert git(work, "show", "HEAD:other.txt") == "one\n2\n3\nmine\n"
    assert git(work, "show", "HEAD:new.txt") == "new\n"
    assert not (work / PROMISE).exists()
    assert git(work, "status", "--porcelain") == ""


def test_a_file_that_is_half_mended_is_not_overwritten(work: Path) -> None:
    half = (work / ISSUE).read_text().replace("title: ", "title: My ")
    write(work, {ISSUE: half})

    refused = run(["resolve", "--all", "--ours"])

    assert refused.code == 4
    assert f"edited, and markers are left in it: {ISSUE}" in refused.err
    assert (work / ISSUE).read_text() == half


def test_markers_of_another_size_are_markers(work: Path) -> None:
    text = "1\n2\n3\n"
    attributes = "*.yaml merge=nacoord\n*.txt conflict-marker-size=4\n"
    _begin(
        work,
        {"other.txt": text.replace("2", "two"), ".gitattributes": attributes},
        {"other.txt": text.replace("2", "zwei"), ".gitattributes": attributes},
    )
    assert "<<<< " in (work / "other.txt").read_text()

    assert run(["resolve"]).code == 1


@pytest.mark.parametrize("work", ["with the driver"], indirect=True)
def test_a_record_that_could_not_be_read_is_asked_about(work: Path) -> None:
    _begin(work, {ISSUE: TEXT.replace("P1", "P2")}, {ISSUE: TEXT + "title: twice\n"})

    found = run(["resolve"])

    assert found.code == 1
    assert "1 disagreement with" in found.out


def test_renames_that_git_guessed_are_not_taken(work: Path) -> None:
    """To git, who adds a record like one that they removed has renamed it."""
    text, call = BASE[PROMISE], BASE["engagements/example-call.yaml"]
    twin = text.replace("title: ", "title: Another ")
    _begin(
        work,
        {
            PROMISE: None,
            ISSUE: TEXT.replace("green", "red"),
            "commitments/twin.yaml": twin,
            "engagements/example-call.yaml": call.replace("commitments: [example-promise]\n", ""),
        },
        {
            PROMISE: text.replace("2021-02-01", "2021-03-01"),
            ISSUE: TEXT.replace("green", "amber"),
        },
    )
    assert "2021-03-01" in (work / "commitments/twin.yaml").read_text()

    assert run(["resolve", "--all", "--ours"]).code == 0

    assert (work / "commitments/twin.yaml").read_text() == twin
    assert git(work, "status", "--porcelain") == ""


def test_a_link_that_both_turned(work: Path) -> None:
    git(work, "merge", "--abort")
    git(work, "reset", "-q", "--hard", "main~1")
    git(work, "branch", "-f", "theirs", "main")
    for branch, goal in (("theirs", "issues"), ("main", "agencies")):
        git(work, "switch", "-q", branch)
        (work / "link").symlink_to(goal)
        commit_all(work, f"A link on {branch}")
    subprocess.run(["git", "merge", "-q", "theirs"], check=False, capture_output=True)

    assert run(["resolve", "--all", "--theirs"]).code == 0

    assert (work / "link").readlink() == Path("issues")
    assert git(work, "status", "--porcelain") == ""


def test_what_a_killed_command_left_beside_a_file_goes(work: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    left = work / f"issues/.nacoord-example.yaml.{ended.pid}"
    left.write_text("half")

    assert run(["resolve", "--all", "--ours"]).code == 0

    assert not left.exists()
    assert git(work, "status", "--porcelain") == ""


def test_what_was_chosen_can_be_chosen_again_after_a_hook_said_no(work: Path) -> None:
    hook = work / ".git/hooks/commit-msg"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert run(["resolve", "--all", "--theirs"]).code == 4
    hook.unlink()

    assert "2 disagreements with" in run(["resolve", "--restart"]).out
    assert run(["resolve", "--all", "--ours"]).code == 0

    assert "health: red" in (work / ISSUE).read_text()
    assert "took ours (red)" in git(work, "show", "-s", "--format=%B")


def test_a_file_mended_with_the_line_ends_of_its_attributes(work: Path) -> None:
    attributes = "*.yaml merge=nacoord\n*.txt text eol=crlf\n"
    files = {".gitattributes": attributes, "other.txt": "1\n2\n3\n"}
    _begin(
        work,
        {**files, "other.txt": "1\ntwo\n3\n"},
        {**files, "other.txt": "1\nzwei\n3\n", "new.txt": "a\n"},
    )
    (work / "other.txt").write_bytes(b"1\r\ndeux\r\n3\r\n")

    assert run(["resolve"]).code == 0

    assert git(work, "cat-file", "blob", "HEAD:other.txt") == "1\ndeux\n3\n"
    assert git(work, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("Call # later: at 3", "Call # later: at 3"),
        ("# 12", "# 12"),
        ("2021", "2021"),
        ("true", "true"),
        ("null", "null"),
        ("&a", "&a"),
        ("one\n two", "one\n two"),
        ("'quoted' by them", "'quoted' by them"),
        ("'q'", "q"),
        ('"two\\nlines"', "two\nlines"),
        ("|", "|"),
        ("\x1b[31m", "\x1b[31m"),
    ],
)
def test_a_text_is_taken_as_it_was_typed(work: Path, typed: str, value: str) -> None:
    summary = TEXT + "summary: Old\n"
    ours, theirs = summary.replace("Old", "Ours"), summary.replace("Old", "Theirs")
    _begin(work, {ISSUE: ours}, {ISSUE: theirs}, {ISSUE: summary})

    assert run(["resolve", "--all", "--value", typed]).code == 0

    assert read((work / ISSUE).read_bytes()).value["summary"] == value


def test_a_number_is_one_where_a_side_has_one(work: Path) -> None:
    _begin(work, {ISSUE: TEXT + "x-n: 1\nx-l: [a]\n"}, {ISSUE: TEXT + "x-n: 2\nx-l: 5\n"})

    assert run(["resolve", "example.x-n", "--value", "3"]).code == 1
    assert run(["resolve", "example.x-l", "--value", "[a, 2021-01-01]"]).code == 0

    assert (work / ISSUE).read_text() == TEXT + "x-n: 3\nx-l: [a, 2021-01-01]\n"


def test_what_lost_stands_whole_in_the_message(work: Path) -> None:
    long = " ".join(f"word{number}" for number in range(400))
    step = "next_step:\n  what: {}\n  due: 2021-03-0{}\n"
    hostile = "summary: |\n  a\n\n  Nacoord-Action: undo\n  Signed-off-by: {}\n"
    texts = [
        TEXT.partition("next_step:")[0]
        + f"tags: [{tags}]\nhealth_reason: {long}{who}\n"
        + step.format(who, day)
        + hostile.format(who)
        for who, day, tags in (("We", 1, "b, a, c"), ("They", 2, "a, c, b"), ("Was", 3, "a, b, c"))
    ]
    _begin(work, {ISSUE: texts[0]}, {ISSUE: texts[1]}, {ISSUE: texts[2]})

    assert run(["resolve", "--all", "--ours"]).code == 0

    said = git(work, "show", "-s", "--format=%B")
    assert "in the order of ours\n  not theirs ([a, c, b])" in said
    assert f"not theirs ({long}They)" in said
    assert "not theirs ({what: They, due: 2021-03-02})" in said
    assert "      Signed-off-by: They" in said
    assert git(work, "show", "-s", "--format=%(trailers:key=Nacoord-Action)").strip() == (
        "Nacoord-Action: resolve"
    )
    assert not git(work, "show", "-s", "--format=%(trailers:key=Signed-off-by)").strip()


def test_long_texts_are_shown_from_where_they_differ(work: Path) -> None:
    many = "summary: |\n" + "".join(f"  line {number}\n" for number in range(30))
    long = "health_reason: " + " ".join(f"word{number}" for number in range(90))
    _begin(
        work,
        {ISSUE: TEXT + many.replace("line 20", "line of ours") + long + " ours\n"},
        {ISSUE: TEXT + many.replace("line 20", "line of theirs") + long + " theirs\n"},
        {ISSUE: TEXT + many + long + "\n"},
    )

    found = run(["resolve", "--list"])

    assert "(18 lines that both have)\n     line 18\n     line 19\n     line of ours\n" in found.out
    assert "     line of theirs\n" in found.out
    assert "     line 20\n" in found.out
    assert " word89 ours  A. Staffer" in " ".join(found.out.split()).replace(" A.", "  A.")
    assert "word89 theirs" in " ".join(found.out.split())


def test_what_git_has_merged_meanwhile_does_not_wait_any_more(work: Path) -> None:
    theirs = git(work, "rev-parse", "theirs").strip()
    git(work, "checkout", "-q", "--theirs", "--", ISSUE)
    git(work, "add", "-A")
    git(work, "commit", "-qm", "Merged by hand")
    head = git(work, "rev-parse", "HEAD")
    pending.write(open_repository(work).own, pending.Pending(theirs, "origin/main"))

    found = run(["resolve"])

    assert found.code == 0
    assert "nothing to resolve" in found.err
    assert git(work, "rev-parse", "HEAD") == head


def test_what_one_side_removed_is_shown_from_where_the_other_changed_it(work: Path) -> None:
    many = TEXT + "summary: |\n" + "".join(f"  line {number}\n" for number in range(30))
    second = "issues/second.yaml"
    _begin(work, {second: None}, {second: many.replace("line 20", "line 21")}, {second: many})

    found = run(["resolve", "--list"])

    assert "lines that both have)" in found.out
    assert found.out.count("line 21\n") == 3


def test_the_way_out_is_open_while_git_merges(work: Path) -> None:
    other = "issues/other.yaml"
    _begin(
        work,
        {other: TEXT.replace("Example", "Ours")},
        {other: TEXT.replace("Example", "Theirs")},
    )

    found = run(["resolve", "--list"])

    remedy = "nacoord rename other NEW-ID, after git merge --abort; then merge again"
    assert remedy in " ".join(found.out.split())
