"""Every rule of the radar, from the cases in cases/radar, and what holds of all of them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nacoord.cli.table import COMMANDS
from nacoord.desk.lookup import find_scope
from nacoord.desk.radar.answer import radar
from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.table import RULES
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.person import Person
from nacoord.model.office import RadarThresholds
from tests.support.radar import FOLDER
from tests.support.radar import Case
from tests.support.radar import cases_of
from tests.support.radar import scene_of
from tests.support.radar import shown
from tests.support.radar import with_threshold

CASES = [(rule, case) for rule in RULES for case in cases_of(rule)]
THRESHOLDS = (*RadarThresholds.model_fields, "stale_days")
each_rule = pytest.mark.parametrize("rule", RULES)
each_case = pytest.mark.parametrize(
    ("rule", "case"), CASES, ids=[f"{rule}: {case['title']}" for rule, case in CASES]
)


def _found(rule: str, case: Case, **how: Any) -> list[Finding]:
    return list(RULES[rule].find(scene_of(case, **how)))


@each_case
def test_case(rule: str, case: Case) -> None:
    wanted = case.get("finds") or []
    found = [shown(finding) for finding in _found(rule, case)]

    assert len(found) == len(wanted), found
    for finding, asked in zip(found, wanted, strict=True):
        for key, value in asked.items():
            if key in ("says", "remedy"):
                assert value in finding[key]
            else:
                assert finding[key] == value, key


@each_rule
def test_every_rule_has_a_case_that_finds_and_one_that_does_not(rule: str) -> None:
    finds = [bool(case.get("finds")) for case in cases_of(rule)]

    assert {True, False} <= set(finds), f"cases/radar/{rule}.yaml"


def test_every_file_of_cases_is_of_a_rule() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == set(RULES)


@each_rule
def test_the_page_of_a_rule_has_its_four_parts(rule: str) -> None:
    summary, *rest = RULES[rule].page.split("\n\n")

    assert 1 <= len(re.findall(r"[.!?](?:\s|$)", summary)) <= 2
    assert rest[0].startswith("It speaks ")
    marks = [n for n, part in enumerate(rest) if part.startswith("Why it matters: ")]
    assert marks == [len(rest) - 2], "“Why it matters: …” comes last but one"
    assert rest[-1].startswith("What to do: ")


@each_rule
def test_the_page_of_a_rule_names_the_thresholds_that_decide(rule: str) -> None:
    """Set otherwise, a threshold that is named changes some case, and no other changes any."""
    named = {name for name in THRESHOLDS if f"`{name}`" in RULES[rule].page}
    asked = [(case, _found(rule, case)) for case in cases_of(rule)]
    decide = {
        name
        for name in THRESHOLDS
        for value in (1, 400)
        for case, found in asked
        if len(list(RULES[rule].find(with_threshold(case, name, value)))) != len(found)
    }

    assert decide == named


@each_case
def test_the_order_of_files_changes_nothing(rule: str, case: Case) -> None:
    assert _found(rule, case) == _found(rule, case, backwards=True)
    forth, back = scene_of(case), scene_of(case, backwards=True)
    everything = find_scope(forth.snapshot, None)

    assert radar(forth.snapshot, forth.today, everything, forth.facts) == radar(
        back.snapshot, back.today, everything, back.facts
    )


# Commands that remedies name and that other parts bring.
_TO_COME = frozenset({"agenda", "clocks", "handover", "impact", "object", "untold"})


@each_case
def test_what_a_finding_names_is_there(rule: str, case: Case) -> None:
    scene = scene_of(case)
    for finding in _found(rule, case):
        tool, word, *_ = finding.remedy.split()

        assert tool == "nacoord"
        assert word in _TO_COME | COMMANDS.keys()
        assert finding.about in scene.snapshot.records
        assert finding.places
        for place in finding.places:
            assert place.record in scene.snapshot.records
        for id in finding.who:
            assert isinstance(scene.snapshot.records[id], Agency | Person)
        assert len(set(finding.who)) == len(finding.who)
