"""The whole answer of `nacoord clocks`, on small records and on the sample."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from nacoord.desk.clocks.answer import Clocks
from nacoord.desk.clocks.answer import clocks
from nacoord.desk.lookup import find_scope
from nacoord.model.snapshot import Snapshot
from nacoord.record.loader import load
from tests.conftest import ROOT
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)
ISSUE = (
    "title: Issue\nrelationships: [mexico]\ntheme: water\npriority: P2\nstatus: active\n"
    "health: green\nclocks:\n"
)


def _answer(texts: dict[str, str], word: str | None = None, today: date = TODAY) -> Clocks:
    snapshot = snapshot_of(texts)
    return clocks(snapshot, today, find_scope(snapshot, word, clocks=True))


TEXTS = {
    "clocks/request.yaml": (
        "title: Request\ncitation: A law\nsteps:\n  - name: Answer\n    days: 10\n"
        "  - name: Visit\n    after: Answer\n    days: 5\n"
    ),
    "issues/one.yaml": ISSUE + "  - clock: request\n    started: 2021-01-15\n",
    "issues/two.yaml": ISSUE + "  - clock: request\n",
}


def test_a_clock_runs_on_one_issue_and_has_not_started_on_another() -> None:
    found = _answer(TEXTS, "request")

    assert [(item.issue, item.what, str(item.due)) for item in found.deadlines] == [
        ("one", "Answer", "2021-01-25"),
        ("one", "Visit", "2021-01-30"),
    ]
    assert found.counts == {"running": 1, "waiting": 1}
    (ready,) = found.not_started
    assert ready.issues == ("two",)
    assert [(rule.what, rule.rule, rule.after, rule.citation) for rule in ready.rules] == [
        ("Answer", "10 days", "", "A law"),
        ("Visit", "5 days", "Answer", "A law"),
    ]


def test_a_clock_on_no_issue_is_told_where_everything_or_it_is_asked_for() -> None:
    def told(word: str | None) -> list[str]:
        return [clock.clock for clock in _answer(TEXTS, word).not_started]

    assert told(None) == ["example-clock", "request"]
    assert told("example-clock") == ["example-clock"]
    assert told("mexico") == ["request"]
    assert told("one") == []
    assert told("canada") == []


def test_a_clock_asked_for_tells_nothing_of_others_on_the_same_issue() -> None:
    issue = TEXTS["issues/one.yaml"] + "  - clock: example-clock\n"
    found = _answer({**TEXTS, "issues/one.yaml": issue}, "example-clock")

    assert [item.clock for item in found.deadlines] == ["example-clock"]
    assert found.not_started == ()


def test_a_clock_that_is_gone_leaves_the_others() -> None:
    issue = ISSUE + "  - clock: gone\n    started: 2021-01-15\n" + "  - clock: example-clock\n"

    assert [item.clock for item in _answer({"issues/one.yaml": issue}).deadlines] == [
        "example-clock"
    ]


@cache
def _sample() -> Snapshot:
    return load(ROOT / "data", "data")


def _sample_answer(word: str | None = None, today: date = TODAY) -> Clocks:
    return clocks(_sample(), today, find_scope(_sample(), word, clocks=True))


# What the treaties, laws and notices give, reckoned by hand from 20 January 2021.
RUNNING = [
    ("ilc-meetings", "usmca-labor", "2021-01-23", 3),
    ("wall-pause", "border-wall", "2021-01-27", 7),
    ("wall-pause", "border-wall", "2021-03-21", 60),
    ("section-201-blueberries", "seasonal-produce", "2021-01-27", 7),
    ("section-201-blueberries", "seasonal-produce", "2021-03-28", 67),
    ("title-42-review", "title-42", "2021-02-10", 21),
    ("paris-effect", "paris-reentry", "2021-02-19", 30),
    ("border-limits-renewal", "border-limits", "2021-02-21", 32),
    ("usmca-consultations", "dairy-quotas", "2021-02-22", 33),
    ("usmca-consultations", "solar-safeguard", "2021-03-07", 46),
    ("eo-13990-reviews", "vehicle-standards", "2021-04", 100),
    ("eo-13990-reviews", "vehicle-standards", "2021-07", 192),
    ("line-5-shutdown", "line-5", "2021-05-12", 112),
    ("usmca-first-meetings", "usmca-labor", "2021-07-01", 162),
    ("usmca-first-meetings", "usmca-review", "2021-07-01", 162),
    ("contract-legitimation", "labor-reform", "2023-05-01", 831),
    ("columbia-flood-control", "columbia-river", "2024-09-16", 1335),
    ("usmca-joint-review-2026", "usmca-review", "2025-10-04", 1718),
    ("usmca-joint-review-2026", "usmca-review", "2026-01-02", 1808),
    ("usmca-joint-review-2026", "usmca-review", "2026-07-01", 1988),
    ("rio-grande-cycle", "rio-grande-water", "2025-10-24", 1738),
    ("minute-323-end", "colorado-river", "2026-12-31", 2171),
]


def test_what_runs_in_the_sample_is_what_the_law_gives() -> None:
    found = [
        (item.clock, item.issue, str(item.due), item.days)
        for item in _sample_answer().deadlines
        if item.state == "running"
    ]

    assert sorted(found) == sorted(RUNNING)


def test_what_is_over_in_the_sample() -> None:
    found = {
        (item.clock, str(item.due), item.state, str(item.on), item.early)
        for item in _sample_answer().deadlines
        if item.state != "running"
    }

    assert found == {
        ("security-law-guidelines", "2021-02-16", "met", "2021-01-14", 33),
        ("stca-suspension", "2021-01-22", "stayed", "2020-10-26", None),
        ("migration-declaration-2019", "2019-07-22", "superseded", "2019-09-05", None),
        ("migration-declaration-2019", "2019-09-05", "superseded", "2019-09-05", None),
    }


@pytest.mark.parametrize(
    ("clock", "issues", "rules"),
    [
        ("foia", (), ["20 working days, US", "10 working days, US"]),
        ("case-zablocki", (), ["20 days", "60 days"]),
        ("arms-sale-notice", ("arms-trafficking",), ["at least 15 days", "at least 30 days"]),
        ("aid-notification", ("central-america", "merida-future"), ["at least 15 days"]),
        ("cwa-notice", ("tijuana-sewage",), ["at least 60 days"]),
        ("presidential-permit", ("crossing-permits",), ["30 days", "30 days", "60 days"]),
        ("columbia-termination", ("columbia-river",), ["at least 3653 days"]),
        ("provisional-arrest", (), ["60 days"]),
        ("private-account-copy", (), ["20 days"]),
        ("national-emergency", (), ["every year"]),
        ("labor-petition", (), ["20 days", "60 days"]),
        ("rrlm-petition", ("usmca-labor",), ["30 days", "60 days"]),
        (
            "rrlm",
            ("usmca-labor",),
            [
                "10 days",
                "45 days",
                "3 working days, US and MX",
                "5 working days, US and MX",
                "7 working days, US and MX",
                "30 days",
                "30 days",
                "at least 5 working days, US and MX",
            ],
        ),
    ],
)
def test_what_has_not_started_in_the_sample(
    clock: str, issues: tuple[str, ...], rules: list[str]
) -> None:
    (found,) = _sample_answer(clock).not_started

    assert found.issues == issues
    assert [rule.rule for rule in found.rules] == rules


def test_every_row_of_the_sample_has_its_citation_and_its_rule() -> None:
    found = _sample_answer()

    assert all(item.citation and item.rule for item in found.deadlines)
    assert all(rule.citation and rule.rule for clock in found.not_started for rule in clock.rules)


@pytest.mark.parametrize(
    ("today", "counts"),
    [
        (date(2021, 1, 23), {"due": 1, "running": 21}),
        (date(2021, 2, 22), {"past": 4, "due": 1, "running": 17}),
        (date(2021, 3, 22), {"past": 5, "open": 2, "running": 15}),
        (date(2021, 4, 30), {"past": 6, "open": 2, "due": 1, "running": 13}),
        (date(2021, 5, 1), {"past": 7, "open": 2, "running": 13}),
        (date(2021, 12, 31), {"past": 11, "open": 2, "running": 9}),
        (date(2025, 2, 1), {"past": 13, "open": 2, "running": 6, "ended": 1}),
    ],
)
def test_the_clocks_speak_sanely_as_time_goes_by(today: date, counts: dict[str, int]) -> None:
    """Nothing in the sample is ever overdue: its steps are times to wait, its dates are dates."""
    over = {"met": 1, "stayed": 1, "superseded": 2}

    assert _sample_answer(today=today).counts == {**counts, **over}


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2021, 2, 10), "2021-02-10"),
        (date(2021, 2, 11), "2021-03-12"),
        (date(2021, 12, 31), "2022-01-06"),
    ],
)
def test_a_review_every_30_days_gives_its_next_round_all_year(today: date, due: str) -> None:
    (found,) = _sample_answer("title-42-review", today).deadlines

    assert str(found.due) == due
