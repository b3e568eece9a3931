"""The record as a workbook, read back by another library."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from nacoord.desk.export import export
from nacoord.desk.lookup import find_scope
from nacoord.desk.release import release
from nacoord.model.errors import NacoordError
from nacoord.model.kinds.table import KINDS
from nacoord.present.export.table import FORMATS
from nacoord.present.export.table import writer_of
from nacoord.present.export.xlsx import render
from tests.support.records import BASE
from tests.support.records import snapshot_of
from tests.support.secrets import SECRET
from tests.support.secrets import TODAY
from tests.support.secrets import everything_in
from tests.support.secrets import exported

FULL = BASE["issues/example.yaml"] + (
    "summary: \"=HYPERLINK('http://x')\"\nhealth_reason: http://example.org\n"
    "success: \"+1\"\ntags: ['@x', '-1']\nmilestones: [{what: A, due: 2021-03}]\n"
)


def _data(texts: dict[str, str], **wanted: Any) -> bytes:
    snapshot = snapshot_of(texts)
    return render(export(release(snapshot, None), find_scope(snapshot, None), TODAY, **wanted))


def _book(texts: dict[str, str], **wanted: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(_data(texts, **wanted)))


def _row(sheet: Any, id: str) -> dict[str, Any]:
    head = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == id)
    return dict(zip(head, row, strict=True))


def test_a_sheet_for_each_kind_with_a_frozen_head_and_filters() -> None:
    book = _book({})

    assert book.sheetnames == ["About", *(kind.folder.capitalize() for kind in KINDS.values())]
    issues = book["Issues"]
    assert issues.freeze_panes == "B2"
    assert issues.auto_filter.ref.startswith("A1:")
    assert issues.auto_filter.ref.endswith("4")
    assert [cell.value for cell in issues[1]][:3] == ["id", "title", "relationships"]
    assert issues["A1"].font.bold
    assert book["Actions"].max_row == 1
    assert [cell.value for cell in book["Actions"][1]] == ["id", "title"]


def test_only_columns_that_somebody_uses_are_shown() -> None:
    head = [cell.value for cell in _book({})["Issues"][1]]

    assert "milestones.due" not in head
    assert "kind" not in head
    assert "milestones.due" in [
        cell.value for cell in _book({"issues/example.yaml": FULL})["Issues"][1]
    ]


def test_days_are_days_and_months_are_texts_and_numbers_numbers() -> None:
    texts = {
        "actions/a.yaml": "title: A\nby: [dhs]\nwhen: 2021-02-19/2021-02-21\nissues: [example]\n",
        "commitments/old.yaml": (
            "title: Old\nby: [sre]\nto: [state]\nissues: [example]\ndue: 1848-02-02\nstatus: open\n"
        ),
        "agencies/texas.yaml": ("title: Texas\nlevel: state\nsphere: domestic\ncadence_days: 14\n"),
    }
    book = _book(texts)
    due = _row(book["Commitments"], "example-promise")["due"]

    assert (due.value, due.is_date, due.number_format) == (
        datetime(2021, 2, 1),
        True,
        "yyyy-mm-dd",
    )
    # Excel's calendar begins in 1900.
    assert _row(book["Commitments"], "old")["due"].value == "1848-02-02"
    assert _row(book["Actions"], "a")["when"].value == "2021-02-19/2021-02-21"
    assert _row(book["Agencies"], "texas")["cadence_days"].value == 14


def test_no_text_is_a_formula_or_a_link_even_after_somebody_edits_its_cell() -> None:
    data = _data({"issues/example.yaml": FULL})
    row = _row(openpyxl.load_workbook(io.BytesIO(data))["Issues"], "example")

    assert row["summary"].value == "=HYPERLINK('http://x')"
    for name in ("summary", "success", "tags"):
        assert row[name].data_type == "s", name
        assert row[name].quotePrefix, name
    assert not row["title"].quotePrefix
    assert row["health_reason"].hyperlink is None
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "sheet" in name]
        assert not [name for name in parts.namelist() if "external" in name.lower()]
    assert not re.search("<f[ >]", "".join(sheets))


def test_what_no_sheet_can_hold_is_shown_or_cut_and_said() -> None:
    text = '"\\e[31mred\\a \U0001f600 <b>&amp;"'
    texts = {
        "issues/example.yaml": BASE["issues/example.yaml"]
        + f"summary: {text}\nsuccess: {'long ' * 8000}\n"
    }
    row = _row(_book(texts)["Issues"], "example")

    assert row["summary"].value == "\\x1b[31mred\\x07 😀 <b>&amp;"
    assert len(row["success"].value) == 32_767
    assert row["success"].value.endswith("(cut: the whole is in the record)")


def test_the_marking_stands_in_the_properties_and_on_every_page() -> None:
    person = "title: P\nagency: office\nrole: R\nmarking: cui//PRVCY\n"
    book = _book({"people/p.yaml": person})

    assert book.properties.category == "CUI//PRVCY"
    for sheet in book:
        assert sheet.oddHeader.center.text == "CUI//PRVCY"
        assert sheet.oddFooter.center.text == "CUI//PRVCY"
    assert (book["About"]["A1"].value, book["About"]["B1"].value) == ("Marking", "CUI//PRVCY")


def test_a_long_marking_is_whole_in_about_and_short_in_the_margin() -> None:
    sorts = "/".join(f"{chr(65 + n // 26)}{chr(65 + n % 26)}X" for n in range(60))
    book = _book({"people/p.yaml": f"title: P\nagency: office\nrole: R\nmarking: cui//{sorts}\n"})

    assert book["People"].oddHeader.center.text == "CUI (its categories: see About)"
    assert book["About"]["B1"].value == f"CUI//{sorts}"


def test_the_file_tells_of_no_machine_person_or_hour() -> None:
    data = _data({})
    facts = openpyxl.load_workbook(io.BytesIO(data)).properties
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        times = {each.date_time for each in parts.infolist()}

    assert (facts.title, facts.creator) == ("Test Office", "Test Office")
    assert facts.created == datetime(2021, 1, 20)
    assert facts.modified == facts.created
    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert data == _data({})


def test_one_kind_is_one_sheet() -> None:
    book = _book({}, kind="agency")

    assert book.sheetnames == ["About", "Agencies"]
    assert [row[0].value for row in book["About"].iter_rows()][-1] == "Agencies"


def test_about_says_what_is_missing() -> None:
    _, found = exported("public")
    rows = openpyxl.load_workbook(io.BytesIO(render(found)))["About"].iter_rows(values_only=True)

    assert dict(rows)["Left out"] == "7 records and 5 fields marked above public left out"


def test_nothing_above_the_ceiling_leaves() -> None:
    assert SECRET in everything_in(render(exported(None)[1]))
    assert SECRET not in everything_in(render(exported("public")[1]))


def test_a_missing_library_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("xlsx", "ics"):
        monkeypatch.delitem(sys.modules, f"nacoord.present.export.{name}", raising=False)
        monkeypatch.setitem(sys.modules, FORMATS[name].library, None)
        with pytest.raises(NacoordError) as caught:
            writer_of(FORMATS[name])
        assert caught.value.hint == f"pip install 'nacoord[{FORMATS[name].extra}]'"


def test_days_before_a_leap_day_that_excel_made_up_are_texts() -> None:
    promise = BASE["commitments/example-promise.yaml"]
    texts = {"commitments/example-promise.yaml": promise.replace("2021-02-01", "1900-02-28")}

    assert _row(_book(texts)["Commitments"], "example-promise")["due"].value == "1900-02-28"
