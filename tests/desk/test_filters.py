"""Filters, sorting and columns of lists."""

from __future__ import annotations

from datetime import date

import pytest

from nacoord.desk.filters import FilterError
from nacoord.desk.listing import listing
from nacoord.desk.listing import within
from nacoord.desk.lookup import find_scope
from nacoord.model.dates import BadDateError
from nacoord.model.kinds.table import KINDS
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)


def _ids(kind: str | None, *filters: str, sort: str | None = None) -> list[str]:
    row = KINDS[kind] if kind else None
    found = listing(snapshot_of({}), TODAY, kind=row, filters=filters, sort=sort)
    return list(found.ids)


@pytest.mark.parametrize(
    ("kind", "filters", "expected"),
    [
        ("issue", ["priority:P1"], ["example"]),
        ("issue", ["priority:p1"], ["example"]),
        ("issue", ["-priority:P1"], ["depends-on-new", "new-issue"]),
        ("issue", ["status:proposed", "relationships:canada"], ["new-issue"]),
        ("issue", ["parties.agency:texas"], ["example"]),
        ("issue", ["leads.foreign:state"], ["example"]),
        ("issue", ["owner:none"], ["depends-on-new", "new-issue"]),
        ("issue", ["owner:any"], ["example"]),
        ("issue", ["title:depends"], ["depends-on-new"]),
        ("issue", ["next_step.due:2021-01-25"], ["example"]),
        ("issue", ["next_step.due.before:+1w"], ["example"]),
        ("issue", ["next_step.due.before:2021-01-25"], []),
        ("issue", ["next_step.due.after:2021-01-24"], ["example"]),
        ("issue", ["next_step.due.after:2021-01-25"], []),
        ("agency", ["country:CA"], ["quebec"]),
        ("agency", ["quebec"], ["quebec"]),
        ("agency", ["foreign ministry"], ["sre"]),
        ("agency", ["title:québec"], ["quebec"]),
        ("agency", ["level:foreign", "-quebec"], ["sre"]),
        ("commitment", ["due.before:eom"], []),
        ("commitment", ["due.before:2021-03-01", "status:open"], ["example-promise"]),
        ("engagement", ["with:sre"], ["example-call"]),
        (None, ["kind:clock"], ["example-clock"]),
        (None, ["id:texas"], ["texas"]),
    ],
)
def test_filter(kind: str | None, filters: list[str], expected: list[str]) -> None:
    assert _ids(kind, *filters) == expected


def test_a_month_is_met_by_any_of_its_days() -> None:
    promise = "title: P\nby: [sre]\nto: [state]\nissues: [example]\nstatus: open\ndue: 2021-04\n"
    snapshot = snapshot_of({"commitments/april.yaml": promise})
    found = listing(snapshot, TODAY, kind=KINDS["commitment"], filters=["due:2021-04-17"])

    assert found.ids == ("april",)


def test_a_relative_date_is_echoed_and_an_iso_date_is_not() -> None:
    snapshot = snapshot_of({})
    row = KINDS["issue"]

    relative = listing(snapshot, TODAY, kind=row, filters=["next_step.due.before:friday"])
    iso = listing(snapshot, TODAY, kind=row, filters=["next_step.due.before:2021-01-22"])

    assert relative.readings == ("friday is Friday 2021-01-22",)
    assert iso.readings == ()


def test_records_without_a_value_come_last_both_ways() -> None:
    assert _ids("issue", sort="next_step.due")[0] == "example"
    assert _ids("issue", sort="-next_step.due")[0] == "example"


def test_sorting_by_several_fields() -> None:
    assert _ids("issue", sort="status,-priority") == ["example", "new-issue", "depends-on-new"]


def test_columns_hold_several_values() -> None:
    found = listing(
        snapshot_of({}),
        TODAY,
        kind=KINDS["issue"],
        filters=["id:example"],
        columns="id,parties.agency",
    )

    assert found.rows == ((("example",), ("texas", "sre")),)


@pytest.mark.parametrize(
    ("text", "error", "hint"),
    [
        ("priorty:P1", FilterError, 'did you mean "priority"?'),
        ("next_step:x", FilterError, "name one: next_step.what, next_step.who, next_step.due"),
        ("priority.before:friday", FilterError, "without .before: priority:friday"),
        ("next_step.due.before:03/04/2021", BadDateError, "YYYY-MM-DD"),
        ("next_step.due:someday", BadDateError, "dates are"),
    ],
)
def test_what_cannot_be_understood_says_how_to_write_it(
    text: str, error: type[Exception], hint: str
) -> None:
    with pytest.raises(error) as found:
        _ids("issue", text)
    assert hint in found.value.hint  # type: ignore[attr-defined]


def test_an_unknown_column_or_sort_field_gets_a_guess() -> None:
    for wanted in ({"sort": "titel"}, {"columns": "titel"}):
        with pytest.raises(FilterError) as found:
            listing(snapshot_of({}), TODAY, kind=KINDS["issue"], **wanted)  # type: ignore[arg-type]
        assert found.value.hint == 'did you mean "title"?'


def test_every_default_column_is_a_field() -> None:
    snapshot = snapshot_of({})

    for row in KINDS.values():
        assert listing(snapshot, TODAY, kind=row).columns


@pytest.mark.parametrize(
    ("kind", "scope", "ids"),
    [
        ("issue", None, ("depends-on-new", "example", "new-issue")),
        ("issue", "mexico", ("depends-on-new", "example")),
        ("issue", "example", ("example",)),
        ("commitment", "mexico", ("example-promise",)),
        ("commitment", "canada", ()),
        ("agency", "sre", ("sre",)),
    ],
)
def test_a_list_of_a_part_of_the_work_has_what_is_of_it(
    kind: str, scope: str | None, ids: tuple[str, ...]
) -> None:
    snapshot = snapshot_of({})
    whole = listing(snapshot, TODAY, kind=KINDS[kind])

    found = within(whole, snapshot, find_scope(snapshot, scope))

    assert found.ids == ids
    assert len(found.rows) == len(ids)
