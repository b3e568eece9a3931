"""Rows as records: by the mapping and nothing else, smallest edits, and every error at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.desk.imports.mapping import Mapping
from nacoord.desk.imports.plan import Plan
from nacoord.desk.imports.plan import plan
from nacoord.desk.imports.targets import Targets
from nacoord.desk.imports.targets import targets
from nacoord.model.edit import Insert
from nacoord.model.edit import Put
from nacoord.model.proposal import Create
from nacoord.model.proposal import Revise
from nacoord.model.sheet import Row
from nacoord.model.sheet import Sheet
from nacoord.model.sheet import Value
from nacoord.record.validation import validate
from nacoord.record.yamltext import read
from tests.support.records import BASE
from tests.support.records import snapshot_of

HEADER = ("No", "Subject", "From", "To", "Issue", "Due", "Status", "Reply", "Replied", "Words")
MAPPING = """\
kind: commitment
match: x-tasker
id: {from: No, prefix: tasker}
fields:
  x-tasker: No
  title: Subject
  by: From
  to: {column: To, split: ";"}
  issues: Issue
  due: {column: Due, dates: MM/DD/YYYY}
  status: {column: Status, values: {Open: open, Closed: met}, default: open}
  evidence:
    entry: {what: Reply, on: {column: Replied, dates: MM/DD/YYYY}}
  tags: {column: Words, split: ",", add: true}
  marking: {value: deliberative}
"""
FIRST = ("7", "A letter", "SRE", "Departamento de Estado; texas", "Example issue", "02/03/2021", "", "", "", "urgent")  # fmt: skip
KNOWN = """\
title: A letter   # from the list
by: [sre]
to: [state, texas]
issues: [example]
due: 2021-02-03
status: open
tags: [urgent, mine]
marking: internal
x-tasker: "7"
"""


def mapped(text: str = MAPPING) -> Mapping:
    found = validate(Mapping, read(text.encode()).value)
    assert isinstance(found, Mapping), [(each.field, each.message) for each in found]
    return found


def sheet_of(*rows: Sequence[Value], header: tuple[str, ...] = HEADER) -> Sheet:
    padded = [(*row, *[None] * (len(header) - len(row))) for row in rows]
    cells = [tuple(None if cell == "" else cell for cell in row) for row in padded]
    return Sheet("list.csv", "", header, tuple(Row(at, row) for at, row in enumerate(cells, 2)))


def planned(
    *rows: Sequence[Value],
    mapping: str = MAPPING,
    texts: dict[str, str] | None = None,
    header: tuple[str, ...] = HEADER,
    broken: dict[str, str] | None = None,
) -> Plan:
    sheet, rules = sheet_of(*rows, header=header), mapped(mapping)
    found = targets(rules, sheet)
    assert isinstance(found, Targets), found
    snapshot = replace(snapshot_of(texts or {}), broken=broken or {})
    whole = {**BASE, **(texts or {})}
    values = {
        name.split("/")[-1].removesuffix(".yaml"): read(text.encode()).value
        for name, text in whole.items()
    }

    def make(model: Any, data: dict[str, Any], id: str) -> Any:
        return validate(model, data, id=id)

    return plan(rules, found, sheet, snapshot, values, make, "map.yaml")


def errors(found: Plan) -> list[tuple[str, str]]:
    return [(error.cell or f"row {error.row}", error.why) for error in found.report.errors]


def test_a_row_becomes_a_record_in_the_order_of_its_kind() -> None:
    found = planned(FIRST)

    [step] = found.proposal.steps
    assert isinstance(step, Create)
    assert (step.id, step.kind) == ("tasker-7", "commitment")
    assert list(step.data.items()) == [
        ("status", "open"),
        ("title", "A letter"),
        ("tags", ["urgent"]),
        ("marking", "deliberative"),
        ("by", ["sre"]),
        ("to", ["state", "texas"]),
        ("issues", ["example"]),
        ("due", date(2021, 2, 3)),
        ("x-tasker", "7"),
    ]
    assert found.report.counts == {"new": 1, "changed": 0, "same": 0, "skipped": 0, "error": 0}
    assert found.proposal.subject == "import list.csv: 1 new commitment"


def test_a_row_that_says_nothing_new_changes_nothing() -> None:
    found = planned(FIRST, texts={"commitments/by-another-name.yaml": KNOWN})

    assert found.proposal.steps == ()
    assert [(row.what, row.id) for row in found.report.rows] == [("same", "by-another-name")]


def test_a_record_that_exists_gets_the_smallest_edits() -> None:
    row = ("7", "A letter", "SRE", "state;texas;dhs", "", "02/04/2021", "Closed", "Note 7", "02/01/2021", "late")  # fmt: skip
    [step] = planned(row, texts={"commitments/known.yaml": KNOWN}).proposal.steps

    assert isinstance(step, Revise)
    assert list(step.edits) == [
        Insert(("tags", 2), "late"),
        Insert(("to", 2), "dhs"),
        Put(("due",), date(2021, 2, 4)),
        Put(("status",), "met"),
        Put(("evidence", 0), {"what": "Note 7", "on": date(2021, 2, 1)}),
    ]


def test_an_entry_that_is_there_is_changed_and_the_others_stay() -> None:
    known = KNOWN.replace("open", "met") + (
        "evidence:\n  - what: By hand\n  - what: Note 7\n    url: https://example.test\n"
    )
    row = ("7", "", "", "", "", "", "", "Note 7", "02/01/2021")
    [step] = planned(row, texts={"commitments/known.yaml": known}).proposal.steps

    assert isinstance(step, Revise)
    assert step.edits == (Put(("evidence", 1, "on"), date(2021, 2, 1)),)


def test_what_is_once_or_constant_or_default_is_for_new_records() -> None:
    text = MAPPING.replace("title: Subject", "title: {column: Subject, once: true}")
    row = ("7", "Another title", *FIRST[2:])
    found = planned(
        row, mapping=text, texts={"commitments/known.yaml": KNOWN.replace("open", "missed")}
    )

    assert found.proposal.steps == ()


def test_update_false_leaves_records_that_exist() -> None:
    found = planned(
        ("7", "Other"), mapping="update: false\n" + MAPPING, texts={"commitments/known.yaml": KNOWN}
    )

    assert [(row.what, row.why) for row in found.report.rows] == [
        ("skipped", "known exists, and the mapping says update: false")
    ]


def test_rows_are_left_out_and_empties_are_what_the_mapping_says() -> None:
    text = MAPPING + 'skip_when: {Status: [draft, ""]}\nempty: [TBD]\n'
    found = planned(
        ("1", "A", "sre", "state", "example", "", "Draft"),
        ("2", "B", "sre", "state", "example", "", None),
        ("3", "C", "sre", "state", "example", " tbd ", "Open"),
        mapping=text,
    )

    assert [(row.what, row.why) for row in found.report.rows] == [
        ("skipped", "Status is Draft"), ("skipped", "Status is empty"), ("new", ""),
    ]  # fmt: skip
    assert "due" not in found.proposal.steps[0].data  # type: ignore[union-attr]


def test_every_error_of_every_row_is_told_at_its_cell() -> None:
    found = planned(
        ("1", "A", "SER", "state", "nothing", "13/01/2021", "Opn"),
        ("2", "", "sre", "state;te", "example", "2021-02-03", "Closed"),
        ("", "C", "sre", "state", "example"),
        ("4", "SECRET//NOFORN plan", "sre", "state", "example"),
        ("5", "A\x1b[31mred", "sre", "state", "example"),
    )

    assert found.proposal.steps == ()
    assert errors(found) == [
        ("C2", 'no agency "SER"'),
        ("E2", 'no issue "nothing"'),
        ("F2", '"13/01/2021" is not a date in the form MM/DD/YYYY'),
        ("G2", '"Opn" is not among the values of the mapping'),
        ("B3", '"title" is missing'),
        ("D3", 'no agency "te"'),
        ("F3", '"2021-02-03" is not a date in the form MM/DD/YYYY'),
        ("A4", "the cell is empty, and x-tasker tells which record the row is"),
        ("B5", "this text carries a classification marking (SECRET//N)"),
        ("B6", "the control character U+001B stands in the text"),
    ]
    assert [error.value for error in found.report.errors if error.cell == "B5"] == [""]


def test_what_a_record_shows_by_itself_is_an_error_of_its_cell() -> None:
    found = planned(("1", "A", "sre", "state", "example", "", "Closed"))

    assert errors(found) == [("G2", "the commitment is met and nothing proves it")]


def test_a_field_that_every_record_needs_and_the_mapping_lacks() -> None:
    text = "kind: commitment\nid: No\nfields: {title: Subject}\n"
    found = planned(("one", "A"), mapping=text)

    assert errors(found) == [
        ("row 2", '"by" is missing'),
        ("row 2", '"to" is missing'),
        ("row 2", '"issues" is missing'),
    ]
    assert found.report.errors[0].hint == "fill by in the mapping, from a column or with a value"


def test_ids_are_taken_whole_or_made_and_clash_loudly() -> None:
    text = "kind: agency\nid: No\nfields: {title: Subject, level: {value: state}, sphere: {value: domestic}}\n"
    found = planned(("New-Id", "A"), ("example", "B"), ("good", "C"), ("state", "D"), mapping=text)
    assert errors(found) == [
        ("A2", '"New-Id" is not an id'),
        ("A3", 'the id "example" is taken by a record of another kind (issue)'),
    ]
    assert found.report.errors[0].hint == '"new-id" would be'

    made = MAPPING.replace("{from: No, prefix: tasker}", "{from: Subject}")
    clash = planned(FIRST, ("8", *FIRST[1:]), mapping=made)
    assert errors(clash) == [("B3", 'the id "a-letter" would be that of row 2 too')]
    taken = planned(("8", *FIRST[1:]), mapping=made, texts={"commitments/a-letter.yaml": KNOWN})
    assert errors(taken) == [("B2", 'the id "a-letter" is taken by a record with x-tasker 7')]
    bare = KNOWN.replace('x-tasker: "7"\n', "")
    unknown = planned(FIRST, mapping=made, texts={"commitments/a-letter.yaml": bare})
    assert unknown.report.errors[0].hint == "when it is the one: nacoord set a-letter x-tasker='7'"
    assert errors(planned(("", "水"), mapping=made.replace("match: x-tasker\n", "")))[0] == (
        "B2", "no id can be made of what the row says",
    )  # fmt: skip


def test_a_renamed_record_is_known_by_its_old_id() -> None:
    text = MAPPING.replace("match: x-tasker\n", "")
    known = KNOWN + "formerly: [tasker-7]\n"
    found = planned(FIRST, mapping=text, texts={"commitments/better.yaml": known})

    assert [(row.what, row.id) for row in found.report.rows] == [("same", "better")]


def test_two_records_with_the_matching_value_are_told() -> None:
    found = planned(FIRST, texts={"commitments/a.yaml": KNOWN, "commitments/b.yaml": KNOWN})

    assert errors(found) == [("A2", "x-tasker 7 is in a and b")]


def test_rows_of_one_record_add_up_and_may_not_contradict() -> None:
    more = ("7", "", "", "", "", "", "", "Note 8", "", "late")
    found = planned(FIRST, FIRST, more)
    assert [(row.what, row.why) for row in found.report.rows] == [
        ("new", ""), ("same", "says what row 2 says"), ("new", ""),
    ]  # fmt: skip
    data = found.proposal.steps[0].data  # type: ignore[union-attr]
    assert (data["tags"], data["evidence"]) == (["urgent", "late"], [{"what": "Note 8"}])

    against = planned(FIRST, ("7", "Another"))
    assert errors(against) == [("B3", "row 2 is the same record (tasker-7) and says otherwise")]


def test_a_date_that_two_forms_read_as_two_days_is_not_guessed() -> None:
    text = MAPPING.replace(
        "dates: MM/DD/YYYY}\n  status", "dates: [MM/DD/YYYY, DD/MM/YYYY, D MMMM YYYY]}\n  status"
    )
    rows = [(str(at), *FIRST[1:5], day) for at, day in enumerate(("03/04/2021", "3/3/2021", "13/01/2021", "4 March 2021"))]  # fmt: skip
    found = planned(*rows, mapping=text)

    assert errors(found) == [
        ("F2", '"03/04/2021" is 2021-03-04 by MM/DD/YYYY and 2021-04-03 by DD/MM/YYYY')
    ]


def test_without_forms_only_iso_is_a_date_and_date_cells_are_dates() -> None:
    text = MAPPING.replace("due: {column: Due, dates: MM/DD/YYYY}", "due: Due")
    rows = [("1", *FIRST[1:5], date(2021, 3, 4)), ("2", *FIRST[1:5], "2021-03"), ("3", *FIRST[1:5], "03/04/2021"), ("4", *FIRST[1:5], 44259)]  # fmt: skip
    found = planned(*rows, mapping=text)

    assert errors(found) == [
        ("F4", '"03/04/2021" is not a date in the form YYYY-MM-DD'),
        ("F5", '"44259" is a number'),
    ]
    assert "dates: [MM/DD/YYYY]" in found.report.errors[0].hint


def test_rows_may_name_records_that_other_rows_make() -> None:
    text = "kind: agency\nid: {from: Subject}\nfields: {title: Subject, aliases: Words, parent: From, level: {value: local}, sphere: {value: domestic}}\n"
    found = planned(
        ("", "Port of Example", "Harbor Board"),
        ("", "Board of the Harbor", "", "", "", "", "", "", "", "Harbor Board"),
        mapping=text,
    )

    assert found.report.errors == ()
    assert found.proposal.steps[0].data["parent"] == "board-of-the-harbor"  # type: ignore[union-attr]


def test_cells_are_unguarded_and_titles_are_one_line() -> None:
    text = MAPPING + "others: keep\n"
    header = (*HEADER[:-1], "Desk: of whom?")
    row = ("7", "'=A  letter\r\nof two lines", *FIRST[2:6], "", "", "", " 'tis\nfine ")
    text = text.replace('  tags: {column: Words, split: ",", add: true}\n', "")
    [step] = planned(row, mapping=text, header=header).proposal.steps

    assert isinstance(step, Create)
    assert step.data["title"] == "=A letter of two lines"
    assert step.data["x-desk-of-whom"] == "'tis\nfine"


def test_columns_that_nothing_comes_from_are_told() -> None:
    found = planned(FIRST, header=(*HEADER, "Room"))

    assert found.report.notes == ("not imported, because the mapping doesn't name them: Room",)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        (("title: Subject", "title: Subjct"), ("fields", "title", "column"), 'list.csv has no column "Subjct"'),
        (("title: Subject", "titel: Subject"), ("fields", "titel"), 'no field "titel"'),
        (("title: Subject", "said: Subject"), ("fields", "said"), '"said" has fields of its own'),
        (("title: Subject", "sources: Subject"), ("fields", "sources"), '"sources" is a list of entries'),
        (("title: Subject", "title: {column: Subject, split: x}"), ("fields", "title", "split"), '"title" is no list'),
        (("title: Subject", "title: {column: Subject, dates: D M YYYY}"), ("fields", "title", "dates"), '"title" is no date'),
        (("by: From", "by: {column: From, lookup: issue}"), ("fields", "by", "lookup"), "holds the id of agency"),
        (("title: Subject", "title: {entry: {what: No}}"), ("fields", "title"), "has no entries with fields"),
        (("match: x-tasker", "match: x-taskr"), ("match",), "is no field that comes from a column"),
        (("match: x-tasker", "skip_when: {Stat: x}"), ("skip_when", "Stat"), "has no column"),
        (("{from: No,", "{from: Nr,"), ("id", "from", 0), "has no column"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_is_told_at_its_place(
    change: tuple[str, str], field: tuple[str, ...], said: str
) -> None:
    found = targets(mapped(MAPPING.replace(*change)), sheet_of(FIRST))

    assert isinstance(found, list)
    assert [problem.field for problem in found] == [field]
    assert said in found[0].message


def test_a_list_with_fields_is_filled_by_an_entry() -> None:
    found = targets(mapped(MAPPING.replace("title: Subject", "sources.cite: Subject")), sheet_of(FIRST))  # fmt: skip

    assert isinstance(found, list)
    assert [(each.message, each.hint) for each in found] == [
        ('"sources" is a list', "fill the entries of sources by: sources: {entry: {cite: ...}}")
    ]


def test_an_entry_by_its_number_is_no_field_of_a_mapping() -> None:
    found = targets(mapped(MAPPING.replace("title: Subject", "sources[0].cite: Subject")), sheet_of(FIRST))  # fmt: skip

    assert isinstance(found, list)
    assert found[0].hint == "fill the entries of sources by: sources: {entry: {cite: ...}}"


def test_a_record_that_can_not_be_read_could_be_the_one() -> None:
    broken = {"other": "commitment"}
    assert errors(planned(FIRST, broken=broken)) == [
        ("A2", "no record has this x-tasker, but other can't be read")
    ]
    assert errors(planned(FIRST, broken=broken, texts={"commitments/a.yaml": KNOWN})) == []
    assert errors(planned(FIRST, broken={"other": "person"})) == []


def test_a_constant_that_does_not_fit_is_told_with_its_field() -> None:
    found = planned(FIRST, mapping=MAPPING.replace("title: Subject", "title: {value: ''}"))

    assert errors(found) == [("row 2", "title: this text is blank")]


def test_date_cells_of_the_offices_own_fields_are_dates() -> None:
    text = MAPPING.replace("title: Subject", "title: Subject\n  x-seen: {column: Seen, dates: MM/DD/YYYY}")  # fmt: skip
    first = [*FIRST, *[""] * (len(HEADER) - len(FIRST))]
    found = planned([*first, date(2021, 3, 4)], mapping=text, header=(*HEADER, "Seen"))

    assert errors(found) == []
    assert found.proposal.steps[0].data["x-seen"] == date(2021, 3, 4)  # type: ignore[union-attr]


def test_two_columns_of_one_name_are_told() -> None:
    found = targets(mapped(), sheet_of(FIRST, header=(*HEADER, "subject")))

    assert isinstance(found, list)
    assert found[0].message == '2 columns of list.csv are called "Subject"'


TEXTS = st.text(max_size=12) | st.sampled_from(
    ["sre", "texas", "example", "02/03/2021", "Open", "Closed", "=1+1", "'=1", "---", "x: [", "NO", "12:30"]
)  # fmt: skip


@given(st.lists(st.lists(TEXTS, min_size=10, max_size=10), max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_rows_are_a_plan_and_a_plan_leads_where_it_says(rows: list[list[str]]) -> None:
    found = planned(*rows)

    assert sum(found.report.counts.values()) == len(rows)
    assert not (found.report.errors and found.proposal.steps)
    for step in found.proposal.steps:
        assert isinstance(step, Create)


KEYS = st.sampled_from(
    ["kind", "id", "match", "fields", "from", "column", "values", "dates", "entry", "split", "title", "by", "x-a", "header"]
)  # fmt: skip
YAML = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS | st.sampled_from(["commitment", "No", "Subject", "MM/DD/YYYY"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@given(YAML)
@settings(max_examples=300, deadline=None)
def test_any_mapping_is_one_or_is_told_what_is_wrong(value: Any) -> None:
    found = validate(Mapping, value)
    if isinstance(found, Mapping):
        assert isinstance(targets(found, sheet_of(FIRST)), (Targets, list))
    else:
        assert all(each.message for each in found)
