"""Reading a text by its pieces says what reading it whole says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nacoord.record.piecewise import value_of_version
from nacoord.record.yamltext import read

PIECES = [
    "title: One\n",
    "title: Two\n",
    "health: red  # why\n",
    "summary: goes\n  on\n",
    "summary: |\n  text\n\n  more\n",
    "summary: |+\n  kept\n\n\n",
    "summary: >-\n  folded\n # no\n",
    "notes:\n- a\n- b: c\n  d: e\n",
    "tags: [a,\nb]\n",
    "tags: [a,\nkey: b]\n",
    "quoted: 'goes\nkey: on'\n",
    'quoted: "goes\\\nkey: on"\n',
    "key:\n",
    "key: &a x\n",
    "other: *a\n",
    "x-own: 012\n",
    "no: NO\n",
    "bad: a: b\n",
    "bad\n",
    " indented: 1\n",
    "# comment\n",
    "\n",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "? odd\n: 1\n",
    "cr: 1\r\n",
    "next: a\u0085b: c\n",
    "line: a\u2028key: c\n",
    "end: here",
    "tab:\tx\n",
    "\ufeff",
    "nul: \0\n",
    "<<<<<<< a\n",
]


def _whole(data: bytes) -> Any:
    document = read(data)
    return {"text": document.text} if document.problems else document.value


@given(st.lists(st.sampled_from(PIECES), max_size=6))
def test_pieces_say_what_the_whole_says(pieces: list[str]) -> None:
    data = "".join(pieces).encode()

    found, expected = value_of_version(data), _whole(data)

    assert found == expected
    assert repr(found) == repr(expected)


@given(st.text("ab:- \n'\"[]{}|>#&*!?%,", max_size=40))
def test_any_text_says_the_same(text: str) -> None:
    data = f"title: x\n{text}\nhealth: red\n".encode()

    assert repr(value_of_version(data)) == repr(_whole(data))


@pytest.mark.parametrize("size", [19_000, 30_000])
def test_a_text_with_too_many_nodes_is_refused_either_way(size: int) -> None:
    data = ("".join(f"k{n}: [" + "," * 90 + "]\n" for n in range(size // 100))).encode()

    assert repr(value_of_version(data)) == repr(_whole(data))
