"""Text made safe, dates in words, and JSON that says the same."""

from __future__ import annotations

import json
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nacoord.model.when import parse_when
from nacoord.present.dates import distance
from nacoord.present.dates import short
from nacoord.present.json import envelope
from nacoord.present.plain import _unsafe
from nacoord.present.plain import clean
from nacoord.present.plain import escaped
from nacoord.present.plain import one_line

TODAY = date(2021, 1, 20)


@given(st.text())
def test_clean_text_holds_nothing_a_terminal_obeys(text: str) -> None:
    found = clean(text)

    for char in found:
        assert char in "\t\n" or (ord(char) >= 0x20 and not 0x7F <= ord(char) <= 0x9F)
    assert not set(found) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u2028\u2029"
    )
    assert clean(found) == found
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    "first_and_last",
    [
        "\x00\x08", "\x0b\x1f", "\x7f\x9f", "\u061c\u061c", "\u200b\u200b", "\u200e\u200f",
        "\u2028\u202e", "\u2060\u2069", "\ufeff\ufeff", "\ufff9\ufffb", "\ufffe\uffff", "\ud800\udfff",
        "\U000e0000\U000e007f",
    ],
)  # fmt: skip
def test_each_character_that_is_obeyed_is_shown(first_and_last: str) -> None:
    first, last = map(ord, first_and_last)
    for number in range(first, last + 1):
        shown = clean(f"a{chr(number)}é")

        assert shown.startswith("a\\")
        assert shown.endswith(f"{number:x}é")


@given(st.text())
def test_json_is_safe_to_print_and_says_the_same(text: str) -> None:
    whole = envelope("test", {"text": text}, TODAY, [])

    assert json.loads(whole)["data"]["text"] == text
    assert "\x1b" not in whole
    assert "\u202e" not in whole


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2021-02-21", "21 Feb"),
        ("2020-12-20", "20 Dec 2020"),
        ("2022-12-20", "20 Dec 2022"),
        ("2021-04", "Apr 2021"),
        ("2021-02-16/2021-02-19", "16–19 Feb"),
        ("2021-02-27/2021-03-02", "27 Feb–2 Mar"),
    ],
)
def test_short_moments(moment: str, shown: str) -> None:
    assert short(parse_when(moment), TODAY) == shown


def test_distance() -> None:
    assert [distance(days) for days in (None, 0, 3, -31)] == [
        "no date",
        "today",
        "in 3 d",
        "31 d ago",
    ]


@given(st.text() | st.text(" a\u00a0\t\n\u200b\u2028é"))
def test_clean_text_is_left_as_it_is(text: str) -> None:
    shown = _unsafe().sub(lambda found: escaped(found.group()), text)

    assert clean(text) == shown
    assert one_line(text) == clean(" ".join(text.split()))


def test_no_unsafe_character_is_printable() -> None:
    assert not [
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if char.isprintable() and _unsafe().match(char)
    ]
