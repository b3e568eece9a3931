"""The screen of clocks on a record with every state and with letters on their way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.records import write

ISSUE = (
    "title: {}\nrelationships: [mexico]\ntheme: water\npriority: P2\nstatus: active\n"
    "health: green\nclocks:\n"
)
TEXTS = {
    "clocks/request.yaml": (
        "title: Request under a treaty\ncitation: Treaty, art. 4\nsteps:\n"
        "  - name: The other side answers\n    days: 10\n"
        "  - name: Panel is chosen by lot\n    after: The other side answers\n    days: 3\n"
        "    calendar: business\n    holidays: [US, MX]\n"
        "  - name: Panel visits\n    after: Panel is chosen by lot\n    days: 30\n"
        "sources:\n  - cite: Treaty, art. 4\n    confidence: medium\n"
    ),
    "clocks/foia.yaml": (
        "title: Request for information\ncitation: 5 U.S.C. 552(a)(6)\nsteps:\n"
        "  - name: Agency answers\n    days: 20\n    calendar: business\n    holidays: [US]\n"
        "  - name: Suit may be filed\n    days: 5\n    at_least: true\n"
    ),
    "clocks/limits.yaml": (
        "title: Limits\ncitation: A notice\nfixed:\n"
        "  - {due: 2021-01-15, what: First term ends}\n"
        "  - {due: 2021-01-20, what: Second term ends}\n"
        "  - {due: 2021-02-21, what: Third term ends, lead_days: 33}\n"
        "  - {due: 2021-03-21, what: Fourth term ends, lead_days: 2}\n"
    ),
    "issues/one.yaml": (
        ISSUE.format("One") + "  - clock: request\n    started: 2021-01-04\n"
        "  - clock: foia\n    started: 2021-01-14\n"
    ),
    "issues/two.yaml": (
        ISSUE.format("Two") + "  - clock: request\n    started: 2020-11-02\n    met:\n"
        "      - {step: The other side answers, on: 2020-11-16}\n"
        "      - {step: Panel is chosen by lot, on: 2020-11-18}\n"
        "    ended: {how: superseded, on: 2020-12-01, because: The two sides agreed}\n"
        "  - clock: limits\n"
    ),
    "issues/three.yaml": ISSUE.format("Three") + "  - clock: limits\n",
    "commitments/letter-house.yaml": (
        "title: Answer the committee on the limits\nby: [state]\nto: [texas]\nissues: [one]\n"
        "status: open\ndue: 2021-01-29\ndates:\n  on_document: 2020-11-30\n  received: 2020-12-04\n"
        "  tasked: 2020-12-08\n"
    ),
    "commitments/letter-senate.yaml": (
        "title: Answer the senator on water\nby: [state]\nto: [texas]\nissues: [one]\n"
        "status: open\ndates:\n  on_document: 2021-01-08\n  received: 2021-01-13\n"
    ),
    "commitments/letter-interim.yaml": (
        "title: Answer the governor\nby: [dhs]\nto: [texas]\nissues: [one]\n"
        "status: open\ndates:\n  received: 2020-12-01\n  tasked: 2020-12-02\n  interim: 2020-12-16\n"
    ),
    "commitments/letter-done.yaml": (
        "title: Answer on permits\nby: [dhs]\nto: [texas]\nissues: [one]\nstatus: met\n"
        "evidence:\n  - what: Letter\ndates:\n  received: 2020-12-01\n  answered: 2020-12-21\n"
    ),
}


@pytest.fixture(autouse=True)
def in_record(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(base, TEXTS)
    monkeypatch.chdir(base)
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")


@pytest.mark.parametrize("width", [40, 80, 100, 120])
@pytest.mark.parametrize("words", [["clocks"], ["clocks", "--all"]], ids=len)
def test_every_state_and_letters(
    words: list[str],
    width: int,
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = run(["--color", "never", *words]).out

    golden(f"screens/clocks-states{'-all' * (len(words) - 1)}-{width}.txt", shown)
    assert max(map(len, shown.splitlines())) <= width


def test_where_no_clock_runs_the_screen_says_so() -> None:
    assert "No clock runs here." in run(["clocks", "canada"]).out


def test_a_clock_of_its_own_is_shown_whole_without_being_asked() -> None:
    shown = run(["clocks", "example-clock"]).out

    assert "NOT STARTED" in shown
    assert "5 U.S.C. 552" in shown


def test_texts_are_no_markup_and_obey_nothing() -> None:
    clock = 'title: "[red]\\e[31mNotice"\ncitation: "[bold]A law"\nfixed:\n  - due: 2021-02-01\n'
    write(Path.cwd(), {"clocks/limits.yaml": clock})
    shown = run(["clocks", "limits", "--color", "always"]).out

    assert "[red]\\x1b[31mNotice" in shown
    assert "[bold]A law" in shown


def test_the_whole_answer_is_in_json_whatever_the_screen_shows() -> None:
    data = run(["clocks", "--json"]).json["data"]

    assert data["counts"] == {
        "past": 2,
        "overdue": 1,
        "open": 1,
        "due": 2,
        "running": 5,
        "waiting": 2,
        "met": 2,
        "superseded": 1,
    }
    (late,) = (letter for letter in data["letters"] if letter["late"])
    assert late["commitment"] == "letter-house"
    assert (late["transit"], late["waits_for"], late["citation"]) == (4, "answered", "GAO-14-424")
    assert [clock["clock"] for clock in data["not_started"]] == ["example-clock"]
