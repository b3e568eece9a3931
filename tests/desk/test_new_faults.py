"""What a change makes wrong, found by looking at what it can have altered, is what a whole check finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import event
from hypothesis import given
from hypothesis import strategies as st

from nacoord.desk.checks.table import check
from nacoord.desk.checks.table import new_faults
from nacoord.model.fault import Fault
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.model.office import Office
from nacoord.model.overlay import with_changes
from nacoord.model.snapshot import Records
from nacoord.model.snapshot import Snapshot
from nacoord.model.snapshot import snapshot
from nacoord.record.validation import validate
from nacoord.record.yamltext import read
from tests.support.records import OFFICE
from tests.support.records import snapshot_of

# Few ids and few names, so that records meet. Each id is mostly of one kind, and can be of any.
MOSTLY = {
    "office": "agency",
    "state": "agency",
    "a": "issue",
    "b": "issue",
    "c": "issue",
    "clock": "clock",
    "call": "engagement",
    "promise": "commitment",
}
IDS = st.sampled_from(list(MOSTLY))
NAMES = st.sampled_from(["State", "Etat", "state", "Other"])


def _of(kind: str) -> st.SearchStrategy[str]:
    """Ids, mostly of a kind."""
    fitting = [id for id, each in MOSTLY.items() if each == kind]
    return st.sampled_from([*fitting, *fitting, *fitting, "office", "a"])


def _some(each: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(each, max_size=most)


def _one(each: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(each, min_size=1, max_size=2)


def _mapping(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(fields)


MUTED = _some(_mapping(rule=st.sampled_from(["stale", "no-rule"]), until=st.just("2021-03-01")), 1)
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "agency": {
        "level": st.just("federal"),
        "sphere": st.sampled_from(["foreign", "domestic", "both"]),
        "parent": _of("agency"),
        "aliases": _some(NAMES),
        "positions": _some(_mapping(issue=_of("issue"), stance=st.just("For it")), 1),
    },
    "person": {"agency": _of("agency"), "role": st.just("Director"), "portfolio": _some(IDS)},
    "issue": {
        "relationships": _one(st.sampled_from(["mexico", "canada", "elsewhere"])),
        "theme": st.sampled_from(["trade", "nothing"]),
        "priority": st.just("P1"),
        "status": st.sampled_from(["active", "proposed"]),
        "health": st.sampled_from(["green", "red"]),
        "leads": _mapping(foreign=_of("agency"), domestic=_of("agency")),
        "parties": _some(_mapping(agency=_of("agency"), role=st.just("inform"))),
        "links": _some(
            _mapping(to=_of("issue"), kind=st.sampled_from(["depends-on", "related"])), 3
        ),
        "clocks": _some(
            _mapping(
                clock=_of("clock"),
                met=_some(_mapping(step=st.sampled_from(["x", "y"]), on=st.just("2021-01-01")), 1),
            ),
            1,
        ),
    },
    "clock": {"steps": _some(_mapping(name=st.sampled_from(["x", "y"]), days=st.just(3)))},
    "engagement": {
        "type": st.just("call"),
        "date": st.just("2021-01-22"),
        "with": _one(IDS),
        "commitments": _some(_of("commitment")),
        "issues": _some(_of("issue")),
    },
    "commitment": {
        "by": _one(_of("agency")),
        "to": _one(_of("agency")),
        "issues": _one(_of("issue")),
        "said": _mapping(engagement=_of("engagement")),
        "status": st.sampled_from(["open", "met"]),
    },
    "action": {
        "by": _one(_of("agency")),
        "when": st.just("2021-02-01"),
        "issues": _one(_of("issue")),
    },
}
# What can be left out.
OPTIONAL = {"parent", "leads", "said", "aliases", "positions", "links", "clocks", "muted"}


@st.composite
def _record(draw: st.DrawFn, id: str) -> tuple[str, dict[str, Any]]:
    kind = draw(st.sampled_from([MOSTLY[id]] * 8 + list(FIELDS)))
    fields = {"title": NAMES, "muted": MUTED, **FIELDS[kind]}
    data = {
        name: draw(each)
        for name, each in fields.items()
        if name not in OPTIONAL or draw(st.booleans())
    }
    return kind, data


def _state(id: str) -> st.SearchStrategy[Any]:
    """A record, mostly; a file that can't be read, or nothing."""
    return st.integers(0, 5).flatmap(
        lambda n: (st.just("broken"), st.none(), *[_record(id)] * 4)[n]
    )


def _built(states: Mapping[str, Any], office: str) -> Snapshot:
    made: list[tuple[str, Record]] = []
    broken = {}
    for id, state in states.items():
        if state == "broken":
            broken[id] = "issue"
        elif state is not None:
            kind, data = state
            record = validate(KINDS[kind].model, data, id=id)
            assert isinstance(record, Record), record
            made.append((f"{KINDS[kind].folder}/{id}.yaml", record))
    said = validate(Office, read(office.encode()).value)
    assert isinstance(said, Office)
    return snapshot(said, made, broken=broken)


def _same(fault: Fault) -> tuple[Any, ...]:
    return (fault.code, fault.record, fault.origin.file, fault.message)


@given(
    old=st.fixed_dictionaries({id: _state(id) for id in MOSTLY}),
    new=st.lists(IDS, min_size=1, max_size=2, unique=True).flatmap(
        lambda ids: st.fixed_dictionaries({id: _state(id) for id in ids})
    ),
    other_office=st.sampled_from([False, False, False, True]),
)
def test_new_faults_are_those_of_a_whole_check(
    old: dict[str, Any], new: dict[str, Any], other_office: bool
) -> None:
    before = _built(old, OFFICE)
    after = _built(old | new, OFFICE.replace("mexico", "elsewhere") if other_office else OFFICE)
    known = {_same(fault) for fault in check(before)}

    expected = [fault for fault in check(after) if _same(fault) not in known]
    for fault in expected:
        event(fault.code + (" elsewhere" if fault.record not in new else ""))
    assert new_faults(before, after, new) == expected


def test_what_leads_into_a_circle_changes_nothing_in_it() -> None:

    def issue(*needs: str) -> tuple[str, dict[str, Any]]:
        links = [{"to": id, "kind": "depends-on"} for id in needs]
        base = {"title": "T", "relationships": ["mexico"], "theme": "trade", "priority": "P1"}
        return "issue", base | {"status": "proposed", "health": "green", "links": links}

    old = {"a": issue("c"), "b": issue("c"), "c": issue("b", "d"), "d": issue("c")}
    before, after = _built(old, OFFICE), _built(old | {"a": issue()}, OFFICE)

    told = [fault.message for fault in check(after) if fault.code == "dependency-cycle"]
    assert told == [
        "b → c → b depend on each other in a circle",
        "c → d → c depend on each other in a circle",
    ]
    assert new_faults(before, after, ["a"]) == []


class _Closed(dict[str, Record]):
    """Records that can be looked up, and not be walked over."""

    def _walked(self, *_: object) -> Any:
        raise AssertionError("the whole record was walked over")

    __iter__ = values = items = keys = _walked


def test_a_change_of_one_record_looks_at_no_others_but_those_it_names() -> None:
    whole = snapshot_of({})
    shelves = {
        kind.model: _Closed(whole.records.shelf(kind.model).items()) for kind in KINDS.values()
    }
    before = Snapshot(whole.office, Records(shelves), whole.files)
    issue = before.records["example"]

    def changed(**fields: Any) -> Snapshot:
        record = issue.model_copy(update=fields)
        return with_changes(
            before, {"example": ("issues/example.yaml", record)}, faults=(), broken={}
        )

    assert new_faults(before, changed(priority="P3"), ["example"]) == []
    found = new_faults(before, changed(health="red", theme="none"), ["example"])
    assert [fault.code for fault in found] == ["health-without-reason", "unknown-theme"]
