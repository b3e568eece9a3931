"""`radar` from end to end: what history adds, what is muted, what scripts read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Ran
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import office
from tests.support.records import BASE
from tests.support.records import write


@pytest.fixture(autouse=True)
def in_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")
    _on("2021-01-04", monkeypatch)
    folder = tmp_path / "record"
    folder.mkdir()
    monkeypatch.chdir(office(folder))
    return folder


def _on(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, f"{day}T12:00:00-05:00")


def _set(day: str, monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    _on(day, monkeypatch)
    assert run(["set", *words]).code == 0


def _found(*words: str) -> list[Any]:
    found = run(["radar", *words, "--json"])
    assert found.code in (0, 1), found.err
    findings = found.json["data"]["findings"]
    assert bool(findings) == (found.code == 1)
    return list(findings)


def _of(rule: str, *words: str) -> list[Any]:
    return _found("--rule", rule, *words)


def test_a_due_date_put_off_twice_is_slipping(monkeypatch: pytest.MonkeyPatch) -> None:
    _set("2021-01-10", monkeypatch, "example-promise", "due=2021-02-08")
    assert _of("slipping") == []
    _set("2021-01-12", monkeypatch, "example-promise", "due=2021-02-15")

    (found,) = _of("slipping")

    assert found["about"] == "example-promise"
    assert "put off 2 times, from 2021-02-01 to 2021-02-15" in found["what"]


def test_a_day_brought_forward_is_no_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    _set("2021-01-10", monkeypatch, "example-promise", "due=2021-02-08")
    _set("2021-01-12", monkeypatch, "example-promise", "due=2021-02-07")

    assert _of("slipping") == []


def test_what_is_committed_after_today_is_not_known_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    _set("2021-01-10", monkeypatch, "example-promise", "due=2021-02-08")
    _set("2021-01-25", monkeypatch, "example-promise", "due=2021-02-15")

    assert _of("slipping") == []
    assert len(_of("slipping", "--today", "2021-01-25")) == 1


def test_delays_follow_a_rename(monkeypatch: pytest.MonkeyPatch) -> None:
    _set("2021-01-10", monkeypatch, "example-promise", "due=2021-02-08")
    _on("2021-01-11", monkeypatch)
    assert run(["rename", "example-promise", "the-promise"]).code == 0
    _set("2021-01-12", monkeypatch, "the-promise", "due=2021-02-15")

    assert [each["about"] for each in _of("slipping")] == ["the-promise"]


def test_a_delay_made_on_a_branch_counts_once(
    in_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(in_office, "switch", "-q", "-c", "side")
    _set("2021-01-10", monkeypatch, "example-promise", "due=2021-02-08")
    git(in_office, "switch", "-q", "-")
    _set("2021-01-11", monkeypatch, "example", "priority=P2")
    git(in_office, "merge", "-q", "--no-ff", "-m", "Merge", "side", on="2021-01-12T12:00:00-05:00")
    assert _of("slipping") == []
    _set("2021-01-13", monkeypatch, "example-promise", "due=2021-02-15")

    assert len(_of("slipping")) == 1


def test_a_stance_that_history_saw_change_is_told_with_the_one_before(
    in_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set("2021-01-18", monkeypatch, "texas", "positions[example].stance=Wants it dropped")

    (found,) = _of("position-changed")

    assert "Wants it dropped (before: Wants it settled)" in found["what"]
    assert _of("position-changed", "--today", "2021-02-10") == []


def test_an_issue_that_was_changed_has_not_rested(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [each["about"] for each in _of("stale", "--today", "2021-03-01")] == ["example"]

    _set("2021-02-25", monkeypatch, "example", "tags+=panel")

    assert _of("stale", "--today", "2021-03-01") == []


def test_an_edit_by_hand_is_named_until_it_is_kept(in_office: Path) -> None:
    file = in_office / "issues" / "example.yaml"
    file.write_text(file.read_text().replace("priority: P1", "priority: P2"))
    (in_office / "issues" / "stray.yaml").write_text(file.read_text())

    (found,) = _of("unadopted-edit")

    assert "2 records edited or removed by hand and not committed: example, stray" in found["what"]
    assert _of("unadopted-edit", "--as-of", "HEAD") == []
    assert run(["commit", "-m", "By hand"]).code == 0
    assert _of("unadopted-edit") == []


def test_without_git_the_rest_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "elsewhere", BASE)
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    found = run(["radar"])

    assert "not in git yet" in found.err
    assert "nearly-due" in found.out


def test_as_of_asks_the_record_and_the_history_of_then(monkeypatch: pytest.MonkeyPatch) -> None:
    _set("2021-01-10", monkeypatch, "example-promise", "due=2021-02-08")
    _set("2021-01-12", monkeypatch, "example-promise", "due=2021-02-15")

    assert _of("slipping", "--as-of", "HEAD~1") == []
    assert len(_of("slipping", "--as-of", "HEAD")) == 1


def test_findings_name_file_and_line() -> None:
    found = next(each for each in _found() if each["rule"] == "nearly-due")

    assert found["places"][0] == {
        "record": "example",
        "field": ["next_step", "due"],
        "file": "issues/example.yaml",
        "line": 19,
    }
    assert found["score"] == pytest.approx(found["stake"] * found["nearness"], abs=0.01)


def test_a_scope_and_a_rule_narrow() -> None:
    assert _found("canada") == []
    assert {each["rule"] for each in _found("mexico", "--rule", "nearly-due")} == {"nearly-due"}
    assert "no rule" in run(["radar", "--rule", "stail"]).err
    assert run(["radar", "nowhere"]).code == 2


def _mute(*more: str) -> Ran:
    words = ["--mute", "nearly-due", "example", "--until", "2021-02-01", "-m", "Waits for Texas"]
    return run(["radar", *words, *more])


def test_a_mute_is_a_commit_and_ends_by_itself(in_office: Path) -> None:
    made = _mute()

    assert made.code == 0, made.err
    body = git(in_office, "log", "-1", "--format=%B")
    assert body.startswith("example: nearly-due muted until 2021-02-01\n\nWaits for Texas\n")
    assert "Nacoord-Action: mute" in body
    assert (
        (in_office / "issues/example.yaml")
        .read_text()
        .endswith(
            "muted:\n  - rule: nearly-due\n    until: 2021-02-01\n    because: Waits for Texas\n"
        )
    )
    assert _of("nearly-due") == []
    shown = run(["radar"]).out
    assert "1 muted" in shown
    assert "muted (--all): nearly-due example" in shown
    assert "MUTED" in run(["radar", "--all"]).out
    _assert_speaks_again()


def _assert_speaks_again() -> None:
    assert run(["set", "example", "next_step.due=2021-02-05"]).code == 0
    abouts = [
        {each["about"] for each in _of("nearly-due", "--today", day)}
        for day in ("2021-02-01", "2021-02-02")
    ]
    assert abouts == [{"example-promise"}, {"example"}]


def test_a_mute_can_be_moved_shown_first_and_taken_back(in_office: Path) -> None:
    head = git(in_office, "rev-parse", "HEAD")
    assert "+muted:" in _mute("--dry-run").out
    assert git(in_office, "rev-parse", "HEAD") == head

    assert _mute().code == 0
    assert _mute("--until", "2021-03-01").code == 0
    text = (in_office / "issues/example.yaml").read_text()
    assert text.count("- rule: nearly-due") == 1
    assert "until: 2021-03-01" in text
    assert run(["radar", "--unmute", "nearly-due", "example"]).code == 0
    assert "muted" not in (in_office / "issues/example.yaml").read_text()
    assert run(["radar", "--unmute", "nearly-due", "example"]).code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--mute stale example --until +2w", "say why"),
        ("--mute stale example -m Why", "say until when"),
        ("--mute stael example --until +2w -m Why", 'did you mean "stale"?'),
        ("--mute stale exampel --until +2w -m Why", 'did you mean "example"?'),
        ("--mute stale example --until 2021-01-19 -m Why", "has gone by"),
        ("--mute stale example --until 03/04/2021 -m Why", "not a date"),
        ("--until +2w", "--until goes with --mute"),
        ("-m Why", "-m and --dry-run go with --mute"),
        ("--backtest --unmute stale example", "don't go together"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: str, said: str, in_office: Path) -> None:
    head = git(in_office, "rev-parse", "HEAD")
    found = run(["radar", *words.split()])

    assert found.code in (1, 2)
    assert said in found.err
    assert git(in_office, "rev-parse", "HEAD") == head


def test_a_misspelled_mute_by_hand_is_warned_of(in_office: Path) -> None:
    file = in_office / "issues" / "example.yaml"
    file.write_text(file.read_text() + "muted:\n  - rule: stael\n    until: 2021-03-01\n")

    assert "warning[unknown-rule]" in run(["check"]).out


def test_a_surprise_inside_the_history_is_replayed_from_it(
    in_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "title: Notice\nby: [dhs]\nwhen: 2021-01-16\nissues: [example]\ntell:\n  - who: sre\n"
    file = in_office / "actions" / "notice.yaml"
    file.parent.mkdir()
    file.write_text(text)
    commit_all(in_office, "Add the notice", on="2021-01-12T12:00:00-05:00")
    file.write_text(text + "status: happened\nsurprised: [sre]\n")
    commit_all(in_office, "It happened", on="2021-01-18T12:00:00-05:00")

    (case,) = run(["radar", "--backtest", "--json"]).json["data"]["cases"]

    assert (case["outcome"], case["days"]) == ("warned", 4)
    assert (case["replay"], case["named"]) == ("history", ["sre"])


def test_a_broken_commit_of_the_past_does_not_stop_the_replay(
    in_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office_file = in_office / "nacoord.yaml"
    whole = office_file.read_text()
    office_file.write_text("format: [\n")
    commit_all(in_office, "Break it", on="2021-01-10T12:00:00-05:00")
    office_file.write_text(whole)
    commit_all(in_office, "Mend it", on="2021-01-11T12:00:00-05:00")
    found = run(["radar", "--backtest"])

    assert found.code == 0, found.err
    assert "No surprise of the past" in found.out
