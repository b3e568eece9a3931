"""Sheets of other programs: every value certain, or refused with its place."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError
from nacoord.model.sheet import Sheet
from nacoord.model.sheet import letters
from nacoord.record.sheets import separated
from nacoord.record.sheets import workbook as workbooks
from nacoord.record.sheets.table import MAX_ROWS
from nacoord.record.sheets.table import Asked
from nacoord.record.sheets.table import SheetError
from nacoord.record.sheets.table import read_sheet
from tests.support.sheets import part
from tests.support.sheets import saved
from tests.support.sheets import with_parts
from tests.support.sheets import workbook

SHEET = "xl/worksheets/sheet1.xml"


def read_csv(data: bytes, **asked: Any) -> Sheet:
    return separated.read(data, Asked("list.csv", **asked))


def read_xlsx(data: bytes, **asked: Any) -> Sheet:
    return workbooks.read(data, Asked("list.xlsx", **asked))


def rows(sheet: Sheet) -> list[tuple[int, tuple[Any, ...]]]:
    return [(row.number, row.cells) for row in sheet.rows]


def test_a_csv_is_rows_under_a_header_and_empty_lines_are_nothing() -> None:
    sheet = read_csv('Título,B\r\n\r\nQuébec,\r\n,\r\n"a\nb","c, d"\r\n'.encode())

    assert sheet.header == ("Título", "B")
    assert rows(sheet) == [(3, ("Québec", None)), (5, ("a\nb", "c, d"))]


def test_a_byte_order_mark_is_no_part_of_the_first_name() -> None:
    assert read_csv(b"\xef\xbb\xbfA,B\n1,2\n").header == ("A", "B")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_seen_from_the_header(delimiter: str) -> None:
    text = f'A{delimiter}B{delimiter}"C, with; both"\n1{delimiter}2{delimiter}3\n'

    assert rows(read_csv(text.encode())) == [(2, ("1", "2", "3"))]


def test_a_delimiter_that_could_be_two_is_asked_for() -> None:
    data = b"A,B;C\n1,2;3\n"
    with pytest.raises(SheetError) as refused:
        read_csv(data)

    assert "comma or semicolon" in refused.value.message
    assert "--delimiter" in refused.value.hint
    assert read_csv(data, delimiter=";").header == ("A,B", "C")
    assert read_csv(b"sep=;\nA,B;C\n1,2;3\n").header == ("A,B", "C")


def test_a_header_may_stand_lower_and_rows_keep_their_numbers() -> None:
    sheet = read_csv(b"Taskers of the week,,\n,,\nA,B,\n1,2,\n", header=3)

    assert sheet.header == ("A", "B")
    assert [(row.number, row.cells[:2]) for row in sheet.rows] == [(4, ("1", "2"))]


def test_rows_of_another_length_are_told_by_number() -> None:
    sheet = read_csv(b"A,B,C\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n")

    assert [(bad.row, bad.why) for bad in sheet.bad] == [
        (3, "the row has 2 values, the header 3"),
        (4, "the row has 4 values, the header 3"),
    ]
    assert [row.number for row in sheet.rows] == [2, 5]


@pytest.mark.parametrize(
    ("data", "said", "hint"),
    [
        ("A,B\nMéxico,2\n".encode("cp1252"), "list.csv:2: byte 0xe9 is not UTF-8", "--encoding cp1252"),
        ("A,B\n1,2\n".encode("utf-16"), "is in UTF-16", "CSV UTF-8"),
        (b"A,B\n1,\0\n", "list.csv:2: a NUL", "CSV UTF-8"),
        (b'A,B\n1,"open\n', "list.csv:", "a quote is not closed"),
        (b'A,B\n1,"x"y\n', "list.csv:2:", "text follows a closing quote"),
        (b"A,B\n1," + b"x" * 140_000 + b"\n", "more than 131,072 characters", ""),
        (b"", "row 1 is empty, and should name the columns", "header: 2"),
        (b"A\n" + b"1\n" * (MAX_ROWS + 1), "more than 10,000 rows", "split it"),
    ],
)  # fmt: skip
def test_a_csv_that_is_not_certain_is_refused(data: bytes, said: str, hint: str) -> None:
    with pytest.raises(SheetError) as refused:
        read_csv(data)

    assert said in refused.value.message
    assert hint in refused.value.hint


def test_cp1252_is_read_when_it_is_said() -> None:
    sheet = read_csv("A,B\nMéxico – “x”,2\n".encode("cp1252"), encoding="cp1252")

    assert rows(sheet) == [(2, ("México – “x”", "2"))]


def test_a_workbook_has_values_of_its_own_types() -> None:
    book = workbook(
        [
            ["Text", "Day", "Moment", "Number", "Half", "Yes", "Time", "Zeros", "None"],
            ["=no formula", date(2021, 1, 4), datetime(2021, 1, 5, 14, 30), 7.0, 0.5, True, time(9, 5), 7, None],
        ]
    )  # fmt: skip
    cell = book.active["A2"]
    cell.value, cell.data_type = "=no formula", "s"
    book.active["H2"].number_format = "00000"

    [row] = read_xlsx(saved(book)).rows
    assert row.cells == (
        "=no formula", date(2021, 1, 4), date(2021, 1, 5), 7, 0.5, True, time(9, 5), "00007", None,
    )  # fmt: skip


def test_formulas_have_the_value_that_was_kept_or_none_and_then_it_is_told() -> None:
    data = saved(workbook([["A", "B", "C", "D"], ["=1+1", "=2+2", '=""', "#N/A"]]))
    text = part(data, SHEET)
    kept = text.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>").replace(
        b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"
    )
    kept = kept.replace(b'<c r="C2">', b'<c r="C2" t="str">')
    sheet = read_xlsx(with_parts(data, {SHEET: kept}))

    assert sheet.rows[0].cells[0] == 2
    assert {at: bad.why for at, bad in sheet.rows[0].bad.items()} == {
        1: "the cell holds a formula without a value",
        3: "the cell holds the error #N/A",
    }


def test_merged_cells_and_hidden_rows_are_noticed() -> None:
    book = workbook([["A", "B"], ["x", 1], [None, 2], ["y", 3]])
    book.active.merge_cells("A2:A3")
    book.active.row_dimensions[4].hidden = True
    sheet = read_xlsx(saved(book))

    assert {row.number: [bad.why for bad in row.bad.values()] for row in sheet.rows} == {
        2: [],
        3: ["the cell is merged with A2"],
        4: [],
    }
    assert sheet.notes == ("1 hidden row is read too: 4",)


def test_the_sheet_is_the_named_one_or_the_first_that_is_seen() -> None:
    book = workbook([["Old"]], "Archive")
    book.active.sheet_state = "hidden"
    book.create_sheet("Taskers").append(["New"])
    book.create_sheet("Notes").append(["Other"])
    data = saved(book)

    first = read_xlsx(data)
    assert (first.name, first.header) == ("Taskers", ("New",))
    assert first.notes == ("only the sheet Taskers is read, not Notes",)
    named = read_xlsx(data, sheet="archive")
    assert (named.header, named.notes) == (("Old",), ("the sheet Archive is hidden",))
    with pytest.raises(SheetError) as refused:
        read_xlsx(data, sheet="Tasker")
    assert 'did you mean "Taskers"?' in refused.value.hint


def _bomb(data: bytes) -> bytes:
    return with_parts(data, {"xl/media/image1.png": b"\0" * (129 * 1024 * 1024)})


def _entities(data: bytes) -> bytes:
    text = part(data, "xl/workbook.xml")
    head = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    return with_parts(data, {"xl/workbook.xml": head + text})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda data: data[:2] + b"not a zip", "can't be read as a workbook"),
        (lambda data: data[: len(data) // 2], "can't be read as a workbook"),
        (lambda data: b"\xd0\xcf\x11\xe0" + data, "is protected by a password"),
        (lambda data: with_parts(data, {SHEET: b"<worksheet><sheetData><row"}), "can't be read"),
        (lambda data: with_parts(data, {"xl/workbook.xml": b"<workbook/>"}), "has no sheet"),
        (_bomb, "unpacks to more than"),
        (_entities, "XML that no workbook needs"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_damaged_or_a_trap_is_refused(make: Any, said: str) -> None:
    data = make(saved(workbook([["A"], ["x"]])))
    with pytest.raises(NacoordError) as refused:
        read_xlsx(data)

    assert said in refused.value.message + str(refused.value.hint)


@pytest.mark.parametrize(
    "xml",
    [
        b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="2"><c r="ZZZZZZ2"><v>1</v></c></row>',
    ],
)
def test_a_workbook_cannot_say_that_it_is_endless(xml: bytes) -> None:
    data = saved(workbook([["A"], ["x"]]))
    text = part(data, SHEET).replace(b"</sheetData>", xml + b"</sheetData>")
    try:
        sheet = read_xlsx(with_parts(data, {SHEET: text}))
    except SheetError:
        return
    assert len(sheet.rows) <= 2


def test_many_merged_cells_are_refused() -> None:
    data = saved(workbook([["A"] * 50, ["x"]]))
    merges = b'<mergeCells><mergeCell ref="A2:AX9999"/></mergeCells>'
    text = part(data, SHEET).replace(b"</sheetData>", b"</sheetData>" + merges)
    with pytest.raises(SheetError) as refused:
        read_xlsx(with_parts(data, {SHEET: text}))

    assert "merged cells" in refused.value.message


@pytest.mark.parametrize(
    ("name", "said"),
    [("old.xls", ".xls files can't be read"), ("data", "doesn't say what it is"), ("x.csv", "no file")],
)  # fmt: skip
def test_a_file_that_is_no_sheet_is_refused_by_its_name(
    name: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(UsageError) as refused:
        read_sheet(tmp_path / name, Asked(name))

    assert said in refused.value.message


def test_columns_are_called_as_spreadsheets_call_them() -> None:
    assert [letters(at) for at in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=300)
def test_any_bytes_are_a_sheet_or_a_refusal(data: bytes) -> None:
    for read in (read_csv, read_xlsx):
        try:
            sheet = read(data)
        except NacoordError:
            continue
        assert all(len(row.cells) >= len(sheet.header) for row in sheet.rows)


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12), min_size=3, max_size=3),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([",", ";", "\t"]),
)  # fmt: skip
@settings(max_examples=200)
def test_what_a_csv_writer_wrote_is_read_back(table: list[list[str]], delimiter: str) -> None:
    import csv
    import io

    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["A", "B", "C"])
    writer.writerows(table)
    sheet = read_csv(stream.getvalue().encode(), delimiter=delimiter)

    filled = [tuple(cell or None for cell in row) for row in table if any(c.strip() for c in row)]
    assert [row.cells for row in sheet.rows] == filled
