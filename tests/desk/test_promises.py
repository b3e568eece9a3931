"""What history says became of promises, and how they are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nacoord.desk.lookup import find_scope
from nacoord.desk.promises.account import Account
from nacoord.desk.promises.account import History
from nacoord.desk.promises.cell import Cell
from nacoord.desk.promises.cell import cell
from nacoord.desk.promises.kept import Kept
from nacoord.desk.promises.kept import kept
from nacoord.desk.promises.lives import Commit
from nacoord.desk.promises.lives import Version
from nacoord.desk.promises.lives import lives_of
from nacoord.desk.promises.lives import stage_of
from tests.support.lived import promise
from tests.support.records import BASE
from tests.support.records import snapshot_of

TODAY = date(2021, 6, 1)
COUNTS = (
    "in_time",
    "late",
    "undated",
    "missed",
    "open",
    "overdue",
    "withdrawn",
    "superseded",
    "kept_before",
    "missed_before",
)
WITHOUT = {name: text for name, text in BASE.items() if not name.startswith("commitments/")}
WITHOUT["engagements/example-call.yaml"] = (
    "title: Call\ntype: call\ndate: 2021-01-22\nwith: [sre]\nissues: [example]\n"
)


def on(day: str, *versions: Version, first: bool = False, **renamed: str) -> Commit:
    return Commit(f"at-{day}", date.fromisoformat(day), first, versions, renamed)


def says(status: str = "open", due: str = "", **fields: Any) -> Any:
    return {"status": status, **({"due": due} if due else {}), **fields}


def turn(id: str, before: Any, after: Any, *others: Any) -> Version:
    """A promise in a commit; others are what it was in further parents."""
    return Version(id, tuple(map(stage_of, (before, *others))), stage_of(after))


def answer(
    texts: dict[str, str], commits: Sequence[Commit], scope: str | None = None, **known: Any
) -> Kept:
    whole = {**WITHOUT, **{f"commitments/{id}.yaml": text for id, text in texts.items()}}
    snapshot = snapshot_of(whole, base=False)
    history = History(**{"lives": lives_of(commits), "reach": "whole", "began": TODAY, **known})
    return kept(snapshot, TODAY, find_scope(snapshot, scope), history)


def one(text: str, *commits: Commit, **known: Any) -> Account:
    (found,) = answer({"it": text}, commits, **known).promises
    return found


def counts(found: Cell) -> dict[str, int]:
    return {name: getattr(found, name) for name in COUNTS if getattr(found, name)}


def test_a_promise_kept_after_its_first_due_day_is_late_wherever_the_day_was_moved() -> None:
    start, moved, again = says(due="2021-02-01"), says(due="2021-03-01"), says(due="2021-04-01")
    end = says("met", "2021-04-01")
    commits = [
        on("2021-01-10", turn("it", None, start)),
        on("2021-01-20", turn("it", start, moved)),
        on("2021-02-20", turn("it", moved, again)),
        on("2021-02-24", turn("it", again, end)),
    ]
    found = one(promise("met", "2021-04-01", evidence="2021-01-31"), *commits)

    assert found.standing == "late"
    assert found.past_due == 23
    assert found.due_moves == 2
    assert (found.made, found.made_from) == (date(2021, 1, 10), "recorded")
    assert (found.closed, found.commit) == (date(2021, 2, 24), "at-2021-02-24")
    assert found.days == 45
    assert found.shown_on == date(2021, 1, 31), "shown, and used for nothing"
    still_open = one(promise("open", "2021-04-01"), *commits[:3])
    assert still_open.standing == "overdue"


def test_a_window_is_kept_in_time_until_its_last_day() -> None:
    for day, standing in (("2021-02-28", "in_time"), ("2021-03-01", "late")):
        start = says(due="2021-02")
        found = one(
            promise("met", "2021-02"),
            on("2021-01-10", turn("it", None, start)),
            on(day, turn("it", start, says("met", "2021-02"))),
        )
        assert found.standing == standing


def test_a_due_day_first_given_later_counts_and_one_given_at_the_end_does_not() -> None:
    bare, dated = says(), says(due="2021-02-01")
    begin = on("2021-01-10", turn("it", None, bare))
    later = one(
        promise("met", "2021-02-01"),
        begin,
        on("2021-01-12", turn("it", bare, dated)),
        on("2021-02-03", turn("it", dated, says("met", "2021-02-01"))),
    )
    at_end = one(
        promise("met", "2021-02-01"),
        begin,
        on("2021-02-03", turn("it", bare, says("met", "2021-02-01"))),
    )

    assert (later.standing, later.due_moves) == ("late", 0)
    assert (at_end.standing, at_end.days) == ("undated", 24)


def test_what_came_in_closed_has_no_day() -> None:
    for status, standing in (("met", "kept_before"), ("missed", "missed_before")):
        start = says(status, "2021-01-01")
        found = one(promise(status, "2021-01-01"), on("2021-02-10", turn("it", None, start)))
        assert found.standing == standing
        assert found.closed is None
        assert found.days is None
        assert found.past_due == 0


def test_a_promise_said_earlier_than_recorded_was_made_when_said() -> None:
    commits = [
        on("2021-01-10", turn("it", None, says())),
        on("2021-01-20", turn("it", says(), says("met"))),
    ]
    early = one(promise("met", said="2021-01-05"), *commits)
    late = one(promise("met", said="2021-01-15"), *commits)

    assert (early.made_from, early.days) == ("said", 15)
    assert (late.made_from, late.days) == ("recorded", 10)


def test_the_last_closing_of_a_reopened_promise_counts() -> None:
    start, met = says(due="2021-02-01"), says("met", "2021-02-01")
    commits = [
        on("2021-01-10", turn("it", None, start)),
        on("2021-01-20", turn("it", start, met)),
        on("2021-01-25", turn("it", met, start)),
        on("2021-02-05", turn("it", start, met)),
    ]
    found = one(promise("met", "2021-02-01"), *commits)

    assert (found.standing, found.days, found.reopened) == ("late", 26, 1)
    assert one(promise("open", "2021-02-01"), *commits[:3]).standing == "overdue"


def test_a_life_goes_on_through_renames_by_tool_and_by_hand_and_a_removal_undone() -> None:
    start, named = says(due="2021-02-01"), says(due="2021-02-01", formerly=["a"])
    commits = [
        on("2021-01-10", turn("a", None, start)),
        on("2021-01-12", turn("b", None, named), turn("a", start, None)),
        on("2021-01-14", turn("b", named, None), turn("it", None, start), b="it"),
        on("2021-01-16", turn("it", start, None)),
        on("2021-01-18", turn("it", None, start)),
        on("2021-01-20", turn("it", start, says("met", "2021-02-01"))),
    ]
    found = answer({"it": promise("met", "2021-02-01", formerly="a, b")}, commits)

    assert found.promises[0].standing == "in_time"
    assert found.promises[0].days == 10
    assert found.removed == ()
    assert answer({}, commits[:4]).removed == ("it",)
    assert answer({}, commits[:4], "canada").removed == ()


def test_of_a_merge_only_what_it_decided_counts_and_a_branch_given_up_does_not() -> None:
    start, met, noted = says(), says("met"), says(title="Noted")
    begin = on("2021-01-10", turn("it", None, start))
    side = on("2021-01-12", turn("it", start, met))
    main = on("2021-01-14", turn("it", start, noted))
    merge = on("2021-01-16", turn("it", noted, says("met", title="Noted"), met))
    decided = on("2021-01-16", turn("it", noted, says("missed"), met))
    lost = on("2021-01-13", turn("it", start, says("withdrawn")))

    assert one(promise("met"), begin, side, main, merge).closed == date(2021, 1, 12)
    assert one(promise("missed"), begin, side, main, decided).closed == date(2021, 1, 16)
    assert one(promise("met"), begin, side, lost).closed == date(2021, 1, 12)
    assert one(promise("open"), begin, lost).standing == "open"
    twice = one(promise("met"), begin, on("2021-01-15", turn("it", start, met)), side)
    assert twice.closed == date(2021, 1, 12), "said on two branches, the first day counts"
    on_old_name = on("2021-01-15", turn("old", start, met))
    renamed = one(
        promise("met", formerly="old"),
        on("2021-01-10", turn("old", None, start)),
        on("2021-01-12", turn("old", start, None), turn("it", None, start), old="it"),
        on_old_name,
    )
    assert renamed.closed == date(2021, 1, 15)


def test_versions_that_cannot_be_read_change_nothing() -> None:
    broken: list[Any] = [{"text": "status: ["}, ["a list"], {"status": "done"}, "words"]
    start = says(due="2021-02-01")
    commits = [on("2021-01-10", turn("it", None, start))]
    commits += [on("2021-01-11", turn("it", start, each)) for each in broken]
    odd = says("met", "soon", by="sre", formerly=[1])
    commits.append(on("2021-01-20", turn("it", broken[0], odd)))
    found = one(promise("met", "2021-02-01"), *commits)

    assert (found.standing, found.days) == ("in_time", 10)
    assert not lives_of([on("2021-01-10", turn("it", None, broken[0]))])


def test_what_is_not_committed_counts_as_last_committed_and_is_said() -> None:
    begin = on("2021-01-10", turn("it", None, says()))

    by_hand = one(promise("met"), begin)
    new = one(promise("open"))
    assert (by_hand.standing, by_hand.unsaved) == ("open", True)
    assert (new.standing, new.unsaved) == ("open", True)
    assert not one(promise("open"), begin).unsaved
    assert not one(promise("met"), reach="none").unsaved
    known_later = one(promise("met"), begin, left_out=1)
    assert (known_later.standing, known_later.unsaved) == ("open", False)


def test_without_history_only_how_each_stands_is_told() -> None:
    texts = {
        "late": promise(due="2021-05-01"),
        "met": promise("met", "2021-01-01"),
        "given-up": promise("withdrawn"),
    }
    found = answer(texts, (), reach="none", began=None)

    (mexico, *_) = found.groups
    assert counts(mexico.theirs) == {"overdue": 1, "kept_before": 1, "withdrawn": 1}
    assert mexico.theirs.rate is None
    assert mexico.theirs.closed == 0


def test_a_cut_history_gives_no_time_to_what_stood_open_where_it_was_cut() -> None:
    start = says(due="2021-02-01")
    commits = [
        on("2021-01-10", turn("it", None, start), first=True),
        on("2021-01-20", turn("it", start, says("met", "2021-02-01"))),
    ]
    text = promise("met", "2021-02-01")

    assert one(text, *commits, reach="cut").days is None
    whole = one(text, *commits)
    assert (whole.days, whole.at_start) == (10, True)


def _five(days: Sequence[int]) -> Cell:
    commits, texts = [], {}
    for number, after in enumerate(days):
        closed = date(2021, 1, 10) + timedelta(days=after)
        start = says(due="2021-01-20")
        commits += [
            on("2021-01-10", turn(f"p{number}", None, start)),
            on(closed.isoformat(), turn(f"p{number}", start, says("met", "2021-01-20"))),
        ]
        texts[f"p{number}"] = promise("met", "2021-01-20")
    return answer(texts, commits).groups[0].theirs


def test_below_five_there_is_neither_rate_nor_median() -> None:
    few, enough = _five([1, 2, 30, 4]), _five([1, 2, 30, 4, 5])

    assert (few.rate, few.days, few.closed) == (None, None, 4)
    assert enough.rate == 0.8
    assert enough.days is not None
    assert (enough.days.median, enough.days.shortest, enough.days.longest) == (4, 1, 30)
    assert enough.days.count == 5


def test_promises_stand_with_each_who_made_them_and_each_they_were_made_to() -> None:
    texts = {
        "from-mexico": promise(by="sre", to="state, dhs"),
        "to-both": promise(by="dhs", to="sre, quebec, texas"),
        "together": promise(by="state, sre", to="texas"),
        "elsewhere": promise(by="sre", to="quebec"),
    }
    found = answer(texts, (), reach="none")
    groups = {group.id: group for group in found.groups}

    assert list(groups) == ["MX", "CA", "home"]
    assert groups["MX"].theirs.promises == ("from-mexico", "together")
    assert groups["MX"].ours.promises == ("to-both", "together")
    assert groups["CA"].ours.promises == ("to-both",)
    assert groups["home"].theirs.promises == groups["home"].ours.promises == ("to-both", "together")
    texas = next(each for each in groups["home"].counterparts if each.agency == "texas")
    assert (len(texas.theirs.promises), len(texas.ours.promises)) == (0, 2)
    assert found.unplaced == ("elsewhere",)
    assert [each.id for each in found.promises] == ["from-mexico", "to-both", "together"]


def test_a_promise_of_a_body_that_can_not_be_read_is_not_called_neither_ours_nor_to_us() -> None:
    texts = {name: text for name, text in WITHOUT.items() if name != "agencies/sre.yaml"}
    texts["commitments/lost.yaml"] = promise(by="sre", to="state")
    snapshot = snapshot_of(texts, base=False)
    history = History(lives={}, reach="none", began=None)
    for cut in (snapshot, replace(snapshot, broken={"sre": "agency"})):
        found = kept(cut, TODAY, find_scope(cut, None), history)
        assert (found.unread, found.unplaced) == (("lost",), ())


def test_a_scope_of_an_agency_is_what_it_promised_and_was_promised() -> None:
    texts = {
        "to-both": promise(by="dhs", to="sre, quebec"),
        "other": promise(by="state", to="quebec"),
    }

    def lines(scope: str) -> list[str]:
        found = answer(texts, (), scope, reach="none")
        return [
            f"{each.agency} {len(each.ours.promises)}"
            for g in found.groups
            for each in g.counterparts
        ]

    assert lines("sre") == ["sre 1"]
    assert lines("dhs") == ["sre 1", "quebec 1"]
    assert lines("texas") == []
    assert lines("mexico") == ["sre 1"], "a promise on an issue of Mexico, Mexico's part of it"
    assert lines("example") == ["sre 1", "quebec 2"]


STATUSES = st.sampled_from(["open", "met", "missed", "withdrawn", "superseded"])
DAYS = st.dates(date(2021, 1, 1), date(2021, 5, 30))
DUES = st.one_of(st.none(), DAYS.map(str), st.sampled_from(["2021-02", "2021-01-05/2021-03-01"]))
LIVES = st.lists(st.tuples(STATUSES, DUES), min_size=1, max_size=5)


def _lived(lives: dict[str, list[tuple[str, str | None]]], days: list[date]) -> list[Commit]:
    """Return a commit for each turn of each life, on the days given."""
    commits = []
    for id, turns in lives.items():
        before = None
        for number, (status, due) in enumerate(turns):
            after = says(status, due or "")
            day = days[number % len(days)]
            commits.append(Commit(f"{id}-{number}", day, False, (turn(id, before, after),)))
            before = after
    return sorted(commits, key=lambda commit: commit.on)


@given(
    st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), LIVES),
    st.lists(DAYS, min_size=5).map(sorted),
)
def test_the_counts_of_a_cell_add_up_to_its_promises(
    lives: dict[str, list[tuple[str, str | None]]], days: list[date]
) -> None:
    texts = {id: promise(turns[-1][0], turns[-1][1] or "") for id, turns in lives.items()}
    found = answer(texts, _lived(lives, days))

    cells = [
        each
        for group in found.groups
        for each in (group.theirs, group.ours, *(c.theirs for c in group.counterparts))
    ]
    for each in cells:
        assert sum(counts(each).values()) == len(each.promises)
        assert each.closed == each.in_time + each.late + each.undated + each.missed
    assert all(each.days is None or each.days >= 0 for each in found.promises)


@given(st.data())
def test_the_order_of_files_on_a_day_does_not_matter(data: st.DataObject) -> None:
    lives = data.draw(st.dictionaries(st.sampled_from(["a", "b", "c"]), LIVES, min_size=2))
    days = data.draw(st.lists(DAYS, min_size=2, max_size=3, unique=True).map(sorted))
    texts = {id: promise(turns[-1][0], turns[-1][1] or "") for id, turns in lives.items()}
    commits = _lived(lives, [days[0]] * 2 + days[1:] * 3)
    ids = data.draw(st.permutations(sorted(lives)))
    shuffled = sorted(commits, key=lambda each: (each.on, ids.index(each.versions[0].id)))

    assert answer(texts, commits) == answer(texts, shuffled)


@given(DAYS, st.lists(DAYS, max_size=4), DAYS)
def test_a_promise_moved_and_kept_is_late_just_when_closed_after_its_first_due_day(
    due: date, moves: list[date], closed: date
) -> None:
    begin = date(2021, 1, 1)
    dues = [due, *moves]
    commits = [Commit("0", begin, False, (turn("it", None, says(due=str(due))),))]
    for number, (old, new) in enumerate(pairwise(dues), 1):
        step = turn("it", says(due=str(old)), says(due=str(new)))
        commits.append(Commit(str(number), begin, False, (step,)))
    end = turn("it", says(due=str(dues[-1])), says("met", str(dues[-1])))
    commits.append(Commit("end", closed, False, (end,)))
    found = one(promise("met", str(dues[-1])), *commits)

    assert found.standing == ("late" if closed > due else "in_time")
    assert found.due_moves == sum(old != new for old, new in pairwise(dues))


def test_a_cell_of_nothing_is_empty() -> None:
    assert counts(cell([])) == {}
