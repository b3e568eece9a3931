"""The brief: every sentence true of the record, and nothing in it that may not leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from nacoord.desk.brief import madefrom
from nacoord.desk.brief.answer import Asked
from nacoord.desk.brief.answer import Brief
from nacoord.desk.brief.answer import Past
from nacoord.desk.brief.answer import brief
from nacoord.desk.brief.answer import in_own_words
from nacoord.desk.brief.frame import Frame
from nacoord.desk.brief.health import HealthHistory
from nacoord.desk.brief.madefrom import MadeFrom
from nacoord.desk.chronicle import Entry
from nacoord.desk.edits.outcome import RecordChange
from nacoord.desk.lookup import find_scope
from nacoord.desk.promises.account import History
from nacoord.desk.release import release
from nacoord.model.difference import FieldChange
from tests.support.records import BASE
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)
SINCE = date(2021, 1, 14)
UNTIL = date(2021, 2, 3)
ISSUE = BASE["issues/example.yaml"]
RED = ISSUE.replace("health: green", "health: red\nhealth_reason: Nobody answers")
LATE = (
    "title: {0}\nby: [{1}]\nto: [state]\nissues: [example]\nsaid: {{source: Note}}\n"
    "due: {2}\nstatus: open\n"
)
RAID = (
    "title: A raid\nby: [dhs]\nwhen: 2021-01-25\nissues: [example]\n"
    "tell:\n  - who: texas\n  - who: sre\n"
)


def _brief(
    texts: Mapping[str, str],
    scope: str | None = None,
    *,
    past: Past | None = None,
    ceiling: str | None = None,
    since: date = SINCE,
    own: str = "",
) -> Brief:
    left = release(snapshot_of(texts), ceiling)
    frame = Frame(left.snapshot, find_scope(left.snapshot, scope), TODAY, since, UNTIL)
    return brief(frame, left, past or Past(), Asked(own_words=own))


def _entry(on: date, *changes: RecordChange, commit: str = "c0ffee") -> Entry:
    return Entry(commit, on, "A. Staffer", "subject", "why", "set", False, changes)


def _health(id: str, old: str | None, new: str) -> RecordChange:
    what = "changed" if old else "new"
    fields = (FieldChange("health", "", old, new),) if old else ()
    return RecordChange(id, "issue", what, None, fields, "Title")  # type: ignore[arg-type]


# The bottom line


def test_with_nothing_to_say_the_bottom_line_says_so() -> None:
    found = _brief({})

    assert found.bottom_line == (
        "No decision is waited for until 3 February.",
        "Nothing is overdue.",
    )
    assert not found.own_words


def test_the_bottom_line_names_the_first_decision_surprise_and_delay() -> None:
    texts = {
        "issues/example.yaml": ISSUE
        + "decisions:\n  - what: Go on?\n    who: state\n    due: 2021-01-29\n",
        "actions/raid.yaml": RAID,
        "commitments/old.yaml": LATE.format("Send the list", "dhs", "2021-01-10"),
    }
    found = _brief(texts)

    assert found.bottom_line == (
        "One decision is needed: “Go on?”, from Department of State, by 29 January.",
        "What may surprise first is “A raid” on 25 January: State of Texas and "
        "Secretaría de Relaciones Exteriores have not been told.",
        "One thing is overdue, and it is ours: “Send the list”, by 10 days.",
    )
    assert [each.what for each in found.decisions] == ["Go on?"]
    assert [each.what for each in found.overdue] == ["Send the list"]


def test_the_bottom_line_counts_many() -> None:
    texts = {
        "issues/example.yaml": ISSUE
        + "decisions:\n  - what: Go on?\n    due: 2021-01-18\n  - what: And then?\n",
        "commitments/old.yaml": LATE.format("Send the list", "dhs", "2021-01-10"),
        "commitments/theirs.yaml": LATE.format("Answer the note", "sre", "2020-12-31"),
    }
    decide, late = _brief(texts).bottom_line

    assert (
        decide
        == "Two decisions are needed, the first of them: “Go on?”, which was due on 18 January."
    )
    assert late == (
        "Two more things are overdue, one ours and one theirs; the longest, by 20 days: “Answer the note”."
    )


def test_moments_known_less_exactly_read_as_english() -> None:
    asked = "decisions:\n  - what: Go on?\n    due: {0}\n"
    told = {
        "2021-02": ("One decision is needed: “Go on?”, by February 2021.", "in February 2021"),
        "2021-02-01/2021-02-03": (
            "One decision is needed: “Go on?”, by 3 February.",
            "between 1 February and 3 February",
        ),
    }
    for when, (decide, surprise) in told.items():
        texts = {
            "issues/example.yaml": ISSUE + asked.format(when),
            "actions/raid.yaml": RAID.replace("2021-01-25", when),
        }
        first, second, _ = _brief(texts).bottom_line
        assert first == decide
        assert second.startswith(f"What may surprise first is “A raid” {surprise}: ")
    late = {
        "2020-12": "which was due in December 2020",
        "2021-01-11/2021-01-15": "which was due on 15 January",
    }
    for when, words in late.items():
        first, *_ = _brief({"issues/example.yaml": ISSUE + asked.format(when)}).bottom_line
        assert first == f"One decision is needed: “Go on?”, {words}."


def test_a_late_decision_is_still_to_be_taken_and_not_told_twice() -> None:
    texts = {"issues/example.yaml": ISSUE + "decisions:\n  - what: Go on?\n    due: 2021-01-18\n"}
    found = _brief(texts)

    assert found.bottom_line[1] == "Nothing else is overdue."
    assert [(each.what, each.days) for each in found.decisions] == [("Go on?", -2)]
    assert found.overdue == ()


def test_own_words_stand_in_place_of_the_composed_ones() -> None:
    found = _brief({}, own="First \n line.\n  \n\nSecond.\r\n\r\nThird.")

    assert found.own_words
    assert found.bottom_line == ("First line.", "Second.", "Third.")
    assert in_own_words(_brief({}), "Mine.").bottom_line == ("Mine.",)


# The issues


def test_issues_stand_by_relationship_and_those_that_come_first_before_others() -> None:
    low = ISSUE.replace("P1", "P3").replace("Example issue", "{0}")
    texts = {
        "issues/a-low.yaml": low.format("Low"),
        "issues/b-red.yaml": RED.replace("P1", "P4"),
        "issues/c-canada.yaml": low.format("North").replace("[mexico]", "[canada]"),
        "issues/d-both.yaml": low.format("Both").replace("[mexico]", "[trilateral]"),
    }
    found = _brief(texts)

    assert [(each.relationship, each.issue, each.first) for each in found.standings] == [
        ("mexico", "example", True),
        ("mexico", "b-red", True),
        ("mexico", "a-low", False),
        ("canada", "c-canada", False),
        ("trilateral", "d-both", False),
    ]
    assert (found.issues, found.health) == (5, {"green": 4, "red": 1})


def test_what_states_hold_stands_beside_what_agencies_hold() -> None:
    dhs = BASE["agencies/dhs.yaml"] + "positions:\n  - issue: example\n    stance: Waits\n"
    standing = _brief({"agencies/dhs.yaml": dhs}).standings[0]

    assert [(each.agency, each.stance) for each in standing.states] == [
        ("texas", "Wants it settled")
    ]
    assert [(each.agency, each.stance) for each in standing.federal] == [("dhs", "Waits")]


def test_a_scope_takes_only_what_is_in_it() -> None:
    other = ISSUE.replace("[mexico]", "[canada]").replace("Example issue", "Other")
    texts = {"issues/other.yaml": other, "actions/raid.yaml": RAID}

    assert [each.issue for each in _brief(texts, "canada").standings] == ["other"]
    assert "A raid" not in str(_brief(texts, "canada"))
    assert "A raid" in str(_brief(texts, "mexico"))


# What changed


def test_what_the_record_dates_and_what_history_knows_stand_under_the_issue() -> None:
    texts = {"issues/example.yaml": ISSUE + "milestones:\n  - what: Signed\n    done: 2021-01-15\n"}
    entry = _entry(date(2021, 1, 18), _health("example", "amber", "green"))
    changed = _brief(texts, past=Past(entries=(entry,))).changed

    assert [(each.issue, [event.what for event in each.events]) for each in changed] == [
        ("example", ["health amber → green", "Signed"])
    ]
    assert _brief(texts, since=date(2021, 1, 16)).changed == ()


def test_a_record_that_was_removed_is_told_of_in_the_brief_of_everything() -> None:
    gone = RecordChange("gone", "issue", "removed", None, (), "Gone issue")
    past = Past(entries=(_entry(TODAY, gone),))
    (changed,) = _brief({}, past=past).changed

    assert (changed.issue, changed.events[0].what) == ("", "removed issue “Gone issue”")
    assert _brief({}, "mexico", past=past).changed == ()


def test_what_changed_under_a_former_name_is_told_under_the_present_one() -> None:
    texts = {
        "commitments/plan.yaml": LATE.format("Plan", "dhs", "2021-03-01") + "formerly: [old]\n"
    }
    due = FieldChange("due", "", "2021-02-01", "2021-03-01")
    change = RecordChange("old", "commitment", "changed", None, (due,), "Plan", "deliberative")
    found = _brief(texts, past=Past(entries=(_entry(TODAY, change),)))

    assert [event.record for each in found.changed for event in each.events] == ["plan"]
    assert found.marking == "deliberative"


# Health over time


def _weeks(*entries: Entry, began: date | None, texts: Mapping[str, str] | None = None) -> str:
    """Return the weeks of the example issue, a letter each."""
    past = Past(health=HealthHistory(entries, began))
    track = _brief(texts or {}, past=past).strip.tracks[0]
    return "".join((week or "·")[0] for week in track.weeks)


def test_health_is_told_back_from_today_as_far_as_history_goes() -> None:
    long_ago = date(2020, 1, 1)
    moves = (
        _entry(date(2021, 1, 20), _health("example", "amber", "green")),
        _entry(date(2021, 1, 6), _health("example", "red", "amber")),
        _entry(date(2020, 12, 20), _health("example", "green", "red")),
    )

    assert _brief({}).strip.ends[0] == date(2020, 12, 2)
    assert _weeks(began=None) == "·······g"
    assert _weeks(began=long_ago) == "gggggggg"
    assert _weeks(began=date(2021, 1, 6)) == "·····ggg"
    assert _weeks(*moves, began=long_ago) == "gggrraag"


def test_an_issue_has_no_health_before_it_was_there() -> None:
    made = _entry(date(2021, 1, 1), _health("example", None, "green"))

    assert _weeks(made, began=date(2020, 1, 1)) == "·····ggg"


def test_what_was_changed_after_today_does_not_rewrite_the_weeks_before() -> None:
    red = _entry(date(2021, 1, 10), _health("example", "amber", "red"))
    later = _entry(date(2021, 2, 10), _health("example", "red", "green"))
    texts = {"issues/example.yaml": ISSUE}

    assert _weeks(later, red, began=date(2020, 12, 20), texts=texts) == "···aaarg"


def test_health_follows_an_issue_through_its_new_name() -> None:
    texts = {"issues/example.yaml": ISSUE + "formerly: [first]\n"}
    move = _entry(date(2021, 1, 10), _health("first", "red", "green"))

    assert _weeks(move, began=date(2020, 1, 1), texts=texts) == "rrrrrrgg"


# Promises


def test_promises_are_counted_by_side_and_standing() -> None:
    met = "evidence:\n  - what: Note\n    on: 2021-01-05\n"
    texts = {
        "commitments/old.yaml": LATE.format("Send", "dhs", "2021-01-10").replace(
            "[state]", "[sre]"
        ),
        "commitments/kept.yaml": LATE.format("Kept", "sre", "2021-01-10").replace("open", "met")
        + met,
    }
    found = {(each.group, each.side): each for each in _brief(texts).promises}

    theirs, ours = found["MX", "theirs"], found["MX", "ours"]
    assert (theirs.kept, theirs.open, theirs.overdue) == (1, 1, 0)
    assert (ours.kept, ours.open, ours.overdue) == (0, 0, 1)
    assert _brief(texts, past=Past(promises=History())).promises == tuple(found.values())


# Markings


def test_nothing_above_the_ceiling_is_in_it_and_that_is_said() -> None:
    secret = ISSUE.replace("Example issue", "Hidden matter").replace("P1", "P2")
    texts = {
        "issues/hidden.yaml": secret + "marking: deliberative\n",
        "issues/example.yaml": RED + "field_markings: {health_reason: 'cui//PRVCY'}\n",
    }
    hidden = RecordChange("hidden", "issue", "changed", None, (), "Hidden matter", "deliberative")
    past = Past(entries=(_entry(TODAY, hidden),))
    found = _brief(texts, ceiling="internal", past=past)

    assert found.marking == "internal"
    assert found.omitted == "1 record and 1 field marked above internal left out"
    assert "Hidden" not in str(found)
    assert "Nobody answers" not in str(found)
    assert _brief(texts).marking == "cui//PRVCY"
    assert _brief(texts).omitted == ""


def test_the_banner_counts_what_history_tells_of_as_it_was_marked_then() -> None:
    field = FieldChange("health_reason", "", "A", "B")
    change = RecordChange("example", "issue", "changed", None, (field,), "", "deliberative")
    elsewhere = replace(change, id="new-issue")

    assert _brief({}, past=Past(entries=(_entry(TODAY, change),))).marking == "deliberative"
    assert (
        _brief({}, "mexico", past=Past(entries=(_entry(TODAY, elsewhere),))).marking == "internal"
    )


# What it was made from

MADE = MadeFrom(
    marking="cui//PRVCY",
    scope="mexico",
    meeting="",
    today=TODAY,
    since=SINCE,
    until=UNTIL,
    last=None,
    after="",
    full=False,
    ceiling="internal",
    own_words='---\nmarking: "public"\n“Québec”\u2028\x1b',
    commit="c0ffee",
    version="1",
)


def _head(made: MadeFrom) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in madefrom.pairs(made))
    return f"---\n{lines}---\n\n# Brief\n---\n"


def test_the_head_of_a_saved_brief_says_all_whatever_the_words_are() -> None:
    followed = replace(MADE, last=SINCE, after="abc", full=True, meeting="sre", scope="")

    assert madefrom.read(_head(MADE).encode()) == MADE
    assert madefrom.read(_head(followed).encode()) == followed
    assert _head(MADE).isascii()
    assert MADE.path == "briefs/2021-01-20-mexico-internal.md"
    assert followed.path == "briefs/2021-01-20-for-sre-internal.md"
    assert replace(MADE, scope="", ceiling="").path == "briefs/2021-01-20.md"


def test_what_has_no_such_head_is_no_saved_brief() -> None:
    head = _head(MADE)

    for text in (
        "",
        "# Brief\n",
        "---\n",
        "---\nmarking\n---\n",
        head.replace('scope: "mexico"\n', ""),
        head.replace('"mexico"', "7"),
        head.replace('"2021-01-20"', '"soon"'),
        head.replace('"2021-01-20"', "null"),
        head.replace("full: false", 'full: "no"'),
        head.replace('"internal"', '"secret"'),
        head.replace(SINCE.isoformat(), "2021-01-21"),
        head.replace(UNTIL.isoformat(), "2021-01-19"),
        head.replace(TODAY.isoformat(), "9999-12-31").replace(UNTIL.isoformat(), "9999-12-31"),
        head.replace('"mexico"', '"mexico'),
        head.replace("---\n", "--- \n"),
    ):
        assert madefrom.read(text.encode()) is None, text
    assert madefrom.read(b"\xff\xfe---\n") is None
