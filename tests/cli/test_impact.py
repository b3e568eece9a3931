"""`impact` is wired: both questions, their exit codes, and screens that hold whatever they are given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.records import BASE
from tests.support.records import write


@pytest.fixture(autouse=True)
def in_record(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(base)
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")


def test_a_way_is_told_and_no_way_exits_1() -> None:
    assert (
        "1. depends-on-new depends on new-issue"
        in run(["impact", "depends-on-new", "--to", "new-issue"]).out
    )
    none = run(["impact", "example", "--to", "new-issue"])
    assert none.code == 1
    assert none.out.startswith("Nothing leads from example to new-issue.\n")
    as_json = run(["impact", "example", "--to", "new-issue", "--json"])
    assert (as_json.code, as_json.json["data"]["found"]) == (1, False)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["exampel"], 'no record "exampel"\n  did you mean "example"?'),
        (["example", "--to", "new-isue"], 'no issue "new-isue"\n  did you mean "new-issue"'),
        (["example", "--to", "EXAMPLE"], '"example" leads to itself'),
        (["example", "--to", "sre"], '"sre" is an agency, not an issue'),
    ],
)
def test_what_names_nothing_is_a_usage_error(words: list[str], message: str) -> None:
    found = run(["impact", *words])

    assert found.code == 2
    assert message in found.err


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("new-issue", "is needed by"),
        ("quebec", "No open issue names it."),
        ("example-clock", "It stands on no open issue."),
        ("example-promise", "THE ISSUES IT IS ABOUT"),
        ("alone", "Nothing else is known to move with it."),
    ],
)
def test_every_kind_is_answered(word: str, sentence: str, base: Path) -> None:
    write(base, {"issues/alone.yaml": BASE["issues/new-issue.yaml"]})
    found = run(["impact", word])

    assert found.code == 0
    assert sentence in found.out


@pytest.mark.parametrize("width", [20, 40, 80, 100, 120])
def test_screens_hold_the_longest_ids_and_whatever_a_reason_says(
    width: int, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    long = "x" * 63
    links = (
        f"links:\n  - {{to: {long}, kind: precedent, because: '[bold]{'y' * 90}[/] \\x1b'}}\n"
        f"  - {{to: new-issue, kind: related}}\n"
    )
    write(
        base,
        {
            f"issues/{long}.yaml": BASE["issues/new-issue.yaml"],
            "issues/example.yaml": BASE["issues/example.yaml"] + links,
        },
    )
    for words in (["example"], ["sre"], ["example", "--to", long], ["example-call", "--all"]):
        shown = run(["impact", *words]).out

        assert max(map(len, shown.splitlines())) <= width
    assert "[bold]" in run(["impact", "example"]).out
