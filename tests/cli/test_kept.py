"""`nacoord kept` on real git: days of commits, renames, merges, cut and missing history."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import run
from tests.support.git import git
from tests.support.lived import keep
from tests.support.lived import lived
from tests.support.lived import promise


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("lived")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(place))
        folder = place / "record"
        folder.mkdir()
        return lived(folder)


@pytest.fixture
def folder(once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from tests.support.office import know_me

    know_me()
    place = tmp_path / "record"
    shutil.copytree(once, place)
    monkeypatch.chdir(place)
    monkeypatch.setenv("NACOORD_TODAY", "2021-06-01")
    return place


def told(*words: str) -> Any:
    found = run(["kept", "--json", *words])
    assert found.code == 0, found.err
    return found.json["data"]


def of(data: Any, id: str) -> Any:
    return next(each for each in data["promises"] if each["id"] == id)


def test_days_are_those_of_the_commits_and_not_of_typed_fields(folder: Path) -> None:
    data = told()
    late = of(data, "answer-two")

    assert (late["standing"], late["made"], late["closed"]) == ("late", "2021-01-11", "2021-03-10")
    assert (late["days"], late["due_moves"], late["first_due"]) == (58, 2, "2021-02-15")
    assert late["shown_on"] == "2021-01-02"
    assert of(data, "answer-five")["standing"] == "in_time"
    assert (of(data, "visa")["made_from"], of(data, "visa")["made"]) == ("said", "2021-01-08")
    assert of(data, "list")["reopened"] == 1
    assert of(data, "old")["standing"] == "kept_before"
    mexico = data["groups"][0]["theirs"]
    assert mexico["rate"] == 4 / 6
    assert mexico["days"] == {
        "median": 33.5, "shortest": 22, "longest": 58, "count": 6, "from_said": 0,
    }  # fmt: skip
    assert data["groups"][0]["ours"]["rate"] is None


def test_an_earlier_day_knows_nothing_of_what_came_later(folder: Path) -> None:
    then = told("--as-of", "2021-02-10", "--today", "2021-02-10")
    replayed = told("--today", "2021-02-10")

    assert of(then, "answer-one")["standing"] == "in_time"
    assert of(then, "answer-two")["standing"] == "open"
    assert of(replayed, "answer-two")["standing"] == "open"
    assert (then["left_out"], replayed["left_out"]) == (0, 10)
    assert (
        "10 commits after 2021-02-10 are not known yet"
        in run(["kept", "--today", "2021-02-10"]).out
    )
    before = run(["kept", "--today", "2020-12-31"]).out
    assert "Every commit is after 31 Dec 2020" in before


def test_a_rename_by_tool_keeps_the_life(folder: Path) -> None:
    assert run(["rename", "answer-two", "second-answer", "-m", "Clearer"]).code == 0

    found = of(told("--today", "2030-01-01"), "second-answer")
    assert (found["standing"], found["days"], found["due_moves"]) == ("late", 58, 2)


def test_a_promise_kept_on_a_side_branch_was_kept_on_the_day_of_its_own_commit(
    folder: Path,
) -> None:
    git(folder, "switch", "-q", "-c", "side")
    kept = promise("met", "2021-02-15", title="Mexico answers letter seven")
    keep(folder, "2021-05-03", answer_seven=kept)
    git(folder, "switch", "-q", "-")
    keep(folder, "2021-05-05", other=promise())
    git(folder, "merge", "-q", "--no-edit", "side", on="2021-05-09T12:00:00-05:00")

    assert of(told(), "answer-seven")["closed"] == "2021-05-03"


def test_what_a_cut_history_cannot_tell_is_said(folder: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "8", f"file://{folder}", "cut")
    data = told("--data", str(tmp_path / "cut"))

    assert data["history"] == "cut"
    assert of(data, "answer-two")["days"] is None
    assert of(data, "answer-one")["standing"] == "kept_before"
    shown = run(["kept", "--data", str(tmp_path / "cut")]).out
    assert "The history is cut off at 20 Feb 2021" in shown
    git(tmp_path / "cut", "worktree", "add", "-q", "../linked")
    assert told("--data", str(tmp_path / "linked"))["history"] == "cut"


def test_what_is_not_committed_or_was_removed_is_said(folder: Path) -> None:
    (folder / "commitments" / "note.yaml").write_text(promise("met", by="state", to="sre"))
    git(folder, "rm", "-q", "commitments/old.yaml")
    git(folder, "commit", "-q", "-m", "Remove it", "--", "commitments/old.yaml")

    shown = run(["kept"]).out

    assert of(told(), "note")["standing"] == "open"
    assert "1 promise is not committed as it stands: note." in shown
    assert "1 promise was removed and is not counted: old." in shown


def test_without_git_the_record_tells_what_it_can(base: Path) -> None:
    found = run(["kept", "--data", str(base), "--today", "2021-02-03"])

    assert found.code == 0
    assert "No promise was ever committed to git" in found.out
    assert "2 d late" in found.out
    assert "too few" not in found.out


def test_too_few_is_said_where_a_rate_would_stand(folder: Path) -> None:
    shown = " ".join(run(["kept"]).out.split())

    assert "67% in time, 33.5 d to close (22–58)" in shown
    assert "too few to tell (1 closed)" in shown
    every = " ".join(run(["kept", "--all"]).out.split())
    assert "first due 15 Feb, moved twice to 15 Apr; kept on 10 Mar (" in every
    assert "), 23 d late against its first due day; 58 d to close" in every


def test_bad_words_and_empty_scopes(folder: Path) -> None:
    unknown = run(["kept", "mexcio"])

    assert unknown.code == 2
    assert 'did you mean "mexico"' in unknown.err
    assert "No promise here is ours or made to us." in run(["kept", "water"]).out
    assert run(["kept", "--as-of", "nowhere"]).code == 2


def test_text_of_the_record_is_shown_and_not_obeyed(folder: Path) -> None:
    title = '"[red]Gone[/red] \\e[31m"'
    keep(folder, "2021-05-20", odd=promise(due="2021-05-21", title=title))

    shown = run(["kept", "--all"]).out
    assert "[red]Gone[/red] \\x1b[31m" in shown
