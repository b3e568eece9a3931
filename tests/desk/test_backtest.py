"""The radar replayed over the surprises of the past: from signs, and from history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from datetime import timedelta

import pytest

from nacoord.desk.lookup import find_scope
from nacoord.desk.radar.backtest import Backtest
from nacoord.desk.radar.backtest import Case
from nacoord.desk.radar.backtest import backtest
from nacoord.desk.radar.spells import Frame
from nacoord.desk.radar.spells import replayed
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)
EVENT = date(2021, 1, 10)

# `example` is led by state and dhs, texas supports it, sre hears of it.
RAID = """\
title: Raid
by: [dhs]
when: 2021-01-10
status: {status}
issues: [example]
"""
HAPPENED = RAID.format(status="happened")
SURPRISED = HAPPENED + "surprised: [texas, sre]\n"
EXPECTED = RAID.format(status="expected")


def _signals(*signs: tuple[str, str]) -> str:
    entries = ", ".join(
        f"{{on: {on}, what: A warrant, held_by: [dhs], access: {access}}}" for on, access in signs
    )
    return f"signals: [{entries}]\n"


def _replay(action: str, frames: Iterable[Frame] = (), scope: str | None = None) -> Backtest:
    snapshot = snapshot_of({"actions/raid.yaml": action})
    return backtest(snapshot, TODAY, find_scope(snapshot, scope), frames)


def _case(action: str, frames: Iterable[Frame] = ()) -> Case:
    (case,) = _replay(action, frames).cases
    return case


def _frame(first: date, last: date, action: str) -> Frame:
    return Frame(first, last, snapshot_of({"actions/raid.yaml": action}))


def _day(number: int) -> date:
    return date(2021, 1, number)


def test_a_warning_that_stands_on_the_eve_warned() -> None:
    case = _case(SURPRISED + _signals(("2021-01-01", "official")))

    assert (case.outcome, case.days, case.first, case.mornings) == ("warned", 9, 9, 9)
    assert (case.rule, case.replay) == ("held-signal", "signs")
    assert [sign.on for sign in case.needed] == [_day(1)]
    assert case.surprised == ("texas", "sre")
    assert case.named == ("texas",), (
        "sre only hears of the issue: the warning names state and texas"
    )


def test_a_warning_that_had_fallen_silent_before_the_event_faded() -> None:
    case = _case(SURPRISED + _signals(("2020-10-11", "public")))
    later = _case(SURPRISED + _signals(("2020-10-10", "public")))

    assert (case.outcome, case.days) == ("warned", 91)
    assert (later.outcome, later.days, later.first) == ("faded", None, 92)
    assert (later.rule, later.mornings) == ("held-signal", 91)
    assert later.needed


def test_a_surprise_whose_warning_faded_was_a_false_alarm_first() -> None:
    (alarm,) = _replay(SURPRISED + _signals(("2020-10-01", "public"))).false_alarms

    assert (alarm.kind, alarm.action, alarm.rule) == ("faded", "raid", "held-signal")
    assert (alarm.first, alarm.last) == (date(2020, 10, 1), date(2020, 12, 30))


def test_two_signs_with_a_gap_are_two_spells_and_the_last_is_the_one_that_warned() -> None:
    action = SURPRISED + _signals(("2020-01-01", "public"), ("2021-01-05", "public"))
    found = _replay(action)
    (case,) = found.cases

    assert (case.outcome, case.days) == ("warned", 5)
    assert case.first == (EVENT - date(2020, 1, 1)).days
    assert case.mornings == 91 + 5
    assert [(alarm.first, alarm.kind) for alarm in found.false_alarms] == [
        (date(2020, 1, 1), "faded")
    ]
    assert [sign.on for sign in case.needed] == [date(2020, 1, 1), _day(5)]


def test_two_signs_without_a_gap_are_one_spell() -> None:
    case = _case(SURPRISED + _signals(("2020-10-12", "public"), ("2021-01-05", "public")))

    assert (case.outcome, case.days, case.mornings) == ("warned", 90, 90)


def test_a_closed_sign_is_never_supposed_to_be_recorded() -> None:
    case = _case(SURPRISED + _signals(("2021-01-01", "closed")))

    assert (case.outcome, case.days, case.first, case.mornings) == ("sealed", None, None, 0)
    assert (case.needed, case.named, case.rule) == ((), (), "")
    assert [sign.on for sign in case.closed] == [_day(1)]


@pytest.mark.parametrize(
    "signs",
    [(), (("2021-01-10", "public"),), (("2021-01-12", "closed"),)],
    ids=["none", "on the day itself", "a closed one after it"],
)
def test_without_a_sign_before_the_day_there_was_nothing_to_speak_of(
    signs: tuple[tuple[str, str], ...],
) -> None:
    case = _case(SURPRISED + (_signals(*signs) if signs else ""))

    assert (case.outcome, case.closed, case.first) == ("no sign", (), None)


def test_an_open_sign_warns_though_another_was_closed() -> None:
    case = _case(SURPRISED + _signals(("2020-12-01", "closed"), ("2021-01-09", "public")))

    assert (case.outcome, case.days) == ("warned", 1)
    assert [sign.access for sign in case.needed] == ["public"]
    assert [sign.access for sign in case.closed] == ["closed"]


def test_what_the_record_learned_later_is_not_supposed_to_be_known() -> None:
    later = "told: [{who: texas, on: 2021-01-12}, {who: state, on: 2021-01-12}]\n"

    assert _case(SURPRISED + later + _signals(("2021-01-01", "public"))).outcome == "warned"


def test_only_what_happened_by_today_and_surprised_somebody_is_a_case() -> None:
    texts: dict[str, str | None] = {
        "actions/quiet.yaml": HAPPENED,
        "actions/raid.yaml": SURPRISED,
        "actions/still.yaml": EXPECTED + "surprised: [texas]\n",
        "actions/later.yaml": SURPRISED.replace("2021-01-10", "2021-01"),
    }
    snapshot = snapshot_of(texts)
    found = backtest(snapshot, TODAY, find_scope(snapshot, None))
    elsewhere = backtest(snapshot, TODAY, find_scope(snapshot, "canada"))

    assert [case.action for case in found.cases] == ["raid"]
    assert (found.quiet, found.began) == (1, None)
    assert (elsewhere.cases, elsewhere.quiet) == ((), 0)


def test_surprises_are_told_oldest_first() -> None:
    texts: dict[str, str | None] = {
        "actions/a.yaml": SURPRISED,
        "actions/b.yaml": SURPRISED.replace("2021-01-10", "2020-01-10"),
    }
    snapshot = snapshot_of(texts)

    assert [
        case.action for case in backtest(snapshot, TODAY, find_scope(snapshot, None)).cases
    ] == ["b", "a"]


# What history holds: from 1 January on the raid is expected on the 10th, and texas is to be told.
TO_TELL = EXPECTED + "tell: [{who: texas}]\n"


def test_a_surprise_inside_the_history_is_replayed_from_it() -> None:
    frames = [
        _frame(_day(1), _day(4), EXPECTED.replace("2021-01-10", "2021-12-01")),
        _frame(_day(5), TODAY, TO_TELL),
    ]
    found = _replay(SURPRISED + _signals(("2020-12-01", "public")), frames)
    (case,) = found.cases

    assert (case.replay, case.outcome, case.rule) == ("history", "warned", "untold")
    assert (case.days, case.first, case.mornings) == (5, 5, 5)
    assert case.named == ("texas",)
    assert found.began == _day(1)


def test_a_surprise_before_the_history_or_on_its_first_day_is_replayed_from_signs() -> None:
    action = SURPRISED + _signals(("2021-01-01", "public"))

    assert _case(action, [_frame(_day(10), TODAY, action)]).replay == "signs"
    assert _case(action, [_frame(_day(9), TODAY, TO_TELL)]).replay == "history"


def test_what_history_did_not_hold_it_could_not_warn_of() -> None:
    empty = Frame(_day(1), TODAY, snapshot_of({}))
    case = _case(SURPRISED + _signals(("2021-01-01", "public")), [empty])

    assert (case.replay, case.outcome, case.days) == ("history", "no sign", None)


def test_who_was_named_is_told_of_every_warning_before_the_event() -> None:
    frames = [
        _frame(_day(1), _day(3), TO_TELL),
        _frame(_day(4), TODAY, EXPECTED + "tell: [{who: sre}]\n"),
    ]
    action = HAPPENED + "surprised: [sre, quebec, texas]\n"

    assert _case(action, frames).named == ("sre", "texas")


def _alarms(action: str, frames: Iterable[Frame]) -> list[tuple[str, str, date, date]]:
    found = _replay(action, frames).false_alarms
    return [(alarm.kind, alarm.rule, alarm.first, alarm.last) for alarm in found]


def test_a_warning_of_what_was_withdrawn_was_false() -> None:
    frames = [
        _frame(_day(2), _day(6), TO_TELL),
        _frame(_day(7), TODAY, RAID.format(status="withdrawn")),
    ]

    assert _alarms(RAID.format(status="withdrawn"), frames) == [
        ("withdrawn", "untold", _day(2), _day(6))
    ]


def test_a_warning_of_what_was_expected_and_never_came_was_false() -> None:
    frames = [_frame(_day(2), TODAY, TO_TELL)]

    assert _alarms(TO_TELL, frames) == [("never happened", "untold", _day(2), _day(10))]


def test_a_warning_of_what_is_still_to_come_is_not_false_yet() -> None:
    action = TO_TELL.replace("2021-01-10", "2021-01-20")

    assert _alarms(action, [_frame(_day(8), TODAY, action)]) == []


def test_a_warning_of_what_surprised_nobody_was_false() -> None:
    frames = [_frame(_day(2), _day(9), TO_TELL), _frame(_day(10), TODAY, HAPPENED)]

    assert _alarms(HAPPENED, frames) == [("nobody surprised", "untold", _day(2), _day(9))]


def test_a_warning_after_which_they_were_told_in_time_did_what_it_is_for() -> None:
    frames = [_frame(_day(2), _day(9), TO_TELL), _frame(_day(10), TODAY, HAPPENED)]

    assert _alarms(HAPPENED + "told: [{who: texas, on: 2021-01-10}]\n", frames) == []
    assert _alarms(HAPPENED + "told: [{who: texas, on: 2021-01-11}]\n", frames) != []
    assert _alarms(HAPPENED + "told: [{who: sre, on: 2021-01-05}]\n", frames) != []


def test_a_warning_of_a_surprise_is_none_even_when_history_has_it() -> None:
    frames = [_frame(_day(2), TODAY, TO_TELL)]

    assert _alarms(SURPRISED, frames) == []


def test_a_day_that_history_could_not_read_ends_a_spell() -> None:
    frames = [_frame(_day(1), _day(3), TO_TELL), _frame(_day(5), _day(6), TO_TELL)]
    spells = replayed(frames, TODAY).of("raid")

    assert [(spell.first, spell.last) for spell in spells] == [
        (_day(1), _day(3)),
        (_day(5), _day(6)),
    ]


def test_a_spell_goes_on_from_one_state_of_the_record_to_the_next() -> None:
    frames = [
        _frame(_day(1), _day(3), TO_TELL),
        _frame(_day(4), _day(6), EXPECTED + "tell: [{who: sre}]\n"),
    ]
    (spell,) = replayed(frames, _day(5)).of("raid")

    assert (spell.first, spell.last) == (_day(1), _day(5)), "and no further than today"
    assert spell.named == ("texas", "sre")


def test_without_history_nothing_is_replayed() -> None:
    replay = replayed([], TODAY)

    assert (replay.began, replay.spells, replay.of("raid")) == (None, {}, [])


def test_the_same_signs_give_the_same_answer_whatever_their_order() -> None:
    signs = [((EVENT - timedelta(days=days)).isoformat(), "public") for days in (3, 40, 200)]

    assert (
        _case(SURPRISED + _signals(*signs)).days
        == _case(SURPRISED + _signals(*reversed(signs))).days
    )
