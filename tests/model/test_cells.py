"""Cells of a spreadsheet: no text becomes a formula, and every text can be had back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nacoord.model.cells import guard
from nacoord.model.cells import joined
from nacoord.model.cells import split
from nacoord.model.cells import unguard

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\tx",
    "\rx",
    "  =1",
    "\n\n=1",
    "\xa0=1",
    "\ufeff=1",
    "\u200b=1",
    "\x00=1",
    "＝1+1",
    "－1",
    '=HYPERLINK("http://x","y")',
]
TEXTS = ["", "a", "1+1", "2021-01-20", "a=b", "'quoted'", "'", "it's", "Québec", "(-1)"]
ODD = st.text(alphabet="'=+-@\t\r\n ;\\a1\u200b", max_size=12)


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text: str) -> None:
    assert guard(text) == f"'{text}"
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", TEXTS)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guard(text) == text == unguard(text)


@given(ODD)
def test_a_guard_can_be_taken_off_whatever_the_text(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).lstrip().startswith(("=", "+", "-", "@"))


@given(st.lists(ODD, min_size=1))
def test_a_list_can_be_had_back_from_its_cell(items: list[str]) -> None:
    if items != [""]:
        assert split(joined(items)) == items
    assert split("") == []


def test_a_list_typed_by_hand_is_read_too() -> None:
    assert split("a;b; c") == ["a", "b", "c"]
    assert joined(["a; b", "c\\d"]) == "a\\; b; c\\\\d"
